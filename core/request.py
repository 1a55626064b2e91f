"""The canonical request: where rendering, parsing, checking and scoring meet.

A ``Request`` is small, immutable and hashable. Its parts are in one normal form, so that two calls
that put the same bytes on the wire are equal, whatever language or library they were written in:

>>> Request.from_url("GET", "https://api.example.com/pets?tag=a b").url
'https://api.example.com/pets?tag=a%20b'
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from core import wire
from core.errors import RequestError
from core.media_type import essence, is_json, is_multipart

Json: TypeAlias = Any
"""A JSON value: dict, list, str, int, float, bool or None."""

Pairs = tuple[tuple[str, str], ...]

JSON_MEDIA_TYPE = "application/json"
FORM_MEDIA_TYPE = "application/x-www-form-urlencoded"
MULTIPART_MEDIA_TYPE = "multipart/form-data"
BINARY_MEDIA_TYPE = "application/octet-stream"

KEPT_ELSEWHERE = frozenset({"cookie", "content-type", "content-length"})
"""Header names, in lower case, that the cookies and the body of a request stand for."""

_is_host = re.compile(r"[^\s\x00-\x20\x7f/?#\"'<>\\^`|@&\ud800-\udfff]+").fullmatch
_token = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_is_media_type = re.compile(r"[\x21-\x7e]+/[\t\x20-\x7e]*[\x21-\x7e]").fullmatch
_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_may_hold_float = re.compile(r"[0-9](?:\.0(?![0-9])|e[+-]?[0-9])|-0").search


@dataclass(frozen=True)
class JsonBody:
    """A JSON value as canonical compact text: no spaces, members in their order, ``1.0`` as
    ``1``.
    """

    text: str
    media_type: str = JSON_MEDIA_TYPE

    @cached_property
    def value(self) -> Json:
        """The value that the text stands for; integers exact."""
        return json.loads(self.text)


@dataclass(frozen=True)
class FormBody:
    """Names and values, decoded, of an ``application/x-www-form-urlencoded`` body."""

    pairs: Pairs
    media_type: str = FORM_MEDIA_TYPE


@dataclass(frozen=True)
class Part:
    """One part of a multipart body: a text, or a file by name (then ``value`` is ``None``)."""

    name: str
    value: str | None
    filename: str | None = None
    media_type: str | None = None
    """The part's own ``Content-Type``; ``None`` where the client's default is meant."""


@dataclass(frozen=True)
class MultipartBody:
    """The parts of a ``multipart/*`` body. The boundary is the client's business, not ours."""

    parts: tuple[Part, ...]
    media_type: str = MULTIPART_MEDIA_TYPE


@dataclass(frozen=True)
class TextBody:
    """Text sent as it is: XML, plain text, or JSON that does not parse."""

    text: str
    media_type: str


@dataclass(frozen=True)
class FileBody:
    """Bytes of a file, which the request knows by name only."""

    filename: str
    media_type: str = BINARY_MEDIA_TYPE


Body: TypeAlias = JsonBody | FormBody | MultipartBody | TextBody | FileBody


@dataclass(frozen=True, eq=False)
class Request:
    """What a call puts on the wire, in normal form.

    ``path`` and ``query`` are in the wire form of :mod:`core.wire`; ``host`` holds the port where
    one is given; ``headers`` never hold cookies, content type or length. There is no fragment:
    it never leaves the client (RFC 3986 section 3.5).

    Requests are equal where they mean the same: headers in any order, their names in any case
    (RFC 9110 sections 5.1 and 5.3).

    Raises ``RequestError`` for text that is not legal at its place.
    """

    method: str
    scheme: str
    host: str
    path: str
    query: wire.QueryPairs = ()
    headers: Pairs = ()
    cookies: Pairs = ()
    body: Body | None = field(default=None)

    def __post_init__(self) -> None:
        if not is_token(self.method) or self.method != self.method.upper():
            raise RequestError(
                f"{wire.shorten(self.method)} is not an HTTP method: it is one word in capital "
                "letters, as some clients write it anyway."
            )
        _check_url(self.scheme, self.host, self.path, self.query)
        if self.headers:
            _check_headers(self.headers)
        for name, value in self.cookies:
            _check_cookie(name, value)
        if self.body is not None:
            _check_body(self.body)

    @classmethod
    def from_url(
        cls,
        method: str,
        url: str,
        *,
        query: wire.QueryPairs = (),
        headers: Pairs = (),
        cookies: Pairs = (),
        body: Body | None = None,
    ) -> Request:
        """A request from a URL as people write it; ``query`` pairs are added behind the URL's own.

        Raises ``RequestError`` where the URL has no scheme or host.
        """
        scheme, separator, rest = url.partition("://")
        if not separator or not scheme.isalnum():
            raise RequestError(
                f"{wire.shorten(url)} is not an absolute URL: it must begin with https:// or http://."
            )
        rest = rest.partition("#")[0]
        rest, _, query_text = rest.partition("?")
        host, slash, path = rest.partition("/")
        if not host or any(character.isspace() for character in host):
            raise RequestError(f"{wire.shorten(url)} names no host.")
        return cls(
            method=method,
            scheme=scheme.lower(),
            host=host,
            path=wire.normal_path(slash + path) or "/",
            query=wire.split_query(query_text) + query,
            headers=headers,
            cookies=cookies,
            body=body,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Request) and self._meaning == other._meaning

    def __hash__(self) -> int:
        return hash(self._meaning)

    @cached_property
    def _meaning(self) -> tuple[object, ...]:
        headers = frozenset([(name.lower(), value) for name, value in self.headers])
        line = (self.method, self.scheme, self.host, self.path, self.query)
        return (*line, headers, self.cookies, self.body)

    @cached_property
    def base_url(self) -> str:
        """The URL without its query."""
        return f"{self.scheme}://{self.host}{self.path}"

    @cached_property
    def target(self) -> str:
        """Path and query: what the request line says (RFC 9112 section 3.2.1)."""
        return f"{self.path}?{wire.join_query(self.query)}" if self.query else self.path

    @cached_property
    def url(self) -> str:
        """The whole URL."""
        return f"{self.scheme}://{self.host}{self.target}"

    @cached_property
    def cookie(self) -> str:
        """The value of the ``Cookie`` header; empty where there are no cookies."""
        return "; ".join([f"{name}={value}" for name, value in self.cookies])


def json_body(value: Json, media_type: str = JSON_MEDIA_TYPE) -> JsonBody:
    """A JSON body from a value.

    Raises ``RequestError`` for what JSON cannot say (NaN, infinity, half surrogates, cycles).
    """
    return JsonBody(canonical_json(value), media_type)


def canonical_json(value: Json) -> str:
    """Compact JSON text, members in their order, whole floats as integers as JavaScript has
    them.
    """
    try:
        text = _encode_json(value)
        if _may_hold_float(text):
            text = _encode_json(_whole_floats_as_integers(value))
        if not text.isascii():
            text.encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise RequestError(f"The body cannot be written as JSON: {error}.") from error
    return text


def _whole_floats_as_integers(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _whole_floats_as_integers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole_floats_as_integers(item) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    return value


def _check_url(scheme: str, host: str, path: str, query: wire.QueryPairs) -> None:
    if scheme not in ("https", "http") or not _is_host(host):
        raise RequestError(
            f"{wire.shorten(f'{scheme}://{host}')} is not where an HTTP request can go: "
            "it takes https:// or http:// and a host."
        )
    if not path.startswith("/") or wire.normal_path(path) != path:
        raise RequestError(f"The path {wire.shorten(path)} is not in normal wire form.")
    if ("", None) in query:
        raise RequestError("The query has a pair without a name and a value.")
    if not wire.is_unreserved("".join([f"{name}{value or ''}" for name, value in query])):
        _check_reserved(query)


def _check_reserved(query: wire.QueryPairs) -> None:
    for name, value in query:
        for text in (name, value):
            if text is not None and wire.normal_query(text) != text:
                raise RequestError(f"The query {wire.shorten(text)} is not in normal wire form.")
        if "=" in name:
            raise RequestError(f"The query name {wire.shorten(name)} holds a raw “=”.")


def _check_cookie(name: str, value: str) -> None:
    check_header_text("cookie", name, name)
    check_header_text("cookie", name, value)
    if ";" in name + value or "=" in name:
        raise RequestError(
            f"Cookie {wire.shorten(name)} holds a “;” or “=”, which would split it. "
            "Percent-encode it."
        )


def is_token(text: str) -> bool:
    """Whether a text can be a method or a header's name (RFC 9110 section 5.6.2)."""
    return _token.fullmatch(text) is not None


def _check_headers(headers: Pairs) -> None:
    seen: set[str] = set()
    for name, value in headers:
        if not is_token(name):
            raise RequestError(f"{wire.shorten(name)} is not a header name (RFC 9110 section 5.1).")
        check_header_text("header", name, value)
        lower = name.lower()
        if lower in KEPT_ELSEWHERE:
            raise RequestError(
                f"{name} is not kept among the headers: cookies and the body say it."
            )
        if lower in seen:
            raise RequestError(
                f"The header {name} is given twice. Join its values with a comma (RFC 9110 "
                f"section 5.3)."
            )
        seen.add(lower)


def check_header_text(kind: str, name: str, value: str) -> None:
    """Raises ``RequestError`` for what a header or cookie cannot hold: visible ASCII, inner spaces
    and tabs travel safely (RFC 9110 section 5.5).
    """
    is_visible = value.isascii() and value.replace("\t", " ").isprintable()
    if not is_visible or value != value.strip(" \t"):
        raise RequestError(
            f"The {kind} {wire.shorten(name)} cannot hold {wire.shorten(value)}: only visible "
            "ASCII, inner spaces and tabs travel safely there (RFC 9110 section 5.5)."
        )


def _check_body(body: Body) -> None:
    """One spelling for each body, so that what is sent says which it is."""
    media_type = body.media_type
    if not _is_media_type(media_type):
        raise RequestError(
            f"{wire.shorten(media_type)} is not a media type such as application/json."
        )
    if isinstance(body, JsonBody):
        _check_kind(is_json(media_type), body, "JSON")
    elif isinstance(body, FormBody):
        _check_kind(essence(media_type) == FORM_MEDIA_TYPE, body, "a form")
        _check_scalar_text(*[text for pair in body.pairs for text in pair])
    elif isinstance(body, MultipartBody):
        _check_kind(
            is_multipart(media_type) and "boundary" not in media_type.lower(), body, "parts"
        )
        for part in body.parts:
            _check_part(part)
    elif isinstance(body, TextBody):
        _check_scalar_text(body.text)
        _check_kind(not _is_read_otherwise(body), body, "plain text")
    else:
        _check_file_name(body.filename)


def _check_kind(fits: bool, body: Body, kind: str) -> None:
    if not fits:
        raise RequestError(f"A body of {kind} cannot be sent as {wire.shorten(body.media_type)}.")


def _is_read_otherwise(body: TextBody) -> bool:
    """Whether a server would read a text as JSON, a form or parts, which have bodies of their
    own.
    """
    if not is_json(body.media_type):
        return essence(body.media_type) == FORM_MEDIA_TYPE or is_multipart(body.media_type)
    try:
        json.loads(body.text)
    except (ValueError, RecursionError):
        return False
    return True


def _check_part(part: Part) -> None:
    if (part.value is None) == (part.filename is None):
        raise RequestError(f"The part {wire.shorten(part.name)} must hold either a text or a file.")
    _check_scalar_text(part.name, part.value or "")
    if any(ord(character) < 32 or character in '"\\\x7f' for character in part.name):
        raise RequestError(
            f"The part name {wire.shorten(part.name)} holds a quote, a backslash or a control "
            "character, which servers read in different ways."
        )
    if part.filename is not None:
        _check_file_name(part.filename)
    if part.media_type is not None and not _is_media_type(part.media_type):
        raise RequestError(
            f"{wire.shorten(part.media_type)} is not a media type such as image/png."
        )


def _check_file_name(name: str) -> None:
    _check_scalar_text(name)
    if (
        name in ("", "-")
        or any(ord(character) < 32 for character in name)
        or set('";\\,') & set(name)
    ):
        raise RequestError(
            f"{wire.shorten(name)} cannot be a file name here: control characters, quotes, commas, "
            "semicolons and backslashes are not carried safely."
        )


def _check_scalar_text(*texts: str) -> None:
    for text in texts:
        if "\0" in text:
            raise RequestError(
                f"{wire.shorten(text)} holds a NUL character, which text bodies cannot carry."
            )
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError as error:
                raise RequestError(
                    f"{wire.shorten(text)} holds half of a surrogate pair. Remove it."
                ) from error
