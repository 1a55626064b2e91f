"""The call that a piece of code makes, gathered by a language's parser and finished here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from core import wire
from core.errors import RequestError
from core.media_type import essence, is_json, is_multipart
from core.parse.multipart import parts_of_payload
from core.parse.value import FileContent, Mixed, Unknown, Value
from core.placeholder import placeholder
from core.request import (
    BINARY_MEDIA_TYPE,
    FORM_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    MULTIPART_MEDIA_TYPE,
    Body,
    FileBody,
    FormBody,
    Json,
    MultipartBody,
    Part,
    Request,
    TextBody,
    canonical_json,
    json_body,
)


@dataclass(frozen=True)
class Parsed:
    """What a piece of code sends, as far as it can be read."""

    request: Request | None
    """``None`` where there is no call, or its method or URL is unknown."""
    unknowns: tuple[Unknown, ...] = ()
    """Values that stand as placeholders in the request because the code does not state them."""
    reason: str = ""
    """Why there is no request, in a sentence."""


@dataclass(frozen=True)
class JsonValue:
    """A body that the client writes as JSON."""

    value: Value


@dataclass(frozen=True)
class FormValue:
    """A body that the client writes as urlencoded pairs; names and values decoded."""

    pairs: list[tuple[Value, Value]]


@dataclass(frozen=True)
class PartValue:
    """One part of a body that the client writes as multipart."""

    name: Value
    value: Value
    """A ``FileContent`` for a file."""
    filename: Value = None
    """Where the code states another name than the file's own."""
    media_type: Value = None


@dataclass(frozen=True)
class PartsValue:
    """A body that the client writes as multipart."""

    parts: list[PartValue]


@dataclass
class Call:
    """What a parser found so far; ``finish`` turns it into a request.

    ``query`` pairs are decoded (the client encodes them) and go behind those of the URL; a value
    ``None`` is a bare flag. A body given as a plain ``Value`` is text, or a file's content, whose
    meaning the content type tells.
    """

    method: Value = None
    url: Value = None
    query: list[tuple[Value, Value]] = field(default_factory=list)
    headers: list[tuple[Value, Value]] = field(default_factory=list)
    cookies: list[tuple[Value, Value]] = field(default_factory=list)
    body: Value | JsonValue | FormValue | PartsValue = None
    default_media_type: str = "text/plain"
    """What the client sends as content type where the code states none for a text."""


def finish(call: Call) -> Parsed:
    """The request that a call makes, with a placeholder for each unknown value."""
    if call.url is None:
        return Parsed(None, reason="No call to a URL was found in this code.")
    if isinstance(call.url, Unknown | FileContent) or not isinstance(call.method, str):
        what = "URL" if isinstance(call.url, Unknown | FileContent) else "method"
        value = call.url if what == "URL" else call.method
        where = (
            f" (line {value.line}: {wire.shorten(value.text)})"
            if isinstance(value, Unknown)
            else ""
        )
        return Parsed(
            None,
            reason=f"The {what} is not stated in the code{where}. Write it out to have it checked.",
        )
    texts = _Texts()
    try:
        return Parsed(_request(call, call.method, texts), tuple(texts.unknowns))
    except RequestError as error:
        return Parsed(
            None,
            tuple(texts.unknowns),
            f"The code sends something that no request can hold. {error}",
        )


class _Texts:
    """Turns values into text and JSON, and remembers what had to become a placeholder."""

    def __init__(self) -> None:
        self.unknowns: list[Unknown] = []

    def text(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Unknown):
            return self.placeholder(value)
        if isinstance(value, FileContent):
            name = value.name if isinstance(value.name, str) else value.name.text
            return self.placeholder(Unknown(name, 0, 0))
        if isinstance(value, Mixed):
            return "".join([self.text(piece) for piece in value.pieces])
        return canonical_json(self.json(value))

    def json(self, value: Value) -> Json:
        if isinstance(value, dict):
            return {name: self.json(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.json(item) for item in value]
        return self.text(value) if isinstance(value, Unknown | Mixed | FileContent) else value

    def placeholder(self, unknown: Unknown) -> str:
        self.unknowns.append(unknown)
        words = re.findall(r"[A-Za-z_]\w*", unknown.text, re.ASCII)
        return placeholder(words[-1] if words else "value")


def _request(call: Call, method: str, texts: _Texts) -> Request:
    headers, cookies, media_type = _headers(call, texts)
    query = [
        (wire.encode(texts.text(name)), None if value is None else wire.encode(texts.text(value)))
        for name, value in call.query
    ]
    return Request.from_url(
        method.upper(),
        _url(call.url, texts),
        query=tuple(query),
        headers=tuple(headers),
        cookies=tuple(cookies),
        body=_body(call, media_type, texts),
    )


def _url(value: Value, texts: _Texts) -> str:
    """The URL; where only its beginning is unknown (``BASE_URL + "/pets"``) the host is a
    placeholder.
    """
    text = texts.text(value).strip()
    if (
        isinstance(value, Mixed)
        and isinstance(value.pieces[0], Unknown)
        and "://" not in text.split("/", 1)[0] + "//"
    ):
        return "https://" + text
    return text


def _headers(
    call: Call, texts: _Texts
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], str | None]:
    """Headers with repeated ones joined, cookies apart, and the content type."""
    headers: dict[str, tuple[str, str]] = {}
    cookies = [(texts.text(name), texts.text(value)) for name, value in call.cookies]
    media_type = None
    for name, value in call.headers:
        written, text = texts.text(name).strip(), texts.text(value).strip(" \t")
        lower = written.lower()
        if lower == "content-type":
            media_type = text
        elif lower == "cookie":
            cookies += _cookie_pairs(text)
        elif lower == "content-length":
            continue
        elif lower in headers:
            headers[lower] = (headers[lower][0], f"{headers[lower][1]}, {text}")
        else:
            headers[lower] = (written, text)
    return list(headers.values()), cookies, media_type


def _cookie_pairs(text: str) -> Iterable[tuple[str, str]]:
    for piece in text.split(";"):
        if piece.strip():
            name, _, value = piece.strip().partition("=")
            yield name, value


def _body(call: Call, media_type: str | None, texts: _Texts) -> Body | None:
    body = call.body
    if body is None:
        return None
    if isinstance(body, JsonValue):
        return json_body(texts.json(body.value), media_type or JSON_MEDIA_TYPE)
    if isinstance(body, FormValue):
        pairs = tuple((texts.text(name), texts.text(value)) for name, value in body.pairs)
        return FormBody(pairs, media_type or FORM_MEDIA_TYPE)
    if isinstance(body, PartsValue):
        return MultipartBody(
            tuple(_part(part, texts) for part in body.parts),
            _without_boundary(media_type or MULTIPART_MEDIA_TYPE),
        )
    if isinstance(body, FileContent):
        return FileBody(_file_name(body, texts), media_type or BINARY_MEDIA_TYPE)
    return _body_of_payload(body, media_type or call.default_media_type, texts)


def _body_of_payload(payload: Value, media_type: str, texts: _Texts) -> Body:
    """What a text body means under its content type."""
    kind = essence(media_type)
    if is_multipart(kind) and (boundary := _boundary(media_type)):
        parts = parts_of_payload(payload, boundary)
        if parts is not None:
            return MultipartBody(
                tuple(_part(PartValue(*part), texts) for part in parts),
                _without_boundary(media_type),
            )
    text = texts.text(payload)
    if is_json(kind):
        value = _json_value(text)
        return TextBody(text, media_type) if value is _NOT_JSON else json_body(value, media_type)
    if kind == FORM_MEDIA_TYPE:
        return FormBody(tuple(parse_qsl(text, keep_blank_values=True)), media_type)
    return TextBody(text, media_type)


_NOT_JSON = object()


def _json_value(text: str) -> Json:

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _part(part: PartValue, texts: _Texts) -> Part:
    name = texts.text(part.name)
    media_type = None if part.media_type is None else texts.text(part.media_type)
    if isinstance(part.value, FileContent):
        filename = (
            _file_name(part.value, texts) if part.filename is None else texts.text(part.filename)
        )
        return Part(name, None, filename, media_type)
    if part.filename is not None:
        return Part(name, None, texts.text(part.filename), media_type)
    return Part(name, texts.text(part.value), None, media_type)


def _file_name(content: FileContent, texts: _Texts) -> str:
    return content.name if isinstance(content.name, str) else texts.placeholder(content.name)


def _boundary(media_type: str) -> str:
    found = re.search(r'boundary="?([^";]+)"?', media_type, re.IGNORECASE)
    return found[1] if found else ""


def _without_boundary(media_type: str) -> str:
    return re.sub(r';\s*boundary="?[^";]*"?', "", media_type, flags=re.IGNORECASE).strip()
