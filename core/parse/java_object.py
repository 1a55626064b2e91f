"""What objects of OkHttp, of the JDK and of the usual JSON libraries make of what they are told."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote_plus

from core.parse.call import Call, FormValue, PartsValue, PartValue, basic_credentials
from core.parse.multipart import part_head
from core.parse.printf import formatted
from core.parse.value import (
    FileContent,
    Holes,
    Mixed,
    Unknown,
    Value,
    as_json,
    concatenated,
    encoded,
    file_content,
)
from core.request import FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE


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
    """A class, by the last word of its name; its functions are in ``FUNCTIONS``."""

    name: str

    def call(self, method: str, arguments: list[Thing]) -> Thing:
        function = FUNCTIONS.get(f"{self.name}.{method}")
        if function is None:
            raise UnknownResultError
        return function(arguments)


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
            content.parts.append(_part(arguments))
        elif method == "setType":
            self.media_type = media_type(arguments[0] if arguments else None)
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
            self.aim(arguments[0] if arguments else None)
        elif method.upper() in _METHODS:
            self.method = method.upper()
            self.body = arguments[0] if arguments else None
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
        first = arguments[0] if arguments else None
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


def value(arguments: list[Thing], index: int) -> Value:
    """An argument that is a value; raises ``UnknownResultError`` where it is another object."""
    found = arguments[index] if index < len(arguments) else None
    if isinstance(found, Url):
        return found.whole()
    if isinstance(found, Text):
        return found.text
    if isinstance(found, Object):
        raise UnknownResultError
    return found


def call_of_value(of: Value, method: str, arguments: list[Thing]) -> Thing:
    """What a method of a text, map or list gives; raises ``UnknownResultError``."""
    if isinstance(of, dict):
        if method in ("put", "addProperty", "add") and isinstance(key := value(arguments, 0), str):
            of[key] = value(arguments, 1)
            return of
        if method in ("toString", "toJSONString", "toJson"):
            return as_json(of)
    if isinstance(of, list):
        if method in ("add", "put"):
            of.append(value(arguments, 0))
            return of
        if method in ("toString", "toJSONString"):
            return as_json(of)
    if isinstance(of, str | Mixed | Unknown | FileContent):
        if method == "openConnection":
            return RequestBuilder(url=of)
        if method in ("getBytes", "toString", "toPath", "toFile", "intern"):
            return of
        if method == "concat":
            return concatenated(of, value(arguments, 0))
    if isinstance(of, str):
        if method == "formatted":
            return _formatted([of, *arguments])
        if method in ("trim", "strip"):
            return of.strip()
        if method == "replace":
            old, new = value(arguments, 0), value(arguments, 1)
            if isinstance(old, str) and isinstance(new, str) and old:
                return of.replace(old, new)
    raise UnknownResultError


def call_of_any(method: str, arguments: list[Thing]) -> Thing:
    """What methods give that mean the same whatever object has them."""
    if method in ("toJson", "writeValueAsString", "toJSONString") and arguments:
        return as_json(value(arguments, 0))
    if method == "encodeToString" and isinstance(text := value(arguments, 0), str):
        return b64encode(text.encode()).decode()
    raise UnknownResultError


def _part(arguments: list[Thing]) -> PartValue:
    """``(name, text)``, ``(name, filename or null, body)``, ``(headers, body)`` or ``(part)``."""
    first, last = arguments[0], arguments[-1]
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
        return PartValue(name, value(arguments, -1))
    if isinstance(last.content, FormValue | PartsValue):
        raise UnknownResultError
    return PartValue(name, last.content, filename, last.media_type)


def _new_body(arguments: list[Thing]) -> Thing:
    """``RequestBody.create``, whose two arguments changed places with OkHttp 4."""
    if len(arguments) == 1:
        return Body(value(arguments, 0))
    is_type_first = arguments[0] is None or isinstance(arguments[0], MediaType)
    kind, content = arguments[:2] if is_type_first else arguments[1::-1]
    return Body(value([content], 0), media_type(kind))


def media_type(thing: Thing) -> Value:
    """A media type as text."""
    if isinstance(thing, MediaType):
        return thing.text
    return value([thing], 0)


def _new_parts(arguments: list[Thing]) -> Thing:
    return Body(PartsValue([]), "multipart/mixed")


def _created_part(arguments: list[Thing]) -> Thing:
    return Body(PartsValue([_part(arguments)]))


def _new_map(arguments: list[Thing]) -> Thing:
    given = value(arguments, 0) if arguments else None
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise UnknownResultError from None
    if isinstance(given, Mixed | Unknown | FileContent | list):
        raise UnknownResultError
    return dict(given) if isinstance(given, dict) else {}


def _new_list(arguments: list[Thing]) -> Thing:
    given = value(arguments, 0) if arguments else None
    return list(given) if isinstance(given, list) else []


def _map_of(arguments: list[Thing]) -> Thing:
    texts = _values(arguments)
    if not all(isinstance(name, str) for name in texts[::2]):
        raise UnknownResultError
    return {str(name): item for name, item in zip(texts[::2], texts[1::2], strict=False)}


def _values(arguments: list[Thing]) -> list[Value]:
    return [value(arguments, index) for index in range(len(arguments))]


def _first(arguments: list[Thing]) -> Thing:
    return value(arguments, 0)


def _formatted(arguments: list[Thing]) -> Thing:
    """``String.format``, with or without a ``Locale``."""
    template, *rest = arguments if not isinstance(arguments[0], Unknown) else arguments[1:]
    found = formatted(template, _values(rest)) if isinstance(template, str) else None
    if found is None:
        raise UnknownResultError
    return found


def _joined(arguments: list[Thing]) -> Thing:
    separator, *texts = _values(arguments)
    if len(texts) == 1 and isinstance(texts[0], list):
        texts = texts[0]
    pieces: list[Value] = []
    for text in texts:
        pieces += [separator, text] if pieces else [text]
    return concatenated(*pieces)


def _url_encoded(arguments: list[Thing]) -> Thing:
    text = value(arguments, 0)
    if not isinstance(text, str):
        return text
    return quote_plus(text, safe="*-._").replace("~", "%7E")


FUNCTIONS: dict[str, Callable[[list[Thing]], Thing]] = {
    "Arrays.asList": _values,
    "BodyPublishers.concat": lambda arguments: concatenated(*_values(arguments)),
    "BodyPublishers.noBody": lambda arguments: None,
    "BodyPublishers.ofByteArray": _first,
    "BodyPublishers.ofFile": lambda arguments: file_content(value(arguments, 0)),
    "BodyPublishers.ofString": _first,
    "Credentials.basic": lambda arguments: basic_credentials(
        value(arguments, 0), value(arguments, 1)
    ),
    "Files.readAllBytes": lambda arguments: file_content(value(arguments, 0)),
    "Files.readString": lambda arguments: file_content(value(arguments, 0)),
    "Headers.of": lambda arguments: Pairs(_pairs(arguments)),
    "HttpRequest.newBuilder": lambda arguments: RequestBuilder(url=value(arguments, 0)),
    "HttpUrl.get": lambda arguments: Url(value(arguments, 0)),
    "HttpUrl.parse": lambda arguments: Url(value(arguments, 0)),
    "List.of": _values,
    "Map.of": _map_of,
    "MediaType.get": lambda arguments: MediaType(value(arguments, 0)),
    "MediaType.parse": lambda arguments: MediaType(value(arguments, 0)),
    "Part.createFormData": _created_part,
    "Path.of": _first,
    "Paths.get": _first,
    "RequestBody.create": _new_body,
    "String.format": _formatted,
    "String.join": _joined,
    "String.valueOf": lambda arguments: concatenated(value(arguments, 0)),
    "URI.create": _first,
    "URLEncoder.encode": _url_encoded,
}
"""Functions of classes."""

CONSTRUCTORS: dict[str, Callable[[list[Thing]], Thing]] = {
    "ArrayList": _new_list,
    "DataOutputStream": lambda arguments: arguments[0],
    "File": lambda arguments: file_content(value(arguments, 0)),
    "FormBody.Builder": lambda arguments: Body(FormValue([]), FORM_MEDIA_TYPE),
    "HashMap": _new_map,
    "Headers.Builder": lambda arguments: Pairs(),
    "HttpUrl.Builder": lambda arguments: Url(),
    "JSONArray": _new_list,
    "JSONObject": _new_map,
    "JsonArray": _new_list,
    "JsonObject": _new_map,
    "LinkedHashMap": _new_map,
    "MultipartBody.Builder": _new_parts,
    "OutputStreamWriter": lambda arguments: arguments[0],
    "Request.Builder": lambda arguments: RequestBuilder(),
    "String": _first,
    "StringBuilder": lambda arguments: Text(value(arguments, 0) if arguments else ""),
    "TreeMap": _new_map,
    "URI": _first,
    "URL": _first,
}
"""Classes of which objects are made."""

CONSTANTS: dict[str, Thing] = {
    "MultipartBody.FORM": MediaType(MULTIPART_MEDIA_TYPE),
    "MultipartBody.MIXED": MediaType("multipart/mixed"),
    "MultipartBody.ALTERNATIVE": MediaType("multipart/alternative"),
    "MultipartBody.DIGEST": MediaType("multipart/digest"),
    "MultipartBody.PARALLEL": MediaType("multipart/parallel"),
    "JSONObject.NULL": None,
}
"""Fields of classes."""


def _pairs(arguments: list[Thing]) -> list[tuple[Value, Value]]:
    texts = _values(arguments)
    if len(texts) == 1 and isinstance(texts[0], dict):
        return list(texts[0].items())
    return list(zip(texts[::2], texts[1::2], strict=False))
