"""Two requests side by side: is this the call that was wanted, and if not, where does it differ?

By meaning, not by bytes: headers by lower name, query pairs and form fields in any order, JSON by
value, ``%3A`` and ``:`` alike. A placeholder equals a placeholder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core import wire
from core.media_type import essence
from core.openapi.keyword import same
from core.openapi.reference import pointer
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


@dataclass(frozen=True)
class Difference:
    """One place at which a request is not the wanted one."""

    place: str
    """``method``, ``host``, ``path``, ``query limit``, ``header X-Trace``, ``cookie sid``,
    ``body /owner/email``, ``media type``."""
    got: str | None
    """``None`` where the request has nothing there."""
    wanted: str | None
    """``None`` where nothing was wanted there."""


def compare(request: Request, wanted: Request) -> list[Difference]:
    """Where a request differs from the wanted one; empty means that it is the same call."""
    found = list(_line_differences(request, wanted))
    found += _named_differences("query", _query(request), _query(wanted))
    found += _named_differences("header", _headers(request), _headers(wanted))
    found += _named_differences("cookie", _cookies(request), _cookies(wanted))
    found += _body_differences(request.body, wanted.body)
    return found


def _line_differences(request: Request, wanted: Request) -> Iterator[Difference]:
    if request.method != wanted.method:
        yield Difference("method", request.method, wanted.method)
    got_host = f"{request.scheme}://{request.host}".lower()
    wanted_host = f"{wanted.scheme}://{wanted.host}".lower()
    if got_host != wanted_host:
        yield Difference("host", got_host, wanted_host)
    got, want = request.path.split("/"), wanted.path.split("/")
    if len(got) != len(want) or not all(map(_same_text, got, want)):
        yield Difference("path", wire.decode(request.path), wire.decode(wanted.path))


Named = list[tuple[str, str, str]]
"""(key to match by, name to show, value)."""


def _query(request: Request) -> Named:
    pairs = [(wire.decode(name), "" if text is None else text) for name, text in request.query]
    return [(name, name, text) for name, text in pairs]


def _headers(request: Request) -> Named:
    return [(name.lower(), name, value) for name, value in request.headers]


def _cookies(request: Request) -> Named:
    return [(wire.decode(name), name, value) for name, value in request.cookies]


def _named_differences(place: str, got: Named, wanted: Named) -> Iterator[Difference]:
    """Values by name; several of one name as a multiset."""
    shown = {key: name for key, name, _ in (*got, *wanted)}
    for key, name in shown.items():
        got_values = [value for other, _, value in got if other == key]
        wanted_values = [value for other, _, value in wanted if other == key]
        if not _same_values(got_values, wanted_values):
            yield Difference(f"{place} {name}", _joined(got_values), _joined(wanted_values))


def _same_values(got: list[str], wanted: list[str]) -> bool:
    if len(got) != len(wanted):
        return False
    return all(map(_same_text, got, wanted)) or Counter(map(_meaning, got)) == Counter(
        map(_meaning, wanted)
    )


def _same_text(one: str, other: str) -> bool:
    return one == other or _meaning(one) == _meaning(other)


def _meaning(text: str) -> str:
    decoded = wire.decode(text)
    return "REPLACE_" if is_placeholder(text) or is_placeholder(decoded) else decoded


def _joined(values: list[str]) -> str | None:
    return ", ".join(wire.decode(value) for value in values) if values else None


def _body_differences(got: Body | None, wanted: Body | None) -> Iterator[Difference]:
    if got is None or wanted is None:
        if got is not wanted:
            yield Difference("body", _shown(got), _shown(wanted))
        return
    if essence(got.media_type) != essence(wanted.media_type):
        yield Difference("media type", got.media_type, wanted.media_type)
    if isinstance(got, JsonBody) and isinstance(wanted, JsonBody):
        yield from json_differences(got.value, wanted.value)
    elif isinstance(got, FormBody) and isinstance(wanted, FormBody):
        yield from _named_differences("body", _fields(got), _fields(wanted))
    elif isinstance(got, MultipartBody) and isinstance(wanted, MultipartBody):
        yield from _named_differences("body", _parts(got), _parts(wanted))
    elif isinstance(got, FileBody) and isinstance(wanted, FileBody):
        if not _same_text(got.filename, wanted.filename):
            yield Difference("body", got.filename, wanted.filename)
    elif got != wanted:
        yield Difference("body", _shown(got), _shown(wanted))


def json_differences(got: Json, wanted: Json, at: str = "") -> Iterator[Difference]:
    """Where two JSON values differ, by pointer."""
    if isinstance(got, dict) and isinstance(wanted, dict):
        for name in dict.fromkeys((*wanted, *got)):
            where = at + pointer(name)
            if name in got and name in wanted:
                yield from json_differences(got[name], wanted[name], where)
            else:
                yield Difference(f"body {where}", _text_at(got, name), _text_at(wanted, name))
    elif isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        for index, (one, other) in enumerate(zip(got, wanted, strict=True)):
            yield from json_differences(one, other, f"{at}/{index}")
    elif not same(got, wanted) and not _both_placeholders(got, wanted):
        yield Difference(f"body {at}".strip(), canonical_json(got), canonical_json(wanted))


def _text_at(value: dict[str, Json], name: str) -> str | None:
    return canonical_json(value[name]) if name in value else None


def _both_placeholders(got: Json, wanted: Json) -> bool:
    texts = isinstance(got, str) and isinstance(wanted, str)
    return texts and is_placeholder(got) and is_placeholder(wanted)


def _fields(body: FormBody) -> Named:
    return [(name, name, wire.encode(value)) for name, value in body.pairs]


def _parts(body: MultipartBody) -> Named:
    return [
        (
            part.name,
            part.name,
            wire.encode(part.value) if part.value is not None else f"@{part.filename}",
        )
        for part in body.parts
    ]


def _shown(body: Body | None) -> str | None:
    if body is None:
        return None
    text = getattr(body, "text", None)
    return str(text) if text is not None else f"{type(body).__name__} as {body.media_type}"
