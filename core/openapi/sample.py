"""A value for a schema: what the document shows, or else one made from its types.

A sampler walks a schema once per value. ``choose`` decides at every schema whether a value that the
document itself gives is taken, ``leaf`` makes the others; the two value policies of
:mod:`core.values` differ in these two functions only. Cycles end in an empty object or list, as in
openapi-sampler, and a sample never grows past its cap: the walk is repeated less deep, until only
what is required is left. So ten schemas that refer to each other cost milliseconds, not n!.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.openapi.document import Document
from core.openapi.schema import is_read_only
from core.request import Json

MAX_DEPTH = 15
SAMPLE_CAP = 16 * 1024
"""Bytes of JSON, about, that one sample may have."""

MISSING: Any = object()
"""No value at all: the member is left out (JSON has no ``undefined``)."""

Choose = Callable[[dict[str, Json], Document, list[str]], Json]
"""A value that the schema's own text gives (``example``, ``const``, …), or ``MISSING``; may add
notes.
"""

Leaf = Callable[[dict[str, Json], str, str], Json]
"""A value for (schema, type, name of the property) where the document shows none."""


@dataclass(frozen=True)
class Sample:
    """A value, and what had to be passed over to make it."""

    value: Json
    notes: tuple[str, ...] = ()


class _TooLarge(Exception):
    """The sample under construction passed its cap."""


class Sampler:
    """Makes samples for one document under one policy; remembers those of named schemas."""

    def __init__(
        self, document: Document, choose: Choose, leaf: Leaf, cap: int = SAMPLE_CAP
    ) -> None:
        self._document = document
        self._choose = choose
        self._leaf = leaf
        self._cap = cap
        self._named: dict[tuple[str, bool], Sample] = {}

    def sample(self, schema: Any, name: str = "", *, required_only: bool = False) -> Sample:
        """A sample for a schema; ``name`` is that of the parameter or property it is for.

        Raises ``DanglingReferenceError``.
        """
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str):
            return self._within_cap(schema, name, required_only)
        key = (reference, required_only)
        if key not in self._named:
            self._named[key] = self._within_cap(schema, name, required_only)
        return self._named[key]

    def _within_cap(self, schema: Any, name: str, required_only: bool) -> Sample:
        depths = [0] if required_only else [MAX_DEPTH, 6, 4, 3, 2, 1, 0]
        for attempt, depth in enumerate(depths):
            walk = _Walk(self._document, self._choose, self._leaf, self._cap, depth)
            try:
                value = walk.value(schema, name, 0)
            except _TooLarge:
                continue
            cut = [_cut_note(depth, self._cap)] if attempt else []
            return Sample(value, tuple(dict.fromkeys(walk.notes + cut)))
        return Sample(
            MISSING, (f"Its required members alone pass {self._cap} bytes; none is shown.",)
        )


def _cut_note(depth: int, cap: int) -> str:
    kept = f"down to level {depth}" if depth else "only where required"
    return f"The whole sample would pass {cap} bytes: optional members are shown {kept}."


class _Walk:
    """One attempt at a sample: optional members are taken down to ``optional_depth`` only."""

    def __init__(
        self, document: Document, choose: Choose, leaf: Leaf, cap: int, optional_depth: int
    ) -> None:
        self.document = document
        self.choose = choose
        self.leaf = leaf
        self.room = cap
        self.optional_depth = optional_depth
        self.open_references: set[str] = set()
        self.notes: list[str] = []

    def value(self, schema: Any, name: str, depth: int) -> Json:
        """A value, or ``MISSING`` where a cycle leaves nothing to say."""
        if not isinstance(schema, dict):
            return self._taken(None) if schema is True else MISSING
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return self._plain(schema, name, depth)
        if reference in self.open_references or depth > MAX_DEPTH:
            return self._end_of_cycle(schema)
        self.open_references.add(reference)
        try:
            return self.value(self._target(schema, reference), name, depth)
        finally:
            self.open_references.discard(reference)

    def _target(self, schema: dict[str, Json], reference: str) -> Any:
        target = self.document.references.find(reference)
        if (
            len(schema) > 1
            and self.document.version not in ("2.0", "3.0")
            and isinstance(target, dict)
        ):
            beside = {
                keyword: argument for keyword, argument in schema.items() if keyword != "$ref"
            }
            return {**target, **beside}
        return target

    def _end_of_cycle(self, schema: dict[str, Json]) -> Json:
        target = self.document.resolve(schema)
        kind = schema_type(target) if isinstance(target, dict) else ""
        return {"object": {}, "array": []}.get(kind, MISSING)

    def _plain(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        chosen = self.choose(schema, self.document, self.notes)
        if chosen is not MISSING:
            return self._taken(chosen)
        if isinstance(schema.get("allOf"), list):
            return self._all_of(schema, name, depth)
        for keyword in ("oneOf", "anyOf"):
            alternatives = schema.get(keyword)
            if isinstance(alternatives, list) and alternatives:
                return self._alternative(schema, keyword, alternatives, name, depth)
        kind = schema_type(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        return self._taken(self.leaf(schema, kind, name))

    def _all_of(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        """Members of all parts together; of other types the last part that says something wins."""
        parts = [{key: value for key, value in schema.items() if key != "allOf"}, *schema["allOf"]]
        if not is_telling(parts[0]):
            parts = parts[1:]
        merged: Json = MISSING
        for part in parts:
            value = self.value(part, name, depth)
            if isinstance(merged, dict) and isinstance(value, dict):
                merged = {**merged, **value}
            elif value is not MISSING and not (
                isinstance(merged, dict) and not isinstance(value, dict)
            ):
                merged = value
        return merged

    def _alternative(
        self, schema: dict[str, Json], keyword: str, alternatives: list[Any], name: str, depth: int
    ) -> Json:
        """The first alternative, with the members that stand beside the list."""
        first = self.value(alternatives[0], name, depth)
        beside = {key: value for key, value in schema.items() if key != keyword}
        if isinstance(first, dict) and isinstance(beside.get("properties"), dict):
            own = self._object(beside, depth)
            first = {**own, **first}
        return first

    def _object(self, schema: dict[str, Json], depth: int) -> Json:
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        required = schema.get("required")
        required = set(map(str, required)) if isinstance(required, list) else set()
        self._spend(2)
        made: dict[str, Json] = {}
        for name, inner in properties.items():
            if name not in required and (depth >= self.optional_depth or depth > MAX_DEPTH):
                continue
            if is_read_only(self.document, schema, name):
                continue
            self._spend(len(name) + 4)
            value = self.value(inner, name, depth + 1)
            if value is not MISSING:
                made[name] = value
        if depth < self.optional_depth:
            self._add_additional(schema, made, depth)
        return made

    def _add_additional(self, schema: dict[str, Json], made: dict[str, Json], depth: int) -> None:
        additional = schema.get("additionalProperties")
        if isinstance(additional, dict) and additional and depth <= MAX_DEPTH:
            for name in ("property1", "property2"):
                value = self.value(additional, name, depth + 1)
                if value is not MISSING:
                    made[name] = value

    def _array(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        self._spend(2)
        listed = schema.get("prefixItems")
        items = schema.get("items")
        listed = (
            listed if isinstance(listed, list) else (items if isinstance(items, list) else None)
        )
        if listed is not None:
            values = [self.value(inner, name, depth + 1) for inner in listed]
            return [None if value is MISSING else value for value in values]
        if not isinstance(items, dict) or not items:
            return [] if not _count(schema, "minItems") else [None] * _count(schema, "minItems")
        count = max(_count(schema, "minItems"), 1)
        if isinstance(schema.get("maxItems"), int):
            count = min(count, max(schema["maxItems"], 0))
        made = []
        for _ in range(min(count, self.room)):
            value = self.value(items, name, depth + 1)
            if value is not MISSING:
                made.append(value)
        return made

    def _taken(self, value: Json) -> Json:
        self._spend(
            len(value)
            if isinstance(value, str)
            else size(value)
            if isinstance(value, dict | list)
            else 5
        )
        return value

    def _spend(self, amount: int) -> None:
        self.room -= amount
        if self.room < 0:
            raise _TooLarge


def size(value: Json) -> int:
    """About how many bytes of JSON a value has."""
    if isinstance(value, dict):
        return 2 + sum(len(str(name)) + 4 + size(item) for name, item in value.items())
    if isinstance(value, list):
        return 2 + sum(1 + size(item) for item in value)
    return len(value) + 2 if isinstance(value, str) else 5


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
    for kind, keywords in (
        ("object", _OBJECT_KEYWORDS[:1]),
        ("array", _ARRAY_KEYWORDS[:1]),
        ("number", _NUMBER_KEYWORDS),
        ("string", _STRING_KEYWORDS),
        ("array", _ARRAY_KEYWORDS),
        ("object", _OBJECT_KEYWORDS),
    ):
        if any(keyword in schema for keyword in keywords):
            return kind
    return ""


_TELLING = frozenset(
    {
        "type",
        "oneOf",
        "anyOf",
        *_NUMBER_KEYWORDS,
        *_STRING_KEYWORDS,
        *_ARRAY_KEYWORDS,
        *_OBJECT_KEYWORDS,
    }
)


def is_telling(schema: dict[str, Json]) -> bool:
    """Whether a schema says anything about a value's shape."""
    return not _TELLING.isdisjoint(schema)


def _count(schema: dict[str, Json], keyword: str) -> int:
    value = schema.get(keyword)
    return value if isinstance(value, int) and value > 0 else 0
