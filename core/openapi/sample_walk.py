"""One walk through a schema that makes a value for it.

A value can come from several schemas at once (``$ref`` with siblings, ``allOf``, an alternative):
each gives its part, then the whole is completed with what they ask of it together. A cycle ends in
what its schema requires. The walk is bounded in bytes, in depth and in steps.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import DanglingReferenceError
from core.openapi.discriminator import Tag, derived_reference, tag_of, word_for
from core.openapi.document import Document
from core.openapi.json_value import MISSING, laid_over, size
from core.openapi.shape import (
    ALTERNATIVES,
    is_read_only,
    is_telling,
    own_properties,
    own_required,
    parts_of,
    resolved,
    schema_type,
)
from core.request import Json

MAX_DEPTH = 15
"""Objects and lists within one another down to which members are shown."""

MAX_LEVEL = 60
"""Schemas within one another: more would come near Python's own limit on recursion."""

MAX_STEPS = 20_000
"""Schemas looked at in one walk; only circles that give no value come so far."""

MAX_TRIES = 6
"""Alternatives of one schema that are tried."""

_SCALARS = ("string", "integer", "number", "boolean")
_COMPOSING = frozenset({"$ref", "allOf", *ALTERNATIVES})
_GIVING = frozenset({"example", "examples", "const", "enum", "default"})
_ASKING = frozenset({"required", "minProperties", "maxProperties", "discriminator"})


class TooLargeError(Exception):
    """The value under construction passed its cap."""


@dataclass(frozen=True)
class Taste:
    """The decisions in which value policies differ."""

    choose: Callable[[dict[str, Json], Document, list[str]], Json]
    """A value that the schema's own text gives (``example``, ``const``, …), or ``MISSING``; may
    add notes.
    """
    leaf: Callable[[dict[str, Json], str, str], Json]
    """A value for (schema, type, name of the property) where the document shows none."""
    accept: Callable[[Json, Any, Document], bool] | None = None
    """Whether a value will do for a schema. Without it nothing is judged: what comes first is
    taken as it is.
    """


@dataclass(slots=True)
class _Whole:
    """One value that several schemas make together."""

    reference: str = ""
    """The last one followed, those of ``allOf`` apart: what a discriminator knows it by."""
    is_composed: bool = False
    required: frozenset[str] = frozenset()
    """Names that any of its schemas asks for, gathered where only such members are shown."""
    parts: tuple[dict[str, Json], ...] = ()
    """The schemas of objects that gave it its members."""
    tags: tuple[Tag, ...] = ()
    """The discriminators that have a say in it."""


class Walk:
    """One attempt at a value: optional members are taken down to ``optional_depth`` only."""

    def __init__(
        self,
        document: Document,
        taste: Taste,
        cap: int,
        optional_depth: int,
        required_only: Callable[[str], Json],
    ) -> None:
        """``required_only`` gives the smallest value for a reference: what ends a cycle."""
        self.notes: list[str] = []
        self._document = document
        self._taste = taste
        self._cap = self._room = cap
        self._optional_depth = optional_depth
        self._required_only = required_only
        self._steps = 0
        self._level = 0
        self._open: set[str] = set()

    def value(self, schema: Any, name: str, depth: int) -> Json:
        """A whole value, or ``MISSING`` where a cycle leaves nothing to say.

        Raises ``TooLargeError``.
        """
        if isinstance(schema, dict) and _is_scalar(schema):
            return self._scalar(schema, name, depth)
        whole = _Whole()
        made = self._part(schema, name, depth, whole)
        if not isinstance(made, dict) or not whole.parts:
            return made
        if len(whole.parts) == 1 and _ASKING.isdisjoint(whole.parts[0]) and not whole.tags:
            return made
        return self._completed(made, whole, depth)

    def sendable(self, value: Json, schema: Any, depth: int) -> Json:
        """A given value without what only responses hold and, below the optional depth, without
        what is not required.
        """
        if isinstance(value, list):
            items = resolved(schema, self._document).get("items")
            return [self.sendable(item, items, depth + 1) for item in value]
        if not isinstance(value, dict) or depth > MAX_DEPTH:
            return value
        parts = list(parts_of(schema, self._document))
        required = {name for part in parts for name in own_required(part)}
        required |= {tag.name for part in parts if (tag := tag_of(part.get("discriminator")))}
        kept: dict[str, Json] = {}
        for name, item in value.items():
            inner = [own_properties(part)[name] for part in parts if name in own_properties(part)]
            if inner and depth >= self._optional_depth and name not in required:
                continue
            if not self._is_read_only(parts, name):
                kept[name] = self.sendable(item, inner[0], depth + 1) if inner else item
        return kept

    def _part(self, schema: Any, name: str, depth: int, whole: _Whole) -> Json:
        """What one of the schemas of a value gives to it."""
        if not isinstance(schema, dict):
            return self._undescribed(name) if schema is True else MISSING
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooLargeError
        if self._level > MAX_LEVEL:
            return MISSING
        self._level += 1
        reference = schema.get("$ref")
        if isinstance(reference, str) and not self._says_more(schema):
            made = self._referenced(reference, name, depth, whole)
        else:
            made = self._plain(schema, name, depth, whole)
        self._level -= 1
        return made

    def _says_more(self, schema: dict[str, Json]) -> bool:
        """Whether keywords beside a ``$ref`` have a say in the value."""
        if len(schema) == 1 or not self._document.has_sibling_keywords:
            return False
        return is_telling(schema) or not _GIVING.isdisjoint(schema)

    def _referenced(self, reference: str, name: str, depth: int, whole: _Whole) -> Json:
        if reference in self._open or depth > MAX_DEPTH:
            return self._end_of_cycle(reference, whole)
        try:
            target = self._document.references.find(reference)
        except DanglingReferenceError as error:
            self.notes.append(str(error))
            return MISSING
        if not whole.is_composed and isinstance(target, dict) and "discriminator" in target:
            reference = derived_reference(reference, target, self._document)
            target = self._document.references.find(reference)
        whole.reference = reference
        self._open.add(reference)
        made = self._part(target, name, depth, whole)
        self._open.discard(reference)
        return made

    def _end_of_cycle(self, reference: str, whole: _Whole) -> Json:
        """What the schema requires of a value that would go on for ever."""
        try:
            target = self._document.resolve({"$ref": reference})
        except DanglingReferenceError as error:
            self.notes.append(str(error))
            return MISSING
        if not isinstance(target, dict):
            return MISSING
        if whole.is_composed:  # its members are not shown twice, what it asks for counts
            whole.parts += (target,)
            return MISSING
        kind = schema_type(target)
        if kind == "object" and not own_required(target) and _COMPOSING.isdisjoint(target):
            return {}
        if kind == "array" and not _count(target, "minItems"):
            return []
        if not self._optional_depth:
            return MISSING
        return self._taken(self._required_only(reference))

    def _plain(self, schema: dict[str, Json], name: str, depth: int, whole: _Whole) -> Json:
        given = self._given(schema, depth)
        if given is not MISSING:
            return given
        if "discriminator" in schema and (tag := tag_of(schema["discriminator"])):
            whole.tags += (tag,)
        if _COMPOSING.isdisjoint(schema):
            return self._typed(schema, name, depth, whole)
        return self._composed(schema, name, depth, whole)

    def _given(self, schema: dict[str, Json], depth: int) -> Json:
        """What the schema itself shows, as far as it is to be sent and within the cap."""
        value = self._taste.choose(schema, self._document, self.notes)
        if value is MISSING:
            return value
        if isinstance(value, dict | list) and self._taste.accept is not None:
            sendable = self.sendable(value, schema, depth)
            if sendable != value and self._accepts(sendable, schema):
                value = sendable
        cost = size(value)
        if cost > self._cap:
            return MISSING
        self._spend(cost)
        return value

    def _scalar(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        """What :meth:`_part` makes of most schemas, without the way there."""
        self._steps += 1
        given = self._given(schema, depth)
        if given is not MISSING:
            return given
        return self._taken(self._taste.leaf(schema, schema["type"], name))

    def _typed(self, schema: dict[str, Json], name: str, depth: int, whole: _Whole) -> Json:
        kind = schema_type(schema)
        if kind == "object":
            whole.parts += (schema,)
            return self._object(schema, depth, whole.required)
        if kind == "array":
            return self._array(schema, name, depth)
        return self._taken(self._taste.leaf(schema, kind, name))

    def _composed(self, schema: dict[str, Json], name: str, depth: int, whole: _Whole) -> Json:
        """The parts of a schema together, with the first alternative that will do."""
        whole.is_composed = True
        if depth >= self._optional_depth:
            parts = parts_of(schema, self._document)
            whole.required |= {name for part in parts for name in own_required(part)}
        if (only := _only_part(schema)) is not None:
            reference = whole.reference
            made = self._part(only, name, depth, whole)
            whole.reference = reference
            return made
        tries = self._tries(schema, depth)
        room, usual_depth, before = self._room, self._optional_depth, whole.parts
        first: tuple[Json, tuple[dict[str, Json], ...], str] | None = None
        for alternative, self._optional_depth in tries:
            self._room, whole.parts = room, before
            made = self._together(schema, alternative, name, depth, whole)
            self._optional_depth = usual_depth
            if len(tries) == 1 or self._accepts(made, schema):
                return made
            first = first or (made, whole.parts, whole.reference)
        assert first is not None  # there is always something to try
        made, whole.parts, whole.reference = first
        return made

    def _tries(self, schema: dict[str, Json], depth: int) -> list[tuple[Json, int]]:
        """The alternatives to try, and how deep optional members are shown: where one with its
        required members alone would also fit another, one optional level may tell them apart.
        """
        for keyword in ALTERNATIVES:
            listed = schema.get(keyword)
            if isinstance(listed, list) and listed:
                named = [each for each in listed if not _is_null(each)] or listed
                depths = dict.fromkeys((self._optional_depth, max(self._optional_depth, depth + 1)))
                return [(each, optional) for optional in depths for each in named[:MAX_TRIES]]
        return [(MISSING, self._optional_depth)]

    def _together(
        self, schema: dict[str, Json], alternative: Json, name: str, depth: int, whole: _Whole
    ) -> Json:
        """Members of all parts together; parts that are no objects are read as one schema."""
        listed = schema.get("allOf")
        beside = {key: value for key, value in schema.items() if key not in _COMPOSING}
        values: list[Json] = []
        if "$ref" in schema:
            values.append(self._part({"$ref": schema["$ref"]}, name, depth, whole))
        if is_telling(beside):
            values.append(self._typed(beside, name, depth, whole))
        if alternative is not MISSING:
            values.append(self._part(alternative, name, depth, whole))
        reference = whole.reference
        for part in listed if isinstance(listed, list) else ():
            if _has_say(part):
                values.append(self._part(part, name, depth, whole))
                whole.reference = reference
        values = [value for value in values if value is not MISSING]
        objects = [value for value in values if isinstance(value, dict)]
        if objects:
            return functools.reduce(laid_over, objects)
        if len(values) < 2:
            return values[0] if values else MISSING
        return self._plain(self._united(schema, alternative), name, depth, whole)

    def _united(self, schema: dict[str, Json], alternative: Json) -> dict[str, Json]:
        """The keywords of all parts in one schema: those of a later part win."""
        listed = schema.get("allOf")
        pieces = [{"$ref": schema["$ref"]}] if "$ref" in schema else []
        pieces += [schema, alternative, *(listed if isinstance(listed, list) else ())]
        united: dict[str, Json] = {}
        for piece in pieces:
            piece = piece if piece is schema else resolved(piece, self._document)
            united |= {key: value for key, value in piece.items() if key not in _COMPOSING}
        return united

    def _object(
        self, schema: dict[str, Json], depth: int, around: frozenset[str]
    ) -> dict[str, Json]:
        """The members that one schema describes; ``around`` are names that others require."""
        self._spend(2)
        shows_optional = depth < self._optional_depth
        required = around.union(() if shows_optional else own_required(schema))
        made: dict[str, Json] = {}
        for name, inner in own_properties(schema).items():
            if (shows_optional or name in required) and not is_read_only(
                self._document, schema, name
            ):
                self._add(made, name, inner, depth)
        additional = schema.get("additionalProperties")
        if shows_optional and isinstance(additional, dict) and additional:
            for name in ("property1", "property2"):
                self._add(made, name, additional, depth)
        return made

    def _completed(self, made: dict[str, Json], whole: _Whole, depth: int) -> dict[str, Json]:
        """An object with what its schemas ask of it together."""
        made, parts = dict(made), whole.parts
        required = [name for part in parts for name in own_required(part)]
        for name in required:
            if name not in made and not self._is_read_only(parts, name):
                self._add_described(made, name, parts, depth)
        least = max([_count(part, "minProperties") for part in parts])
        if len(made) < least:
            self._fill(made, least, parts, depth)
        if len(parts) > 1:
            _close(made, parts, required)
        most = min([_count(part, "maxProperties") or len(made) for part in parts])
        if most < len(made):
            for name in [name for name in made if name not in required][most - len(made) :]:
                del made[name]
        if self._taste.accept is not None:
            for tag in whole.tags:
                self._set_tag(made, tag, whole)
        return made

    def _fill(
        self, made: dict[str, Json], least: int, parts: Sequence[dict[str, Json]], depth: int
    ) -> None:
        """Optional members, then made-up ones, until there are as many as must be."""
        described = [name for part in parts for name in own_properties(part)]
        made_up = (f"property{number}" for number in range(1, least + 1))
        is_open = all(part.get("additionalProperties") is not False for part in parts)
        for name in itertools.chain(described, made_up if is_open else ()):
            if len(made) >= least:
                return
            if name not in made and not self._is_read_only(parts, name):
                self._add_described(made, name, parts, depth)

    def _add_described(
        self, made: dict[str, Json], name: str, parts: Sequence[dict[str, Json]], depth: int
    ) -> None:
        """A member by whatever part describes it; one that none does takes any value."""
        own = [own_properties(part)[name] for part in parts if name in own_properties(part)]
        others = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
        for inner in own or [each for each in others if isinstance(each, dict)]:
            self._add(made, name, inner, depth)
            if name in made:
                return
        self._add(made, name, True, depth)

    def _add(self, made: dict[str, Json], name: str, schema: Any, depth: int) -> None:
        self._spend(len(name) + 4)
        value = self.value(schema, name, depth + 1)
        if value is not MISSING:
            made[name] = value

    def _set_tag(self, made: dict[str, Json], tag: Tag, whole: _Whole) -> None:
        """The word that says which schema the object follows, where its property allows it."""
        word = word_for(whole.reference, tag, self._document) if whole.reference else ""
        own = [own_properties(part).get(tag.name, True) for part in whole.parts]
        if word and all(self._accepts(word, inner) for inner in own):
            made[tag.name] = word

    def _is_read_only(self, parts: Sequence[dict[str, Json]], name: str) -> bool:
        return any(is_read_only(self._document, part, name) for part in parts)

    def _array(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        self._spend(2)
        listed, items = schema.get("prefixItems"), schema.get("items")
        if isinstance(items, list):  # the older spelling of prefixItems
            listed, items = items, schema.get("additionalItems")
        inner = listed if isinstance(listed, list) else []
        made = [self._item(each, name, depth) for each in inner]
        wanted = max(_count(schema, "minItems"), 1 if isinstance(items, dict) and items else 0)
        while len(made) < wanted:
            value = self.value(True if items is None else items, name, depth + 1)
            if value is MISSING:
                break
            made.append(value)
        if isinstance(schema.get("maxItems"), int):
            made = made[: max(schema["maxItems"], 0)]
        return self._distinct(made, items, name) if schema.get("uniqueItems") is True else made

    def _item(self, schema: Any, name: str, depth: int) -> Json:
        value = self.value(schema, name, depth + 1)
        return None if value is MISSING else value

    def _distinct(self, made: list[Json], items: Any, name: str) -> list[Json]:
        """The items, those that are there twice made different."""
        kept: list[Json] = []
        for number, item in enumerate(made, 1):
            if item in kept:
                item = self._variant(item, items, f"{name}_{number}", kept)
            kept.append(item)
        return kept

    def _variant(self, item: Json, items: Any, name: str, others: list[Json]) -> Json:
        enum = resolved(items, self._document).get("enum")
        candidates = [*enum] if isinstance(enum, list) else []
        if isinstance(item, int | float):
            candidates.append(item + len(others))
        for candidate in candidates:
            if candidate not in others and self._accepts(candidate, items):
                return candidate
        return self._undescribed(name)

    def _accepts(self, value: Json, schema: Any) -> bool:
        return self._taste.accept is None or self._taste.accept(value, schema, self._document)

    def _undescribed(self, name: str) -> Json:
        return self._taken(self._taste.leaf({}, "", name))

    def _taken(self, value: Json) -> Json:
        self._spend(size(value))
        return value

    def _spend(self, amount: int) -> None:
        self._room -= amount
        if self._room < 0:
            raise TooLargeError


def _close(made: dict[str, Json], parts: Sequence[dict[str, Json]], required: list[str]) -> None:
    """Leaves out members that another part does not let in."""
    for part in parts:
        if part.get("additionalProperties") is False and "patternProperties" not in part:
            known = own_properties(part)
            for name in [name for name in made if name not in known and name not in required]:
                del made[name]


def _has_say(schema: Any) -> bool:
    """Whether a schema says more than what a value is for."""
    if not isinstance(schema, dict):
        return schema is False
    return not (_COMPOSING.isdisjoint(schema) and _GIVING.isdisjoint(schema)) or is_telling(schema)


def _is_scalar(schema: dict[str, Json]) -> bool:
    """Whether a schema is that of a plain value, composed of nothing."""
    return schema.get("type") in _SCALARS and _COMPOSING.isdisjoint(schema)


def _only_part(schema: dict[str, Json]) -> Any:
    """The one schema that says something where an ``allOf`` holds nothing else of weight."""
    listed = schema.get("allOf")
    if not isinstance(listed, list) or is_telling(schema) or "$ref" in schema:
        return None
    saying = [part for part in listed if _has_say(part)]
    return saying[0] if len(saying) == 1 else None


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") in ("null", ["null"])


def _count(schema: dict[str, Json], keyword: str) -> int:
    value = schema.get(keyword)
    return value if isinstance(value, int) and value > 0 else 0
