"""What keywords ask of a value through the schemas inside them (JSON Schema 2020-12 core)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.openapi.discriminator import tag_of, word_for
from core.openapi.keyword import Check, Keyword, Violation, is_kept_for_responses, is_number
from core.openapi.pattern import finds
from core.openapi.reference import pointer
from core.openapi.shape import own_properties, resolved
from core.placeholder import is_placeholder
from core.request import Json

MAX_DEPTH = 20
"""Schemas within one another that are searched for what they know of an object's names."""


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
    if not isinstance(value, list):
        return
    answers = [k.allows(item, k.argument) for item in value]
    sure, possible = answers.count(True), len(answers) - answers.count(False)
    least, most = k.schema.get("minContains", 1), k.schema.get("maxContains")
    if is_number(least) and sure < least:
        message = f"holds {sure} items of the wanted kind, fewer than {least}"
        yield from k.broken(message, decided=possible < least)
    if is_number(most) and possible > most:
        message = f"holds {sure} items of the wanted kind, more than {most}"
        yield from k.broken(message, decided=sure > most)


def _all_of(value: Json, k: Keyword) -> Iterator[Violation]:
    for index, inner in enumerate(k.argument if isinstance(k.argument, list) else ()):
        for found in k.inner(value, inner, index):
            is_here = found.missing and found.instance == k.where
            if not (is_here and is_kept_for_responses(found.missing, k)):
                yield found


def _any_of(value: Json, k: Keyword) -> Iterator[Violation]:
    """The violations of the alternative that comes closest, where none accepts the value."""
    closest: list[Violation] | None = None
    for index, inner in enumerate(k.argument if isinstance(k.argument, list) else ()):
        found = list(k.inner(value, inner, index))
        if not found:
            return
        if closest is None or _badness(found, k) < _badness(closest, k):
            closest = found
    yield from closest or ()


def _one_of(value: Json, k: Keyword) -> Iterator[Violation]:
    alternatives = k.argument if isinstance(k.argument, list) else []
    answers = [k.allows(value, inner, index) for index, inner in enumerate(alternatives)]
    named = _named_alternative(value, alternatives, k)
    if answers.count(True) > 1:
        if _holds_placeholder(value) or (named is not None and answers[named]):
            return
        fitting = " and ".join(str(number) for number, answer in enumerate(answers, 1) if answer)
        yield from k.broken(f"fits the alternatives {fitting}, and must fit just one")
    elif True not in answers:
        if None in answers:
            yield from k.broken("cannot be checked against the alternatives", decided=False)
        elif named is not None:
            yield from k.inner(value, alternatives[named], named)
        else:
            yield from _any_of(value, k)


def _named_alternative(value: Json, alternatives: list[Any], k: Keyword) -> int | None:
    """The alternative that the discriminator's property of the value names, if there is one."""
    tag = tag_of(k.schema.get("discriminator"))
    if tag is None or not isinstance(value, dict) or not isinstance(value.get(tag.name), str):
        return None
    for index, inner in enumerate(alternatives):
        reference = inner.get("$ref") if isinstance(inner, dict) else None
        document, word = k.checker.document, value[tag.name]
        if isinstance(reference, str) and word_for(reference, tag, document) == word:
            return index
    return None


def _not(value: Json, k: Keyword) -> Iterator[Violation]:
    answer = k.allows(value, k.argument)
    if answer is not False and not _holds_placeholder(value):
        yield from k.broken("is what it must not be", decided=answer is True)


def _if(value: Json, k: Keyword) -> Iterator[Violation]:
    name = "else" if k.allows(value, k.argument) is False else "then"
    if name in k.schema:
        at = k.at.removesuffix("if") + name
        yield from k.checker.check(value, k.schema[name], at, k.where, k.depth)


def _unevaluated_properties(value: Json, k: Keyword) -> Iterator[Violation]:
    """Members that no other keyword of the schema, or of those that it is made of, knows."""
    if not isinstance(value, dict) or k.argument is True:
        return
    beside = {name: inner for name, inner in k.schema.items() if name != "unevaluatedProperties"}
    known = _known_names(value, beside, k, 0)
    for name, item in value.items():
        if name in known:
            continue
        if k.argument is False:
            yield Violation(k.where + pointer(name), k.at, "is not among the known properties")
        else:
            yield from k.member(item, k.argument, name)


def _known_names(value: dict[str, Json], schema: Any, k: Keyword, depth: int) -> set[str]:
    """The members of an object that a schema which accepts it has a word for."""
    if not isinstance(schema, dict) or depth > MAX_DEPTH:
        return set()
    if "additionalProperties" in schema or "unevaluatedProperties" in schema:
        return set(value)
    known = set(own_properties(schema)) & set(value)
    patterns = schema.get("patternProperties")
    for pattern in patterns if isinstance(patterns, dict) else ():
        known |= {name for name in value if finds(pattern, name) is not False}
    for inner in _applied(value, schema, k):
        known |= _known_names(value, inner, k, depth + 1)
    return known


def _applied(value: dict[str, Json], schema: dict[str, Json], k: Keyword) -> Iterator[Any]:
    """The schemas in a schema that the value itself follows."""
    if "$ref" in schema:
        yield resolved(schema, k.checker.document)
    all_of, dependent = schema.get("allOf"), schema.get("dependentSchemas")
    yield from all_of if isinstance(all_of, list) else ()
    for keyword in ("anyOf", "oneOf"):
        for inner in schema[keyword] if isinstance(schema.get(keyword), list) else ():
            if k.allows(value, inner) is not False:
                yield inner
    for name, inner in dependent.items() if isinstance(dependent, dict) else ():
        if name in value:
            yield inner
    if "if" in schema:
        is_so = k.allows(value, schema["if"]) is not False
        yield from (schema["if"], schema.get("then")) if is_so else (schema.get("else"),)


def _unevaluated_items(value: Json, k: Keyword) -> Iterator[Violation]:
    if isinstance(value, list) and value and k.argument is not True and "items" not in k.schema:
        yield from k.broken("has items that may not be allowed", decided=False)


def _dynamic_ref(value: Json, k: Keyword) -> Iterator[Violation]:
    yield from k.broken("follows a $dynamicRef, which cannot be checked", decided=False)


CHECKS: dict[str, Check] = {
    "properties": _properties,
    "additionalProperties": _additional_properties,
    "patternProperties": _pattern_properties,
    "propertyNames": _property_names,
    "unevaluatedProperties": _unevaluated_properties,
    "dependentSchemas": _dependent_schemas,
    "items": _items,
    "prefixItems": _prefix_items,
    "contains": _contains,
    "unevaluatedItems": _unevaluated_items,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
    "$dynamicRef": _dynamic_ref,
}
"""What each of these keywords asks of a value."""


def _holds_placeholder(value: Json) -> bool:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending += item.values()
        elif isinstance(item, list):
            pending += item
        elif isinstance(item, str) and is_placeholder(item):
            return True
    return False


def _badness(found: list[Violation], k: Keyword) -> tuple[bool, bool, int]:
    """How far a value is from an alternative: one of another type altogether is the farthest."""
    is_other = any(each.instance == k.where and each.pointer.endswith("/type") for each in found)
    return any(each.decided for each in found), is_other, len(found)
