"""Places for values in an operation: its parameters, and the leaves of its body.

>>> [slot.path for slot in slots(operation)]
[('customerId',), ('terms', 'days'), ('lines', '*', 'sku')]

``*`` stands for an item of a list of objects: each item takes its own values.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.build import choose_media_type
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.openapi.shape import own_properties, parts_of, properties_of, resolved, schema_type
from core.request import Json

ITEM = "*"
MAX_DEPTH = 4
"""Levels of objects that are looked into: people do not speak of deeper ones."""
MAX_SLOTS = 200


@dataclass(frozen=True, eq=False, slots=True)
class Slot:
    """One place for a value."""

    place: str
    """``path``, ``query``, ``header``, ``cookie`` or ``body``."""
    path: tuple[str, ...]
    """The name; inside an object the way to it. Empty where the whole body is one text or list."""
    schema: dict[str, Json]
    """Resolved; of the items, where the slot takes several."""
    is_list: bool
    required: bool
    description: str
    examples: tuple[Json, ...] = ()
    """Values that the document shows for it."""

    @property
    def name(self) -> str:
        """What the value is called."""
        return next((step for step in reversed(self.path) if step != ITEM), "")

    @property
    def parents(self) -> tuple[str, ...]:
        """What the objects around it are called."""
        names = [step for step in self.path if step != ITEM]
        return tuple(names[:-1])

    @property
    def repeats(self) -> bool:
        """Whether it takes several values: itself, or one in each item of a list."""
        return self.is_list or ITEM in self.path

    @property
    def enum(self) -> list[Json]:
        """The only values allowed, where the schema lists them."""
        listed = self.schema.get("enum")
        if isinstance(listed, list):
            return [value for value in listed if value is not None]
        return [self.schema["const"]] if "const" in self.schema else []

    @property
    def kind(self) -> str:
        """The JSON type of one value."""
        return schema_type(self.schema) or "string"

    @property
    def format(self) -> str:
        """As the schema says it: ``date``, ``email``, …"""
        return str(self.schema.get("format", ""))


@dataclass(frozen=True, slots=True)
class _Level:
    """A schema on the way, and what is known of it."""

    place: str
    path: tuple[str, ...]
    schema: Any
    required: bool
    description: str = ""
    examples: tuple[Json, ...] = field(default=())


def slots(operation: Operation) -> list[Slot]:
    """Every place for a value that an operation offers, those at the top first."""
    found: list[Slot] = []
    pending = deque(_roots(operation))
    while pending and len(found) < MAX_SLOTS:
        level = pending.popleft()
        kind, schema = _type(level.schema, operation.document)
        if kind == "object":
            pending += _members(level, operation.document)
        elif kind == "array":
            items = schema.get("items", True)
            item_kind, item = _type(items, operation.document)
            if item_kind == "object":
                inner = _Level(level.place, (*level.path, ITEM), items, level.required)
                pending += _members(inner, operation.document)
            else:
                found.append(_slot(level, schema, item, is_list=True))
        else:
            found.append(_slot(level, schema, schema, is_list=False))
    return found


def _roots(operation: Operation) -> Iterator[_Level]:
    for each in operation.parameters:
        yield _Level(
            each.place, (each.name,), each.schema, each.required, each.description, each.examples
        )
    media_type = choose_media_type(operation)
    if media_type is not None:
        kind, schema = _type(media_type.schema, operation.document)
        is_text = kind == "string" and schema.get("format") not in ("binary", "byte")
        if kind in ("object", "array") or is_text:
            yield _Level("body", (), media_type.schema, operation.body_required)


def _members(level: _Level, document: Document) -> Iterator[_Level]:
    steps = len([step for step in level.path if step != ITEM])
    if steps >= MAX_DEPTH:
        return
    needed = _required(level.schema, document) if level.required else frozenset[str]()
    for name, inner in _properties(level.schema, document).items():
        if resolved(inner, document).get("readOnly") is not True:
            yield _Level(level.place, (*level.path, name), inner, name in needed)


def _properties(schema: Any, document: Document) -> dict[str, Any]:
    """Every property; what each of several alternatives fixes to one value is a choice of them."""
    fixed: dict[str, list[Json]] = {}
    for part in parts_of(schema, document):
        for name, inner in own_properties(part).items():
            fixed.setdefault(name, []).extend(_fixed(inner, document))
    return {
        name: {"enum": fixed[name]} if len(fixed[name]) > 1 else inner
        for name, inner in properties_of(schema, document).items()
    }


def _fixed(schema: Any, document: Document) -> list[Json]:
    """The only values that a schema or one of its alternatives allows, if it says so."""
    found: list[Json] = []
    for part in parts_of(schema, document):
        listed = part.get("enum")
        found += listed if isinstance(listed, list) else [part["const"]] if "const" in part else []
    return [value for value in found if value is not None]


def _required(schema: Any, document: Document) -> frozenset[str]:
    """What all parts of a schema ask for; of alternatives, which are only one way, nothing."""
    names: set[str] = set()
    for part in parts_of(schema, document):
        listed = part.get("required")
        names |= set(map(str, listed)) if isinstance(listed, list) else set()
        if "oneOf" in part or "anyOf" in part:
            break
    return frozenset(names)


def _type(schema: Any, document: Document) -> tuple[str, dict[str, Json]]:
    """The type of a value, and the first part of its schema that tells; not that of null."""
    first: dict[str, Json] = {}
    described: Json = None
    fixed = _fixed(schema, document)
    if len(fixed) > 1:
        return "", {"enum": fixed}
    for part in parts_of(schema, document):
        described = described or part.get("description")
        kind = schema_type(part)
        if (
            kind
            and kind != "null"
            and not ({"oneOf", "anyOf"} & part.keys() and "type" not in part)
        ):
            return kind, {"description": described, **part} if described else part
        if "enum" in part or "const" in part:
            return "", part
        first = first or part
    return ("object" if properties_of(schema, document) else ""), first


def _slot(level: _Level, schema: dict[str, Json], own: dict[str, Json], *, is_list: bool) -> Slot:
    shown = [*level.examples, schema.get("example"), own.get("example")]
    for listed in (schema.get("examples"), own.get("examples")):
        shown += listed if isinstance(listed, list) else []
    examples = [
        value
        for each in shown
        for value in (each if isinstance(each, list) else [each])
        if isinstance(value, str | int | float)
    ]
    return Slot(
        place=level.place,
        path=level.path,
        schema=own,
        is_list=is_list,
        required=level.required,
        description=level.description or str(schema.get("description") or ""),
        examples=tuple(examples[:5]),
    )
