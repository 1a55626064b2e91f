"""What keywords ask of a value itself (JSON Schema 2020-12 validation, and the older spellings of
OpenAPI 2.0 and 3.0).
"""

from __future__ import annotations

from collections.abc import Iterator

from core.openapi.format import INTEGER_RANGES, has_format
from core.openapi.json_value import exact
from core.openapi.keyword import (
    Check,
    Keyword,
    Violation,
    is_kept_for_responses,
    is_number,
    same,
    shown,
    type_name,
)
from core.openapi.pattern import finds
from core.openapi.reference import pointer
from core.placeholder import is_placeholder
from core.request import Json, canonical_json
from core.wire import shorten

_NOT_TEXT = ("integer", "number", "boolean")


def _type(value: Json, k: Keyword) -> Iterator[Violation]:
    allowed = k.argument if isinstance(k.argument, list) else [k.argument]
    name = type_name(value)
    if name in allowed or (name == "integer" and "number" in allowed):
        return
    if allowed in (["any"], [None]) or (name == "string" and "file" in allowed):
        return  # 2.0's file, and what some documents write for “anything”
    yield from k.broken(f"is {_article(name)}, not {' or '.join(map(str, allowed))}")


def _enum(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(k.argument, list) and k.argument:
        if any(same(value, item) or _spells(item, value, k.schema) for item in k.argument):
            return
        if isinstance(value, list) and _lists_items(k):
            yield from _enum_of_items(value, k)
            return
        listed = ", ".join(shown(item) for item in k.argument[:12])
        more = ", …" if len(k.argument) > 12 else ""
        yield from k.broken(f"is {shown(value)}, not one of {listed}{more}")


def _spells(item: Json, value: Json, schema: dict[str, Json]) -> bool:
    """Whether a member of an enum that breaks the type beside it is a value's text: many
    documents write ``enum: ["1", "2"]`` for an integer, or ``[1, 2]`` for a string.
    """
    kind = schema.get("type")
    if isinstance(item, str) and isinstance(value, int | float) and kind in _NOT_TEXT:
        return item == canonical_json(value)
    if isinstance(value, str) and isinstance(item, int | float) and kind == "string":
        return value == canonical_json(item)
    return False


def _lists_items(k: Keyword) -> bool:
    """Whether an enum beside ``type: array`` can only mean the items."""
    return k.schema.get("type") == "array" and not any(
        isinstance(each, list) for each in k.argument
    )


def _enum_of_items(value: list[Json], k: Keyword) -> Iterator[Violation]:
    around = {"enum": k.argument}
    for index, item in enumerate(value):
        yield from k.checker.check(
            item, around, k.at.removesuffix("/enum"), k.where + pointer(index), k.depth
        )


def _const(value: Json, k: Keyword) -> Iterator[Violation]:
    if not same(value, k.argument):
        yield from k.broken(f"is {shown(value)}, not {shown(k.argument)}")


def _minimum(value: Json, k: Keyword) -> Iterator[Violation]:
    if is_number(value) and is_number(k.argument):
        if value < k.argument:
            yield from k.broken(f"is {value}, less than {k.argument}")
        elif value == k.argument and k.schema.get("exclusiveMinimum") is True:
            yield from k.broken(f"is {value}, and must be more")


def _maximum(value: Json, k: Keyword) -> Iterator[Violation]:
    if is_number(value) and is_number(k.argument):
        if value > k.argument:
            yield from k.broken(f"is {value}, more than {k.argument}")
        elif value == k.argument and k.schema.get("exclusiveMaximum") is True:
            yield from k.broken(f"is {value}, and must be less")


def _exclusive_minimum(value: Json, k: Keyword) -> Iterator[Violation]:
    if is_number(value) and is_number(k.argument) and value <= k.argument:
        yield from k.broken(f"is {value}, not more than {k.argument}")


def _exclusive_maximum(value: Json, k: Keyword) -> Iterator[Violation]:
    if is_number(value) and is_number(k.argument) and value >= k.argument:
        yield from k.broken(f"is {value}, not less than {k.argument}")


def _multiple_of(value: Json, k: Keyword) -> Iterator[Violation]:
    number, step = exact(value), exact(k.argument)
    if number is None or step is None or step <= 0:
        return
    if (number / step).denominator != 1:
        yield from k.broken(f"is {value}, not a multiple of {k.argument}")


def _at_least(kind: type, unit: str) -> Check:
    def check(value: Json, k: Keyword) -> Iterator[Violation]:
        if isinstance(value, kind) and is_number(k.argument) and len(value) < k.argument:  # type: ignore[arg-type]
            yield from k.broken(f"has {len(value)} {unit}, fewer than {k.argument}")  # type: ignore[arg-type]

    return check


def _at_most(kind: type, unit: str) -> Check:
    def check(value: Json, k: Keyword) -> Iterator[Violation]:
        if isinstance(value, kind) and is_number(k.argument) and len(value) > k.argument:  # type: ignore[arg-type]
            yield from k.broken(f"has {len(value)} {unit}, more than {k.argument}")  # type: ignore[arg-type]

    return check


def _pattern(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, str) and isinstance(k.argument, str):
        answer = finds(k.argument, value)
        pattern = shorten(k.argument)
        if answer is None:
            yield from k.broken(f"cannot be checked against the pattern {pattern}", decided=False)
        elif not answer:
            yield from k.broken(f"is {shown(value)}, which does not match the pattern {pattern}")


def _format(value: Json, k: Keyword) -> Iterator[Violation]:
    if not isinstance(k.argument, str):
        return
    if k.argument in INTEGER_RANGES and is_number(value):
        low, high = INTEGER_RANGES[k.argument]
        if not low <= value <= high:
            yield from k.broken(f"is {value}, beyond {k.argument}")
    elif isinstance(value, str) and not has_format(value, k.argument):
        yield from k.broken(f"is {shown(value)}, not {_article(k.argument)}")


def _unique_items(value: Json, k: Keyword) -> Iterator[Violation]:
    if k.argument is True and isinstance(value, list):
        items = [
            item for item in value[:500] if not (isinstance(item, str) and is_placeholder(item))
        ]
        for index, item in enumerate(items):
            if any(same(item, other) for other in items[:index]):
                yield from k.broken(f"holds {shown(item)} twice")
                return


def _required(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, list):
        for name in k.argument:
            is_there = not isinstance(name, str) or name in value
            if not is_there and not is_kept_for_responses(name, k):
                message = f"lacks the required property {shorten(name)}"
                yield Violation(k.where, k.at, message, missing=name)


def _dependent_required(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, dict):
        for name, needed in k.argument.items():
            for other in needed if name in value and isinstance(needed, list) else ():
                if other not in value:
                    yield from k.broken(f"has {shorten(name)} but lacks {shorten(str(other))}")


def _is_placeholder(value: Json) -> bool:
    return isinstance(value, str) and is_placeholder(value)


CHECKS: dict[str, Check] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "exclusiveMaximum": _exclusive_maximum,
    "multipleOf": _multiple_of,
    "minLength": _at_least(str, "characters"),
    "maxLength": _at_most(str, "characters"),
    "minItems": _at_least(list, "items"),
    "maxItems": _at_most(list, "items"),
    "uniqueItems": _unique_items,
    "minProperties": _at_least(dict, "properties"),
    "maxProperties": _at_most(dict, "properties"),
    "required": _required,
    "dependentRequired": _dependent_required,
    "pattern": _pattern,
    "format": _format,
}
"""What each of these keywords asks of a value."""


def _article(name: str) -> str:
    return name if name == "null" else ("an " if name[0] in "aeio" else "a ") + name
