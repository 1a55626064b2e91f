"""What one YAML scalar means in the core schema (YAML 1.2.2 section 10.3).

Only ``true`` and ``false`` are booleans, dates stay text, ``012`` is twelve:

>>> [plain_value(text) for text in ("yes", "2026-03-03", "1:30", "012", "0x1F", "True", "~")]
['yes', '2026-03-03', '1:30', 12, 31, True, None]
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TypeAlias

from core.wire import shorten

Scalar: TypeAlias = str | int | float | bool | None

_TAG = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    _TAG + "null": (type(None),),
    _TAG + "bool": (bool,),
    _TAG + "int": (int,),
    _TAG + "float": (float, int),
}
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS_OF_NUMBERS = frozenset("+-.0123456789")
_is_decimal = re.compile(r"[-+]?[0-9]+").fullmatch
_is_octal_or_hex = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_is_float = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?").fullmatch
_is_not_finite = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)").fullmatch
_JSON_INTEGERS = range(-(2**63), 2**64)
"""What our JSON parser keeps exact; integers beyond become floats, as they do in a JSON file."""
_LONGEST_INTEGER = 24
"""In characters, beyond which a text is read as a float: no huge integer is ever built."""


def plain_value(text: str) -> Scalar:
    """The value of a scalar without quotes and tag.

    Raises ``ValueError`` for a number that JSON has not: infinity, NaN, ``1e999``.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _STARTS_OF_NUMBERS:
        return text
    if len(text) <= _LONGEST_INTEGER:
        if _is_decimal(text):
            return _within_json(int(text))
        if _is_octal_or_hex(text):
            return _within_json(int(text, 0))
    if _is_not_finite(text) or (_is_float(text) and not isfinite(float(text))):
        raise ValueError(f"{shorten(text)} is a number that JSON has not")
    return float(text) if _is_float(text) else text


def tagged_value(text: str, tag: str | None) -> Scalar:
    """The value of a scalar in quotes, as a block or with a tag.

    Nothing is made for a tag that the core schema has not: the text stays. Raises ``ValueError``
    where text and tag do not fit.
    """
    if tag not in _TYPES:
        return text
    wanted = _TYPES[tag]
    value = plain_value(text)
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise ValueError(f"{shorten(text)} is not what its tag !!{tag.removeprefix(_TAG)} says")
    return value


def _within_json(number: int) -> int | float:
    return number if number in _JSON_INTEGERS else float(number)
