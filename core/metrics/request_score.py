"""Our score of a call: its request beside the wanted one, part by part, and what the document says.

>>> score(parse(code, "go").request, wanted, among).status
'legal but different'

Nothing is decided by likeness: a call is *right* if no part differs by meaning
(:mod:`core.compare`); otherwise the document says whether it is legal (:mod:`core.check`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from core import wire
from core.check import check
from core.compare import Difference, compare
from core.credential import satisfied_alternative
from core.known_documents import KnownDocuments
from core.openapi.document import Document
from core.openapi.identity import identity_of
from core.openapi.operation import Operation
from core.placeholder import is_placeholder
from core.request import (
    Body,
    FileBody,
    FormBody,
    Json,
    JsonBody,
    MultipartBody,
    Request,
    canonical_json,
)
from core.route import Match, match
from core.verdict import Finding, Verdict

Status = Literal["right", "legal but different", "undecidable", "illegal", "no call", "no answer"]
PLACES = ("path", "query", "header", "cookie", "body")
"""Where parameters are counted."""

_Said = dict[tuple[str, str], str]
"""(name, position among those of the name) → value, at one place."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Parameters with their values at one place: how many are right, given and wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0


@dataclass(frozen=True)
class Wanted:
    """The call that answers a question."""

    operation: Operation
    request: Request


@dataclass(frozen=True)
class RequestScore:
    """What can be said of one call; all of it false where there is none."""

    status: Status
    method: bool = False
    host: bool = False
    path: bool = False
    """Whether it is the wanted path template, of the wanted document or another version of it."""
    operation: bool = False
    """Whether it calls the wanted operation."""
    is_legal: bool = False
    is_invented: bool = False
    """Whether no known document has such an endpoint."""
    body: bool | None = None
    """``None`` where none is wanted and none is given."""
    security: bool | None = None
    """Whether credentials of the wanted kind are there; ``None`` where none are asked for."""
    parameters: Mapping[str, Counts] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()
    called: Operation | None = None
    """What the call was found to call."""


def score(given: Request | None, wanted: Wanted, known: KnownDocuments) -> RequestScore:
    """What can be said of a call, or of the fact that there is none."""
    if given is None:
        return RequestScore("no call", parameters=_counts({}, _said(wanted)))
    home = known.calling(given, wanted.operation.document)
    found, verdict = home.found, check(given, home.document)
    called = verdict.operation or found.operation
    is_path = _is_path(found, called, wanted.operation)
    is_method = found.outcome != "wrong method" and given.method == wanted.operation.method
    parameters = _counts(_said_of(given, called), _said(wanted))
    differences = tuple(compare(given, wanted.request))
    if is_path and home.document is not wanted.operation.document:
        differences = tuple(_twin_differences(differences, parameters["path"]))
    return RequestScore(
        status=_status(verdict, differences),
        method=given.method == wanted.request.method,
        host=not any(each.place == "host" for each in differences),
        path=is_path,
        operation=is_path and is_method,
        is_legal=verdict.is_legal,
        is_invented=found.outcome == "unknown endpoint",
        body=_is_body(given, wanted.request, differences),
        security=_is_secure(given, wanted.operation),
        parameters=parameters,
        differences=differences,
        findings=verdict.findings,
        called=called,
    )


def abstained(wanted: Wanted) -> RequestScore:
    """The score of an engine that says that nothing fits."""
    return RequestScore("no answer", parameters=_counts({}, _said(wanted)))


def _status(verdict: Verdict, differences: tuple[Difference, ...]) -> Status:
    if not differences:
        return "right"
    return "legal but different" if verdict.status == "valid" else verdict.status


def _is_path(found: Match, called: Operation | None, wanted: Operation) -> bool:
    return (
        found.outcome != "unknown endpoint"
        and called is not None
        and called.path == wanted.path
        and _is_same_api(called.document, wanted.document)
    )


def _is_same_api(one: Document, other: Document) -> bool:
    """Whether two documents are versions of one API: a question hardly says which one it means."""
    return one is other or identity_of(one) == identity_of(other)


def _twin_differences(differences: Iterable[Difference], path: Counts) -> Iterator[Difference]:
    """Of the same operation in another version, host and path may differ, but not the values."""
    passed = {"host", "path"} if path.right == path.given == path.wanted else {"host"}
    return (each for each in differences if each.place not in passed)


def _is_body(given: Request, wanted: Request, differences: Iterable[Difference]) -> bool | None:
    if given.body is None and wanted.body is None:
        return None
    return not any(each.place.startswith(("body", "media type")) for each in differences)


def _is_secure(given: Request, operation: Operation) -> bool | None:
    if all(not alternative for alternative in operation.security):
        return None
    return satisfied_alternative(operation, given) is not None


def _counts(given: Mapping[str, _Said], wanted: Mapping[str, _Said]) -> dict[str, Counts]:
    found = {}
    for place in PLACES:
        got, want = given.get(place, {}), wanted.get(place, {})
        right = sum(got.get(name) == value for name, value in want.items())
        found[place] = Counts(right, len(got), len(want))
    return found


def _said(wanted: Wanted) -> dict[str, _Said]:
    return _said_of(wanted.request, wanted.operation)


def _said_of(request: Request, operation: Operation | None) -> dict[str, _Said]:
    """What a request says at each place."""
    body: dict[str, list[str]] = {}
    _BODY_READERS.get(type(request.body), _read_text)(request.body, body)
    places: dict[str, Iterable[tuple[str, str]]] = {
        "path": _path_values(request, operation),
        "query": [(wire.decode(name), text or "") for name, text in request.query],
        "header": [(name.lower(), value) for name, value in request.headers],
        "cookie": [(wire.decode(name), value) for name, value in request.cookies],
        "body": [(name, value) for name, values in body.items() for value in values],
    }
    return {place: _numbered(pairs) for place, pairs in places.items()}


def _numbered(pairs: Iterable[tuple[str, str]]) -> _Said:
    """Several values of one name in an order of their own, so that theirs does not matter."""
    by_name: dict[str, list[str]] = {}
    for name, value in pairs:
        by_name.setdefault(name, []).append(_meaning(value))
    return {
        (name, str(position)): value
        for name, values in by_name.items()
        for position, value in enumerate(sorted(values))
    }


def _meaning(text: str) -> str:
    """A placeholder equals a placeholder, as in :mod:`core.compare`."""
    decoded = wire.decode(text)
    return "REPLACE_" if is_placeholder(text) or is_placeholder(decoded) else decoded


def _path_values(request: Request, operation: Operation | None) -> list[tuple[str, str]]:
    if operation is None:
        return []
    return list(match(request, operation.document).path_values.items())


def _read_json(body: Body | None, into: dict[str, list[str]]) -> None:
    assert isinstance(body, JsonBody)
    _read_value(body.value, "", into)


def _read_value(value: Json, at: str, into: dict[str, list[str]]) -> None:
    """The leaves of a JSON value, each under the names that lead to it; positions do not count."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            _read_value(inner, f"{at}/{name}", into)
    elif isinstance(value, list) and value:
        for inner in value:
            _read_value(inner, f"{at}/*", into)
    else:
        text = value if isinstance(value, str) else canonical_json(value)
        into.setdefault(at, []).append(text)


def _read_form(body: Body | None, into: dict[str, list[str]]) -> None:
    assert isinstance(body, FormBody)
    for name, value in body.pairs:
        into.setdefault(name, []).append(value)


def _read_parts(body: Body | None, into: dict[str, list[str]]) -> None:
    assert isinstance(body, MultipartBody)
    for part in body.parts:
        value = f"@{part.filename}" if part.value is None else part.value
        into.setdefault(part.name, []).append(value)


def _read_text(body: Body | None, into: dict[str, list[str]]) -> None:
    if body is not None:
        into[""] = [str(getattr(body, "text", "") or getattr(body, "filename", ""))]


_BODY_READERS: dict[type, Callable[[Body | None, dict[str, list[str]]], None]] = {
    JsonBody: _read_json,
    FormBody: _read_form,
    MultipartBody: _read_parts,
    FileBody: _read_text,
}
