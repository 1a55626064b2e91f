"""Lists in samples: as many items as must be, and different ones where they must differ."""

from __future__ import annotations

from typing import Any

from core.openapi.json_value import MISSING
from core.openapi.making import Maker, count
from core.openapi.shape import resolved
from core.request import Json


def array(make: Maker, schema: dict[str, Json], name: str, depth: int) -> list[Json]:
    """A list for a schema, with one item where none is asked for."""
    make.spend(2)
    listed, items = schema.get("prefixItems"), schema.get("items")
    if isinstance(items, list):  # the older spelling of prefixItems
        listed, items = items, schema.get("additionalItems")
    made: list[Json] = []
    for inner in listed if isinstance(listed, list) else ():
        value = make.value(inner, name, depth + 1)
        made.append(None if value is MISSING else value)
    wanted = max(count(schema, "minItems"), 1 if isinstance(items, dict) and items else 0)
    while len(made) < wanted:
        value = make.value(True if items is None else items, name, depth + 1)
        if value is MISSING:
            break
        made.append(value)
    if isinstance(schema.get("maxItems"), int):
        made = made[: max(schema["maxItems"], 0)]
    return _distinct(make, made, items, name) if schema.get("uniqueItems") is True else made


def _distinct(make: Maker, made: list[Json], items: Any, name: str) -> list[Json]:
    """The items, those that are there twice made different."""
    kept: list[Json] = []
    for number, item in enumerate(made, 1):
        kept.append(_variant(make, items, f"{name}_{number}", item, kept) if item in kept else item)
    return kept


def _variant(make: Maker, items: Any, name: str, item: Json, others: list[Json]) -> Json:
    enum = resolved(items, make.document).get("enum")
    candidates = [*enum] if isinstance(enum, list) else []
    if isinstance(item, int | float):
        candidates.append(item + len(others))
    for candidate in candidates:
        if candidate not in others and make.accepts(candidate, items):
            return candidate
    return make.undescribed(name)
