"""Keywords that hold schemas: composition, members, items, and what nobody has a word for."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.schema import violations
from tests.core.openapi.test_assertion import DOCUMENT, verdict

A = {"properties": {"a": {"type": "integer"}}, "required": ["a"]}
B = {"properties": {"b": {"type": "integer"}}, "required": ["b"]}
ODD = {"pattern": "("}


@pytest.mark.parametrize(
    ("value", "schema", "wanted"),
    [
        ({"a": 1}, {"allOf": [A, B]}, "illegal"),
        ({"a": 1, "b": 1}, {"allOf": [A, B]}, "legal"),
        ({"a": 1}, {"anyOf": [A, B]}, "legal"),
        ({}, {"anyOf": [A, B]}, "illegal"),
        ("x", {"anyOf": [ODD, {"type": "integer"}]}, "undecided"),
        ("x", {"anyOf": [ODD, {"type": "string"}]}, "legal"),
        ({"a": 1}, {"oneOf": [A, B]}, "legal"),
        ({"a": 1, "b": 1}, {"oneOf": [A, B]}, "illegal"),
        ({}, {"oneOf": [A, B]}, "illegal"),
        ("x", {"oneOf": [ODD, {"type": "integer"}]}, "undecided"),
        ({"a": "REPLACE_a", "b": 1}, {"oneOf": [A, B]}, "legal"),
        (1, {"not": {"type": "string"}}, "legal"),
        ("x", {"not": {"type": "string"}}, "illegal"),
        ("x", {"not": ODD}, "undecided"),
        ("REPLACE_x", {"not": {"type": "string"}}, "legal"),
        ({"a": 1}, {"if": A, "then": B}, "illegal"),
        ({"a": 1, "b": 1}, {"if": A, "then": B}, "legal"),
        ({}, {"if": A, "then": B}, "legal"),
        ({}, {"if": A, "else": B}, "illegal"),
        ({}, {"then": B}, "legal"),
        ({"x": 1}, {"properties": {"x": False}}, "illegal"),
        ({}, {"properties": {"x": False}}, "legal"),
        ({"x": 1}, {"properties": [], "allOf": 5, "anyOf": {}, "oneOf": None, "items": "x"},
         "legal"),
        ({"x": 1}, {"additionalProperties": False}, "illegal"),
        ({"x": 1}, {"additionalProperties": {"type": "string"}}, "illegal"),
        ({"x": 1}, {"additionalProperties": True}, "legal"),
        ({"x": 1}, {"properties": {"x": {}}, "additionalProperties": False}, "legal"),
        ({"x1": 1}, {"patternProperties": {"^x": {}}, "additionalProperties": False}, "legal"),
        ({"y1": 1}, {"patternProperties": {"^x": {}}, "additionalProperties": False}, "illegal"),
        ({"x1": 1}, {"patternProperties": {"^x": {"type": "string"}}}, "illegal"),
        ({"y": 1}, {"patternProperties": {"(": {}}, "additionalProperties": False}, "legal"),
        ({"long": 1}, {"propertyNames": {"maxLength": 3}}, "illegal"),
        ({"a": 1}, {"dependentSchemas": {"a": B}}, "illegal"),
        ({"c": 1}, {"dependentSchemas": {"a": B}}, "legal"),
        ([1, "x"], {"items": {"type": "integer"}}, "illegal"),
        ([1, "x"], {"prefixItems": [{}, {"type": "string"}]}, "legal"),
        ([1, 1], {"prefixItems": [{}, {"type": "string"}]}, "illegal"),
        ([1], {"prefixItems": [{}, {"type": "string"}]}, "legal"),
        ([1, "x", 5], {"prefixItems": [{}, {}], "items": False}, "illegal"),
        ([1, "x"], {"prefixItems": [{}, {}], "items": False}, "legal"),
        ([1, 1], {"items": [{}, {"type": "string"}]}, "illegal"),
        ([1, "x"], {"contains": {"type": "string"}}, "legal"),
        ([1], {"contains": {"type": "string"}}, "illegal"),
        ([], {"contains": {}}, "illegal"),
        ([], {"contains": {}, "minContains": 0}, "legal"),
        (["x", "y"], {"contains": {"type": "string"}, "maxContains": 1}, "illegal"),
        (["x", 1], {"contains": {"type": "string"}, "minContains": 2}, "illegal"),
        (["x"], {"contains": ODD}, "undecided"),
        (["x"], {"contains": ODD, "maxContains": 0}, "undecided"),
        ({"a": 1}, {"unevaluatedProperties": False}, "illegal"),
        ({"a": 1}, {"allOf": [A], "unevaluatedProperties": False}, "legal"),
        ({"a": 1, "x": 1}, {"allOf": [A], "unevaluatedProperties": False}, "illegal"),
        ({"a": 1, "x": 1}, {"allOf": [A], "unevaluatedProperties": {"type": "string"}}, "illegal"),
        ({"a": 1, "x": 1}, {"allOf": [A], "unevaluatedProperties": True}, "legal"),
        ({"b": 1}, {"anyOf": [A, B], "unevaluatedProperties": False}, "legal"),
        ({"a": 1, "b": "x"}, {"anyOf": [A, B], "unevaluatedProperties": False}, "illegal"),
        ({"a": 1, "b": 1}, {"if": A, "then": B, "unevaluatedProperties": False}, "legal"),
        ({"a": 1, "b": 1}, {"dependentSchemas": {"a": B}, "properties": {"a": {}},
                            "unevaluatedProperties": False}, "legal"),
        ({"x": 1}, {"allOf": [{"additionalProperties": True}], "unevaluatedProperties": False},
         "legal"),
        ({"x1": 1}, {"allOf": [{"patternProperties": {"^x": {}}}], "unevaluatedProperties": False},
         "legal"),
        ({"a": 1}, {"$ref": "#/components/schemas/A", "unevaluatedProperties": False}, "legal"),
        ({"a": 1, "b": 1}, {"$ref": "#/components/schemas/A", "unevaluatedProperties": False},
         "illegal"),
        ([1], {"unevaluatedItems": False}, "undecided"),
        ([], {"unevaluatedItems": False}, "legal"),
        (1, {"$dynamicRef": "#node"}, "undecided"),
        (1, True, "legal"),
        (1, False, "illegal"),
        (1, {}, "legal"),
        (1, None, "legal"),
        (1, {"wibble": 5, "x-y": []}, "legal"),
    ],
)  # fmt: skip
def test_keywords(value: Any, schema: Any, wanted: str) -> None:
    document = Document({"openapi": "3.1.0", "components": {"schemas": {"A": A}}})
    assert verdict(value, schema, document) == wanted


READ_ONLY = {"properties": {"id": {"type": "integer", "readOnly": True}}}


@pytest.mark.parametrize(
    "schema",
    [
        {**READ_ONLY, "required": ["id"]},
        {"allOf": [READ_ONLY, {"required": ["id"]}]},
        {"allOf": [{"required": ["id"]}, READ_ONLY]},
        {"allOf": [READ_ONLY], "required": ["id"]},
        {"required": ["id"], "properties": {"id": {"$ref": "#/components/schemas/Id"}}},
        {"required": ["id"], "properties": {"id": {"$ref": "#/components/schemas/Text",
                                                   "readOnly": True}}},
    ],
)  # fmt: skip
def test_a_request_needs_nothing_that_only_responses_hold(schema: Any) -> None:
    schemas = {"Id": {"type": "integer", "readOnly": True}, "Text": {"type": "string"}}
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    assert verdict({}, schema, document) == "legal"
    assert verdict({}, {"allOf": [schema, {"required": ["name"]}]}, document) == "illegal"


def test_beside_a_reference_keywords_count_from_3_1_on() -> None:
    schema = {"$ref": "#/components/schemas/Text", "maxLength": 2}
    root = {"components": {"schemas": {"Text": {"type": "string"}}}, "paths": {}}
    assert verdict("long", schema, Document({"openapi": "3.1.0", **root})) == "illegal"
    assert verdict("long", schema, Document({"openapi": "3.0.3", **root})) == "legal"


def test_violations_name_their_place_and_their_proof() -> None:
    tags = {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}
    schemas = {
        "Pet": {"properties": {"tags": tags}},
        "Tag": {"type": "string", "maxLength": 2},
    }
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    found = violations(
        {"tags": ["ok", "long"]}, {"$ref": "#/components/schemas/Pet"}, document, "/x"
    )
    assert [(each.instance, each.pointer, each.message) for each in found] == [
        ("/tags/1", "/components/schemas/Tag/maxLength", "has 4 characters, more than 2")
    ]
    (found_here,) = violations({"a": 1}, {"properties": {"a": False}}, DOCUMENT, "/x")
    assert (found_here.instance, found_here.pointer) == ("/a", "/x/properties/a")


def test_the_closest_alternative_explains() -> None:
    alternatives = {"anyOf": [{"type": "string"}, {**A, "additionalProperties": False}]}
    (found,) = violations({"a": "x"}, alternatives, DOCUMENT)
    assert found.pointer == "/anyOf/1/properties/a/type"


CAT = {"properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}
DOG = {"properties": {"kind": {"type": "string"}, "tricks": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("value", "discriminator", "wanted"),
    [
        ({"kind": "Cat", "lives": 9}, {"propertyName": "kind"}, "legal"),
        ({"kind": "Cat", "lives": 9}, None, "illegal"),
        ({"kind": "Cow"}, {"propertyName": "kind"}, "illegal"),
        ({"kind": "meow"}, {"propertyName": "kind", "mapping": {"meow": "Cat"}}, "legal"),
        ({"kind": 5}, {"propertyName": "kind"}, "illegal"),
        ({}, {"propertyName": "kind"}, "illegal"),
        ({"kind": "Cat"}, "kind", "legal"),
    ],
)
def test_a_discriminator_names_the_alternative(value: Any, discriminator: Any, wanted: str) -> None:
    schemas = {"Cat": CAT, "Dog": DOG}
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    references = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    schema = {"oneOf": references, "discriminator": discriminator}
    assert verdict(value, schema, document) == wanted
    (found,) = violations({"kind": "Dog", "tricks": "x", "lives": "x"}, schema, document) or [None]
    if discriminator == {"propertyName": "kind"}:
        assert found is not None
        assert found.pointer == "/components/schemas/Dog/properties/tricks/type"


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Nope"},
        {"$ref": "https://example.com/x"},
        {"$ref": "#/components/schemas/Loop"},
        {"allOf": [{"$ref": "#/components/schemas/Nope"}]},
    ],
)
def test_what_leads_nowhere_is_undecided(schema: Any) -> None:
    schemas = {"Loop": {"$ref": "#/components/schemas/Loop"}}
    document = Document({"openapi": "3.1.0", "components": {"schemas": schemas}})
    assert verdict(1, schema, document) == "undecided"
