"""Literals of Java (Java Language Specification 3.10)."""

from __future__ import annotations

import re

from core.parse.tree import json_text

_escape = re.compile(
    r"\\(?:u+([0-9a-fA-F]{4})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r?\n)|(.))", re.DOTALL
)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "s": " ", "t": "\t"}
_opening = re.compile(r'"""[ \t\f]*\n').match


def string(literal: str) -> str:
    """What ``"…"``, ``'…'`` or a text block stands for."""
    opening = _opening(literal)
    inner = _text_block(literal[opening.end() : -3]) if opening else literal[1:-1]
    if "\\" not in inner:
        return inner
    found = json_text(literal)
    return _unescaped(inner) if found is None else found


def number(literal: str) -> int | float | None:
    """What a number stands for; ``None`` for odd spellings."""
    digits = literal.replace("_", "")[:99]
    try:
        is_float = "." in digits or (digits[-1:] in "fFdD" and digits[:2].lower() != "0x")
        return float(digits.rstrip("fFdD")) if is_float else int(digits.rstrip("lL"), 0)
    except ValueError:
        return None


def _text_block(text: str) -> str:
    """Lines without the white space that all of them, and the closing quotes, begin with."""
    lines = text.replace("\r\n", "\n").split("\n")
    counted = [line for line in lines[:-1] if line.strip()] + [lines[-1]]
    indentation = min(len(line) - len(line.lstrip(" \t")) for line in counted)
    return "\n".join([line[indentation:].rstrip(" \t") for line in lines])


def _unescaped(text: str) -> str:
    decoded = _escape.sub(_character, text)
    if decoded.isascii():
        return decoded
    # A character beyond the basic plane is escaped as the two halves of its surrogate pair.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    hexadecimal, octal, line_end, other = match.groups()
    if line_end:
        return ""
    if hexadecimal or octal:
        return chr(int(hexadecimal, 16) if hexadecimal else int(octal, 8))
    return _ESCAPES.get(other, other)
