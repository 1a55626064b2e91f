"""Verdicts on values, held against another reader of JSON Schema, and against the clock."""

from __future__ import annotations

import time
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.openapi.document import Document
from core.openapi.schema import CHECKS, satisfies, violations

NAMES = ("a", "b", "c", "d1", "long name")
TEXTS = ("", "a", "ab", "abc", "x1", "12", "é😀", "2026-01-15")
PATTERNS = ("^a", "b$", "^[a-z]+$", "\\d", "^.{2}$", "^(a|x)")
NUMBERS = (-3, -1, 0, 1, 2, 5, 12, 0.5, 2.5, 1.0, -0.25)
TYPES = ("string", "integer", "number", "boolean", "null", "array", "object")

leaves = st.sampled_from([None, True, False, *NUMBERS, *TEXTS])
values: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=6,
)
sizes = st.integers(0, 3)
names = st.sampled_from(NAMES)


def keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas whose keywords hold the schemas of ``inner``."""
    listed = st.lists(inner, min_size=1, max_size=3)
    members = st.dictionaries(names, inner, max_size=3)
    kinds = st.sampled_from(TYPES)
    choices: dict[str, st.SearchStrategy[Any]] = {
        "type": kinds | st.lists(kinds, min_size=1, max_size=2, unique=True),
        "enum": st.lists(values, min_size=1, max_size=3),
        "const": values,
        "minimum": st.sampled_from(NUMBERS),
        "maximum": st.sampled_from(NUMBERS),
        "exclusiveMinimum": st.sampled_from(NUMBERS),
        "exclusiveMaximum": st.sampled_from(NUMBERS),
        "multipleOf": st.sampled_from([1, 2, 3, 0.5, 0.25]),
        "minLength": sizes,
        "maxLength": sizes,
        "pattern": st.sampled_from(PATTERNS),
        "items": inner,
        "prefixItems": listed,
        "contains": inner,
        "minContains": sizes,
        "maxContains": sizes,
        "minItems": sizes,
        "maxItems": sizes,
        "uniqueItems": st.booleans(),
        "properties": members,
        "required": st.lists(names, max_size=2, unique=True),
        "additionalProperties": inner,
        "patternProperties": st.dictionaries(st.sampled_from(PATTERNS), inner, max_size=2),
        "propertyNames": inner,
        "unevaluatedProperties": inner,
        "minProperties": sizes,
        "maxProperties": sizes,
        "dependentRequired": st.dictionaries(names, st.lists(names, max_size=2), max_size=2),
        "dependentSchemas": members,
        "allOf": listed,
        "anyOf": listed,
        "oneOf": listed,
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
        "$ref": st.sampled_from(["#/components/schemas/One", "#/components/schemas/Two"]),
    }
    return st.lists(st.sampled_from(sorted(choices)), max_size=4, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: choices[name] for name in chosen})
    )


def _means_two_things(schema: Any) -> bool:
    """Whether an enum contradicts the type beside it: many documents mean another type then."""
    if isinstance(schema, list):
        return any(map(_means_two_things, schema))
    if not isinstance(schema, dict):
        return False
    if "enum" in schema and "type" in schema:
        return True
    return any(map(_means_two_things, schema.values()))


def _without_references(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {k: _without_references(v) for k, v in schema.items() if k != "$ref"}
    return [_without_references(each) for each in schema] if isinstance(schema, list) else schema


plain = st.recursive(st.booleans() | keywords(st.booleans()), keywords, max_leaves=6)


@settings(max_examples=400)
@given(plain, plain, plain, values)
@example({"oneOf": [{}, {"not": {}}]}, True, True, 1)
@example({"$ref": "#/components/schemas/One", "unevaluatedProperties": False},
         {"properties": {"a": True}}, True, {"a": 1, "b": 2})  # fmt: skip
@example({"contains": {"type": "string"}, "minContains": 0, "maxContains": 1}, True, True, [1])
@example({"if": {"properties": {"a": True}}, "unevaluatedProperties": False}, True, True, {"a": 1})
def test_two_readers_agree(schema: Any, one: Any, two: Any, value: Any) -> None:
    assume(not _means_two_things([schema, one, two]))
    schemas = {"One": _without_references(one), "Two": _without_references(two)}
    root = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    found = violations(value, schema, Document(root))
    assume(all(violation.decided for violation in found))
    whole = {"components": {"schemas": schemas}, "allOf": [schema]}
    assert (not found) == jsonschema.Draft202012Validator(whole).is_valid(value), found


@given(plain, values)
def test_to_satisfy_is_to_break_nothing_for_sure(schema: Any, value: Any) -> None:
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"One": True, "Two": True}}})
    found = violations(value, schema, document)
    assert satisfies(value, schema, document) == (not any(each.decided for each in found))


def mutual(count: int, keyword: str) -> Document:
    """Schemas that each refer to all of them."""
    all_of_them = [{"$ref": f"#/components/schemas/S{number}"} for number in range(count)]
    schemas = {f"S{number}": {keyword: all_of_them} for number in range(count)}
    return Document({"openapi": "3.1.0", "components": {"schemas": schemas}})


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_schemas_that_refer_to_each_other_cost_little(keyword: str) -> None:
    begin = time.perf_counter()
    found = violations({"a": 1}, {"$ref": "#/components/schemas/S0"}, mutual(10, keyword))
    assert time.perf_counter() - begin < 5
    assert found
    assert not any(violation.decided for violation in found)


def test_a_deep_value_of_a_recursive_schema_is_undecided_at_worst() -> None:
    value: Any = {}
    for _ in range(400):
        value = {"next": value}
    node = {"properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"Node": node}}})
    found = violations(value, {"$ref": "#/components/schemas/Node"}, document)
    assert not any(violation.decided for violation in found)


@pytest.mark.parametrize("depth", [300, 10_000])
def test_schemas_may_be_nested_as_deep_as_they_like(depth: int) -> None:
    schemas: dict[str, Any] = {
        f"S{number}": {"allOf": [{"$ref": f"#/components/schemas/S{number + 1}"}]}
        for number in range(depth)
    }
    schemas[f"S{depth}"] = {"type": "string"}
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    (found,) = violations(1, {"$ref": "#/components/schemas/S0"}, document)
    assert not found.decided


def test_enormous_enums_and_texts_are_checked_in_time() -> None:
    document = Document({"openapi": "3.1.0"})
    begin = time.perf_counter()
    enum = {"enum": [f"value {number}" for number in range(200_000)]}
    assert satisfies("value 199999", enum, document)
    (found,) = violations("x" * 1_000_000, enum, document)
    assert len(found.message) < 1_000
    assert satisfies("x" * 1_000_000, {"pattern": "^x", "maxLength": 10**7}, document)
    assert time.perf_counter() - begin < 3


HOSTILE = [None, 5, -1, "x", "", [], [None], [5], {}, {"": None}, True, False, 1e308, "(", "\ud800"]


@pytest.mark.parametrize("argument", HOSTILE, ids=repr)
def test_no_argument_of_a_keyword_is_too_odd(argument: Any) -> None:
    document = Document({"openapi": "3.1.0"})
    for keyword in [*CHECKS, "$ref", "nullable", "minContains", "maxContains", "then", "else"]:
        for value in (None, True, 1, 0.5, "text", "", ["x", 1], [], {"a": 1, "": 2}, {}):
            for schema in (
                {keyword: argument},
                {keyword: [argument]},
                {keyword: {"a": argument}},
                {"if": True, "contains": True, "properties": argument, keyword: argument},
            ):
                violations(value, schema, document)
