"""Objects that JavaScript code builds requests from, with what the code has put in so far.

They are those of browsers and Node (WHATWG: URL, Fetch, XMLHttpRequest, File API) and of the
``form-data`` package. A value is folded when it is one of them, a value of JSON with holes, or a
dictionary or list that holds such; ``undefined`` is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from core.parse.call import PartValue
from core.parse.javascript_literal import number_text
from core.parse.query import Pairs, query_pairs, query_text
from core.parse.thing import Folded, Thing
from core.parse.value import (
    MAX_SIZE,
    FileContent,
    Holes,
    Mixed,
    Unknown,
    UnreadableCodeError,
    Value,
    check_size,
    concatenated,
    joined,
)
from core.request import MULTIPART_MEDIA_TYPE


@dataclass
class Blob(Thing):
    """A ``Blob``, or a ``File`` where it has a name."""

    content: Value
    name: Value = None
    media_type: Value = None

    def value(self, unknown: Unknown) -> Folded:
        return self.content


class Entry(NamedTuple):
    """A name and its value in a list that may hold the name again."""

    name: Value
    value: Folded
    filename: Value = None
    media_type: Value = None


@dataclass
class Entries(Thing):
    """``URLSearchParams``, ``Headers`` or ``FormData``."""

    kind: str
    entries: list[Entry] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        return True

    def pairs(self) -> Pairs:
        """Names and values as texts."""
        return [(entry.name, text_of(entry.value)) for entry in self.entries]

    def parts(self) -> list[PartValue]:
        """What a ``FormData`` sends."""
        return [_part(entry) for entry in self.entries]

    def invoke(self, method: str, arguments: list[Folded], unknown: Unknown) -> Folded:
        name, value, more = [*arguments, None, None, None][:3]
        if method in ("append", "set"):
            if method == "set":
                self._delete(text_of(name))
            filename, media_type = more, None
            if isinstance(more, dict):  # of the form-data package
                filename, media_type = more.get("filename"), more.get("contentType")
            self.entries.append(Entry(text_of(name), value, plain(filename), plain(media_type)))
            return None
        if method == "delete":
            self._delete(text_of(name))
            return None
        if method == "toString" and self.kind == "URLSearchParams":
            return text_of(self)
        if method == "getHeaders":  # of the form-data package
            return {"content-type": MULTIPART_MEDIA_TYPE}
        if method in ("entries", "getAll"):
            found = [e for e in self.entries if method == "entries" or e.name == text_of(name)]
            return [e.value if method == "getAll" else [e.name, e.value] for e in found]
        if method == "get":
            return next((e.value for e in self.entries if e.name == text_of(name)), unknown)
        return unknown

    def value(self, unknown: Unknown) -> Folded:
        return {}

    def _delete(self, name: Value) -> None:
        same: Callable[[Value], Value] = _lower if self.kind == "Headers" else text_of
        self.entries = [entry for entry in self.entries if same(entry.name) != same(name)]


def _lower(name: Value) -> Value:
    return name.lower() if isinstance(name, str) else name


class Url(Thing):
    """A ``URL``, whose query is a text until the code asks for ``searchParams``."""

    def __init__(self, url: Value, base: Value = None) -> None:
        holes = Holes()
        text = holes.text(url if base is None else joined_url(url, base)).partition("#")[0]
        address, _, query = text.partition("?")
        self._address = holes.value(address)
        self._query = holes.value(query)
        self._params: Entries | None = None

    def text(self) -> Value:
        """The whole URL."""
        query = self._query if self._params is None else query_text(self._params.pairs())
        return concatenated(self._address, "?", query) if query != "" else self._address

    def invoke(self, method: str, arguments: list[Folded], unknown: Unknown) -> Folded:
        return self.text() if method in ("toString", "toJSON") else unknown

    def get(self, name: str, unknown: Unknown) -> Folded:
        if name == "href":
            return self.text()
        if name == "searchParams":
            if self._params is None:
                entries = [Entry(*pair) for pair in query_pairs(self._query)]
                self._params = Entries("URLSearchParams", entries)
            return self._params
        if name == "search":
            return concatenated("?", self._query)
        origin, path = self._split()
        return {"origin": origin, "pathname": path}.get(name, unknown)

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        if name == "search":
            holes = Holes()
            self._query = holes.value(holes.text(text_of(value)).removeprefix("?"))
            self._params = None
        elif name == "pathname":
            self._address = concatenated(self._split()[0], text_of(value))

    def value(self, unknown: Unknown) -> Folded:
        return self.text()

    def _split(self) -> tuple[Value, Value]:
        holes = Holes()
        origin, path = split_origin(holes.text(self._address))
        return holes.value(origin), holes.value(path)


def split_origin(url: str) -> tuple[str, str]:
    """Scheme and host, and what follows: a path, or nothing."""
    start = url.find("/", url.find("://") + 3 if "://" in url else 0)
    return (url, "") if start < 0 else (url[:start], url[start:])


def joined_url(url: Value, base: Value) -> Value:
    """A reference resolved against a base (RFC 3986 section 5.2, without dot segments)."""
    holes = Holes()
    reference, whole = holes.text(url), holes.text(base)
    if "://" in reference.partition("/")[0] + "//" and "://" in reference:
        return url
    whole = whole.partition("#")[0].partition("?")[0]
    if reference.startswith("/"):
        whole = split_origin(whole)[0]
    elif split_origin(whole)[1] and not reference.startswith("?"):
        whole = whole.rpartition("/")[0] + "/"
    elif not reference.startswith("?"):
        whole += "/"
    return holes.value(whole + reference.removeprefix("./"))


def is_scalar(value: Folded) -> bool:
    """Whether a value is known, and neither an object nor a list."""
    return value is None or isinstance(value, bool | int | float | str)


def are_equal(one: Folded, other: Folded) -> bool | None:
    """Whether two values are the same; ``None`` where that is not known."""
    if is_scalar(one) and is_scalar(other):
        return type(one) is type(other) and one == other
    is_known = not isinstance(one, Unknown) and not isinstance(other, Unknown)
    return False if is_known and (one is None or other is None) else None


def is_true(value: Folded) -> bool | None:
    """Whether a condition holds; ``None`` where that is not known."""
    if is_scalar(value):
        return bool(value)
    if isinstance(value, Mixed):
        return any(isinstance(piece, str) for piece in value.pieces) or None
    return None if isinstance(value, Unknown) else True


def member_of(held: Folded, name: str, unknown: Unknown) -> Folded:
    """A property of anything; ``unknown`` is what stands for the expression."""
    if isinstance(held, dict):
        if name in held:
            return held[name]
        return unknown if any(isinstance(key, Unknown) for key in held) else None
    if isinstance(held, Thing):
        return held.get(name, unknown)
    return len(held) if isinstance(held, list | str) and name == "length" else unknown


def set_member(held: Folded, name: Value, value: Folded, unknown: Unknown) -> None:
    """Sets a property, where there can be one of that name."""
    if isinstance(held, Thing) and isinstance(name, str):
        held.set(name, value, unknown)
    elif isinstance(held, dict) and isinstance(name, str | Unknown):
        held[name] = value


_is_index = re.compile(r"0|[1-9][0-9]{0,9}").fullmatch


def in_order(members: dict[str | Unknown, Folded]) -> dict[str | Unknown, Folded]:
    """Members as JavaScript lists them: names that are indexes first.

    Those of headers may stay as they are written: their order says nothing.
    """
    indexes = [name for name in members if isinstance(name, str) and _is_index(name)]
    if not indexes:
        return members
    return {name: members[name] for name in sorted(indexes, key=int)} | members


def limited(items: list[Folded]) -> list[Folded]:
    """The same list, unless it is too long: then ``UnreadableCodeError`` is raised."""
    if len(items) > MAX_SIZE:
        raise UnreadableCodeError("This code makes a list that is too long to be read.")
    return items


def plain(value: Folded) -> Value:
    """A value as ``JSON.stringify`` sees it."""
    check_size(value)
    return _plain(value)


def _plain(value: Folded) -> Value:
    if isinstance(value, dict):
        unknown = next((name for name in value if isinstance(name, Unknown)), None)
        return unknown or {str(name): _plain(item) for name, item in in_order(value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str | Unknown | Mixed | FileContent):
        return value
    unknown = Unknown("value", 0, 0)
    return _plain(value.value(unknown)) if isinstance(value, Thing) else unknown


def text_of(value: Folded) -> Value:
    """A value as a template or ``String`` spells it."""
    if isinstance(value, str | Unknown | Mixed | FileContent):
        return value
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, Url):
        return value.text()
    if isinstance(value, Entries) and value.kind == "URLSearchParams":
        return query_text(value.pairs())
    if isinstance(value, list):
        return joined([text_of(item) for item in value], ",")
    return f"[object {value.kind if isinstance(value, Entries) else 'Object'}]"


def _part(entry: Entry) -> PartValue:
    value = entry.value
    if not isinstance(value, Blob):
        return PartValue(entry.name, text_of(value), entry.filename, entry.media_type)
    filename = value.name if entry.filename is None else entry.filename
    return PartValue(entry.name, value.content, filename, entry.media_type or value.media_type)


def entries_of(kind: str, given: Folded) -> Entries:
    """A list made from what its constructor takes: an object, pairs, a text or another list."""
    made = Entries(kind)
    if isinstance(given, Entries):
        made.entries = list(given.entries)
    elif isinstance(given, dict):
        members = given if kind == "Headers" else in_order(given)
        made.entries = [Entry(name, value) for name, value in members.items()]
    elif isinstance(given, list) and all(isinstance(p, list) and len(p) == 2 for p in given):
        made.entries = [Entry(text_of(name), value) for name, value in given]
    elif isinstance(given, str | Mixed):
        holes = Holes()
        text = holes.value(holes.text(given).removeprefix("?"))
        made.entries = [Entry(*pair) for pair in query_pairs(text)]
    elif isinstance(given, Unknown):
        made.entries = [Entry(given, given)]
    return made
