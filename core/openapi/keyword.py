"""What each keyword of a schema asks of a value (JSON Schema 2020-12 validation and applicators,
with the older spellings of OpenAPI 2.0 and 3.0).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from core.openapi.format import INTEGER_RANGES, has_format
from core.openapi.pattern import finds
from core.openapi.reference import pointer
from core.placeholder import is_placeholder
from core.request import Json, canonical_json
from core.wire import shorten


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that a value breaks, or that could not be decided."""

    instance: str
    """JSON pointer into the value; empty for the whole."""
    pointer: str
    """JSON pointer of the keyword in the document; ``file#/…`` in another file of the set."""
    message: str
    """What the value is and should be, to follow its name: “is 5, more than 3”."""
    decided: bool = True
    """``False`` where nobody can say whether the value is legal."""


class SchemaChecker(Protocol):
    """The way from a keyword back to the schemas inside it."""

    def check(
        self, value: Json, schema: Any, at: str, where: str, depth: int
    ) -> Iterator[Violation]:
        """Violations of a schema by a value."""

    def allows(self, value: Json, schema: Any, at: str, where: str, depth: int) -> bool | None:
        """Whether a schema accepts a value; ``None`` where it cannot be decided."""

    def is_read_only(self, schema: dict[str, Json], name: str) -> bool:
        """Whether a property is only for responses."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword where it stands: its argument, the schema around it, and both pointers."""

    argument: Any
    schema: dict[str, Json]
    at: str
    where: str
    depth: int
    checker: SchemaChecker

    def broken(self, message: str, *, decided: bool = True) -> Iterator[Violation]:
        """This keyword's violation."""
        yield Violation(self.where, self.at, message, decided)

    def inner(self, value: Json, schema: Any, *steps: str | int) -> Iterator[Violation]:
        """Violations by the same value of a schema that stands under this keyword."""
        return self.checker.check(value, schema, self.at + pointer(*steps), self.where, self.depth)

    def member(
        self, value: Json, schema: Any, name: str | int, *steps: str | int
    ) -> Iterator[Violation]:
        """Violations by a member of the value of a schema under this keyword."""
        where = self.where + pointer(name)
        return self.checker.check(value, schema, self.at + pointer(*steps), where, self.depth)

    def allows(self, value: Json, schema: Any, *steps: str | int) -> bool | None:
        """Whether a schema under this keyword accepts a value."""
        return self.checker.allows(value, schema, self.at + pointer(*steps), self.where, self.depth)


Check = Callable[[Json, Keyword], Iterator[Violation]]

_NOT_TEXT = ("integer", "number", "boolean")


def type_name(value: Json) -> str:
    """The JSON Schema type of a value: ``integer`` for whole numbers, ``1.0`` included."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def same(one: Json, other: Json) -> bool:
    """Equality as JSON has it: ``1`` is ``1.0`` but not ``true``."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return bool(one == other)


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
        shown = ", ".join(_shown(item) for item in k.argument[:12])
        more = ", …" if len(k.argument) > 12 else ""
        yield from k.broken(f"is {_shown(value)}, not one of {shown}{more}")


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
        yield from k.broken(f"is {_shown(value)}, not {_shown(k.argument)}")


def _minimum(value: Json, k: Keyword) -> Iterator[Violation]:
    if _is_number(value) and _is_number(k.argument):
        if value < k.argument:
            yield from k.broken(f"is {value}, less than {k.argument}")
        elif value == k.argument and k.schema.get("exclusiveMinimum") is True:
            yield from k.broken(f"is {value}, and must be more")


def _maximum(value: Json, k: Keyword) -> Iterator[Violation]:
    if _is_number(value) and _is_number(k.argument):
        if value > k.argument:
            yield from k.broken(f"is {value}, more than {k.argument}")
        elif value == k.argument and k.schema.get("exclusiveMaximum") is True:
            yield from k.broken(f"is {value}, and must be less")


def _exclusive_minimum(value: Json, k: Keyword) -> Iterator[Violation]:
    if _is_number(value) and _is_number(k.argument) and value <= k.argument:
        yield from k.broken(f"is {value}, not more than {k.argument}")


def _exclusive_maximum(value: Json, k: Keyword) -> Iterator[Violation]:
    if _is_number(value) and _is_number(k.argument) and value >= k.argument:
        yield from k.broken(f"is {value}, not less than {k.argument}")


def _multiple_of(value: Json, k: Keyword) -> Iterator[Violation]:
    if _is_number(value) and _is_number(k.argument) and k.argument > 0:
        try:
            ratio = value / k.argument
            is_multiple = math.isclose(ratio, round(ratio), rel_tol=1e-9, abs_tol=1e-9)
        except OverflowError:  # beyond the numbers that a float holds
            yield from k.broken(f"cannot be divided by {k.argument}", decided=False)
            return
        if not is_multiple:
            yield from k.broken(f"is {value}, not a multiple of {k.argument}")


def _at_least(kind: type, unit: str) -> Check:
    def check(value: Json, k: Keyword) -> Iterator[Violation]:
        if isinstance(value, kind) and _is_number(k.argument) and len(value) < k.argument:  # type: ignore[arg-type]
            yield from k.broken(f"has {len(value)} {unit}, fewer than {k.argument}")  # type: ignore[arg-type]

    return check


def _at_most(kind: type, unit: str) -> Check:
    def check(value: Json, k: Keyword) -> Iterator[Violation]:
        if isinstance(value, kind) and _is_number(k.argument) and len(value) > k.argument:  # type: ignore[arg-type]
            yield from k.broken(f"has {len(value)} {unit}, more than {k.argument}")  # type: ignore[arg-type]

    return check


def _pattern(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, str) and isinstance(k.argument, str):
        answer = finds(k.argument, value)
        pattern = shorten(k.argument)
        if answer is None:
            yield from k.broken(f"cannot be checked against the pattern {pattern}", decided=False)
        elif not answer:
            yield from k.broken(f"is {_shown(value)}, which does not match the pattern {pattern}")


def _format(value: Json, k: Keyword) -> Iterator[Violation]:
    if not isinstance(k.argument, str):
        return
    if k.argument in INTEGER_RANGES and _is_number(value):
        low, high = INTEGER_RANGES[k.argument]
        if not low <= value <= high:
            yield from k.broken(f"is {value}, beyond {k.argument}")
    elif isinstance(value, str) and not has_format(value, k.argument):
        yield from k.broken(f"is {_shown(value)}, not {_article(k.argument)}")


def _properties(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, dict):
        for name, item in value.items():
            if name in k.argument:
                yield from k.member(item, k.argument[name], name, name)


def _additional_properties(value: Json, k: Keyword) -> Iterator[Violation]:
    if not isinstance(value, dict) or k.argument is True:
        return
    known = k.schema.get("properties")
    patterns = k.schema.get("patternProperties")
    for name, item in value.items():
        if isinstance(known, dict) and name in known:
            continue
        if isinstance(patterns, dict) and any(finds(each, name) is not False for each in patterns):
            continue
        if k.argument is False:
            yield Violation(k.where + pointer(name), k.at, "is not among the known properties")
        else:
            yield from k.member(item, k.argument, name)


def _pattern_properties(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, dict):
        for pattern, inner in k.argument.items():
            for name, item in value.items():
                if finds(pattern, name):
                    yield from k.member(item, inner, name, pattern)


def _property_names(value: Json, k: Keyword) -> Iterator[Violation]:
    for name in value if isinstance(value, dict) else ():
        yield from k.member(name, k.argument, name)


def _required(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, list):
        for name in k.argument:
            is_there = not isinstance(name, str) or name in value
            if not is_there and not k.checker.is_read_only(k.schema, name):
                yield from k.broken(f"lacks the required property {shorten(name)}")


def _dependent_required(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, dict):
        for name, needed in k.argument.items():
            for other in needed if name in value and isinstance(needed, list) else ():
                if other not in value:
                    yield from k.broken(f"has {shorten(name)} but lacks {shorten(str(other))}")


def _dependent_schemas(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(k.argument, dict):
        for name, inner in k.argument.items():
            if name in value:
                yield from k.inner(value, inner, name)


def _items(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(k.argument, list):
        yield from _prefix_items(value, k)
    elif isinstance(value, list):
        prefix = k.schema.get("prefixItems")
        start = len(prefix) if isinstance(prefix, list) else 0
        for index, item in enumerate(value[start:], start):
            yield from k.member(item, k.argument, index)


def _prefix_items(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, list) and isinstance(k.argument, list):
        for index, (item, inner) in enumerate(zip(value, k.argument, strict=False)):
            yield from k.member(item, inner, index, index)


def _contains(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, list) and k.schema.get("minContains") != 0:
        answers = [k.allows(item, k.argument) for item in value]
        if True not in answers:
            yield from k.broken("holds no item of the wanted kind", decided=None not in answers)


def _unique_items(value: Json, k: Keyword) -> Iterator[Violation]:
    if k.argument is True and isinstance(value, list):
        items = [item for item in value[:500] if not _is_placeholder(item)]
        for index, item in enumerate(items):
            if any(same(item, other) for other in items[:index]):
                yield from k.broken(f"holds {_shown(item)} twice")
                return


def _all_of(value: Json, k: Keyword) -> Iterator[Violation]:
    for index, inner in enumerate(k.argument if isinstance(k.argument, list) else ()):
        yield from k.inner(value, inner, index)


def _any_of(value: Json, k: Keyword) -> Iterator[Violation]:
    """The violations of the alternative that comes closest, where none accepts the value."""
    closest: list[Violation] | None = None
    for index, inner in enumerate(k.argument if isinstance(k.argument, list) else ()):
        found = list(k.inner(value, inner, index))
        if not found:
            return
        if closest is None or _badness(found) < _badness(closest):
            closest = found
    yield from closest or ()


def _one_of(value: Json, k: Keyword) -> Iterator[Violation]:
    alternatives = k.argument if isinstance(k.argument, list) else []
    answers = [k.allows(value, inner, index) for index, inner in enumerate(alternatives)]
    if answers.count(True) > 1 and not _holds_placeholder(value):
        fitting = " and ".join(str(number) for number, answer in enumerate(answers, 1) if answer)
        yield from k.broken(f"fits the alternatives {fitting}, and must fit just one")
    elif True not in answers:
        if None in answers:
            yield from k.broken("cannot be checked against the alternatives", decided=False)
        else:
            yield from _any_of(value, k)


def _not(value: Json, k: Keyword) -> Iterator[Violation]:
    answer = k.allows(value, k.argument)
    if answer is not False and not _holds_placeholder(value):
        yield from k.broken("is what it must not be", decided=answer is True)


def _if(value: Json, k: Keyword) -> Iterator[Violation]:
    name = "else" if k.allows(value, k.argument) is False else "then"
    if name in k.schema:
        at = k.at.removesuffix("if") + name
        yield from k.checker.check(value, k.schema[name], at, k.where, k.depth)


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
    "minProperties": _at_least(dict, "properties"),
    "maxProperties": _at_most(dict, "properties"),
    "pattern": _pattern,
    "format": _format,
    "properties": _properties,
    "additionalProperties": _additional_properties,
    "patternProperties": _pattern_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "uniqueItems": _unique_items,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
"""The keywords that are looked at; unknown ones accept everything, as JSON Schema says."""


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_placeholder(value: Json) -> bool:
    return isinstance(value, str) and is_placeholder(value)


def _holds_placeholder(value: Json) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_placeholder, value.values()))
    if isinstance(value, list):
        return any(map(_holds_placeholder, value))
    return _is_placeholder(value)


def _badness(found: list[Violation]) -> tuple[bool, int]:
    return any(violation.decided for violation in found), len(found)


def _shown(value: Json) -> str:
    return shorten(value) if isinstance(value, str) else shorten(repr(value)).strip("“”")


def _article(name: str) -> str:
    return name if name == "null" else ("an " if name[0] in "aeio" else "a ") + name
