"""Objects in samples: the members that one schema describes, and what several ask for together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from core.openapi.discriminator import Tag, word_for
from core.openapi.json_value import MISSING
from core.openapi.making import Maker, Whole, count
from core.openapi.shape import is_read_only, own_properties, own_required
from core.request import Json

Parts = Sequence[dict[str, Json]]
"""The schemas that make one object together."""

_ASKING = ("required", "minProperties", "maxProperties")


def members(
    make: Maker, schema: dict[str, Json], depth: int, around: frozenset[str]
) -> dict[str, Json]:
    """The members that one schema describes; ``around`` are names that others require."""
    make.spend(2)
    shows_optional = depth < make.optional_depth
    required = around.union(() if shows_optional else own_required(schema))
    made: dict[str, Json] = {}
    for name, inner in own_properties(schema).items():
        if (shows_optional or name in required) and not is_read_only(make.document, schema, name):
            _add(make, made, name, inner, depth)
    additional = schema.get("additionalProperties")
    if shows_optional and isinstance(additional, dict) and additional:
        for name in ("property1", "property2"):
            _add(make, made, name, additional, depth)
    return made


def completed(make: Maker, made: dict[str, Json], whole: Whole, depth: int) -> dict[str, Json]:
    """An object with what its schemas ask of it together."""
    parts = whole.parts
    if len(parts) == 1 and not whole.tags and all(name not in parts[0] for name in _ASKING):
        return made
    made = dict(made)
    required = [name for part in parts for name in own_required(part)]
    for name in required:
        if name not in made and not is_read_only_by(make, parts, name):
            _add_described(make, made, name, parts, depth)
    least = max([count(part, "minProperties") for part in parts])
    if len(made) < least:
        _fill(make, made, least, parts, depth)
    if len(parts) > 1:
        _reconcile(make, made, parts, depth)
        _close(made, parts, required)
    most = min([count(part, "maxProperties") or len(made) for part in parts])
    if most < len(made):
        for name in [name for name in made if name not in required][most - len(made) :]:
            del made[name]
    for tag in whole.tags if make.judges else ():
        set_tag(make, made, tag, whole)
    return made


def is_read_only_by(make: Maker, parts: Parts, name: str) -> bool:
    """Whether any of the schemas keeps a property for responses."""
    return any(is_read_only(make.document, part, name) for part in parts)


def set_tag(make: Maker, made: dict[str, Json], tag: Tag, whole: Whole) -> None:
    """The word that says which schema the object follows, where its property allows it."""
    word = word_for(whole.reference, tag, make.document) if whole.reference else ""
    own = [own_properties(part).get(tag.name, True) for part in whole.parts]
    if word and all(make.accepts(word, inner) for inner in own):
        made[tag.name] = word


def _add(make: Maker, made: dict[str, Json], name: str, schema: Any, depth: int) -> None:
    make.spend(len(name) + 4)
    value = make.value(schema, name, depth + 1)
    if value is not MISSING:
        made[name] = value


def _add_described(make: Maker, made: dict[str, Json], name: str, parts: Parts, depth: int) -> None:
    """A member by whatever part describes it; one that none does takes any value."""
    others = [part["additionalProperties"] for part in parts if "additionalProperties" in part]
    for inner in _descriptions(parts, name) or [each for each in others if isinstance(each, dict)]:
        _add(make, made, name, inner, depth)
        if name in made:
            return
    _add(make, made, name, True, depth)


def _descriptions(parts: Parts, name: str) -> list[Any]:
    return [own_properties(part)[name] for part in parts if name in own_properties(part)]


def _fill(make: Maker, made: dict[str, Json], least: int, parts: Parts, depth: int) -> None:
    """Optional members, then made-up ones, until there are as many as must be."""
    described = [name for part in parts for name in own_properties(part)]
    made_up = (f"property{number}" for number in range(1, least + 1))
    is_open = all(part.get("additionalProperties") is not False for part in parts)
    for name in itertools.chain(described, made_up if is_open else ()):
        if len(made) >= least:
            return
        if name not in made and not is_read_only_by(make, parts, name):
            _add_described(make, made, name, parts, depth)


def _reconcile(make: Maker, made: dict[str, Json], parts: Parts, depth: int) -> None:
    """Makes members anew that several parts describe, each in its own way."""
    for name in made if make.judges else ():
        inner = _descriptions(parts, name)
        if any(each != inner[0] for each in inner[1:]):
            value = make.value({"allOf": inner}, name, depth + 1)
            if value is not MISSING and all(make.accepts(value, each) for each in inner):
                made[name] = value


def _close(made: dict[str, Json], parts: Parts, required: list[str]) -> None:
    """Leaves out members that another part does not let in."""
    for part in parts:
        if part.get("additionalProperties") is False and "patternProperties" not in part:
            known = own_properties(part)
            for name in [name for name in made if name not in known and name not in required]:
                del made[name]
