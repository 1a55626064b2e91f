"""What functions, constructors and methods of plain values give in Java."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote_plus

from core.parse.call import FormValue, PartsValue, basic_credentials
from core.parse.java_object import (
    Body,
    MediaType,
    Pairs,
    RequestBuilder,
    Text,
    Thing,
    UnknownResultError,
    Url,
    media_type,
    part_of,
    thing,
    value,
)
from core.parse.printf import formatted
from core.parse.value import FileContent, Mixed, Unknown, Value, as_json, concatenated, file_content
from core.request import FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE


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


def _new_body(arguments: list[Thing]) -> Thing:
    """``RequestBody.create``, whose two arguments changed places with OkHttp 4."""
    if len(arguments) == 1:
        return Body(value(arguments, 0))
    first, second = thing(arguments, 0), thing(arguments, 1)
    is_type_first = first is None or isinstance(first, MediaType)
    kind, content = (first, second) if is_type_first else (second, first)
    return Body(value([content], 0), media_type(kind))


def _new_parts(arguments: list[Thing]) -> Thing:
    return Body(PartsValue([]), "multipart/mixed")


def _created_part(arguments: list[Thing]) -> Thing:
    return Body(PartsValue([part_of(arguments)]))


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
    if isinstance(thing(arguments, 0), Unknown):
        arguments = arguments[1:]
    template = thing(arguments, 0)
    found = formatted(template, _values(arguments[1:])) if isinstance(template, str) else None
    if found is None:
        raise UnknownResultError
    return found


def _joined(arguments: list[Thing]) -> Thing:
    separator, texts = value(arguments, 0), _values(arguments[1:])
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
    "DataOutputStream": lambda arguments: thing(arguments, 0),
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
    "OutputStreamWriter": lambda arguments: thing(arguments, 0),
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
