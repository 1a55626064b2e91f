"""What objects of OkHttp, of the JDK and of the usual JSON libraries make of what they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from core.parse.call import Call, FormValue, PartsValue, PartValue
from core.parse.multipart import part_head
from core.parse.value import (
    Holes,
    Value,
    concatenated,
    encoded,
)
from core.request import FORM_MEDIA_TYPE


class UnknownResultError(Exception):
    """What a call gives back cannot be told from the code alone."""


class Object:
    """An object whose methods are known."""

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        """What a method returns; raises ``UnknownResultError``."""
        raise UnknownResultError


Thing: TypeAlias = "Value | Object"
"""What an expression can stand for. Maps, and the objects of JSON libraries, are dictionaries."""


@dataclass(frozen=True)
class ClassName(Object):
    """A class, by the last word of its name."""

    name: str


@dataclass(frozen=True)
class MediaType(Object):
    """``MediaType.parse("…")``."""

    text: Value


@dataclass
class Body(Object):
    """OkHttp's ``RequestBody``, ``FormBody``, ``MultipartBody``, and the builders of these."""

    content: Value | FormValue | PartsValue
    media_type: Value = None

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        content = self.content
        if isinstance(content, FormValue) and method in ("add", "addEncoded"):
            content.pairs.append((value(arguments, 0), value(arguments, 1)))
        elif isinstance(content, PartsValue) and method in ("addFormDataPart", "addPart"):
            content.parts.append(part_of(arguments))
        elif method == "setType":
            self.media_type = media_type(thing(arguments, 0))
        elif method != "build":
            raise UnknownResultError
        return self


@dataclass
class Pairs(Object):
    """``Headers``, and its builder."""

    pairs: list[tuple[Value, Value]] = field(default_factory=list)

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        if method in ("add", "set"):
            self.pairs.append((value(arguments, 0), value(arguments, 1)))
        elif method not in ("build", "newBuilder"):
            raise UnknownResultError
        return self


@dataclass
class Url(Object):
    """``HttpUrl``, and its builder."""

    text: Value = ""
    scheme: Value = "https"
    query: list[tuple[Value, Value]] = field(default_factory=list)

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        if method == "scheme":
            self.scheme = value(arguments, 0)
        elif method == "host":
            self.text = concatenated(self.scheme, "://", value(arguments, 0))
        elif method == "port":
            self.text = concatenated(self.text, ":", value(arguments, 0))
        elif method in _SEGMENTS:
            self._add_path(_SEGMENTS[method](value(arguments, 0)))
        elif method in ("addQueryParameter", "setQueryParameter"):
            name = value(arguments, 0)
            if method[0] == "s":
                self.query = [pair for pair in self.query if pair[0] != name]
            self.query.append((name, value(arguments, 1)))
        elif method == "toString":
            return self.whole()
        elif method not in ("build", "newBuilder", "url", "uri"):
            raise UnknownResultError
        return self

    def whole(self) -> Value:
        """The URL as text."""
        pieces: list[Value] = [self.text]
        separator = "&" if "?" in Holes().text(self.text) else "?"
        for name, item in self.query:
            pieces += [separator, encoded(name)]
            pieces += [] if item is None else ["=", encoded(item)]
            separator = "&"
        return concatenated(*pieces)

    def _add_path(self, segment: Value) -> None:
        slash = "" if Holes().text(self.text).endswith("/") else "/"
        self.text = concatenated(self.text, slash, segment)


_SEGMENTS: dict[str, Callable[[Value], Value]] = {
    "addPathSegment": encoded,
    "addPathSegments": lambda text: text,
    "addEncodedPathSegment": lambda text: text,
    "addEncodedPathSegments": lambda text: text,
    "encodedPath": lambda text: text.removeprefix("/") if isinstance(text, str) else text,
}


@dataclass
class Text(Object):
    """``StringBuilder``."""

    text: Value = ""

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        if method == "toString":
            return self.text
        if method != "append":
            raise UnknownResultError
        self.text = concatenated(self.text, value(arguments, 0))
        return self


@dataclass
class RequestBuilder(Object):
    """A request of OkHttp, of the JDK's client or of ``HttpURLConnection``, and their builders."""

    url: Value = None
    method: Value = "GET"
    query: list[tuple[Value, Value]] = field(default_factory=list)
    headers: list[tuple[Value, Value]] = field(default_factory=list)
    body: Thing = None
    default_media_type: str = "text/plain"

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        if method in ("url", "uri"):
            self.aim(thing(arguments, 0))
        elif method.upper() in _METHODS:
            self.method = method.upper()
            self.body = thing(arguments, 0)
        elif method in ("method", "setRequestMethod"):
            self.method = value(arguments, 0)
            self.body = arguments[1] if len(arguments) > 1 else self.body
        elif method in ("addHeader", "header", "addRequestProperty"):
            self.headers.append((value(arguments, 0), value(arguments, 1)))
        elif method in ("setHeader", "setRequestProperty", "removeHeader"):
            name = value(arguments, 0)
            self.headers = [pair for pair in self.headers if pair[0] != name]
            if len(arguments) > 1:
                self.headers.append((name, value(arguments, 1)))
        elif method == "headers":
            self._add_headers(arguments)
        elif method == "getOutputStream":
            return Output(self)
        return self  # what else there is says nothing about the request

    def aim(self, target: Thing) -> None:
        """Sets the URL."""
        if isinstance(target, Url):
            self.url, self.query = target.text, list(target.query)
        elif not isinstance(target, Object):
            self.url = target

    def _add_headers(self, arguments: list[Thing]) -> None:
        first = thing(arguments, 0)
        if isinstance(first, Pairs):
            self.headers += first.pairs
        else:
            texts = [value(arguments, index) for index in range(len(arguments))]
            self.headers += zip(texts[::2], texts[1::2], strict=False)

    def finished(self) -> Call:
        """What it sends."""
        headers = self.headers
        if isinstance(self.body, Body):
            content = self.body.content
            if self.body.media_type is not None:
                headers = [*headers, ("Content-Type", self.body.media_type)]
        else:
            content = None if isinstance(self.body, Object) else self.body
        return Call(
            method=self.method,
            url=self.url,
            query=self.query,
            headers=headers,
            body=content,
            default_media_type=self.default_media_type,
        )


@dataclass
class Output(Object):
    """What is written here is the body of an ``HttpURLConnection``."""

    request: RequestBuilder

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        request = self.request
        if method in ("write", "writeBytes", "print", "append") and arguments:
            before = "" if isinstance(request.body, Object) else request.body or ""
            request.body = concatenated(before, value(arguments, 0))
            request.default_media_type = FORM_MEDIA_TYPE
            if request.method == "GET":
                request.method = "POST"
        return self


_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})


def thing(arguments: list[Thing], index: int) -> Thing:
    """An argument; ``null`` where there are fewer."""
    return arguments[index] if index < len(arguments) else None


def value(arguments: list[Thing], index: int) -> Value:
    """An argument that is a value; raises ``UnknownResultError`` where it is another object."""
    found = thing(arguments, index)
    if isinstance(found, Url):
        return found.whole()
    if isinstance(found, Text):
        return found.text
    if isinstance(found, Object):
        raise UnknownResultError
    return found


def media_type(thing: Thing) -> Value:
    """A media type as text."""
    if isinstance(thing, MediaType):
        return thing.text
    return value([thing], 0)


def part_of(arguments: list[Thing]) -> PartValue:
    """``(name, text)``, ``(name, filename or null, body)``, ``(headers, body)`` or ``(part)``."""
    first, last = thing(arguments, 0), thing(arguments, max(len(arguments) - 1, 0))
    if isinstance(first, Body) and isinstance(first.content, PartsValue):
        return first.content.parts[0]
    if isinstance(first, Pairs):
        holes = Holes()
        head = part_head(
            "\n".join([f"{holes.text(n)}: {holes.text(v)}" for n, v in first.pairs]), holes
        )
        name, filename = head.name, head.filename
    else:
        name, filename = value(arguments, 0), value(arguments, 1) if len(arguments) > 2 else None
    if not isinstance(last, Body):
        return PartValue(name, value([last], 0))
    if isinstance(last.content, FormValue | PartsValue):
        raise UnknownResultError
    return PartValue(name, last.content, filename, last.media_type)
