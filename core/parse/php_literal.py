r"""PHP's literals and numbers (PHP manual, "Strings", "Integers" and "Floating point numbers").

>>> single_quoted(r"'it\'s \n'")
"it's \\n"
>>> number_text(1e25)
'1.0E+25'
"""

from __future__ import annotations

import math
import re

from core.parse.tree import json_text

_single_escape = re.compile(r"\\([\\'])")
_escape = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|([nrtvef\\$\"]))", re.DOTALL
)
_has_other_meaning_in_json = re.compile(r"\\[/bu]").search
_NAMED = {
    "n": "\n", "r": "\r", "t": "\t", "v": "\v", "e": "\x1b", "f": "\f", "\\": "\\", "$": "$",
}  # fmt: skip
_LARGEST = 2**63 - 1
_is_octal = re.compile("0[0-7]+").fullmatch


def single_quoted(literal: str) -> str:
    """What a ``'…'`` says."""
    inner = literal[1:-1]
    return _single_escape.sub(r"\1", inner) if "\\" in inner else inner


def double_quoted(literal: str) -> str:
    """What a ``"…"`` says in which nothing is interpolated."""
    if "\\" not in literal:
        return literal[1:-1]
    found = None if _has_other_meaning_in_json(literal) else json_text(literal)
    return unescaped(literal[1:-1], '"') if found is None else found


def unescaped(raw: str, quote: str) -> str:
    """A piece between quotes of that kind, or of a heredoc, which has none, with escapes read."""
    if "\\" not in raw:
        return raw

    def character(match: re.Match[str]) -> str:
        point, two, octal, named = match.groups()
        if named is not None:
            return _NAMED.get(named, named if named == quote else match[0])
        if point is not None:
            code = int(point, 16)
            return chr(code) if code < 0x110000 else "\ufffd"
        byte = int(two, 16) if two else int(octal, 8) & 0xFF
        return chr(byte) if byte < 0x80 else chr(0xDC00 + byte)

    text = _escape.sub(character, raw)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def text_between(raw: str, quote: str, margin: int, *, is_line_start: bool) -> str:
    """A piece of a text between its expressions, each line without the margin of a heredoc."""
    if margin:
        first, *lines = raw.split("\n")
        lines = [line[min(margin, _indentation(line)) :] for line in lines]
        first = first[min(margin, _indentation(first)) :] if is_line_start else first
        raw = "\n".join([first, *lines])
    return raw if quote == "'" else unescaped(raw, quote)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def number_value(literal: str) -> int | float | None:
    """What a number says; ``None`` where it is beyond all doubles."""
    text = literal.replace("_", "").lower()
    if _is_octal(text):
        text = f"0o{text}"
    is_whole = text.isdigit() or text[:2] in ("0x", "0o", "0b")
    if is_whole and len(text) < 100:
        value = int(text, 0)
        return value if value <= _LARGEST else float(value)
    number = math.inf if is_whole else float(text)
    return number if math.isfinite(number) else None


def number_text(value: int | float) -> str:
    """A number as ``echo`` and ``.`` spell it: floats with 14 digits."""
    if isinstance(value, int):
        return str(value)
    digits, e, exponent = f"{value:.14g}".partition("e")
    if not e:
        return digits
    return f"{digits if '.' in digits else f'{digits}.0'}E{int(exponent):+d}"
