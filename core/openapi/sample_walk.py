"""One walk through a schema that makes a value for it.

A value can come from several schemas at once (``$ref`` with siblings, ``allOf``, an alternative):
each gives its part, then the whole is completed with what they ask of it together. A cycle ends in
what its schema requires. The walk is bounded in bytes, in depth and in steps.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

from core.errors import DanglingReferenceError
from core.openapi.discriminator import derived_reference, tag_of
from core.openapi.document import Document
from core.openapi.json_value import MISSING, laid_over, size
from core.openapi.making import MAX_DEPTH, Taste, TooLargeError, Whole, count
from core.openapi.sample_array import array
from core.openapi.sample_object import completed, is_read_only_by, members, set_tag
from core.openapi.shape import (
    ALTERNATIVES,
    is_telling,
    own_properties,
    own_required,
    parts_of,
    resolved,
    schema_type,
)
from core.request import Json

MAX_LEVEL = 60
"""Schemas within one another: more would come near Python's own limit on recursion."""

MAX_STEPS = 20_000
"""Schemas looked at in one walk; only circles that give no value come so far."""

MAX_TRIES = 6
"""Alternatives of one schema that are tried."""

_COMPOSING = frozenset({"$ref", "allOf", *ALTERNATIVES})
_GIVING = frozenset({"example", "examples", "const", "enum", "default"})
_SCALARS = ("string", "integer", "number", "boolean")


class Walk:
    """One attempt at a value: optional members are taken down to ``optional_depth`` only."""

    def __init__(
        self,
        document: Document,
        taste: Taste,
        cap: int,
        optional_depth: int,
        required_only: Callable[[str], Json] | None = None,
    ) -> None:
        """``required_only`` gives the smallest value for a reference: what ends a cycle. A walk
        that makes such values has none.
        """
        self.document = document
        self.optional_depth = optional_depth
        self.notes: list[str] = []
        self._taste = taste
        self._cap = self._room = cap
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
        whole = Whole()
        made = self._part(schema, name, depth, whole)
        if whole.parts and isinstance(made, dict):
            made = completed(self, made, whole, depth)
        self._open.difference_update(whole.opened)
        return made

    def undescribed(self, name: str) -> Json:
        """A value that no schema describes."""
        return self._taken(self._taste.leaf({}, "", name))

    def accepts(self, value: Json, schema: Any) -> bool:
        """Whether a value will do for a schema, by the taste of the policy."""
        return self._taste.accept is None or self._taste.accept(value, schema, self.document)

    @property
    def judges(self) -> bool:
        """Whether the policy has such a taste at all."""
        return self._taste.accept is not None

    def spend(self, amount: int) -> None:
        """Counts bytes. Raises ``TooLargeError``."""
        self._room -= amount
        if self._room < 0:
            raise TooLargeError

    def sendable(self, value: Json, schema: Any, depth: int) -> Json:
        """A given value without what only responses hold and, below the optional depth, without
        what is not required.
        """
        if isinstance(value, list):
            items = resolved(schema, self.document).get("items")
            return [self.sendable(item, items, depth + 1) for item in value]
        if not isinstance(value, dict) or depth > MAX_DEPTH:
            return value
        parts = list(parts_of(schema, self.document))
        required = {name for part in parts for name in own_required(part)}
        required |= {tag.name for part in parts if (tag := tag_of(part.get("discriminator")))}
        kept: dict[str, Json] = {}
        for name, item in value.items():
            inner = [own_properties(part)[name] for part in parts if name in own_properties(part)]
            if inner and depth >= self.optional_depth and name not in required:
                continue
            if not is_read_only_by(self, parts, name):
                kept[name] = self.sendable(item, inner[0], depth + 1) if inner else item
        return kept

    def _part(self, schema: Any, name: str, depth: int, whole: Whole) -> Json:
        """What one of the schemas of a value gives to it."""
        if not isinstance(schema, dict):
            return self.undescribed(name) if schema is True else MISSING
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
        if len(schema) == 1 or not self.document.has_sibling_keywords:
            return False
        return is_telling(schema) or not _GIVING.isdisjoint(schema)

    def _referenced(self, reference: str, name: str, depth: int, whole: Whole) -> Json:
        if reference in self._open or depth > MAX_DEPTH:
            return self._end_of_cycle(reference, whole)
        try:
            target = self.document.references.find(reference)
        except DanglingReferenceError as error:
            self.notes.append(str(error))
            return MISSING
        if not whole.is_composed and isinstance(target, dict) and "discriminator" in target:
            self._note_tag(target, whole)
            reference = derived_reference(reference, target, self.document)
            target = self.document.references.find(reference)
        whole.reference = reference
        whole.opened += (reference,)
        self._open.add(reference)
        return self._part(target, name, depth, whole)

    def _end_of_cycle(self, reference: str, whole: Whole) -> Json:
        """What the schema requires of a value that would go on for ever."""
        try:
            target = self.document.resolve({"$ref": reference})
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
        if kind == "array" and not count(target, "minItems"):
            return []
        if self._required_only is None:
            return MISSING
        return self._taken(self._required_only(reference))

    def _note_tag(self, schema: dict[str, Json], whole: Whole) -> None:
        tag = tag_of(schema.get("discriminator"))
        if tag is not None and tag not in whole.tags:
            whole.tags += (tag,)

    def _plain(self, schema: dict[str, Json], name: str, depth: int, whole: Whole) -> Json:
        given = self._given(schema, depth)
        if given is not MISSING:
            return given
        if "discriminator" in schema:
            self._note_tag(schema, whole)
        if _COMPOSING.isdisjoint(schema):
            return self._typed(schema, name, depth, whole)
        return self._composed(schema, name, depth, whole)

    def _given(self, schema: dict[str, Json], depth: int) -> Json:
        """What the schema itself shows, as far as it is to be sent and within the cap."""
        value = self._taste.choose(schema, self.document, self.notes)
        if value is MISSING:
            return value
        if isinstance(value, dict | list) and self.judges:
            sendable = self.sendable(value, schema, depth)
            if sendable != value and self.accepts(sendable, schema):
                value = sendable
        cost = size(value)
        if cost > self._cap:
            return MISSING
        self.spend(cost)
        return value

    def _scalar(self, schema: dict[str, Json], name: str, depth: int) -> Json:
        """What :meth:`_part` makes of most schemas, without the way there."""
        self._steps += 1
        given = self._given(schema, depth)
        if given is not MISSING:
            return given
        return self._taken(self._taste.leaf(schema, schema["type"], name))

    def _typed(self, schema: dict[str, Json], name: str, depth: int, whole: Whole) -> Json:
        kind = schema_type(schema)
        if kind == "object":
            whole.parts += (schema,)
            return members(self, schema, depth, whole.required)
        if kind == "array":
            return array(self, schema, name, depth)
        return self._taken(self._taste.leaf(schema, kind, name))

    def _composed(self, schema: dict[str, Json], name: str, depth: int, whole: Whole) -> Json:
        """The parts of a schema together, with the first alternative that will do."""
        whole.is_composed = True
        if (only := _only_part(schema)) is not None:
            reference = whole.reference
            made = self._part(only, name, depth, whole)
            whole.reference = reference
            return made
        tries = self._tries(schema, depth)
        start, room = copy.copy(whole), self._room
        usable = tries[:0]
        for alternative, optional_depth in tries:
            made = self._tried(schema, alternative, name, depth, whole, optional_depth)
            if made is not MISSING:
                if len(tries) == 1 or self.accepts(made, schema):
                    return made
                usable.append((alternative, optional_depth))
            self._back_to(start, room, whole)
        if not usable:
            return MISSING
        return self._tried(schema, usable[0][0], name, depth, whole, usable[0][1])  # none will do

    def _tries(self, schema: dict[str, Json], depth: int) -> list[tuple[Json, int]]:
        """The alternatives to try, and how deep optional members are shown: where one with its
        required members alone would also fit another, one optional level may tell them apart.
        """
        for keyword in ALTERNATIVES:
            listed = schema.get(keyword)
            if isinstance(listed, list) and listed:
                named = [each for each in listed if not _is_null(each)] or listed
                depths = dict.fromkeys((self.optional_depth, max(self.optional_depth, depth + 1)))
                return [(each, optional) for optional in depths for each in named[:MAX_TRIES]]
        return [(MISSING, self.optional_depth)]

    def _tried(
        self,
        schema: dict[str, Json],
        alternative: Json,
        name: str,
        depth: int,
        whole: Whole,
        optional_depth: int,
    ) -> Json:
        usual_depth, self.optional_depth = self.optional_depth, optional_depth
        if depth >= optional_depth:
            for outer in (schema, alternative):
                for part in parts_of(outer, self.document, ("allOf",)):
                    whole.required |= set(own_required(part))
        made = self._together(schema, alternative, name, depth, whole)
        tag = tag_of(schema["discriminator"]) if "discriminator" in schema else None
        if tag is not None and isinstance(made, dict) and self.judges:
            set_tag(self, made, tag, whole)
        self.optional_depth = usual_depth
        return made

    def _back_to(self, start: Whole, room: int, whole: Whole) -> None:
        """Forgets what an alternative that will not do has left behind."""
        self._room = room
        self._open.difference_update(set(whole.opened).difference(start.opened))
        whole.reference, whole.required, whole.parts = start.reference, start.required, start.parts
        whole.tags, whole.opened = start.tags, start.opened

    def _together(
        self, schema: dict[str, Json], alternative: Json, name: str, depth: int, whole: Whole
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
        if not values:
            return self._typed(beside, name, depth, whole)
        values = [value for value in values if value is not MISSING]
        objects = [value for value in values if isinstance(value, dict)]
        if objects:
            return functools.reduce(laid_over, objects, {})
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
            piece = piece if piece is schema else resolved(piece, self.document)
            united |= {key: value for key, value in piece.items() if key not in _COMPOSING}
        return united

    def _taken(self, value: Json) -> Json:
        self.spend(size(value))
        return value


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
