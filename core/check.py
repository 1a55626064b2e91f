"""Is a request legal, by the document? A verdict with findings, each with its proof.

``illegal``: the document forbids it. ``undecidable``: the document does not let anyone decide.
``valid``: neither. Placeholders count as present and are notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from core import wire
from core.carried import Carried, carried_values
from core.credential import is_satisfied
from core.media_type import essence, is_xml
from core.openapi.body_value import value_of
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.keyword import Violation
from core.openapi.operation import MediaType, Operation, Parameter
from core.openapi.reference import pointer
from core.openapi.schema import violations
from core.placeholder import find_placeholders
from core.request import Json, JsonBody, Request
from core.route import Match, has_server, match, routes_of
from core.verdict import Finding, Kind, Status, Verdict


def check(request: Request, document: Document) -> Verdict:
    """The verdict on a request, by the operation that it calls."""
    found = match(request, document)
    if found.outcome == "unknown endpoint" or found.operation is None:
        return _verdict(found.operation, [_unknown_endpoint(request, found.operation)])
    if found.outcome == "wrong method":
        return _verdict(found.operation, [_wrong_method(request, found.operation)])
    verdicts = (_judged(request, candidate) for candidate in (found, *found.others))
    best = next(verdicts)
    for verdict in verdicts:
        if best.is_legal:
            break
        best = min(best, verdict, key=_badness)
    return best


def _judged(request: Request, found: Match) -> Verdict:
    assert found.operation is not None
    findings = check_operation(request, found)
    if found.outcome == "wrong server":
        findings.insert(0, _wrong_server(request, found.operation))
    return _verdict(found.operation, findings)


def _badness(verdict: Verdict) -> tuple[bool, int]:
    illegal = [finding for finding in verdict.findings if finding.severity == "illegal"]
    return not verdict.is_legal, len(illegal)


def check_operation(request: Request, found: Match) -> list[Finding]:
    """What one operation says about the parameters, credentials and body of a request."""
    assert found.operation is not None
    operation = found.operation
    values = carried_values(request, found)
    findings = list(_parameter_findings(operation, values))
    findings += _security_findings(operation, request)
    findings += _body_findings(operation, request)
    findings += _placeholder_findings(request)
    return findings


def _parameter_findings(operation: Operation, values: Carried) -> Iterator[Finding]:
    unknown = {name.lower(): place for place, name, _ in values.unknown}
    for parameter in operation.parameters:
        if parameter in values.by_parameter:
            yield from _value_findings(parameter, values.by_parameter[parameter], operation)
        elif parameter.required:
            yield _missing(parameter, unknown.get(parameter.name.lower()))
    declared = {parameter.name.lower(): parameter for parameter in operation.parameters}
    for place, name, _ in values.unknown:
        meant = declared.get(name.lower())
        if meant is not None and meant.place != place and meant not in values.by_parameter:
            if not meant.required:
                yield _wrong_place(meant, place)
            continue
        yield _unknown_parameter(operation, place, name)


def _value_findings(parameter: Parameter, value: Json, operation: Operation) -> Iterator[Finding]:
    at = f"{parameter.pointer}/schema"
    for violation in violations(value, parameter.schema, operation.document, at):
        yield Finding(
            Kind.WRONG_TYPE if violation.decided else Kind.NOT_CHECKED,
            "illegal" if violation.decided else "undecidable",
            f"The {parameter.place} parameter “{parameter.name}”"
            f"{_inside(violation)} {violation.message}.",
            violation.pointer,
            f"{parameter.place} {parameter.name}",
        )


def _missing(parameter: Parameter, other_place: str | None) -> Finding:
    if other_place is not None and other_place != parameter.place:
        return _wrong_place(parameter, other_place)
    return Finding(
        Kind.MISSING_PARAMETER,
        "illegal",
        f"The {parameter.place} parameter “{parameter.name}” is required and is not there.",
        parameter.pointer,
        f"{parameter.place} {parameter.name}",
    )


def _wrong_place(parameter: Parameter, place: str) -> Finding:
    return Finding(
        Kind.WRONG_PLACE,
        "illegal",
        f"“{parameter.name}” belongs in the {parameter.place}, not in the {place}.",
        parameter.pointer,
        f"{place} {parameter.name}",
    )


def _unknown_parameter(operation: Operation, place: str, name: str) -> Finding:
    known = [each.name for each in operation.parameters if each.place == place]
    offer = f" It takes: {', '.join(known[:12])}." if known else ""
    return Finding(
        Kind.UNKNOWN_PARAMETER,
        "illegal" if place == "query" else "note",
        f"{operation.label} knows no {place} parameter “{wire.shorten(name).strip('“”')}”.{offer}",
        operation.pointer,
        f"{place} {name}",
    )


def _security_findings(operation: Operation, request: Request) -> Iterator[Finding]:
    if not operation.security:
        return
    missing = [
        [scheme for scheme in alternative if not is_satisfied(scheme, request)]
        for alternative in operation.security
    ]
    if all(missing):
        names = " or ".join(" and ".join(f"“{scheme.name}”" for scheme in each) for each in missing)
        yield Finding(
            Kind.MISSING_CREDENTIAL,
            "illegal",
            f"The call carries no credential; it needs {names}.",
            min(missing, key=len)[0].pointer,
            "credential",
        )


def _body_findings(operation: Operation, request: Request) -> Iterator[Finding]:
    body = request.body
    if body is None:
        if operation.body_required and operation.media_types:
            where = operation.media_types[0].pointer
            yield Finding(
                Kind.MISSING_BODY, "illegal", "A body is required and is not there.", where, "body"
            )
        return
    if not operation.media_types:
        message = f"{operation.label} takes no body."
        yield Finding(Kind.UNEXPECTED_BODY, "illegal", message, operation.pointer, "body")
        return
    media_type = _declared_media_type(operation, body.media_type)
    if media_type is None:
        offered = ", ".join(each.name for each in operation.media_types)
        message = f"The body is sent as {body.media_type}; the operation takes {offered}."
        where = operation.media_types[0].pointer
        yield Finding(Kind.WRONG_MEDIA_TYPE, "illegal", message, where, "body")
        return
    value = value_of(body, media_type, operation.document)
    if value is MISSING:
        if is_xml(body.media_type):
            message = "The content of an XML body is not checked against its schema."
            yield Finding(Kind.NOT_CHECKED, "note", message, media_type.pointer, "body")
        return
    for violation in violations(
        value, media_type.schema, operation.document, f"{media_type.pointer}/schema"
    ):
        yield Finding(
            Kind.BODY_AGAINST_SCHEMA if violation.decided else Kind.NOT_CHECKED,
            "illegal" if violation.decided else "undecidable",
            f"The body{_inside(violation)} {violation.message}.",
            violation.pointer,
            f"body {violation.instance}".strip(),
        )


def _declared_media_type(operation: Operation, name: str) -> MediaType | None:
    """The media type of the document that a body's is: parameters such as charset apart."""
    for media_type in operation.media_types:
        if media_type.name == name:
            return media_type
    for media_type in operation.media_types:
        if essence(media_type.name) == essence(name):
            return media_type
    return None


def _placeholder_findings(request: Request) -> Iterator[Finding]:
    places = [("URL", f"{request.host}{request.path}")]
    places += [(f"query {wire.decode(name)}", text or "") for name, text in request.query]
    places += [(f"header {name}", value) for name, value in request.headers]
    places += [(f"cookie {name}", value) for name, value in request.cookies]
    if isinstance(request.body, JsonBody):
        places.append(("body", request.body.text))
    for place, text in places:
        for found in dict.fromkeys(find_placeholders(text)):
            shown = wire.decode(found)
            yield Finding(
                Kind.PLACEHOLDER, "note", f"Replace {shown} before you send it.", "", place
            )


def _unknown_endpoint(request: Request, nearest: Operation | None) -> Finding:
    hint = f" The closest is {nearest.label}." if nearest else ""
    return Finding(
        Kind.UNKNOWN_ENDPOINT,
        "illegal",
        f"The document has no path {wire.shorten(wire.decode(request.path), 120)}.{hint}",
        pointer("paths"),
        "URL",
    )


def _wrong_method(request: Request, operation: Operation) -> Finding:
    methods = " and ".join(routes_of(operation.document).methods(request))
    return Finding(
        Kind.WRONG_METHOD,
        "illegal",
        f"This path takes {methods}, not {request.method}.",
        operation.pointer.rpartition("/")[0],
        "method",
    )


def _wrong_server(request: Request, operation: Operation) -> Finding:
    assert not has_server(operation, request)
    servers = ", ".join(server.url for server in operation.servers[:3])
    where = pointer("host") if operation.document.is_swagger else pointer("servers")
    message = f"{request.host} is not a server of this API. It is at {servers}."
    return Finding(Kind.WRONG_SERVER, "illegal", message, where, "URL")


def _inside(violation: Violation) -> str:
    return f" at “{violation.instance}”" if violation.instance else ""


def _verdict(operation: Operation | None, findings: list[Finding]) -> Verdict:
    severities = {finding.severity for finding in findings}
    status: Status = "valid"
    if "illegal" in severities:
        status = "illegal"
    elif "undecidable" in severities:
        status = "undecidable"
    return Verdict(status, operation, tuple(dict.fromkeys(findings)))
