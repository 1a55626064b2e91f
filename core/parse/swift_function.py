"""What functions of Swift's Foundation, and methods of its values, make of what they are given."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote, urljoin

from core.parse.printf import formatted
from core.parse.swift_object import Components, Encoder, QueryItem, Request, Url
from core.parse.swift_string import swift_text
from core.parse.thing import Folded, Traffic, plain
from core.parse.url import UrlParts
from core.parse.value import (
    FileContent,
    Mixed,
    Unknown,
    as_json,
    concatenated,
    file_content,
    joined,
    pieces_of,
)

Given: TypeAlias = dict[str, Folded]
"""Arguments by their labels; those without one by their position from 0."""

Function: TypeAlias = Callable[[Given, Unknown], Folded]
"""Takes the arguments, and what stands for the call where its result cannot be told."""

Method: TypeAlias = Callable[[Folded, Given, Unknown], Folded]
"""Takes what the method belongs to first."""


def functions(traffic: Traffic) -> dict[str, Function]:
    """By the names that code calls them by."""

    def new_request(given: Given, unknown: Unknown) -> Folded:
        request = Request(plain(given.get("url"), unknown))
        traffic.build(request.call)
        return request

    return {
        **_FUNCTIONS,
        "NSMutableURLRequest": new_request,
        "NSURLRequest": new_request,
        "URLRequest": new_request,
    }


def _first(given: Given) -> Folded:
    return next(iter(given.values()), "")


def _url(given: Given, unknown: Unknown) -> Folded:
    if "fileURLWithPath" in given:
        return file_content(plain(given["fileURLWithPath"], unknown))
    text = plain(given.get("string"), unknown)
    base = plain(given.get("relativeTo"), unknown)
    if isinstance(base, str) and isinstance(text, str):
        text = urljoin(base, text)
    elif base is not None:
        text = concatenated(base, text)
    return Url(UrlParts.of(text))


def _components(given: Given, unknown: Unknown) -> Folded:
    url = plain(_first(given), unknown)
    return Components(UrlParts.of(url))


def _query_item(given: Given, unknown: Unknown) -> Folded:
    return QueryItem(plain(given.get("name"), unknown), plain(given.get("value"), unknown))


def _json(given: Given, unknown: Unknown) -> Folded:
    return as_json(plain(given.get("withJSONObject"), unknown))


def _data(given: Given, unknown: Unknown) -> Folded:
    """``Data("…".utf8)``, ``Data(contentsOf: url)``, ``NSData(data: …)``"""
    if "contentsOfFile" in given:
        return file_content(plain(given["contentsOfFile"], unknown))
    value = plain(_first(given), unknown)
    return value if isinstance(value, str | Mixed | FileContent) else unknown


def _string(given: Given, unknown: Unknown) -> Folded:
    """``String(number)``, ``String(format: …)``, ``String(contentsOf: url)``"""
    if "format" in given:
        template, *values = [plain(each, unknown) for each in given.values()]
        made = formatted(template, values) if isinstance(template, str) else None
        return unknown if made is None else made
    if "contentsOfFile" in given:
        return file_content(plain(given["contentsOfFile"], unknown))
    return swift_text(_first(given), unknown)


def _file(given: Given, unknown: Unknown) -> Folded:
    return file_content(plain(_first(given), unknown))


def _same(given: Given, unknown: Unknown) -> Folded:
    return _first(given)


_FUNCTIONS: dict[str, Function] = {
    "Data": _data,
    "Double": _same,
    "FileManager.default.contents": _file,
    "InputStream": _file,
    "Int": _same,
    "JSONEncoder": lambda given, unknown: Encoder(),
    "JSONSerialization.data": _json,
    "NSData": _data,
    "NSMutableData": _data,
    "NSNull": lambda given, unknown: None,
    "NSString": _string,
    "NSURL": _url,
    "String": _string,
    "URL": _url,
    "URLComponents": _components,
    "URLQueryItem": _query_item,
}


def _itself(of: Folded, given: Given, unknown: Unknown) -> Folded:
    return of


def _base64(of: Folded, given: Given, unknown: Unknown) -> Folded:
    return b64encode(of.encode()).decode() if isinstance(of, str) else unknown


def _join(of: Folded, given: Given, unknown: Unknown) -> Folded:
    separator = plain(given.get("separator", ""), unknown)
    if not isinstance(of, list):
        return unknown
    return joined([swift_text(each, unknown) for each in of], separator)


def _percent_encoded(of: Folded, given: Given, unknown: Unknown) -> Folded:
    allowed = given.get("withAllowedCharacters")
    name = allowed.text.rpartition(".")[2] if isinstance(allowed, Unknown) else ""
    safe = _ALLOWED.get(name, "")
    pieces = pieces_of(plain(of, unknown))
    return concatenated(*[quote(p, safe) if isinstance(p, str) else p for p in pieces])


_ALLOWED = {
    "urlHostAllowed": "!$&'()*+,;=:[]",
    "urlPathAllowed": "!$&'()*+,=:@/",
    "urlQueryAllowed": "!$&'()*+,;=:@/?",
    "urlFragmentAllowed": "!$&'()*+,;=:@/?",
}
"""What is not percent-encoded besides letters, digits and ``-._~``."""


def _of_text(change: Callable[[str], str]) -> Method:
    def changed(of: Folded, given: Given, unknown: Unknown) -> Folded:
        return change(of) if isinstance(of, str) else unknown

    return changed


def _merging(of: Folded, given: Given, unknown: Unknown) -> Folded:
    other = _first(given)
    return {**of, **other} if isinstance(of, dict) and isinstance(other, dict) else unknown


METHODS: dict[str, Method] = {
    "addingPercentEncoding": _percent_encoded,
    "base64EncodedString": _base64,
    "data": _itself,
    "joined": _join,
    "lowercased": _of_text(str.lower),
    "merging": _merging,
    "trimmingCharacters": _of_text(str.strip),
    "uppercased": _of_text(str.upper),
}
"""Methods of texts, bytes, lists and dictionaries."""

PROPERTIES = frozenset({"description", "rawValue", "self", "utf8"})
"""Properties of texts that are the text itself."""


def properties(of: Folded, name: str, unknown: Unknown) -> Folded:
    """A property of a value."""
    if name in PROPERTIES:
        return of
    if name == "lastPathComponent" and isinstance(of, FileContent) and isinstance(of.name, str):
        return of.name.rpartition("/")[2]
    if name == "path" and isinstance(of, FileContent):
        return of.name
    return unknown
