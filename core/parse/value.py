"""What an expression in code stands for, as far as its text alone tells. Nothing is executed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Unknown:
    """An expression whose value the code does not state: a variable from elsewhere, a call, …"""

    text: str
    """As written; the placeholder that stands for it is named after it."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""


@dataclass(frozen=True)
class FileContent:
    """What a file holds, which the code reads when it runs."""

    name: str | Unknown


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


def concatenated(*values: Value) -> Value:
    """Texts put one after the other; numbers and truth values as JSON and JavaScript spell them."""
    pieces: list[str | Unknown | FileContent] = []
    for value in values:
        pieces += _pieces(value)
    merged: list[str | Unknown | FileContent] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    if not merged:
        return ""
    only = merged[0]
    return only if len(merged) == 1 else Mixed(tuple(merged))


def _pieces(value: Value) -> list[str | Unknown | FileContent]:
    if isinstance(value, Mixed):
        return list(value.pieces)
    if isinstance(value, str | Unknown | FileContent):
        return [value]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | float):
        return [str(value)]
    return [Unknown("value", 0, 0)]
