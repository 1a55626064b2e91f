"""Literals that languages have in common."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

_decode = JSONDecoder(strict=False).decode


def read_as_json(literal: str) -> str | None:
    r"""What a text between double quotes stands for; ``None`` where it has escapes that JSON lacks.

    Nearly all have none, and a JSON decoder is by far the fastest to read them.

    >>> read_as_json(r'"caf\u00e9\n"')
    'café\n'
    """
    if "\\" not in literal:
        return literal[1:-1]
    try:
        decoded: str = _decode(literal)
    except JSONDecodeError:
        return None
    return decoded


def number(literal: str) -> int | float | None:
    """What a number stands for: ``1_000``, ``0x1f``, ``017``, ``1.5e3``; ``None`` for any other."""
    digits = literal.replace("_", "").lower()
    if len(digits) > _MAX_DIGITS:
        return None
    if re.fullmatch("0[0-7]+", digits):
        return int(digits, 8)
    for read in (_integer, float):
        try:
            return read(digits)
        except ValueError:
            continue
    return None


def _integer(digits: str) -> int:
    return int(digits, 0)


_MAX_DIGITS = 400
"""More than any float has, and few enough to be printed without delay."""
