"""Literals of Ruby (ISO/IEC 30170 section 8.7.6), whose interpolations are marked by NUL."""

from __future__ import annotations

import re

from core.parse.literal import read_as_json

_escape = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F \t]+)\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(\n)|(.))",
    re.DOTALL,
)
_ESCAPES = {
    "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "s": " ", "t": "\t",
    "v": "\v",
}  # fmt: skip
_margin = re.compile(r"^[ \t]*(?=\S|\0)", re.MULTILINE)


def unescaped(text: str) -> str | None:
    """What stands between double quotes; ``None`` for bytes that are no text."""
    read = read_as_json(f'"{text}"')
    if read is not None:
        return read
    if re.search(r"\\[cCM]", text):
        return None
    try:
        # Escapes of single bytes have become half surrogates, which turn into those bytes.
        return _escape.sub(_character, text).encode("utf-8", "surrogateescape").decode()
    except (UnicodeError, ValueError, OverflowError):
        return None


def raw(text: str, delimiters: str) -> str:
    """What stands between single quotes or other delimiters, which a backslash may escape."""
    if "\\" not in text:
        return text
    return re.sub(rf"\\([\\{re.escape(delimiters)}])", r"\1", text)


def without_margin(text: str) -> str:
    """The lines of a ``<<~`` text without the white space that all of them begin with."""
    margins = [len(found.expandtabs(8)) for found in _margin.findall(text)]
    width = min(margins, default=0)
    return "".join([_cut(line, width) for line in text.splitlines(keepends=True)])


def _cut(line: str, width: int) -> str:
    start = column = 0
    while start < len(line) and column < width and line[start] in " \t":
        column = column + 1 if line[start] == " " else column // 8 * 8 + 8
        if column > width:
            break
        start += 1
    return line[start:]


def _character(match: re.Match[str]) -> str:
    short, long, hexadecimal, octal, line_end, other = match.groups()
    if short:
        return chr(int(short, 16))
    if long:
        return "".join([chr(int(each, 16)) for each in long.split()])
    if hexadecimal or octal:
        byte = int(hexadecimal, 16) if hexadecimal else int(octal, 8) % 256
        return chr(byte if byte < 0x80 else 0xDC00 + byte)
    return "" if line_end else _ESCAPES.get(other, other)
