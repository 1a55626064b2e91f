"""Functions of PHP that make of known values what is known too.

Each takes the arguments and returns ``None`` where its result is not known.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TypeAlias

from core.parse.php_object import (
    Array,
    Context,
    Object,
    Upload,
    array_of,
    is_true,
    key_of,
    plain,
    text_of,
)
from core.parse.printf import formatted
from core.parse.query import Pairs, nested_pairs, query_text
from core.parse.thing import Arguments, Folded
from core.parse.value import (
    MAX_SIZE,
    Unknown,
    UnreadableCodeError,
    Value,
    as_json,
    concatenated,
    encoded,
    file_beside,
    joined,
    pieces_of,
)

PlatformFunction: TypeAlias = Callable[[Arguments], Folded]


def given(arguments: Arguments, index: int) -> Folded:
    """One of the arguments; ``None`` where there are fewer."""
    return arguments[index] if index < len(arguments) else None


def text_given(arguments: Arguments, index: int) -> Value:
    """One of the arguments as text."""
    return text_of(given(arguments, index))


def merged(arrays: list[Folded]) -> Array:
    """Arrays one behind the other: a text as key replaces, an index is given anew."""
    made: Array = {}
    index = 0
    for array in arrays:
        for key, item in array.items() if isinstance(array, dict) else [(array, array)]:
            made[index if isinstance(key, int) else key_of(key)] = item
            index += isinstance(key, int)
        if len(made) > MAX_SIZE:
            raise UnreadableCodeError("This code makes an array that is too long to be read.")
    return made


def query_values(value: Folded) -> Pairs:
    """The pairs that ``http_build_query`` makes of an array: what nests in brackets, no nulls."""
    values = plain(value)
    if isinstance(values, list):
        values = {str(index): item for index, item in enumerate(values)}
    if not isinstance(values, dict):
        return [] if values is None else [(values, values)]
    found = [pair for name, item in values.items() for pair in nested_pairs(name, item)]
    return [(name, _as_number(item)) for name, item in found if item is not None]


def _as_number(value: Value) -> Value:
    return text_of(int(value) if isinstance(value, bool) else value)


def _json(arguments: Arguments) -> Folded:
    flags = given(arguments, 1)
    if isinstance(flags, Unknown) and ("OBJECT" in flags.text or "NUMERIC" in flags.text):
        return None
    return as_json(plain(given(arguments, 0)))


def _base64(arguments: Arguments) -> Folded:
    text = text_given(arguments, 0)
    return b64encode(text.encode()).decode() if isinstance(text, str) else None


def _formatted(arguments: Arguments) -> Folded:
    template = given(arguments, 0)
    if not isinstance(template, str):
        return None
    return formatted(template, [plain(argument) for argument in arguments[1:]])


def _imploded(arguments: Arguments) -> Folded:
    separator, pieces = given(arguments, 0), given(arguments, 1)
    if isinstance(separator, dict):
        separator, pieces = pieces, separator
    if not isinstance(pieces, dict):
        return None
    return joined([text_of(piece) for piece in pieces.values()], text_of(separator))


def _replaced(arguments: Arguments) -> Folded:
    old, new = given(arguments, 0), given(arguments, 1)
    olds = list(old.values()) if isinstance(old, dict) else [old]
    news = list(new.values()) if isinstance(new, dict) else [new] * len(olds)
    text = text_given(arguments, 2)
    for search, replacement in zip(olds, news, strict=False):
        if not isinstance(search, str) or not search:
            return None
        text = concatenated(
            *[
                joined(list(piece.split(search)), text_of(replacement))
                if isinstance(piece, str)
                else piece
                for piece in pieces_of(text)
            ]
        )
    return text


def _of_text(change: Callable[[str], str]) -> PlatformFunction:
    def changed(arguments: Arguments) -> Folded:
        text = text_given(arguments, 0)
        return change(text) if isinstance(text, str) and len(arguments) == 1 else None

    return changed


def _stripper(strip: Callable[[str, str], str]) -> PlatformFunction:
    def stripped(arguments: Arguments) -> Folded:
        text, characters = text_given(arguments, 0), " \n\r\t\v\0"
        if len(arguments) > 1:
            characters = str(arguments[1])
        return strip(text, characters) if isinstance(text, str) else text

    return stripped


def _upload(arguments: Arguments) -> Folded:
    media_type, filename = text_given(arguments, 1), text_given(arguments, 2)
    content = file_beside(text_given(arguments, 0))
    return Upload(content, filename or None, media_type or None)


def _text_upload(arguments: Arguments) -> Folded:
    media_type = text_given(arguments, 2) or "application/octet-stream"
    return Upload(text_given(arguments, 0), text_given(arguments, 1), media_type)


def _keys(arguments: Arguments) -> Folded:
    array = given(arguments, 0)
    return array_of(list(array)) if isinstance(array, dict) else None


def _values(arguments: Arguments) -> Folded:
    array = given(arguments, 0)
    return array_of(list(array.values())) if isinstance(array, dict) else None


def _filtered(arguments: Arguments) -> Folded:
    """``array_filter`` without a function: what is not false stays, and what is not known."""
    array = given(arguments, 0)
    if not isinstance(array, dict) or len(arguments) > 1:
        return None
    return {key: item for key, item in array.items() if is_true(item) is not False}


def _length(arguments: Arguments) -> Folded:
    value = given(arguments, 0)
    if isinstance(value, str):
        return len(value.encode())
    return len(value) if isinstance(value, dict) else None


def _same(arguments: Arguments) -> Folded:
    return given(arguments, 0)


FUNCTIONS: dict[str, PlatformFunction] = {
    "array_filter": _filtered,
    "array_keys": _keys,
    "array_merge": merged,
    "array_values": _values,
    "base64_encode": _base64,
    "basename": _of_text(lambda text: text.rpartition("/")[2]),
    "count": _length,
    "curl_file_create": _upload,
    "fread": _same,
    "http_build_query": lambda arguments: query_text(query_values(given(arguments, 0))),
    "implode": _imploded,
    "join": _imploded,
    "json_encode": _json,
    "ltrim": _stripper(str.lstrip),
    "rawurlencode": lambda arguments: encoded(text_given(arguments, 0)),
    "realpath": _same,
    "rtrim": _stripper(str.rstrip),
    "sprintf": _formatted,
    "str_replace": _replaced,
    "stream_context_create": lambda arguments: Context(given(arguments, 0)),
    "stream_get_contents": _same,
    "strlen": _length,
    "strtolower": _of_text(str.lower),
    "strtoupper": _of_text(str.upper),
    "strval": lambda arguments: text_given(arguments, 0),
    "trim": _stripper(str.strip),
    "urlencode": lambda arguments: encoded(text_given(arguments, 0)),
}
"""By their names in lower case. ``urlencode`` writes a space as ``%20``, as a request has it."""

CONSTRUCTORS: dict[str, PlatformFunction] = {
    "curlfile": _upload,
    "curlstringfile": _text_upload,
    "stdclass": lambda arguments: Object(),
}
"""By the names of classes in lower case."""
