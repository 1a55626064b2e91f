"""Functions of JavaScript's platforms that make of known values what is known too.

Each takes the arguments and returns ``None`` where its result is not known.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import quote

from core.parse.call import Call
from core.parse.javascript_name import Module, path_of_module
from core.parse.javascript_object import (
    Blob,
    Entries,
    Url,
    entries_of,
    limited,
    plain,
    text_of,
)
from core.parse.query import Pairs, nested_pairs, query_text
from core.parse.thing import Arguments, Folded
from core.parse.value import (
    FileContent,
    Mixed,
    Unknown,
    Value,
    as_json,
    concatenated,
    file_beside,
    joined,
    pieces_of,
)

PlatformFunction: TypeAlias = Callable[[Arguments], Folded]

Send: TypeAlias = Callable[[Call], None]
SendingFunction: TypeAlias = Callable[[Arguments, Send], Folded]
"""One that sends a request, or makes what sends it."""


def first(arguments: Arguments) -> Folded:
    """The first argument, or ``undefined``."""
    return arguments[0] if arguments else None


def escaped(value: Value, kept: str) -> Value:
    """A text percent-encoded but for the characters that are kept."""
    pieces = [
        quote(piece, safe=kept, errors="replace") if isinstance(piece, str) else piece
        for piece in pieces_of(value)
    ]
    return concatenated(*pieces)


def query_values(value: Folded) -> Pairs:
    """The pairs that the ``qs`` package makes of an object: lists and objects in brackets."""
    values = plain(value)
    if not isinstance(values, dict):
        return [] if values is None else [(values, values)]
    found = [pair for name, item in values.items() for pair in nested_pairs(name, item)]
    return [(name, "" if item is None else text_of(item)) for name, item in found]


def _encode_uri_component(arguments: Arguments) -> Folded:
    return escaped(text_of(first(arguments)), "!'()*")


def _encode_uri(arguments: Arguments) -> Folded:
    return escaped(text_of(first(arguments)), ";,/?:@&=+$!'()*#")


def _json_parse(arguments: Arguments) -> Folded:
    text = first(arguments)
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _base64(arguments: Arguments) -> Folded:
    text = first(arguments)
    return b64encode(text.encode()).decode() if isinstance(text, str) else None


def _items(arguments: Arguments) -> list[tuple[Folded, Folded]] | None:
    held = first(arguments)
    return list(held.items()) if isinstance(held, dict) else None


def _entries(arguments: Arguments) -> Folded:
    items = _items(arguments)
    return None if items is None else [[name, value] for name, value in items]


def _keys(arguments: Arguments) -> Folded:
    items = _items(arguments)
    return None if items is None else [name for name, _ in items]


def _values(arguments: Arguments) -> Folded:
    items = _items(arguments)
    return None if items is None else [value for _, value in items]


def _assign(arguments: Arguments) -> Folded:
    target = first(arguments)
    if not isinstance(target, dict):
        return None
    for source in arguments[1:]:
        spread(target, source)
    return target


def spread(target: dict[str | Unknown, Folded], source: Folded) -> None:
    """Puts the members of an object into another one."""
    if isinstance(source, dict):
        target.update(source)
    elif isinstance(source, Unknown):
        target[source] = source


def _from_entries(arguments: Arguments) -> Folded:
    held = first(arguments)
    if isinstance(held, Entries):
        return dict(held.pairs())
    if not isinstance(held, list) or not all(isinstance(p, list) and len(p) == 2 for p in held):
        return None
    return {pair[0] if isinstance(pair[0], str) else text_of(pair[0]): pair[1] for pair in held}


def _buffer(arguments: Arguments) -> Folded:
    content, encoding = [*arguments, "utf8", "utf8"][:2]
    if encoding not in ("utf8", "utf-8"):
        return None
    return content if isinstance(content, FileContent) else text_of(content)


def _concat(arguments: Arguments) -> Folded:
    buffers = first(arguments)
    if not isinstance(buffers, list):
        return None
    return concatenated(*[text_of(buffer) for buffer in buffers])


def _path(arguments: Arguments) -> Folded:
    """The end of a path that is known: people put the folder of their code before it."""
    known: list[Value] = []
    for argument in reversed(arguments):
        if not isinstance(argument, str):
            break
        known.insert(0, argument.removeprefix("./").strip("/") if known else argument)
    return joined(known, "/") if known else None


def _file(arguments: Arguments) -> Folded:
    return file_beside(text_of(first(arguments)))


def _pairs_text(arguments: Arguments) -> Folded:
    given = plain(first(arguments))
    if not isinstance(given, dict):
        return None
    pairs: Pairs = [
        (name, text_of(each))
        for name, item in given.items()
        for each in (item if isinstance(item, list) else [item])
    ]
    return query_text(pairs)


def _require(arguments: Arguments) -> Folded:
    name = first(arguments)
    return Module(path_of_module(name)) if isinstance(name, str) else None


FUNCTIONS: dict[str, PlatformFunction] = {
    "JSON.stringify": lambda arguments: as_json(plain(first(arguments))),
    "JSON.parse": _json_parse,
    "encodeURIComponent": _encode_uri_component,
    "querystring.escape": _encode_uri_component,
    "encodeURI": _encode_uri,
    "String": lambda arguments: text_of(first(arguments)),
    "btoa": _base64,
    "Object.entries": _entries,
    "Object.keys": _keys,
    "Object.values": _values,
    "Object.assign": _assign,
    "Object.fromEntries": _from_entries,
    "Buffer.from": _buffer,
    "Buffer.concat": _concat,
    "path.join": _path,
    "path.resolve": _path,
    "querystring.stringify": _pairs_text,
    "require": _require,
    "qs.stringify": lambda arguments: query_text(query_values(first(arguments))),
    **{
        f"{owner}.{reader}": _file
        for owner in ("fs", "fs.promises")
        for reader in ("readFile", "readFileSync", "createReadStream", "openAsBlob")
    },
}


def _blob(arguments: Arguments) -> Folded:
    pieces, options = [*arguments, None, None][:2]
    return Blob(_content(pieces), media_type=_type(options))


def _file_object(arguments: Arguments) -> Folded:
    pieces, name, options = [*arguments, None, None, None][:3]
    content = _content(pieces)
    filename = text_of(name)
    if isinstance(content, FileContent) and isinstance(filename, str | Unknown | Mixed):
        content = FileContent(filename)
    return Blob(content, filename, _type(options))


def _content(pieces: Folded) -> Value:
    """What a blob made of pieces holds."""
    if not isinstance(pieces, list):
        return text_of(pieces)
    return concatenated(*[p.content if isinstance(p, Blob) else text_of(p) for p in pieces])


def _type(options: Folded) -> Value:
    return text_of(options["type"]) if isinstance(options, dict) and "type" in options else None


def _url(arguments: Arguments) -> Folded:
    base = arguments[1] if len(arguments) > 1 else None
    return Url(text_of(first(arguments)), None if base is None else text_of(base))


CONSTRUCTORS: dict[str, PlatformFunction] = {
    "Blob": _blob,
    "File": _file_object,
    "URL": _url,
    **{
        kind: lambda arguments, kind=kind: entries_of(kind, first(arguments))  # type: ignore[misc]
        for kind in ("FormData", "Headers", "URLSearchParams")
    },
}


def text_method(text: str, method: str, arguments: Arguments) -> Folded:
    """What a method of a text that is wholly known returns."""
    if method in _PLAIN_METHODS and not arguments:
        return _PLAIN_METHODS[method](text)
    if method in ("replace", "replaceAll") and len(arguments) == 2:
        old, new = arguments[0], text_of(arguments[1])
        if not isinstance(old, str) or not old:
            return None
        pieces: list[Value] = list(text.split(old, 1 if method == "replace" else -1))
        return joined(pieces, new)
    if method == "split" and isinstance(first(arguments), str) and arguments[0]:
        return list(text.split(str(arguments[0])))
    return None


_PLAIN_METHODS: dict[str, Callable[[str], str]] = {
    "toUpperCase": str.upper,
    "toLowerCase": str.lower,
    "trim": str.strip,
    "toString": str,
}


def value_method(value: Folded, method: str, arguments: Arguments) -> Folded:
    """What a method of a text, a number or a list returns, where it takes no function."""
    if isinstance(value, list):
        return _list_method(value, method, arguments)
    if not isinstance(value, str | Mixed | FileContent | int | float):
        return None
    if method == "toString":
        if first(arguments) == "base64":
            return _base64([value])
        return value if isinstance(value, FileContent) else text_of(value)
    if method == "concat":
        return concatenated(text_of(value), *map(text_of, arguments))
    return text_method(value, method, arguments) if isinstance(value, str) else None


def _list_method(items: list[Folded], method: str, arguments: Arguments) -> Folded:
    if method == "join":
        separator = text_of(arguments[0]) if arguments else ","
        return joined([text_of(item) for item in items], separator)
    if method == "push":
        items.extend(arguments)
        return len(limited(items))
    if method == "concat":
        made = list(items)
        for argument in arguments:
            made += argument if isinstance(argument, list) else [argument]
            limited(made)
        return made
    return None
