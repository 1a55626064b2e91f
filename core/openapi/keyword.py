"""A keyword of a schema where it stands, and what a value breaks of it.

What each keyword asks stands in :mod:`core.openapi.assertion` and :mod:`core.openapi.applicator`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeGuard

from core.openapi.document import Document
from core.openapi.reference import pointer
from core.openapi.shape import is_read_only, parts_of
from core.request import Json
from core.wire import shorten


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that a value breaks, or that could not be decided."""

    instance: str
    """JSON pointer into the value; empty for the whole."""
    pointer: str
    """JSON pointer of the keyword in the document; ``file#/…`` in another file of the set."""
    message: str
    """What the value is and should be, to follow its name: “is 5, more than 3”."""
    decided: bool = True
    """``False`` where nobody can say whether the value is legal."""
    missing: str = ""
    """The required property that is not there."""


class SchemaChecker(Protocol):
    """The way from a keyword back to the schemas inside it."""

    document: Document

    def check(
        self, value: Json, schema: Any, at: str, where: str, depth: int
    ) -> Iterator[Violation]:
        """Violations of a schema by a value."""

    def allows(self, value: Json, schema: Any, at: str, where: str, depth: int) -> bool | None:
        """Whether a schema accepts a value; ``None`` where it cannot be decided."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword where it stands: its argument, the schema around it, and both pointers."""

    argument: Any
    schema: dict[str, Json]
    at: str
    where: str
    depth: int
    checker: SchemaChecker

    def broken(self, message: str, *, decided: bool = True) -> Iterator[Violation]:
        """This keyword's violation."""
        yield Violation(self.where, self.at, message, decided)

    def inner(self, value: Json, schema: Any, *steps: str | int) -> Iterator[Violation]:
        """Violations by the same value of a schema that stands under this keyword."""
        return self.checker.check(value, schema, self.at + pointer(*steps), self.where, self.depth)

    def member(
        self, value: Json, schema: Any, name: str | int, *steps: str | int
    ) -> Iterator[Violation]:
        """Violations by a member of the value of a schema under this keyword."""
        where = self.where + pointer(name)
        return self.checker.check(value, schema, self.at + pointer(*steps), where, self.depth)

    def allows(self, value: Json, schema: Any, *steps: str | int) -> bool | None:
        """Whether a schema under this keyword accepts a value."""
        return self.checker.allows(value, schema, self.at + pointer(*steps), self.where, self.depth)


Check = Callable[[Json, Keyword], Iterator[Violation]]


def is_kept_for_responses(name: str, k: Keyword) -> bool:
    """Whether a property is read-only by any part of the schema around a keyword."""
    document = k.checker.document
    return any(is_read_only(document, part, name) for part in parts_of(k.schema, document))


def type_name(value: Json) -> str:
    """The JSON Schema type of a value: ``integer`` for whole numbers, ``1.0`` included."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def same(one: Json, other: Json) -> bool:
    """Equality as JSON has it: ``1`` is ``1.0`` but not ``true``."""
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        if isinstance(left, bool) or isinstance(right, bool):
            if left is not right:
                return False
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return False
            pending += zip(left, right, strict=True)
        elif isinstance(left, dict) and isinstance(right, dict):
            if left.keys() != right.keys():
                return False
            pending += [(item, right[name]) for name, item in left.items()]
        elif left != right:
            return False
    return True


def is_number(value: Json) -> TypeGuard[int | float]:
    """Whether a value is a JSON number: ``true`` is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shown(value: Json) -> str:
    """A value in a message."""
    if isinstance(value, str):
        return shorten(value)
    return shorten(json.dumps(value, ensure_ascii=False)).strip("“”")
