"""An operation's arguments as a form: the JSON schema that a model writes by, and the values of
what it wrote.

>>> form = form_of(operation)
>>> form.read('{"path": {"petId": 7}, "body": {"name": "Rex"}}', "rename pet 7 to Rex")
(Evidence(petId = 7), Evidence(name = 'Rex'))

The schema is small on every document: the first places for values that an operation has, each by
its type, its choices and its bounds. What a document says beyond that is checked afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from core.arguments.filling import Evidence
from core.arguments.slot import ITEM, Slot, slots
from core.openapi.operation import Operation
from core.openapi.schema import satisfies
from core.placeholder import is_placeholder
from core.request import Json, canonical_json

MOST_PLACES = 40
_MOST_CHOICES = 60
_MOST_ITEMS = 5
_LONGEST_TEXT = 200
_FARTHEST_BOUND = 1e15
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength")
_TYPES = ("string", "integer", "number", "boolean")
_SAID, _NOT_SAID = 2.0, 1.0
"""Scores of evidence: what the question says is given up last."""


@dataclass(frozen=True)
class Form:
    """The places for values that a model is asked to fill."""

    operation: Operation
    slots: tuple[Slot, ...]

    @property
    def schema(self) -> str:
        """A JSON schema (2020-12) of the arguments by place and name; nothing has to be given."""
        tree: dict[str, Any] = {}
        for slot in self.slots:
            _grow(tree, (slot.place, *slot.path), _Leaf(_leaf(slot)))
        return canonical_json(_object(tree))

    def read(self, text: str, question: str) -> tuple[Evidence, ...]:
        """The values that a model wrote, where they stand in the question if they do.

        What is no JSON, stands at no place or breaks the document's schema is passed over.
        """
        try:
            written = orjson.loads(text)
        except orjson.JSONDecodeError:
            return ()
        found = []
        for path, value in _leaves(written):
            slot = self._slot(path)
            if slot is None or (isinstance(value, str) and is_placeholder(value)):
                continue
            if satisfies(value, slot.schema, self.operation.document):
                found.append(_evidence(slot, value, question))
        return tuple(found)

    def _slot(self, path: tuple[str, ...]) -> Slot | None:
        for slot in self.slots:
            own = (slot.place, *slot.path)
            if path == ((*own, ITEM) if slot.is_list else own):
                return slot
        return None


def form_of(operation: Operation) -> Form:
    """The form of an operation; required places come before the others, the list is bounded."""
    found = sorted(slots(operation), key=lambda slot: not slot.required)
    return Form(operation, tuple(found[:MOST_PLACES]))


@dataclass(frozen=True)
class _Leaf:
    """The end of a branch: a member may have any name, so no key can tell it."""

    schema: dict[str, Any]


def _leaf(slot: Slot) -> dict[str, Any]:
    """A schema of one value. Patterns and formats are left out: not every grammar knows them."""
    one: dict[str, Any]
    if slot.enum:
        one = {"enum": slot.enum[:_MOST_CHOICES]}
    elif slot.kind in _TYPES:
        one = {"type": slot.kind, **{name: slot.schema[name] for name in _bounds_of(slot)}}
        if slot.kind == "string":
            one["maxLength"] = min(int(one.get("maxLength", _LONGEST_TEXT)), _LONGEST_TEXT)
            one["minLength"] = min(int(one.get("minLength", 1)), one["maxLength"])
    else:
        one = {"type": "string", "maxLength": _LONGEST_TEXT}
    if not slot.is_list:
        return one
    return {"type": "array", "items": one, "minItems": 1, "maxItems": _MOST_ITEMS}


def _bounds_of(slot: Slot) -> list[str]:
    """Those that are numbers, and small enough for any grammar."""
    given: dict[str, Any] = {name: slot.schema.get(name) for name in _BOUNDS}
    return [
        name
        for name, value in given.items()
        if type(value) in (int, float) and -_FARTHEST_BOUND <= value <= _FARTHEST_BOUND
    ]


def _grow(tree: dict[str, Any], steps: Sequence[str], leaf: _Leaf) -> None:
    """Put a leaf into a tree of members; what is in its way already stays."""
    *way, last = steps
    for step in way:
        inner = tree.setdefault(step, {})
        if isinstance(inner, _Leaf):
            return
        tree = inner
    tree.setdefault(last, leaf)


def _object(tree: dict[str, Any] | _Leaf) -> dict[str, Any]:
    if isinstance(tree, _Leaf):
        return tree.schema
    if tree.keys() == {ITEM}:
        items = _object(tree[ITEM])
        return {"type": "array", "items": items, "minItems": 1, "maxItems": _MOST_ITEMS}
    members = {name: _object(inner) for name, inner in tree.items()}
    return {"type": "object", "properties": members, "additionalProperties": False}


def _leaves(written: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    if isinstance(written, dict):
        for name, inner in written.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(written, list):
        for inner in written:
            yield from _leaves(inner, (*path, ITEM))
    else:
        yield path, written


def _evidence(slot: Slot, value: Json, question: str) -> Evidence:
    text = value if isinstance(value, str) else canonical_json(value)
    said = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", question, re.IGNORECASE)
    if said is None or not text:
        return Evidence(slot, value, 0, 0, _NOT_SAID)
    return Evidence(slot, value, said.start(), said.end(), _SAID)
