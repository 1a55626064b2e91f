"""What PHP's variables hold: arrays, objects, functions, and the handles of its cURL extension.

Arrays are dictionaries, as PHP has them, whose keys are integers and texts, or ``Unknown`` where it
is not known what members there are.
"""

from __future__ import annotations

import re
from collections.abc import Sized
from dataclasses import dataclass, field
from typing import TypeAlias

from tree_sitter import Node

from core.parse.call import PartValue
from core.parse.php_literal import number_text
from core.parse.thing import Folded
from core.parse.value import MAX_SIZE, FileContent, Mixed, Unknown, UnreadableCodeError, Value

Key: TypeAlias = "int | str | Unknown"
Array: TypeAlias = dict[Key, Folded]


@dataclass(eq=False)
class Object:
    """An object by its properties: one of ``stdClass``, or of a class that the code declares."""

    members: dict[str, Folded] = field(default_factory=dict)
    made_of: Class | None = None


@dataclass(eq=False)
class Class:
    """A class as written; constants, static properties with their ``$``, methods in lower case."""

    members: dict[str, Folded] = field(default_factory=dict)
    methods: dict[str, Function] = field(default_factory=dict)
    instance: Object = field(default_factory=Object)
    """The one that methods are read with where the code makes none."""


@dataclass(eq=False)
class Function:
    """A function as written, and the variables that it begins with."""

    node: Node
    variables: dict[str, Folded]


@dataclass(frozen=True)
class Upload:
    """A ``CURLFile`` or ``CURLStringFile``."""

    content: Value
    filename: Value = None
    media_type: Value = None


@dataclass(frozen=True)
class Context:
    """What ``stream_context_create`` makes."""

    options: Folded


_is_index = re.compile("0|-?[1-9][0-9]{0,17}").fullmatch


def key_of(value: Folded) -> Key:
    """A value as a key of an array."""
    if isinstance(value, str):
        return int(value) if _is_index(value) else value
    if isinstance(value, bool | int | float):
        return int(value)
    return value if isinstance(value, Unknown) else "" if value is None else Unknown("key", 0, 0)


def next_key(array: Array) -> int:
    """The key that ``[] =`` gives."""
    return max((key for key in array if isinstance(key, int)), default=-1) + 1


def array_of(items: list[Folded]) -> Array:
    """A list as an array."""
    return dict(enumerate(items))


def is_list(array: Array) -> bool:
    """Whether the keys are 0, 1, 2, …, in order."""
    return all(key == index for index, key in enumerate(array))


def is_scalar(value: Folded) -> bool:
    """Whether a value is known, and neither an array nor an object."""
    return value is None or isinstance(value, bool | int | float | str)


def are_equal(one: Folded, other: Folded) -> bool | None:
    """Whether two values are the same; ``None`` where that is not known."""
    if is_scalar(one) and is_scalar(other):
        return type(one) is type(other) and one == other
    is_known = not isinstance(one, Unknown) and not isinstance(other, Unknown)
    return False if is_known and (one is None or other is None) else None


def is_true(value: Folded) -> bool | None:
    """Whether a condition holds; ``None`` where that is not known."""
    if value is None or isinstance(value, bool | int | float | str | dict):
        return bool(value) and value != "0"
    if isinstance(value, Mixed):
        return any(isinstance(piece, str) for piece in value.pieces) or None
    return None if isinstance(value, Unknown | FileContent) else True


def plain(value: Folded) -> Value:
    """A value as ``json_encode`` sees it."""
    return _Plain().of(value)


class _Plain:
    """Counts what it makes: a few lines of code can put an object into itself sixty times."""

    def __init__(self) -> None:
        self._size = 0

    def of(self, value: Folded) -> Value:
        if isinstance(value, Object):
            self._count(value.members)
            return {name: self.of(item) for name, item in value.members.items()}
        if isinstance(value, dict):
            return self._array(value)
        if value is None or isinstance(
            value, bool | int | float | str | Unknown | Mixed | FileContent
        ):
            return value
        return Unknown("value", 0, 0)

    def _array(self, array: Array) -> Value:
        self._count(array)
        unknown = next((key for key in array if isinstance(key, Unknown)), None)
        if unknown is not None:
            return unknown
        if is_list(array):
            return [self.of(item) for item in array.values()]
        return {str(key): self.of(item) for key, item in array.items()}

    def _count(self, members: Sized) -> None:
        self._size += len(members)
        if self._size > MAX_SIZE:
            raise UnreadableCodeError("This code makes a value that is too large to be read.")


def text_of(value: Folded) -> Value:
    """A value as ``echo`` and ``.`` spell it."""
    if isinstance(value, str | Unknown | Mixed | FileContent):
        return value
    if value is None or isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int | float):
        return number_text(value)
    return "Array" if isinstance(value, dict) else Unknown("value", 0, 0)


def parts_of(fields: Array) -> list[PartValue]:
    """What ``CURLOPT_POSTFIELDS`` makes of an array."""
    parts = []
    for key, item in fields.items():
        name = key if isinstance(key, Unknown) else str(key)
        if isinstance(item, Upload):
            parts.append(PartValue(name, item.content, item.filename, item.media_type))
        else:
            parts.append(PartValue(name, text_of(item)))
    return parts
