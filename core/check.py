"""Is a request legal, by the document? A verdict with findings, each with its proof.

``illegal``: the document forbids it. ``undecidable``: the document does not let anyone decide.
``valid``: neither. Placeholders count as present and are notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core import wire
from core.media_type import essence, is_xml
from core.openapi.body_value import value_of
from core.openapi.document import Document
from core.openapi.keyword import Violation
from core.openapi.operation import (
    Alternative,
    MediaType,
    Operation,
    Parameter,
    SecurityScheme,
)
from core.openapi.reference import pointer
from core.openapi.sample import MISSING
from core.openapi.schema import violations
from core.openapi.unstyle import header_value, path_value, query_value
from core.placeholder import find_placeholders
from core.request import Json, JsonBody, Request
from core.route import Match, has_server, match, routes_of

Status = Literal["valid", "undecidable", "illegal"]
Severity = Literal["note", "undecidable", "illegal"]

UNKNOWN_ENDPOINT = "unknown endpoint"
WRONG_METHOD = "wrong method"
WRONG_SERVER = "wrong server"
MISSING_PARAMETER = "missing required parameter"
UNKNOWN_PARAMETER = "unknown parameter"
WRONG_PLACE = "wrong place"
WRONG_TYPE = "wrong type"
MISSING_BODY = "missing body"
UNEXPECTED_BODY = "unexpected body"
WRONG_MEDIA_TYPE = "wrong media type"
BODY_AGAINST_SCHEMA = "body against schema"
MISSING_CREDENTIAL = "missing credential"
PLACEHOLDER = "placeholder"
NOT_CHECKED = "not checked"

_STANDARD_HEADERS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "connection",
        "date",
        "expect",
        "forwarded",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "max-forwards",
        "origin",
        "pragma",
        "prefer",
        "proxy-authorization",
        "range",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
        "x-requested-with",
        "x-request-id",
    }
)


@dataclass(frozen=True)
class Finding:
    """One thing that the document says about a request."""

    kind: str
    """One of this module's names: ``unknown parameter``, …"""
    severity: Severity
    message: str
    """A sentence for people."""
    pointer: str = ""
    """JSON pointer of what proves it; empty where it is proved by absence."""
    place: str = ""
    """Where in the request: ``query limit``, ``body /owner/email``."""


@dataclass(frozen=True)
class Verdict:
    """What the document says about a request."""

    status: Status
    operation: Operation | None
    """The operation that was called, or the one that was probably meant."""
    findings: tuple[Finding, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Whether nothing in the document forbids the call."""
        return self.status != "illegal"


@dataclass(frozen=True)
class Values:
    """The values that a request carries for an operation, by place and name, typed."""

    by_parameter: dict[Parameter, Json]
    unknown: list[tuple[str, str, str]]
    """(place, name, text) that no parameter describes."""


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
    values = read_values(request, found)
    findings = list(_parameter_findings(operation, values))
    findings += _security_findings(operation, request)
    findings += _body_findings(operation, request)
    findings += _placeholder_findings(request)
    return findings


def read_values(request: Request, found: Match) -> Values:
    """The typed values of an operation's parameters in a request, and what is left over."""
    assert found.operation is not None
    operation, document = found.operation, found.operation.document
    by_parameter: dict[Parameter, Json] = {}
    headers = {name.lower(): value for name, value in request.headers}
    used_query: set[int] = set()
    used_cookies: set[int] = set()
    for parameter in operation.parameters:
        value: Json = MISSING
        if parameter.place == "path":
            if parameter.name in found.path_values:
                value = path_value(parameter, found.path_values[parameter.name], document)
        elif parameter.place == "header":
            if parameter.name.lower() in headers:
                value = header_value(parameter, headers[parameter.name.lower()], document)
        elif parameter.place == "query":
            value, used = query_value(parameter, request.query, document)
            used_query.update(used)
        else:
            value, used = query_value(parameter, request.cookies, document)
            used_cookies.update(used)
        if value is not MISSING:
            by_parameter[parameter] = value
    return Values(by_parameter, list(_left_over(operation, request, used_query, used_cookies)))


def _left_over(
    operation: Operation, request: Request, used_query: set[int], used_cookies: set[int]
) -> Iterator[tuple[str, str, str]]:
    keys = {
        (scheme.place, scheme.parameter.lower() if scheme.place == "header" else scheme.parameter)
        for alternative in operation.security
        for scheme in alternative
        if scheme.kind == "apiKey"
    }
    fixed = {
        name for name, _ in wire.split_query(operation.path.partition("#")[0].partition("?")[2])
    }
    declared = {each.name.lower() for each in operation.parameters if each.place == "header"}
    for index, (name, text) in enumerate(request.query):
        decoded = wire.decode(name)
        if index not in used_query and ("query", decoded) not in keys and name not in fixed:
            yield "query", decoded, wire.decode(text or "")
    for name, text in request.headers:
        lower = name.lower()
        if (
            lower not in declared
            and lower not in _STANDARD_HEADERS
            and ("header", lower) not in keys
        ):
            yield "header", name, text
    for index, (name, text) in enumerate(request.cookies):
        if index not in used_cookies and ("cookie", name) not in keys:
            yield "cookie", name, wire.decode(text)


def _parameter_findings(operation: Operation, values: Values) -> Iterator[Finding]:
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
            WRONG_TYPE if violation.decided else NOT_CHECKED,
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
        MISSING_PARAMETER,
        "illegal",
        f"The {parameter.place} parameter “{parameter.name}” is required and is not there.",
        parameter.pointer,
        f"{parameter.place} {parameter.name}",
    )


def _wrong_place(parameter: Parameter, place: str) -> Finding:
    return Finding(
        WRONG_PLACE,
        "illegal",
        f"“{parameter.name}” belongs in the {parameter.place}, not in the {place}.",
        parameter.pointer,
        f"{place} {parameter.name}",
    )


def _unknown_parameter(operation: Operation, place: str, name: str) -> Finding:
    known = [each.name for each in operation.parameters if each.place == place]
    offer = f" It takes: {', '.join(known[:12])}." if known else ""
    return Finding(
        UNKNOWN_PARAMETER,
        "illegal" if place == "query" else "note",
        f"{operation.label} knows no {place} parameter “{wire.shorten(name).strip('“”')}”.{offer}",
        operation.pointer,
        f"{place} {name}",
    )


def _security_findings(operation: Operation, request: Request) -> Iterator[Finding]:
    if not operation.security:
        return
    missing = [
        [scheme for scheme in alternative if not _is_satisfied(scheme, request)]
        for alternative in operation.security
    ]
    if all(missing):
        names = " or ".join(" and ".join(f"“{scheme.name}”" for scheme in each) for each in missing)
        yield Finding(
            MISSING_CREDENTIAL,
            "illegal",
            f"The call carries no credential; it needs {names}.",
            min(missing, key=len)[0].pointer,
            "credential",
        )


def satisfied_alternative(operation: Operation, request: Request) -> Alternative | None:
    """The first security alternative whose credentials a request carries, if any."""
    for alternative in operation.security:
        if all(_is_satisfied(scheme, request) for scheme in alternative):
            return alternative
    return None


def _is_satisfied(scheme: SecurityScheme, request: Request) -> bool:
    if scheme.kind == "mutualTLS":
        return True  # the connection brings it, not the request
    headers = {name.lower(): value for name, value in request.headers}
    if scheme.kind == "apiKey":
        if scheme.place == "query":
            return any(wire.decode(name) == scheme.parameter for name, _ in request.query)
        if scheme.place == "cookie":
            return any(wire.decode(name) == scheme.parameter for name, _ in request.cookies)
        return (scheme.parameter or scheme.name).lower() in headers
    word = scheme.scheme if scheme.kind == "http" else "bearer"
    written = headers.get("authorization", "").split(" ")[0].lower()
    return written == (word or "bearer")


def _body_findings(operation: Operation, request: Request) -> Iterator[Finding]:
    body = request.body
    if body is None:
        if operation.body_required and operation.media_types:
            where = operation.media_types[0].pointer
            yield Finding(
                MISSING_BODY, "illegal", "A body is required and is not there.", where, "body"
            )
        return
    if not operation.media_types:
        message = f"{operation.label} takes no body."
        yield Finding(UNEXPECTED_BODY, "illegal", message, operation.pointer, "body")
        return
    media_type = _declared_media_type(operation, body.media_type)
    if media_type is None:
        offered = ", ".join(each.name for each in operation.media_types)
        message = f"The body is sent as {body.media_type}; the operation takes {offered}."
        where = operation.media_types[0].pointer
        yield Finding(WRONG_MEDIA_TYPE, "illegal", message, where, "body")
        return
    value = value_of(body, media_type, operation.document)
    if value is MISSING:
        if is_xml(body.media_type):
            message = "The content of an XML body is not checked against its schema."
            yield Finding(NOT_CHECKED, "note", message, media_type.pointer, "body")
        return
    for violation in violations(
        value, media_type.schema, operation.document, f"{media_type.pointer}/schema"
    ):
        yield Finding(
            BODY_AGAINST_SCHEMA if violation.decided else NOT_CHECKED,
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
            yield Finding(PLACEHOLDER, "note", f"Replace {shown} before you send it.", "", place)


def _unknown_endpoint(request: Request, nearest: Operation | None) -> Finding:
    hint = f" The closest is {nearest.label}." if nearest else ""
    return Finding(
        UNKNOWN_ENDPOINT,
        "illegal",
        f"The document has no path {wire.shorten(wire.decode(request.path), 120)}.{hint}",
        pointer("paths"),
        "URL",
    )


def _wrong_method(request: Request, operation: Operation) -> Finding:
    methods = " and ".join(routes_of(operation.document).methods(request))
    return Finding(
        WRONG_METHOD,
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
    return Finding(WRONG_SERVER, "illegal", message, where, "URL")


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
