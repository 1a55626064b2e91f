"""What Python's own functions and methods make of constants. ``None`` where that cannot be told."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from string import Formatter
from urllib.parse import quote, urljoin

from core.parse.printf import formatted
from core.parse.value import (
    FileContent,
    Mixed,
    Unknown,
    Value,
    as_json,
    check_size,
    concatenated,
    encoded,
    file_content,
    joined,
    pieces_of,
)

Words = dict[str, Value]
"""The arguments that are given by name."""

_is_plain_name = re.compile(r"\w*").fullmatch


def python_text(value: Value) -> Value:
    """What ``str`` makes of a value."""
    if value is None or isinstance(value, int | float):
        return str(value)
    return None if isinstance(value, list | dict) else value


def named_values(value: Value) -> list[tuple[Value, Value]] | None:
    """The pairs of a dictionary or a list of pairs; a list as value gives a pair each."""
    if isinstance(value, dict):
        items: list[tuple[Value, Value]] = list(value.items())
    elif isinstance(value, list) and value:
        items = [(each[0], each[1]) for each in value if isinstance(each, list) and len(each) == 2]
        if len(items) != len(value):
            return None
    else:
        return None
    return [
        (name, each)
        for name, item in items
        for each in (item if isinstance(item, list) else [item])
    ]


def _first(values: list[Value], words: Words) -> Value:
    return values[0] if values else None


def _dumped(values: list[Value], words: Words) -> Value:
    if not values:
        return None
    check_size(values[0])
    separators = None if words.get("separators") != [",", ":"] else (",", ":")
    is_ascii = words.get("ensure_ascii") is not False
    try:
        return json.dumps(values[0], ensure_ascii=is_ascii, separators=separators)
    except TypeError:  # a hole, which the encoder does not know
        return as_json(values[0])


def _loaded(values: list[Value], words: Words) -> Value:
    loaded: Value = json.loads(values[0]) if values and isinstance(values[0], str) else None
    return loaded


def _opened(values: list[Value], words: Words) -> Value:
    return file_content(values[0]) if values else None


def _text(values: list[Value], words: Words) -> Value:
    return python_text(values[0]) if values else ""


def _dictionary(values: list[Value], words: Words) -> Value:
    given: dict[str, Value] = {}
    if values:
        pairs = named_values(values[0])
        if pairs is None:
            return None
        given = {name: item for name, item in pairs if isinstance(name, str)}
    return {**given, **words}


def _base64(values: list[Value], words: Words) -> Value:
    is_known = values and isinstance(values[0], str)
    return b64encode(str(values[0]).encode()).decode() if is_known else None


def _quoted(values: list[Value], words: Words) -> Value:
    safe = values[1] if len(values) > 1 else words.get("safe", "/")
    if not values or not isinstance(safe, str):
        return None
    pieces = pieces_of(values[0])
    return concatenated(*[quote(p, safe) if isinstance(p, str) else p for p in pieces])


def _quoted_plus(values: list[Value], words: Words) -> Value:
    return encoded(values[0]) if values else None  # a space as %20, which says the same


def _urlencoded(values: list[Value], words: Words) -> Value:
    pairs = named_values(values[0]) if values else None
    if pairs is None:
        return None
    pieces: list[Value] = []
    for name, item in pairs:
        text = python_text(item)
        if text is None:
            return None
        pieces += ["&", encoded(name), "=", encoded(text)]
    return concatenated(*pieces[1:])


def _joined_url(values: list[Value], words: Words) -> Value:
    base, relative = ([*values, None, None])[:2]
    if isinstance(base, str) and isinstance(relative, str):
        return urljoin(base, relative)
    return None


def _credentials(values: list[Value], words: Words) -> Value:
    given = [*values, *words.values()]
    return given if len(given) == 2 else None


FUNCTIONS: dict[str, Callable[[list[Value], Words], Value]] = {
    "aiohttp.BasicAuth": _credentials,
    "base64.b64encode": _base64,
    "dict": _dictionary,
    "httpx.BasicAuth": _credentials,
    "io.BytesIO": _first,
    "json.dumps": _dumped,
    "json.loads": _loaded,
    "list": _first,
    "open": _opened,
    "pathlib.Path": _opened,
    "requests.auth.HTTPBasicAuth": _credentials,
    "requests.utils.quote": _quoted,
    "str": _text,
    "tuple": _first,
    "urllib.parse.quote": _quoted,
    "urllib.parse.quote_plus": _quoted_plus,
    "urllib.parse.urlencode": _urlencoded,
    "urllib.parse.urljoin": _joined_url,
}
"""By full name: pure functions of the positional arguments and the named ones."""


def _content(holder: Value, values: list[Value], words: Words) -> Value:
    return holder if isinstance(holder, FileContent) else None


def _recoded(holder: Value, values: list[Value], words: Words) -> Value:
    charset = ([*values, *words.values(), "utf-8"])[0]
    is_same = isinstance(charset, str) and charset.lower() in ("utf-8", "utf8")
    if isinstance(holder, str) and not is_same and not holder.isascii():
        return None
    return holder if isinstance(holder, str | Mixed | Unknown | FileContent) else None


def _of_text(change: Callable[[str], str]) -> Callable[[Value, list[Value], Words], Value]:
    def changed(holder: Value, values: list[Value], words: Words) -> Value:
        return change(holder) if isinstance(holder, str) and not values else None

    return changed


def _join(holder: Value, values: list[Value], words: Words) -> Value:
    if not isinstance(holder, str) or not values or not isinstance(values[0], list):
        return None
    return joined(values[0], holder)


def _format(holder: Value, values: list[Value], words: Words) -> Value:
    if not isinstance(holder, str):
        return None
    given = {str(index): value for index, value in enumerate(values)} | words
    pieces: list[Value] = []
    unnamed = 0
    for literal, name, spec, conversion in Formatter().parse(holder):
        pieces.append(literal)
        if name is None:
            continue
        if not name:
            name, unnamed = str(unnamed), unnamed + 1
        if name not in given or spec or conversion:
            return None
        pieces.append(python_text(given[name]))
    return None if None in pieces else concatenated(*pieces)


def _percent(holder: Value, values: list[Value], words: Words) -> Value:
    if not isinstance(holder, str):
        return None
    numbers_kept = [
        value
        if isinstance(value, int | float) and not isinstance(value, bool)
        else python_text(value)
        for value in values
    ]
    return formatted(holder, numbers_kept)


def _copy(holder: Value, values: list[Value], words: Words) -> Value:
    return holder.copy() if isinstance(holder, dict | list) else None


def _items(holder: Value, values: list[Value], words: Words) -> Value:
    return [[name, item] for name, item in holder.items()] if isinstance(holder, dict) else None


def _get(holder: Value, values: list[Value], words: Words) -> Value:
    name, default = ([*values, None, None])[:2]
    return holder.get(name, default) if isinstance(holder, dict) and isinstance(name, str) else None


def _update(holder: Value, values: list[Value], words: Words) -> Value:
    if isinstance(holder, dict):
        given = _dictionary(values, words)
        holder.update(given if isinstance(given, dict) else {})
    return None


def _set(holder: Value, values: list[Value], words: Words) -> Value:
    if isinstance(holder, dict) and len(values) > 1 and isinstance(values[0], str):
        holder[values[0]] = values[1]
    return None


def _append(holder: Value, values: list[Value], words: Words) -> Value:
    if isinstance(holder, list):
        holder += values
    return None


def _extend(holder: Value, values: list[Value], words: Words) -> Value:
    if isinstance(holder, list) and values and isinstance(values[0], list):
        check_size(values[0])
        holder += values[0]
    return None


METHODS: dict[str, Callable[[Value, list[Value], Words], Value]] = {
    "%": _percent,
    "append": _append,
    "copy": _copy,
    "decode": _recoded,
    "encode": _recoded,
    "extend": _extend,
    "format": _format,
    "get": _get,
    "items": _items,
    "join": _join,
    "lower": _of_text(str.lower),
    "lstrip": _of_text(str.lstrip),
    "open": _content,
    "read": _content,
    "read_bytes": _content,
    "read_text": _content,
    "rstrip": _of_text(str.rstrip),
    "set": _set,
    "setdefault": _set,
    "strip": _of_text(str.strip),
    "update": _update,
    "upper": _of_text(str.upper),
}
"""Methods of texts, lists, dictionaries and files; some of them change what they belong to."""
