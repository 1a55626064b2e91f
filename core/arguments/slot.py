"""Places for values in an operation: its parameters, and the leaves of its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.build import choose_media_type
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.openapi.shape import properties_of, schema_type
from core.request import Json

MAX_DEPTH = 3
"""Levels of objects inside a body that are looked into: people do not speak of deeper ones."""

MAX_SLOTS = 150


@dataclass(frozen=True, eq=False, slots=True)
class Slot:
    """One place for a value."""

    place: str
    """``path``, ``query``, ``header``, ``cookie`` or ``body``."""
    path: tuple[str, ...]
    """The name; inside a body or an object parameter the way to it."""
    schema: dict[str, Json]
    """Resolved; of the items, where the slot takes several."""
    is_list: bool
    required: bool
    description: str

    @property
    def name(self) -> str:
        """The last step of the way: what the value is called."""
        return self.path[-1]

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


def slots(operation: Operation) -> list[Slot]:
    """Every place for a value that an operation offers, in document order."""
    return list(_slots(operation))[:MAX_SLOTS]


def _slots(operation: Operation) -> Iterator[Slot]:
    document = operation.document
    for parameter in operation.parameters:
        yield from _of_schema(
            parameter.place,
            (parameter.name,),
            parameter.schema,
            parameter.required,
            parameter.description,
            document,
        )
    media_type = choose_media_type(operation)
    if media_type is not None:
        schema = document.resolve(media_type.schema)
        if isinstance(schema, dict) and properties_of(schema, document):
            yield from _of_properties("body", (), schema, document)


def _of_schema(
    place: str,
    path: tuple[str, ...],
    schema: Any,
    required: bool,
    description: str,
    document: Document,
) -> Iterator[Slot]:
    resolved = _flat(schema, document)
    said = description or str(resolved.get("description") or "")
    kind = schema_type(resolved)
    if kind == "object" or (not kind and properties_of(resolved, document)):
        if len(path) <= MAX_DEPTH:
            yield from _of_properties(place, path, resolved, document)
        return
    if kind == "array":
        items = _flat(resolved.get("items"), document)
        if schema_type(items) != "object" and not properties_of(items, document):
            yield Slot(place, path, items, True, required, said)
        return
    yield Slot(place, path, resolved, False, required, said)


def _of_properties(
    place: str, path: tuple[str, ...], schema: dict[str, Json], document: Document
) -> Iterator[Slot]:
    required = schema.get("required")
    needed = set(map(str, required)) if isinstance(required, list) else set()
    for name, inner in properties_of(schema, document).items():
        resolved = document.resolve(inner)
        if isinstance(resolved, dict) and resolved.get("readOnly") is not True:
            yield from _of_schema(place, (*path, name), inner, name in needed, "", document)


def _flat(schema: Any, document: Document) -> dict[str, Json]:
    """A schema resolved; of alternatives the first that is not null."""
    resolved = document.resolve(schema)
    for _ in range(8):
        if not isinstance(resolved, dict):
            return {}
        if "type" in resolved or "properties" in resolved or "enum" in resolved:
            return resolved
        for keyword in ("allOf", "oneOf", "anyOf"):
            parts = resolved.get(keyword)
            if isinstance(parts, list) and parts:
                described = {"description": resolved.get("description")}
                first: dict[str, Json] = next(filter(_tells, map(document.resolve, parts)), {})
                resolved = {**first, **{k: v for k, v in described.items() if v}}
                break
        else:
            return resolved
    return {}


def _tells(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") != "null"
