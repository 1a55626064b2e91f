"""Texts made by a format such as ``"/pets/%s?limit=%d"``, as most languages have them.

>>> formatted("/pets/%s?limit=%03d", ["rex", 5])
'/pets/rex?limit=005'
"""

from __future__ import annotations

import re

from core.parse.value import Value, concatenated

_directive = re.compile(
    r"%(?:(?P<index>\d{1,2})\$)?(?P<flags>[-+ #0]{0,3}\d{0,2}(?:\.\d{1,2})?)"
    r"(?:hh|h|ll|l|q|L|j|z|t)?(?P<kind>[A-Za-z@%])"
)
_INTEGERS, _FLOATS, _TEXTS = "diuxXo", "eEfFgG", "sScv@"


def formatted(template: str, arguments: list[Value]) -> Value:
    """The template with its arguments put in; ``None`` where that cannot be told."""
    pieces: list[Value] = []
    at, index = 0, 0
    for found in _directive.finditer(template):
        pieces.append(template[at : found.start()])
        at = found.end()
        if found["kind"] in "%n":
            pieces.append("%" if found["kind"] == "%" else "\n")
            continue
        chosen = int(found["index"]) - 1 if found["index"] else index
        index += not found["index"]
        if not 0 <= chosen < len(arguments):
            return None
        piece = _formatted(arguments[chosen], found["flags"], found["kind"])
        if piece is None:
            return None
        pieces.append(piece)
    return concatenated(*pieces, template[at:])


def _formatted(value: Value, flags: str, kind: str) -> Value:
    """One argument; an unknown one stands for whatever the directive makes of it."""
    if isinstance(value, list | dict) or value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in _TEXTS and (not flags or not isinstance(value, str)):
        return value
    if kind in _TEXTS and isinstance(value, str):
        return f"%{flags}s" % value
    if kind in _INTEGERS and isinstance(value, int) and is_number:
        return f"%{flags}{kind}" % value
    if kind in _FLOATS and is_number:
        return f"%{flags}{kind}" % value
    return None if isinstance(value, str | int | float) else value
