"""What a schema says of a value's shape: its type, its members, and what it is composed of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core.errors import DanglingReferenceError
from core.openapi.document import Document
from core.request import Json

MAX_PARTS = 200
"""Schemas of one composition that are looked at; real ones have a few dozen."""

ALTERNATIVES = ("oneOf", "anyOf")

_NUMBER_KEYWORDS = ("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum")
_STRING_KEYWORDS = ("pattern", "minLength", "maxLength")
_ARRAY_KEYWORDS = ("items", "prefixItems", "maxItems", "minItems", "uniqueItems")
_OBJECT_KEYWORDS = (
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
)
_TYPE_BY_KEYWORD = (
    ("object", _OBJECT_KEYWORDS[:1]),
    ("array", _ARRAY_KEYWORDS[:1]),
    ("number", _NUMBER_KEYWORDS),
    ("string", _STRING_KEYWORDS),
    ("array", _ARRAY_KEYWORDS),
    ("object", _OBJECT_KEYWORDS),
)
_TELLING = frozenset(
    {
        "type",
        *ALTERNATIVES,
        *_NUMBER_KEYWORDS,
        *_STRING_KEYWORDS,
        *_ARRAY_KEYWORDS,
        *_OBJECT_KEYWORDS,
    }
)


def schema_type(schema: dict[str, Json]) -> str:
    """The type that a schema means: as written, the first of a list that is not null, or guessed
    from its keywords; empty where nothing tells.
    """
    written = schema.get("type")
    if isinstance(written, list):
        named = [name for name in written if name != "null"]
        written = named[0] if named else "null"
    if isinstance(written, str):
        return written
    for kind, keywords in _TYPE_BY_KEYWORD:
        if any(keyword in schema for keyword in keywords):
            return kind
    return ""


def is_telling(schema: dict[str, Json]) -> bool:
    """Whether a schema says anything about a value's shape."""
    return not _TELLING.isdisjoint(schema)


def resolved(schema: Any, document: Document) -> dict[str, Json]:
    """A schema, references followed; empty where it says nothing or leads nowhere."""
    try:
        found = document.resolve(schema)
    except DanglingReferenceError:
        return {}
    return found if isinstance(found, dict) else {}


def parts_of(
    schema: Any, document: Document, keywords: Sequence[str] = ("allOf", *ALTERNATIVES)
) -> Iterator[dict[str, Json]]:
    """A schema and all that it is composed of: references, ``allOf``, and every alternative."""
    pending = [schema]
    seen: set[int] = set()
    while pending and len(seen) < MAX_PARTS:
        current = resolved(pending.pop(0), document)
        if not current or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        for keyword in keywords:
            listed = current.get(keyword)
            if isinstance(listed, list):
                pending += listed


def properties_of(schema: Any, document: Document) -> dict[str, Any]:
    """Every property that a schema names, those of what it is composed of included."""
    found: dict[str, Any] = {}
    for part in parts_of(schema, document):
        for name, inner in own_properties(part).items():
            found.setdefault(name, inner)
    return found


def property_of(schema: Any, name: str, document: Document) -> dict[str, Json]:
    """The schema of one property, references followed: its own, or that of all others; empty where
    none describes it.
    """
    others: dict[str, Json] = {}
    for part in parts_of(schema, document):
        if name in own_properties(part):
            return resolved(own_properties(part)[name], document)
        others = others or resolved(part.get("additionalProperties"), document)
    return others


def part_of_type(schema: Any, kind: str, document: Document) -> dict[str, Json] | None:
    """The first of a schema, its parts and its alternatives that is of a type."""
    return next((part for part in parts_of(schema, document) if schema_type(part) == kind), None)


def own_properties(schema: dict[str, Json]) -> dict[str, Any]:
    """The ``properties`` that stand in the schema itself."""
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def own_required(schema: dict[str, Json]) -> list[str]:
    """The names under ``required`` in the schema itself."""
    required = schema.get("required")
    return [name for name in required if isinstance(name, str)] if type(required) is list else []


def is_read_only(document: Document, schema: dict[str, Json], name: str) -> bool:
    """Whether a schema's property is only for responses."""
    inner = own_properties(schema).get(name)
    if not isinstance(inner, dict):
        return False
    if "$ref" not in inner or (document.has_sibling_keywords and "readOnly" in inner):
        return inner.get("readOnly") is True
    return resolved(inner, document).get("readOnly") is True
