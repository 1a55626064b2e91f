r"""JavaScript's literals and numbers (ECMA-262, "Literals" and ``Number::toString``).

>>> string_value(r"'it\u2019s'")
'it’s'
>>> number_text(1e-7)
'1e-7'
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from core.parse.tree import json_text

_escape = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)"
    r"|(\r\n|[\s\S]))"
)
_NAMED = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v",
    "\n": "", "\r": "", "\r\n": "", "\u2028": "", "\u2029": "",
}  # fmt: skip
_half_pair = re.compile("[\ud800-\udfff]").search
_is_legacy_octal = re.compile("0[0-7]+").fullmatch
_SAFE = 2**53


def string_value(literal: str) -> str:
    """What a ``"…"`` or ``'…'`` says."""
    found = json_text(literal) if literal[0] == '"' else None
    return unescaped(literal[1:-1]) if found is None or _half_pair(found) else found


def template_text(raw: str) -> str:
    """What a piece of a template between its ``${…}`` says."""
    return unescaped(raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw)


def unescaped(raw: str) -> str:
    """A text with its escapes read; half a surrogate pair becomes U+FFFD, as on the wire."""
    if "\\" not in raw:
        return raw
    text = _escape.sub(_character, raw)
    if _half_pair(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _character(match: re.Match[str]) -> str:
    braced, four, two, octal, other = match.groups()
    if other is not None:
        return _NAMED.get(other, other)
    code = int(octal, 8) if octal else int(braced or four or two, 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def number_value(literal: str) -> int | float | None:
    """What a number literal says; ``None`` where it is beyond all doubles."""
    text = literal.replace("_", "")
    if text[-1] == "n":  # a BigInt
        return int(text[:-1]) if text[:-1].isdigit() and len(text) < 100 else None
    if _is_legacy_octal(text):
        return as_number(int(text, 8))
    return as_number(int(text, 0) if text[:2].lower() in ("0x", "0o", "0b") else float(text))


def as_number(value: int | float) -> int | float | None:
    """A number as JavaScript has it, a double: an integer where that is how it is printed."""
    if isinstance(value, int) and -_SAFE <= value <= _SAFE:
        return value
    try:
        double = float(value)
    except OverflowError:
        return None
    if not math.isfinite(double):
        return None
    if double.is_integer() and abs(double) < 1e21:
        return int(Decimal(repr(double)))  # digits that a double does not hold are zeros
    return double


def number_text(value: int | float) -> str:
    """A number as a template or ``String`` spells it."""
    if isinstance(value, int) or "e" not in (text := repr(value)):
        return str(value)
    if 1e-6 <= abs(value) < 1:
        return f"{Decimal(text):f}"
    digits, _, exponent = text.partition("e")
    return f"{digits}e{int(exponent):+d}"
