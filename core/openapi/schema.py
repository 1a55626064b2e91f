"""Does a JSON value satisfy a schema of a document, and if not, what proves it?

The Schema Objects of 2.0 and 3.0 and JSON Schema 2020-12 of 3.1, for values that a request sends:
``readOnly`` properties are not required, placeholders satisfy every schema. Each violation carries
the JSON pointer of the keyword that it breaks, across references. Bounded in time: what cannot be
decided within the bounds, or at all (a ``pattern`` that Python's ``re`` does not read), is said to
be undecided, never guessed.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import re
import uuid
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import DanglingReferenceError
from core.openapi.document import Document
from core.openapi.reference import pointer
from core.placeholder import is_placeholder
from core.request import Json
from core.wire import shorten

MAX_STEPS = 20_000
"""Schemas looked at for one value before the answer is “undecided”."""

MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that a value breaks, or that could not be decided."""

    instance: str
    """JSON pointer into the value; empty for the whole."""
    pointer: str
    """JSON pointer of the keyword in the document; ``file#/…`` in another file of the set."""
    message: str
    decided: bool = True
    """``False`` where nobody can say whether the value is legal."""


def violations(value: Json, schema: Any, document: Document, at: str = "") -> list[Violation]:
    """What a value breaks of the schema that stands at the pointer ``at``; empty means legal."""
    return list(_Checker(document).check(value, schema, at, "", 0))


def satisfies(value: Json, schema: Any, document: Document) -> bool:
    """Whether a value is not known to be illegal."""
    return not any(found.decided for found in _Checker(document).check(value, schema, "", "", 0))


class _Checker:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.siblings_count = document.version not in ("2.0", "3.0")
        """Whether keywords beside a ``$ref`` apply (3.1) or are ignored."""
        self.steps = 0

    def check(
        self, value: Json, schema: Any, at: str, where: str, depth: int
    ) -> Iterator[Violation]:
        if schema is True or not isinstance(schema, dict):
            if schema is False:
                yield Violation(where, at, "nothing is allowed here")
            return
        self.steps += 1
        if self.steps > MAX_STEPS or depth > MAX_DEPTH:
            yield Violation(
                where, at, "the schema is too deep to be checked in bounded time", decided=False
            )
            return
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield from self._referenced(value, reference, at, where, depth)
            if not self.siblings_count:
                return
        if isinstance(value, str) and is_placeholder(value):
            return
        if value is None and schema.get("nullable") is True:
            return
        for keyword, argument in schema.items():
            check = _CHECKS.get(keyword)
            if check is not None:
                yield from check(self, value, argument, schema, f"{at}/{keyword}", where, depth + 1)

    def allows(self, value: Json, schema: Any, at: str, where: str, depth: int) -> bool | None:
        """Whether a schema accepts a value; ``None`` where it cannot be decided."""
        found = list(self.check(value, schema, at, where, depth))
        if any(violation.decided for violation in found):
            return False
        return None if found else True

    def _referenced(
        self, value: Json, reference: str, at: str, where: str, depth: int
    ) -> Iterator[Violation]:
        try:
            target = self.document.references.find(reference)
        except DanglingReferenceError as error:
            yield Violation(where, f"{at}/$ref", str(error), decided=False)
            return
        target_at = reference[1:] if reference.startswith("#/") else reference
        yield from self.check(value, target, target_at, where, depth + 1)


Check = Callable[[_Checker, Json, Any, dict[str, Json], str, str, int], Iterator[Violation]]


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


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _type(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    allowed = argument if isinstance(argument, list) else [argument]
    name = type_name(value)
    if (
        name in allowed
        or (name == "integer" and "number" in allowed)
        or allowed == ["any"]
        or allowed == [None]
    ):
        return
    if "file" in allowed and name == "string":
        return  # 2.0
    if value is None and schema.get("x-nullable") is True:
        return
    yield Violation(where, at, f"is {_article(name)}, not {' or '.join(map(str, allowed))}")


def _enum(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(argument, list) and argument and not any(same(value, item) for item in argument):
        shown = ", ".join(_shown(item) for item in argument[:12]) + (
            ", …" if len(argument) > 12 else ""
        )
        yield Violation(where, at, f"is {_shown(value)}, not one of {shown}")


def _const(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not same(value, argument):
        yield Violation(where, at, f"is {_shown(value)}, not {_shown(argument)}")


def _minimum(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if _is_number(value) and _is_number(argument):
        if value < argument:
            yield Violation(where, at, f"is {value}, less than {argument}")
        elif value == argument and schema.get("exclusiveMinimum") is True:
            yield Violation(where, at, f"is {value}, and must be more")


def _maximum(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if _is_number(value) and _is_number(argument):
        if value > argument:
            yield Violation(where, at, f"is {value}, more than {argument}")
        elif value == argument and schema.get("exclusiveMaximum") is True:
            yield Violation(where, at, f"is {value}, and must be less")


def _exclusive_minimum(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if _is_number(value) and _is_number(argument) and value <= argument:
        yield Violation(where, at, f"is {value}, not more than {argument}")


def _exclusive_maximum(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if _is_number(value) and _is_number(argument) and value >= argument:
        yield Violation(where, at, f"is {value}, not less than {argument}")


def _multiple_of(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if _is_number(value) and _is_number(argument) and argument > 0:
        ratio = value / argument
        if not math.isclose(ratio, round(ratio), rel_tol=1e-9, abs_tol=1e-9):
            yield Violation(where, at, f"is {value}, not a multiple of {argument}")


def _length(kind: type, less: bool, unit: str) -> Check:
    def check(
        c: _Checker,
        value: Json,
        argument: Any,
        schema: dict[str, Json],
        at: str,
        where: str,
        depth: int,
    ) -> Iterator[Violation]:
        if isinstance(value, kind) and _is_number(argument):
            size = len(value)  # type: ignore[arg-type]
            if (size < argument) if less else (size > argument):
                yield Violation(
                    where, at, f"has {size} {unit}, {'fewer' if less else 'more'} than {argument}"
                )

    return check


def _pattern(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(value, str) or not isinstance(argument, str):
        return
    compiled = compiled_pattern(argument)
    if compiled is None or len(value) > 10_000:
        yield Violation(
            where, at, f"cannot be checked against the pattern {shorten(argument)}", decided=False
        )
    elif not compiled.search(value):
        yield Violation(
            where, at, f"is {_shown(value)}, which does not match the pattern {shorten(argument)}"
        )


def _format(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(argument, str):
        return
    if argument in _INTEGER_RANGES and _is_number(value):
        low, high = _INTEGER_RANGES[argument]
        if not low <= value <= high:
            yield Violation(where, at, f"is {value}, beyond {argument}")
    elif isinstance(value, str) and argument in _FORMATS and not _FORMATS[argument](value):
        yield Violation(where, at, f"is {_shown(value)}, not {_article(argument)}")


def _properties(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(argument, dict):
        for name, item in value.items():
            if name in argument:
                yield from c.check(
                    item, argument[name], at + pointer(name), where + pointer(name), depth
                )


def _additional(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(value, dict) or argument is True:
        return
    known = schema.get("properties")
    patterns = schema.get("patternProperties")
    for name, item in value.items():
        if isinstance(known, dict) and name in known:
            continue
        if isinstance(patterns, dict) and any(
            _finds(pattern, name) is not False for pattern in patterns
        ):
            continue
        if argument is False:
            yield Violation(
                where + pointer(name), at, f"is not a known property, and others are not allowed"
            )
        else:
            yield from c.check(item, argument, at, where + pointer(name), depth)


def _pattern_properties(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(argument, dict):
        for pattern, inner in argument.items():
            for name, item in value.items():
                if _finds(pattern, name):
                    yield from c.check(
                        item, inner, at + pointer(pattern), where + pointer(name), depth
                    )


def _property_names(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict):
        for name in value:
            yield from c.check(name, argument, at, where + pointer(name), depth)


def _required(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(argument, list):
        for name in argument:
            if (
                isinstance(name, str)
                and name not in value
                and not is_read_only(c.document, schema, name)
            ):
                yield Violation(where, at, f"lacks the required property {shorten(name)}")


def _dependent_required(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(argument, dict):
        for name, needed in argument.items():
            for other in needed if name in value and isinstance(needed, list) else ():
                if other not in value:
                    yield Violation(
                        where,
                        at + pointer(name),
                        f"has {shorten(name)} but lacks {shorten(str(other))}",
                    )


def _dependent_schemas(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, dict) and isinstance(argument, dict):
        for name, inner in argument.items():
            if name in value:
                yield from c.check(value, inner, at + pointer(name), where, depth)


def _items(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(value, list):
        return
    if isinstance(argument, list):
        yield from _prefix_items(c, value, argument, schema, at, where, depth)
        return
    prefix = schema.get("prefixItems")
    start = len(prefix) if isinstance(prefix, list) else 0
    for index, item in enumerate(value[start:], start):
        yield from c.check(item, argument, at, f"{where}/{index}", depth)


def _prefix_items(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, list) and isinstance(argument, list):
        for index, (item, inner) in enumerate(zip(value, argument, strict=False)):
            yield from c.check(item, inner, f"{at}/{index}", f"{where}/{index}", depth)


def _contains(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if isinstance(value, list) and schema.get("minContains") != 0:
        answers = [c.allows(item, argument, at, where, depth) for item in value]
        if True not in answers:
            yield Violation(
                where, at, "holds no item of the wanted kind", decided=None not in answers
            )


def _unique(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if argument is True and isinstance(value, list) and len(value) > 1:
        seen = [
            item
            for index, item in enumerate(value[:500])
            if any(same(item, other) for other in value[:index])
        ]
        if any(not (isinstance(item, str) and is_placeholder(item)) for item in seen):
            yield Violation(where, at, "holds the same item twice")


def _all_of(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    for index, inner in enumerate(argument if isinstance(argument, list) else ()):
        yield from c.check(value, inner, f"{at}/{index}", where, depth)


def _any_of(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(argument, list) or not argument:
        return
    closest: list[Violation] | None = None
    for index, inner in enumerate(argument):
        found = list(c.check(value, inner, f"{at}/{index}", where, depth))
        if not found:
            return
        if closest is None or _badness(found) < _badness(closest):
            closest = found
    yield from closest or ()


def _one_of(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    if not isinstance(argument, list) or not argument:
        return
    answers = [
        c.allows(value, inner, f"{at}/{index}", where, depth)
        for index, inner in enumerate(argument)
    ]
    if answers.count(True) == 1 and None not in answers:
        return
    if answers.count(True) > 1:
        if not _holds_any_placeholder(value):
            fitting = " and ".join(str(index + 1) for index, answer in enumerate(answers) if answer)
            yield Violation(
                where,
                at,
                f"fits more than one of the alternatives ({fitting}), and must fit just one",
            )
    elif None in answers:
        yield Violation(where, at, "cannot be checked against the alternatives", decided=False)
    else:
        yield from _any_of(c, value, argument, schema, at, where, depth)


def _not(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    answer = c.allows(value, argument, at, where, depth)
    if answer is not False and not _holds_any_placeholder(value):
        yield Violation(where, at, "is what it must not be", decided=answer is True)


def _if(
    c: _Checker,
    value: Json,
    argument: Any,
    schema: dict[str, Json],
    at: str,
    where: str,
    depth: int,
) -> Iterator[Violation]:
    answer = c.allows(value, argument, at, where, depth)
    keyword = "else" if answer is False else "then"
    if keyword in schema:
        yield from c.check(value, schema[keyword], at.removesuffix("if") + keyword, where, depth)


_CHECKS: dict[str, Check] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _exclusive_minimum,
    "exclusiveMaximum": _exclusive_maximum,
    "multipleOf": _multiple_of,
    "minLength": _length(str, True, "characters"),
    "maxLength": _length(str, False, "characters"),
    "minItems": _length(list, True, "items"),
    "maxItems": _length(list, False, "items"),
    "minProperties": _length(dict, True, "properties"),
    "maxProperties": _length(dict, False, "properties"),
    "pattern": _pattern,
    "format": _format,
    "properties": _properties,
    "additionalProperties": _additional,
    "patternProperties": _pattern_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "uniqueItems": _unique,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}


def is_read_only(document: Document, schema: dict[str, Json], name: str) -> bool:
    """Whether a property is only for responses, so that a request need not send it."""
    properties = schema.get("properties")
    inner = properties.get(name) if isinstance(properties, dict) else None
    try:
        inner = document.resolve(inner)
    except DanglingReferenceError:
        return False
    return isinstance(inner, dict) and inner.get("readOnly") is True


def same(one: Json, other: Json) -> bool:
    """Equality as JSON has it: ``1`` is ``1.0`` but not ``true``."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return bool(one == other)


@functools.lru_cache(maxsize=4096)
def compiled_pattern(pattern: str) -> re.Pattern[str] | None:
    """An ECMA 262 pattern as Python's ``re``; ``None`` where it does not compile or may run away."""
    text = pattern.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    if len(text) > 2_000 or _runs_away(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "possible nested set": ECMA 262 has none
            return re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


_nested_quantifier = re.compile(r"[+*}]\??\)[+*{]")


def _runs_away(pattern: str) -> bool:
    """Nested quantifiers, which can take exponential time on a value from a stranger."""
    return _nested_quantifier.search(pattern) is not None


def _finds(pattern: str, text: str) -> bool | None:
    compiled = compiled_pattern(pattern)
    return None if compiled is None else compiled.search(text) is not None


def _badness(found: list[Violation]) -> tuple[bool, int]:
    return any(violation.decided for violation in found), len(found)


def _holds_any_placeholder(value: Json) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_any_placeholder, value.values()))
    if isinstance(value, list):
        return any(map(_holds_any_placeholder, value))
    return isinstance(value, str) and is_placeholder(value)


def _shown(value: Json) -> str:
    return shorten(value) if isinstance(value, str) else shorten(repr(value)).strip("“”")


def _article(name: str) -> str:
    return name if name == "null" else ("an " if name[0] in "aeio" else "a ") + name


_INTEGER_RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}

_is_date = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII).fullmatch
_is_date_time = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-4]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:?\d\d)",
    re.ASCII,
).fullmatch
_is_email = re.compile(r"[^@\s]+@[^@\s]+").fullmatch


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False


def _is_address(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        try:
            parse(value)
        except ValueError:
            return False
        return True

    return check


_FORMATS: dict[str, Callable[[str], object]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "email": _is_email,
    "uuid": _is_uuid,
    "ipv4": _is_address(ipaddress.IPv4Address),
    "ipv6": _is_address(ipaddress.IPv6Address),
}
