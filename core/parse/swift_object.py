"""Objects of Swift's Foundation that requests are built from, and those of the code's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from core.parse.call import Call
from core.parse.headers import Headers
from core.parse.query import query_pairs
from core.parse.thing import Arguments, Folded, Thing, plain
from core.parse.url import UrlParts, as_path
from core.parse.value import Unknown, Value, as_json, concatenated, encoded, joined
from core.request import FORM_MEDIA_TYPE


class Argument(NamedTuple):
    """One argument of a call; those without a label are labelled by their position from 0."""

    label: str
    value: Folded


def labelled(arguments: Arguments) -> dict[str, Folded]:
    """Arguments by their labels."""
    return {each.label: each.value for each in arguments if isinstance(each, Argument)}


@dataclass
class QueryItem(Thing):
    """``URLQueryItem(name: …, value: …)``."""

    name: Value
    content: Value

    def get(self, name: str, unknown: Unknown) -> Folded:
        return {"name": self.name, "value": self.content}.get(name, unknown)


def query_of(items: Folded, unknown: Unknown) -> Value:
    """The query that ``URLQueryItem``s make."""
    if not isinstance(items, list):
        return plain(items, unknown)
    return joined([_query_piece(item, unknown) for item in items], "&")


def _query_piece(item: Folded, unknown: Unknown) -> Value:
    if not isinstance(item, QueryItem):
        return plain(item, unknown)
    name = encoded(item.name)
    return name if item.content is None else concatenated(name, "=", encoded(item.content))


@dataclass
class Url(Thing):
    """``URL(string: "…")``."""

    parts: UrlParts

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if not method.startswith("append"):
            return unknown
        given = labelled(arguments)
        made = self if method in ("append", "appendPathComponent") else Url(self._copy())
        if "queryItems" in given:
            made.parts.query = query_of(given["queryItems"], unknown)
        elif arguments:
            made.parts.add_path(as_path(plain(next(iter(given.values())), unknown)))
        return made

    def _copy(self) -> UrlParts:
        return UrlParts(self.parts.scheme, self.parts.authority, self.parts.path, self.parts.query)

    def get(self, name: str, unknown: Unknown) -> Folded:
        if name in ("absoluteString", "description"):
            return self.parts.whole()
        return self if name == "absoluteURL" else unknown

    def value(self, unknown: Unknown) -> Folded:
        return self.parts.whole()


@dataclass
class Components(Thing):
    """``URLComponents``."""

    parts: UrlParts

    def __post_init__(self) -> None:
        self._items: Folded = None

    def get(self, name: str, unknown: Unknown) -> Folded:
        if name in ("url", "string", "query", "percentEncodedQuery"):
            if self._items is not None:
                self.parts.query = query_of(self._items, unknown)
            whole = self.parts.whole()
            return {"url": Url(UrlParts.of(whole)), "string": whole}.get(name, self.parts.query)
        if name == "queryItems":
            if self._items is None and self.parts.query is not None:
                self._items = [QueryItem(*pair) for pair in query_pairs(self.parts.query)]
            return self._items
        return unknown

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        if name == "queryItems":
            self._items = value
        elif name in ("query", "percentEncodedQuery"):
            self.parts.query = plain(value, unknown)
        elif name == "scheme":
            self.parts.scheme = plain(value, unknown)
        elif name in ("host", "percentEncodedHost"):
            self.parts.authority = plain(value, unknown)
        elif name == "port":
            self.parts.authority = concatenated(self.parts.authority, ":", plain(value, unknown))
        elif name == "path":
            self.parts.path = as_path(plain(value, unknown))
        elif name == "percentEncodedPath":
            self.parts.path = plain(value, unknown)


@dataclass
class Request(Thing):
    """``URLRequest``, ``NSMutableURLRequest``."""

    url: Value
    method: Value = "GET"
    headers: Headers = field(default_factory=Headers)
    body: Value = None

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        given = labelled(arguments)
        name = plain(given.get("forHTTPHeaderField"), unknown)
        value = plain(given.get("0"), unknown)
        if method == "setValue":
            self.headers.set(name, value)
        elif method == "addValue":
            self.headers.add(name, value)
        return unknown

    def get(self, name: str, unknown: Unknown) -> Folded:
        return {"httpMethod": self.method, "httpBody": self.body, "url": self.url}.get(
            name, unknown
        )

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        if name == "allHTTPHeaderFields":
            self.headers.update(plain(value, unknown))
        elif name == "httpMethod":
            self.method = plain(value, unknown)
        elif name in ("httpBody", "httpBodyStream"):
            self.body = plain(value, unknown)
        elif name == "url":
            self.url = plain(value, unknown)

    def set_item(self, key: Value, value: Value) -> None:
        """``request.allHTTPHeaderFields?[name] = value``"""
        self.headers.set(key, value)

    def call(self) -> Call:
        """What is sent."""
        return Call(
            self.method,
            self.url,
            headers=self.headers.pairs,
            body=self.body,
            default_media_type=FORM_MEDIA_TYPE,
        )


@dataclass
class Member(Thing):
    """A key of a dictionary with its value, as a loop or a closure has it."""

    key: Folded
    content: Folded

    def get(self, name: str, unknown: Unknown) -> Folded:
        return {"key": self.key, "value": self.content}.get(name, unknown)


@dataclass
class Instance(Thing):
    """A value of one of the code's own types."""

    kind: str
    fields: dict[str, Folded] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Names in JSON by those of the fields, where the type states them."""

    def get(self, name: str, unknown: Unknown) -> Folded:
        return self.fields.get(name, unknown)

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        self.fields[name] = value

    def value(self, unknown: Unknown) -> Folded:
        return {
            self.keys.get(name, name): item
            for name, item in self.fields.items()
            if item is not None and (not self.keys or name in self.keys)
        }


@dataclass
class Encoder(Thing):
    """``JSONEncoder``."""

    is_snake_case: bool = False

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        if name == "keyEncodingStrategy" and isinstance(value, Unknown):
            self.is_snake_case = value.text.endswith("convertToSnakeCase")

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if method != "encode":
            return unknown
        value = plain(labelled(arguments).get("0"), unknown)
        return as_json(_snake_cased(value) if self.is_snake_case else value)


def _snake_cased(value: Value) -> Value:
    if isinstance(value, list):
        return [_snake_cased(item) for item in value]
    if isinstance(value, dict):
        return {_word_start(name): _snake_cased(item) for name, item in value.items()}
    return value


def _word_start(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
