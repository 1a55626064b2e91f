"""The argument of curl's ``--form``: ``name=content;type=…;filename=…;headers=…``."""

from __future__ import annotations

import re

from core.parse.call import PartValue
from core.parse.multipart import part_head
from core.parse.value import Holes, Unknown, Value, file_content

_SPACE = " \t\n\v\f\r"
_content = re.compile(r'[ \t\n\v\f\r]*(?:"((?:[^"\\]|\\.)*)"[^;]*|([^;]*))', re.DOTALL).match
_file = re.compile(r'[ \t\n\v\f\r]*(?:"((?:[^"\\]|\\.)*)"[^;,]*|([^;,]*))', re.DOTALL).match
_option = re.compile(r"[ \t\n\v\f\r]*(?:(type|filename|headers|encoder)=)?", re.IGNORECASE).match
_escape = re.compile(r'\\([\\"])').sub


def read_form(argument: str, holes: Holes) -> list[PartValue]:
    """The part, or the parts where several files stand behind one ``@``; marks become values."""
    name, _, content = argument.partition("=")
    sign = content[:1] if content[:1] in ("@", "<") else ""
    if sign:
        content = content[1:]
    word, at = _word(content, 0, is_file=bool(sign))
    parts = []
    while True:
        options, at = _options(content, at, is_file=bool(sign))
        parts.append(_part(name, sign, word, options, holes))
        if content[at : at + 1] != ",":
            return parts
        word, at = _word(content, at + 1, is_file=True)


def _word(text: str, at: int, *, is_file: bool) -> tuple[str, int]:
    """A word in quotes or bare, and where it ends: at “;”, or at “,” in a list of files."""
    found = (_file if is_file else _content)(text, at)
    if not found:
        return "", len(text)
    quoted, bare = found.groups()
    return (bare or "").rstrip(_SPACE) if quoted is None else _escape(r"\1", quoted), found.end()


def _options(text: str, at: int, *, is_file: bool) -> tuple[list[tuple[str, str]], int]:
    """What stands behind each “;”. Behind a type, what is no option is a parameter of the type."""
    options: list[tuple[str, str]] = []
    type_start = -1
    while text[at : at + 1] == ";":
        found = _option(text, at + 1)
        name = (found[1] or "").lower() if found else ""
        start = found.end() if found else at + 1
        _, at = _word(text, start, is_file=is_file)
        if name == "type":
            type_start = start
            options.append((name, text[start:at].strip(_SPACE)))
        elif name:
            type_start = -1
            options.append((name, _word(text, start, is_file=is_file)[0]))
        elif type_start >= 0:
            options[-1] = ("type", text[type_start:at].strip(_SPACE))
    return options, at


def _part(
    name: str, sign: str, word: str, options: list[tuple[str, str]], holes: Holes
) -> PartValue:
    said: dict[str, Value] = {"name": holes.value(name)}
    for option, text in options:
        if option == "headers":
            said |= {k: v for k, v in part_head(text, holes)._asdict().items() if v is not None}
        else:
            said["media_type" if option == "type" else option] = holes.value(text)
    content = holes.value(word)
    if sign:
        content = file_content(content)
    if sign == "<":  # a text that stands in a file
        content = Unknown(word, 0, 0)
    return PartValue(said["name"], content, said.get("filename"), said.get("media_type"))
