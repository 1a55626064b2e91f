"""What an expression in code stands for, as far as its text alone tells. Nothing is executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from core import wire
from core.request import Json, canonical_json

MAX_SIZE = 500_000
"""Of a value, in characters and items: a few lines of code can double a text sixty times."""

HOLE_SIZE = 1_000
"""What a hole in a text counts for: ten thousand of them, added one by one, take minutes."""


class UnreadableCodeError(Exception):
    """Code that is refused; the message is a sentence for people."""


@dataclass(frozen=True)
class Unknown:
    """An expression whose value the code does not state: a variable from elsewhere, a call, …"""

    text: str
    """As written; the placeholder that stands for it is named after it."""
    line: int
    """From 1; 0 where it stands at no one place: the content of a file, a password asked for."""
    column: int
    """From 1, in characters; 0 as ``line``."""


@dataclass(frozen=True)
class FileContent:
    """What a file holds, which the code reads when it runs."""

    name: str | Unknown | Mixed


@dataclass(frozen=True)
class Mixed:
    """A text of which only some pieces are known: ``"Bearer " + token``."""

    pieces: tuple[str | Unknown | FileContent, ...]


Value: TypeAlias = (
    "bool | int | float | str | list[Value] | dict[str, Value]"
    " | Unknown | FileContent | Mixed | None"
)
"""A JSON value with holes. Object keys are known texts; an object with an unknown key is
``Unknown``.
"""


def file_content(name: Value) -> FileContent:
    """What the file of that name holds."""
    return FileContent(name if isinstance(name, str | Unknown | Mixed) else "file")


def file_beside(name: Value) -> FileContent:
    """What a file holds whose folder is that of the code: ``__DIR__ . "/photo.png"``."""
    match name:
        case Mixed(pieces=(Unknown(), str(path))) if path.startswith("/"):
            return FileContent(path[1:])
    return file_content(name)


def concatenated(*values: Value) -> Value:
    """Texts put one after the other; numbers and truth values as JSON and JavaScript spell them."""
    pieces: list[str | Unknown | FileContent] = []
    size = 0
    for value in values:
        found = pieces_of(value)
        pieces += found
        size += sum([len(piece) if isinstance(piece, str) else HOLE_SIZE for piece in found])
        if size > MAX_SIZE:
            raise UnreadableCodeError("This code makes texts that are too long to be read.")
    merged: list[str | Unknown | FileContent] = []
    texts: list[str] = []
    for piece in [*pieces, None]:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        text = "".join(texts)
        texts.clear()
        merged += [text] if text else []
        merged += [piece] if piece is not None else []
    if not merged:
        return ""
    only = merged[0]
    return only if len(merged) == 1 else Mixed(tuple(merged))


def joined(texts: list[Value], separator: Value) -> Value:
    """Texts with a separator between them."""
    return concatenated(*[piece for text in texts for piece in (separator, text)][1:])


def encoded(value: Value) -> Value:
    """A text percent-encoded as the value of a URL is; what is unknown stays."""
    return concatenated(*[wire.encode(p) if isinstance(p, str) else p for p in pieces_of(value)])


def pieces_of(value: Value) -> list[str | Unknown | FileContent]:
    """The texts, and what is unknown between them."""
    if isinstance(value, Mixed):
        return list(value.pieces)
    if isinstance(value, str | Unknown | FileContent):
        return [value]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | float):
        return [str(value)]
    return [Unknown("value", 0, 0)]


def as_json(value: Value) -> Value:
    """The JSON text of a value; what is unknown in it becomes a text in quotes.

    Raises ``RequestError`` for what JSON cannot say.
    """
    check_size(value)
    holes = Holes()
    text = canonical_json(_with_marks(value, holes))
    return holes.value(_encoded_mark.sub("\0\\1\0", text)) if holes else text


def _with_marks(value: Value, holes: Holes) -> Json:
    if isinstance(value, dict):
        return {name: _with_marks(item, holes) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_marks(item, holes) for item in value]
    return holes.text(value) if isinstance(value, Unknown | FileContent | Mixed) else value


_encoded_mark = re.compile(r"\\u0000([0-9]+)\\u0000")


def check_size(value: object) -> None:
    """Refuses a value that holds itself, or too much: raises ``UnreadableCodeError``."""
    waiting = [value]
    size = 0
    while waiting:
        found = waiting.pop()
        size += len(found) if isinstance(found, str | list | dict) else 0
        if size > MAX_SIZE:
            raise UnreadableCodeError("This code makes a value that is too large to be read.")
        if isinstance(found, dict):
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


class Holes:
    """Texts with a mark for each piece that is not known, to be searched and split like any text.

    >>> holes = Holes()
    >>> text = holes.text(Mixed(("Accept: ", Unknown("$TYPE", 1, 9))))
    >>> holes.value(text.partition(": ")[2])
    Unknown(text='$TYPE', line=1, column=9)
    """

    def __init__(self) -> None:
        self._marks: dict[Unknown | FileContent, str] = {}
        self._pieces: dict[str, Unknown | FileContent] = {}

    def mark(self, piece: Unknown | FileContent) -> str:
        """The mark of a piece; it holds NUL, which no text does that a request can carry."""
        if piece not in self._marks:
            number = str(len(self._marks))
            self._marks[piece] = f"\0{number}\0"
            self._pieces[number] = piece
        return self._marks[piece]

    def __bool__(self) -> bool:
        return bool(self._marks)

    def text(self, value: Value) -> str:
        """A value as text with marks."""
        return "".join([p if isinstance(p, str) else self.mark(p) for p in pieces_of(value)])

    def value(self, text: str) -> Value:
        """The value that a text with marks stands for."""
        if "\0" not in text:
            return text
        pieces: list[Value] = list(_mark.split(text))
        pieces[1::2] = [self._pieces.get(str(number), "") for number in pieces[1::2]]
        return concatenated(*pieces)


_mark = re.compile("\0([0-9]+)\0")
