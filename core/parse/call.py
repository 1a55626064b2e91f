"""The call that a piece of code makes, gathered by a language's parser and finished here."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from core.errors import RequestError
from core.media_type import essence, is_json, is_multipart
from core.parse.multipart import parts_of_payload
from core.parse.texts import Texts
from core.parse.value import (
    FileContent,
    Holes,
    Mixed,
    Unknown,
    Value,
    concatenated,
    pieces_of,
)
from core.request import (
    BINARY_MEDIA_TYPE,
    FORM_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    MULTIPART_MEDIA_TYPE,
    Body,
    FileBody,
    FormBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    canonical_json,
    json_body,
)
from core.wire import decode, encode, shorten


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

    @property
    def is_stated(self) -> bool:
        """Whether method and URL are known, as they are not in the function that others call."""
        is_known = self.url is not None and not isinstance(self.url, Unknown | FileContent)
        return is_known and isinstance(self.method, str)


def finish(call: Call) -> Parsed:
    """The request that a call makes, with a placeholder for each unknown value."""
    if call.url is None:
        return Parsed(None, reason="No call to a URL was found in this code.")
    if not call.is_stated or not isinstance(call.method, str):
        what = "URL" if isinstance(call.url, Unknown | FileContent) else "method"
        value = call.url if what == "URL" else call.method
        where = f" (line {value.line}: {shorten(value.text)})" if isinstance(value, Unknown) else ""
        return Parsed(
            None,
            reason=f"The {what} is not stated in the code{where}. Write it out to have it checked.",
        )
    texts = Texts()
    try:
        return Parsed(_request(call, call.method, texts), texts.found())
    except RequestError as error:
        return Parsed(
            None,
            texts.found(),
            f"The code sends something that no request can hold. {error}",
        )


def _request(call: Call, method: str, texts: Texts) -> Request:
    headers, cookies, media_type = _headers(call, texts)
    query = [
        (encode(texts.text(name)), None if value is None else encode(texts.text(value)))
        for name, value in call.query
    ]
    url, credentials = _without_credentials(_url(call.url, texts))
    if credentials and "authorization" not in headers:
        headers["authorization"] = ("Authorization", credentials)
    return Request.from_url(
        method.upper(),
        url,
        query=tuple(query),
        headers=tuple(headers.values()),
        cookies=tuple(cookies),
        body=_body(call, media_type, texts),
    )


def basic_credentials(user: Value, password: Value) -> Value:
    """What ``Authorization`` says for a user and a password (RFC 7617)."""
    if isinstance(user, str) and isinstance(password, str):
        return "Basic " + b64encode(f"{user}:{password}".encode(errors="replace")).decode()
    holes = [value for value in (user, password) if not isinstance(value, str)]
    unknown = next((piece for piece in pieces_of(holes[0]) if isinstance(piece, Unknown)), None)
    return concatenated("Basic ", unknown or Unknown("credentials", 0, 0))


def _url(value: Value, texts: Texts) -> str:
    """The URL; where only its beginning is unknown (``BASE_URL + "/pets"``) the host is a
    placeholder.
    """
    text = texts.text(value).strip()
    begins_unknown = isinstance(value, Mixed) and isinstance(value.pieces[0], Unknown)
    return f"https://{text}" if begins_unknown and not _scheme(text) else text


_scheme = re.compile(r"\w+://").match


def _without_credentials(url: str) -> tuple[str, str]:
    """A URL without ``user:password@``, and what clients make of that."""
    found = _credentials_in_url(url)
    if not found:
        return url, ""
    user, _, password = found[2].partition(":")
    credentials = basic_credentials(decode(user), decode(password))
    return found[1] + url[found.end() :], str(credentials)


_credentials_in_url = re.compile(r"(\w+://)([^/?#@]*)@").match


def _headers(
    call: Call, texts: Texts
) -> tuple[dict[str, tuple[str, str]], list[tuple[str, str]], Value]:
    """Headers with repeated ones joined, by lower name; cookies apart, and the content type."""
    headers: dict[str, tuple[str, str]] = {}
    cookies = [(texts.text(name), texts.text(value)) for name, value in call.cookies]
    media_type: Value = None
    for name, value in call.headers:
        written = texts.text(name).strip()
        lower = written.lower()
        if lower == "content-type":
            media_type = value
        if lower in ("content-type", "content-length"):
            continue
        text = texts.text(value).strip(" \t")
        if lower == "cookie":
            cookies += _cookie_pairs(text)
        elif lower in headers:
            headers[lower] = (headers[lower][0], f"{headers[lower][1]}, {text}")
        else:
            headers[lower] = (written, text)
    return headers, cookies, media_type


def _cookie_pairs(text: str) -> Iterable[tuple[str, str]]:
    for piece in text.split(";"):
        if piece.strip():
            name, _, value = piece.strip().partition("=")
            yield name, value


def _body(call: Call, content_type: Value, texts: Texts) -> Body | None:
    body = call.body
    if body is None:
        return None
    if body == "" and content_type is None:
        return None  # an empty text that is said to be nothing
    media_type, boundary = _without_boundary(content_type, texts)
    if isinstance(body, PartsValue):
        parts = tuple(_part(part, texts) for part in body.parts)
        return MultipartBody(parts, media_type or MULTIPART_MEDIA_TYPE)
    if isinstance(body, FileContent):
        return FileBody(texts.text(body.name), media_type or BINARY_MEDIA_TYPE)
    if isinstance(body, JsonValue):
        value, media_type = texts.json(body.value), media_type or JSON_MEDIA_TYPE
        if is_json(media_type):
            return json_body(value, media_type)
        return _text_body(canonical_json(value), media_type)
    if isinstance(body, FormValue):
        pairs = tuple((texts.text(name), texts.text(value)) for name, value in body.pairs)
        media_type = media_type or FORM_MEDIA_TYPE
        if essence(media_type) == FORM_MEDIA_TYPE:
            return FormBody(pairs, media_type)
        return _text_body("&".join([f"{encode(n)}={encode(v)}" for n, v in pairs]), media_type)
    media_type = media_type or call.default_media_type
    if is_multipart(media_type) and boundary is not None:
        found = parts_of_payload(body, boundary)
        if found is not None:
            parts = tuple(_part(PartValue(*part), texts) for part in found)
            return MultipartBody(parts, media_type)
    text = texts.json_text(body) if is_json(media_type) else texts.text(body)
    return _text_body(text, media_type)


def _text_body(text: str, media_type: str) -> Body:
    """What a text means under its content type."""
    if is_json(media_type):
        try:
            return json_body(json.loads(text), media_type)
        except (ValueError, RecursionError):
            return TextBody(text, media_type)
    if essence(media_type) == FORM_MEDIA_TYPE:
        return FormBody(tuple(parse_qsl(text, keep_blank_values=True)), media_type)
    return TextBody(text, media_type)


def _part(part: PartValue, texts: Texts) -> Part:
    name = texts.text(part.name)
    media_type = None if part.media_type is None else texts.text(part.media_type)
    filename = part.filename
    if filename is None and isinstance(part.value, FileContent):
        filename = part.value.name
    if filename is None:
        return Part(name, texts.text(part.value), None, media_type)
    return Part(name, None, texts.text(filename), media_type)


def _without_boundary(content_type: Value, texts: Texts) -> tuple[str, Value]:
    """A media type without its boundary, which is the client's business, and the boundary."""
    if content_type is None:
        return "", None
    holes = Holes()
    text = holes.text(content_type).strip(" \t")
    found = _boundary(text)
    if not found:
        return texts.text(holes.value(text)), None
    without = text[: found.start()] + text[found.end() :]
    return texts.text(holes.value(without.strip())), holes.value(found[1])


_boundary = re.compile(r';\s*boundary="?([^";]*)"?', re.IGNORECASE).search
