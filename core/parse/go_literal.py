"""Literals of Go (The Go Programming Language Specification, "Integer literals" and on)."""

from __future__ import annotations

import re

from core.parse.literal import read_as_json

_escape = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))", re.DOTALL
)
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def string(literal: str) -> str | None:
    """What ``"…"`` or `` `…` `` stands for; ``None`` for bytes that are no text."""
    inner = literal[1:-1]
    if literal[:1] == "`":
        return inner.replace("\r", "")
    read = read_as_json(literal)
    if read is not None:
        return read
    try:
        # Escapes of single bytes have become half surrogates, which turn into those bytes.
        return _escape.sub(_character, inner).encode("utf-8", "surrogateescape").decode()
    except (UnicodeError, ValueError):
        return None


def _character(match: re.Match[str]) -> str:
    short, long, hexadecimal, octal, other = match.groups()
    if short or long:
        return chr(int(short or long, 16))
    if hexadecimal or octal:
        byte = int(hexadecimal, 16) if hexadecimal else int(octal, 8)
        return chr(byte if byte < 0x80 else 0xDC00 + byte % 256)
    return _ESCAPES.get(other, other)
