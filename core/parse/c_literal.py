"""Literals of C (ISO/IEC 9899:2024, 6.4.4 and 6.4.5)."""

from __future__ import annotations

import re

from core.parse.tree import json_text

_literal = re.compile(r"(?:u8|[uUL])?[\"'](.*)[\"']", re.DOTALL).fullmatch
_escape_sequence = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]+)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))",
    re.DOTALL,
)
_continued_line = re.compile(r"\\\r?\n").sub
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def string(literal: str) -> str:
    """What a literal stands for; octal and hexadecimal escapes are bytes of UTF-8."""
    found = _literal(literal)
    inner = _continued_line("", found[1] if found else literal)
    if "\\" not in inner:
        return inner
    decoded = json_text(literal)
    if decoded is None:
        characters = _escape_sequence.sub(_character, inner)
        decoded = characters.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return decoded.partition("\0")[0]


def number(written: str) -> int | float | None:
    """What a number stands for; ``None`` for odd spellings."""
    written = written[:99]  # more would be a nonsense that takes long to read
    try:
        return int(written.rstrip("uUlL"), 0)
    except ValueError:
        try:
            return float(written.rstrip("fFlL"))
        except ValueError:
            return None


def _character(match: re.Match[str]) -> str:
    octal, hexadecimal, short, long, other = match.groups()
    if octal or hexadecimal:
        byte = (int(octal, 8) if octal else int(hexadecimal[-2:], 16)) & 0xFF
        return chr(byte) if byte < 0x80 else chr(0xDC00 + byte)
    if short or long:
        code = int(short or long, 16)
        return "\ufffd" if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)
    return _ESCAPES.get(other, other)
