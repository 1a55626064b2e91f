"""Samples: what people start from, legal by the schema it is made of, small, and made in time."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.making import Taste
from core.openapi.sample import SAMPLE_CAP, Sample, Sampler
from core.openapi.schema import satisfies, violations
from core.values import ExampleValues, PublishedValues
from tests.core.openapi.small import built, operation_of, with_body


def sampled(
    schema: Any, version: str = "3.1.0", policy: Any = ExampleValues, **schemas: Any
) -> Any:
    """The sample of a body of this schema in full, and of what is required."""
    document = with_body(schema, version=version, components={"schemas": schemas})
    (media_type,) = operation_of(document).media_types
    values = policy(document)
    found = []
    for required_only in (False, True):
        sample = values.body(media_type, required_only=required_only)
        if policy is ExampleValues:
            broken = violations(sample.value, schema, document)
            assert not any(violation.decided for violation in broken), (sample.value, broken)
        found.append(sample.value)
    return tuple(found)


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
PET = {"type": "object", "properties": {"name": TEXT, "age": NUMBER}, "required": ["name"]}
FULL_PET = {"name": "REPLACE_name", "age": 1}


@pytest.mark.parametrize(
    ("schema", "full", "required"),
    [
        (PET, FULL_PET, {"name": "REPLACE_name"}),
        ({"type": "array", "items": PET}, [FULL_PET], [{"name": "REPLACE_name"}]),
        ({"type": "array", "items": PET, "minItems": 2},
         [FULL_PET] * 2, [{"name": "REPLACE_name"}] * 2),
        ({"type": "array"}, [], []),
        ({"type": "array", "minItems": 2}, ["REPLACE_value"] * 2, ["REPLACE_value"] * 2),
        ({"type": "array", "items": {}}, [], []),
        ({"type": "array", "items": NUMBER, "maxItems": 0}, [], []),
        ({"type": "array", "items": NUMBER, "minItems": 3, "uniqueItems": True},
         [1, 2, 3], [1, 2, 3]),
        (
            {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 2, "uniqueItems": True},
            ["a", "b"], ["a", "b"],
        ),
        (
            {"type": "array", "items": {"type": "boolean"}, "minItems": 2, "uniqueItems": True},
            [True, "REPLACE_2"], [True, "REPLACE_2"],
        ),
        ({"prefixItems": [TEXT, NUMBER]}, ["REPLACE_value", 1], ["REPLACE_value", 1]),
        ({"prefixItems": [NUMBER], "items": False}, [1], [1]),
        ({"prefixItems": [NUMBER], "minItems": 2}, [1, "REPLACE_value"], [1, "REPLACE_value"]),
        ({"type": ["null", "integer"]}, 1, 1),
        ({"type": "null"}, None, None),
        ({"const": None}, None, None),
        ({"const": 5}, 5, 5),
        ({"enum": [None, "b"]}, "b", "b"),
        ({"type": "string", "examples": ["x", "y"]}, "x", "x"),
        ({"type": "string", "default": "d", "enum": ["e", "d"]}, "d", "d"),
        ({"type": "integer", "example": "5"}, 5, 5),
        ({"type": "integer", "example": "five", "default": 3}, 3, 3),
        ({"type": "string", "example": 5}, "5", "5"),
        ({"type": "string", "example": True}, "true", "true"),
        ({"type": "boolean", "example": "false"}, False, False),
        ({"type": "array", "items": NUMBER, "example": "1,2"}, [1, 2], [1, 2]),
        ({"type": "array", "items": TEXT, "example": [1, 2]}, ["1", "2"], ["1", "2"]),
        ({"type": "array", "items": TEXT, "example": "a"}, ["a"], ["a"]),
        ({"type": "string", "pattern": "^[A-Z]{3}$", "example": "eur"},
         "REPLACE_value", "REPLACE_value"),
        ({"type": "integer", "maximum": 9007199254740993, "minimum": 9007199254740993},
         2**53 + 1, 2**53 + 1),
        ({}, "REPLACE_value", "REPLACE_value"),
        (True, "REPLACE_value", "REPLACE_value"),
        ({"type": "object"}, {}, {}),
        ({"type": "object", "additionalProperties": NUMBER}, {"property1": 1, "property2": 1}, {}),
        (
            {"type": "object", "additionalProperties": NUMBER, "minProperties": 1},
            {"property1": 1, "property2": 1}, {"property1": 1},
        ),
        (
            {"type": "object", "additionalProperties": NUMBER, "minProperties": 3},
            {"property1": 1, "property2": 1, "property3": 1},
            {"property1": 1, "property2": 1, "property3": 1},
        ),
        ({"type": "object", "additionalProperties": NUMBER, "maxProperties": 1},
         {"property1": 1}, {}),
        ({**PET, "maxProperties": 1}, {"name": "REPLACE_name"}, {"name": "REPLACE_name"}),
        ({**PET, "required": [], "minProperties": 1}, FULL_PET, {"name": "REPLACE_name"}),
        (
            {"type": "object", "required": ["other"]},
            {"other": "REPLACE_other"}, {"other": "REPLACE_other"},
        ),
        (
            {"type": "object", "required": ["other"], "additionalProperties": NUMBER},
            {"property1": 1, "property2": 1, "other": 1}, {"other": 1},
        ),
        ({"type": "object", "required": "name", "properties": []}, {}, {}),
    ],
)  # fmt: skip
def test_schemas(schema: Any, full: Any, required: Any) -> None:
    assert sampled(schema) == (full, required)


@pytest.mark.parametrize(
    ("schema", "full", "required"),
    [
        ({"allOf": [PET, {"description": "only words"}]}, FULL_PET, {"name": "REPLACE_name"}),
        ({"allOf": [{"$ref": "#/components/schemas/Text"}, {"description": "d"}]}, "text", "text"),
        ({"allOf": [{"$ref": "#/components/schemas/Text"}], "nullable": True}, "text", "text"),
        ({"allOf": [{"type": "integer"}, {"minimum": 5}]}, 5, 5),
        ({"allOf": [{"type": "array", "items": NUMBER}, {"minItems": 2}]}, [1, 1], [1, 1]),
        (
            {"allOf": [{"required": ["name", "tag"]}, PET,
                       {"properties": {"tag": {"enum": ["a"]}}}]},
            {"name": "REPLACE_name", "age": 1, "tag": "a"}, {"name": "REPLACE_name", "tag": "a"},
        ),
        (
            {"allOf": [{"properties": {"kind": {"enum": ["a"]}}}, {"properties": {"kind": TEXT}}]},
            {"kind": "a"}, {},
        ),
        (
            {"allOf": [PET, {"required": ["age"]}]},
            FULL_PET, FULL_PET,
        ),
        (
            {"properties": {"a": {"properties": {"x": NUMBER}}},
             "allOf": [{"properties": {"a": {"properties": {"y": NUMBER}}}}]},
            {"a": {"x": 1, "y": 1}}, {},
        ),
        (
            {"allOf": [{**PET, "additionalProperties": False}, {"properties": {"other": NUMBER}}]},
            FULL_PET, {"name": "REPLACE_name"},
        ),
        (
            {"allOf": [PET, {"required": ["items"]},
                       {"properties": {"items": {"type": "array", "items": {"required": ["x"]}}}},
                       {"properties": {"items": {"type": "array"}}}]},
            {"name": "REPLACE_name", "age": 1, "items": [{"x": "REPLACE_x"}]},
            {"name": "REPLACE_name", "items": [{"x": "REPLACE_x"}]},
        ),
        (
            {"oneOf": [{"required": ["a"], "properties": {"a": NUMBER}}, {"required": ["b"]}]},
            {"a": 1}, {"a": 1},
        ),
        (
            {"oneOf": [{"properties": {"a": NUMBER}, "additionalProperties": False},
                       {"properties": {"b": NUMBER}, "additionalProperties": False}]},
            {"a": 1}, {"a": 1},
        ),
        (
            {"oneOf": [{"properties": {"a": NUMBER}},
                       {"required": ["b"], "properties": {"b": NUMBER}}]},
            {"a": 1}, {},
        ),
        ({"oneOf": [{"type": "null"}, NUMBER]}, 1, 1),
        ({"anyOf": [{"type": "null"}, NUMBER]}, 1, 1),
        ({"anyOf": [{"type": "null"}]}, None, None),
        (
            {"properties": {"a": NUMBER, "b": NUMBER},
             "anyOf": [{"required": ["b"]}, {"required": ["a"]}]},
            {"a": 1, "b": 1}, {"b": 1},
        ),
        (
            {"type": "integer", "anyOf": [{"enum": [7]}, {"minimum": 9}]},
            7, 7,
        ),
        ({"anyOf": [{"$ref": "#/components/schemas/Text"}], "description": "d"}, "text", "text"),
        ({"oneOf": []}, "REPLACE_value", "REPLACE_value"),
    ],
)  # fmt: skip
def test_composition(schema: Any, full: Any, required: Any) -> None:
    assert sampled(schema, Text={"type": "string", "enum": ["text"]}) == (full, required)


REFERENCE = {"$ref": "#/components/schemas/Pet"}


@pytest.mark.parametrize(
    ("schema", "version", "full"),
    [
        (REFERENCE, "3.1.0", FULL_PET),
        ({**REFERENCE, "description": "only words"}, "3.1.0", FULL_PET),
        ({**REFERENCE, "properties": {"tag": NUMBER}}, "3.1.0", {**FULL_PET, "tag": 1}),
        ({**REFERENCE, "properties": {"tag": NUMBER}}, "3.0.3", FULL_PET),
        ({**REFERENCE, "example": {"name": "Rex"}}, "3.1.0", {"name": "Rex"}),
        ({**REFERENCE, "example": {"name": "Rex"}}, "3.0.3", FULL_PET),
        ({**REFERENCE, "default": {"age": 5}}, "3.1.0", FULL_PET),
        ({**REFERENCE, "required": ["age"]}, "3.1.0", FULL_PET),
    ],
)
def test_beside_a_reference(schema: Any, version: str, full: Any) -> None:
    assert sampled(schema, version, Pet=PET)[0] == full


READ_ONLY = {"type": "integer", "readOnly": True, "example": 7}


@pytest.mark.parametrize(
    ("schema", "full", "required"),
    [
        (
            {**PET, "properties": {"id": READ_ONLY, **PET["properties"]},
             "required": ["id", "name"]},
            FULL_PET, {"name": "REPLACE_name"},
        ),
        (
            {"allOf": [{"properties": {"id": READ_ONLY}}, {**PET, "required": ["id", "name"]}]},
            FULL_PET, {"name": "REPLACE_name"},
        ),
        (
            {**PET, "properties": {"id": READ_ONLY, **PET["properties"]},
             "example": {"id": 7, "name": "Rex", "age": 3, "free": {"id": 1}}},
            {"name": "Rex", "age": 3, "free": {"id": 1}}, {"name": "Rex", "free": {"id": 1}},
        ),
        (
            {"properties": {"pets": {"type": "array", "items": {"properties": {"id": READ_ONLY}}}},
             "example": {"pets": [{"id": 7, "x": 1}, {"id": 8}]}},
            {"pets": [{"x": 1}, {}]}, {},
        ),
        (
            {"properties": {"id": {"$ref": "#/components/schemas/Text", "readOnly": True}}},
            {}, {},
        ),
    ],
)  # fmt: skip
def test_what_only_responses_hold_is_not_sent(schema: Any, full: Any, required: Any) -> None:
    assert sampled(schema, Text=TEXT) == (full, required)


CAT = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "lives": NUMBER}}
DOG = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT, "tricks": NUMBER}}
ALTERNATIVES = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
BASE = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT}}


@pytest.mark.parametrize(
    ("pet", "wanted"),
    [
        (
            {"oneOf": ALTERNATIVES, "discriminator": {"propertyName": "kind"}},
            {"kind": "Cat", "lives": 1},
        ),
        (
            {"anyOf": ALTERNATIVES, "discriminator": {
                "propertyName": "kind", "mapping": {"meow": "#/components/schemas/Cat"}}},
            {"kind": "meow", "lives": 1},
        ),
        (
            {"oneOf": ALTERNATIVES, "discriminator": {
                "propertyName": "kind", "mapping": {"wuff": "Dog", "meow": "Cat"}}},
            {"kind": "meow", "lives": 1},
        ),
        (
            {**BASE, "discriminator": {"propertyName": "kind", "mapping": {"wuff": "Dog"}}},
            {"kind": "wuff", "tricks": 1},
        ),
        ({**BASE, "discriminator": {"propertyName": "kind"}}, {"kind": "Pet"}),
        (
            {**BASE, "additionalProperties": False,
             "discriminator": {"propertyName": "kind", "mapping": {"wuff": "Dog"}}},
            {"kind": "Pet"},
        ),
        (
            {**BASE, "properties": {"kind": {"enum": ["a", "b"]}},
             "discriminator": {"propertyName": "kind"}},
            {"kind": "a"},
        ),
        ({**BASE, "discriminator": 5}, {"kind": "REPLACE_kind"}),
        ({**BASE, "discriminator": {"propertyName": ["kind"]}}, {"kind": "REPLACE_kind"}),
        ({**BASE, "discriminator": {"propertyName": "kind", "mapping": 5}}, {"kind": "Pet"}),
        (
            {**BASE, "discriminator": {"propertyName": "kind", "mapping": {"x": "#/nowhere"}}},
            {"kind": "Pet"},
        ),
    ],
)  # fmt: skip
def test_a_discriminator_says_which_schema_was_taken(pet: Any, wanted: Any) -> None:
    assert sampled(REFERENCE, Pet=pet, Cat=CAT, Dog=DOG)[0] == wanted


@pytest.mark.parametrize(
    ("cat", "kind"),
    [
        ({"allOf": [REFERENCE, {"properties": {"lives": NUMBER}}]}, "Cat"),
        ({"allOf": [REFERENCE], "x-ms-discriminator-value": "#Cat"}, "#Cat"),
        ({"allOf": [REFERENCE, {"properties": {"kind": {"enum": ["kitty"]}}}]}, "kitty"),
    ],
)
def test_an_inherited_discriminator_names_the_heir(cat: Any, kind: str) -> None:
    pet = {**BASE, "discriminator": {"propertyName": "kind"}}
    full, required = sampled({"$ref": "#/components/schemas/Cat"}, Pet=pet, Cat=cat)
    assert full["kind"] == required["kind"] == kind


def test_base_and_heir_may_name_each_other() -> None:
    pet = {**BASE, "oneOf": ALTERNATIVES, "discriminator": {"propertyName": "kind"}}
    heirs = {
        name: {"allOf": [REFERENCE, {"required": [member], "properties": {member: NUMBER}}]}
        for name, member in (("Cat", "lives"), ("Dog", "tricks"))
    }
    assert sampled({"$ref": "#/components/schemas/Dog"}, Pet=pet, **heirs)[1]["kind"] == "Dog"


def test_swagger_2_names_the_property_alone() -> None:
    document = Document(
        {
            "swagger": "2.0",
            "definitions": {
                "Pet": {**BASE, "discriminator": "kind"},
                "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}, {"properties": {"n": NUMBER}}]},
            },
        }
    )
    sampler = Sampler(document, Taste(lambda *_: MISSING, lambda *_: "leaf", satisfies))
    assert sampler.sample({"$ref": "#/definitions/Cat"}).value == {"kind": "Cat", "n": "leaf"}


NODE = {"$ref": "#/components/schemas/Node"}


@pytest.mark.parametrize(
    ("node", "full", "required"),
    [
        ({"type": "object", "properties": {"next": NODE, "n": NUMBER}}, {"next": {}, "n": 1}, {}),
        (
            {"type": "object", "properties": {"next": NODE, "n": NUMBER}, "required": ["n"]},
            {"next": {"n": 1}, "n": 1}, {"n": 1},
        ),
        (
            {"type": "object", "properties": {"all": {"type": "array", "items": NODE}, "n": NUMBER},
             "required": ["all", "n"]},
            {"all": [{"all": [], "n": 1}], "n": 1}, {"all": [], "n": 1},
        ),
        (
            {"type": "object", "properties": {"next": NODE}, "required": ["next"]},
            {"next": {"next": "REPLACE_next"}}, {"next": "REPLACE_next"},
        ),
        ({"type": "array", "items": NODE}, [[]], [[]]),
        ({"allOf": [NODE, {"properties": {"n": NUMBER}}]}, {"n": 1}, {}),
        ({"anyOf": [NODE, NUMBER]}, 1, 1),
        (
            {"allOf": [{"properties": {"child": NODE}},
                       {"required": ["id"], "properties": {"id": NUMBER}}]},
            {"child": {"id": 1}, "id": 1}, {"id": 1},
        ),
    ],
)  # fmt: skip
def test_a_cycle_ends_in_what_is_required(node: Any, full: Any, required: Any) -> None:
    assert sampled(NODE, Node=node) == (full, required)


@pytest.mark.parametrize(
    ("schema", "value", "note"),
    [
        ({"$ref": "#/components/schemas/Nope"}, MISSING, "leads nowhere"),
        ({"$ref": "other.yaml#/Pet"}, MISSING, "not among the uploaded files"),
        ({"$ref": "#/components/schemas/Loop"}, MISSING, "leads back to itself"),
        ({"properties": {"a": {"$ref": "#/x"}, "b": NUMBER}}, {"b": 1}, "leads nowhere"),
        (
            {"properties": {"a": {"$ref": "#/x"}}, "required": ["a"]},
            {"a": "REPLACE_a"}, "leads nowhere",
        ),
        ({"type": "integer", "example": "x"}, 1, "The example “x” does not fit its own schema"),
        ({"type": "integer", "default": None}, 1, "The example “null” does not fit"),
    ],
)  # fmt: skip
def test_what_is_passed_over_is_said(schema: Any, value: Any, note: str) -> None:
    loop = {"Loop": {"$ref": "#/components/schemas/Loop"}}
    document = with_body(schema, components={"schemas": loop})
    (media_type,) = operation_of(document).media_types
    sample = ExampleValues(document).body(media_type, required_only=False)
    assert sample.value == value
    assert note in " ".join(sample.notes)


def mutual(count: int, **more: Any) -> Document:
    """Schemas that each have a member of all of them."""
    members = {f"m{number}": {"$ref": f"#/components/schemas/S{number}"} for number in range(count)}
    schema = {"type": "object", "properties": members, **more}
    schemas = {f"S{number}": schema for number in range(count)}
    return with_body({"$ref": "#/components/schemas/S0"}, components={"schemas": schemas})


@pytest.mark.parametrize("more", [{}, {"required": ["m1", "m2"]}, {"minProperties": 3}])
@pytest.mark.parametrize("count", [6, 10, 30])
def test_schemas_that_refer_to_each_other_cost_little(count: int, more: dict[str, Any]) -> None:
    begin = time.perf_counter()
    document = mutual(count, **more)
    (media_type,) = operation_of(document).media_types
    for policy in (ExampleValues, PublishedValues):
        for required_only in (False, True):
            value = policy(document).body(media_type, required_only=required_only).value
            assert value is MISSING or len(json.dumps(value)) < 3 * SAMPLE_CAP
    assert time.perf_counter() - begin < 3


@pytest.mark.parametrize("keyword", ["allOf", "oneOf", "anyOf"])
def test_composition_in_circles_costs_little(keyword: str) -> None:
    everyone = [{"$ref": f"#/components/schemas/S{number}"} for number in range(12)]
    schemas = {f"S{number}": {keyword: everyone} for number in range(12)}
    document = with_body({"$ref": "#/components/schemas/S0"}, components={"schemas": schemas})
    begin = time.perf_counter()
    built(document)
    assert time.perf_counter() - begin < 3


@pytest.mark.parametrize("depth", [50, 500, 10_000])
@pytest.mark.parametrize("keyword", ["allOf", "oneOf", "properties", "items", "$ref"])
def test_schemas_may_be_nested_as_deep_as_they_like(keyword: str, depth: int) -> None:
    def around(reference: dict[str, str]) -> dict[str, Any]:
        if keyword == "$ref":
            return reference
        inner: Any = {"properties": {"a": reference}, "items": reference}.get(keyword, [reference])
        return {keyword: inner["a"] if keyword == "items" and "a" in inner else inner}

    schemas: dict[str, Any] = {
        f"S{number}": around({"$ref": f"#/components/schemas/S{number + 1}"})
        for number in range(depth)
    }
    schemas[f"S{depth}"] = {"type": "integer"}
    document = with_body({"$ref": "#/components/schemas/S0"}, components={"schemas": schemas})
    for required_only in (False, True):
        built(document, required_only=required_only)


def test_a_sample_never_passes_its_cap() -> None:
    wide = {"type": "object", "properties": {f"member{n}": PET for n in range(3_000)}}
    document = with_body({"type": "object", "properties": {"wide": wide, "n": NUMBER}})
    (media_type,) = operation_of(document).media_types
    sample = ExampleValues(document).body(media_type, required_only=False)
    assert len(json.dumps(sample.value)) < SAMPLE_CAP
    assert sample.value["n"] == 1
    assert "optional members are shown down to level 1" in sample.notes[0]


def test_what_is_required_may_pass_the_cap_and_then_nothing_is_shown() -> None:
    names = [f"member{number}" for number in range(3_000)]
    document = with_body({"type": "object", "required": names})
    (media_type,) = operation_of(document).media_types
    sample = ExampleValues(document).body(media_type, required_only=True)
    assert sample == Sample(
        MISSING, (f"Its required members alone pass {SAMPLE_CAP} bytes; none is shown.",)
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "minItems": 10**9},
        {"type": "array", "minItems": 10**9, "items": NUMBER},
        {"type": "object", "minProperties": 10**9},
        {"type": "object", "minProperties": 10**9, "additionalProperties": NUMBER},
        {"type": "string", "minLength": 10**9},
        {"type": "string", "enum": ["x" * 1_000_000]},
        {"type": "string", "example": "x" * 1_000_000},
        {"enum": [f"value {number}" for number in range(100_000)]},
        {"type": "object", "properties": {"a" * 1_000_000: TEXT}},
    ],
    ids=lambda schema: str(schema)[:60],
)
@pytest.mark.parametrize("policy", [ExampleValues, PublishedValues])
def test_enormous_demands_cost_little(schema: Any, policy: Any) -> None:
    begin = time.perf_counter()
    document = with_body(schema)
    (media_type,) = operation_of(document).media_types
    value = policy(document).body(media_type, required_only=False).value
    assert value is MISSING or len(json.dumps(value)) < 2 * SAMPLE_CAP
    assert time.perf_counter() - begin < 2


def test_one_example_that_is_too_large_does_not_spoil_the_rest() -> None:
    schema = {"properties": {"big": {**TEXT, "example": "x" * 100_000}, "n": NUMBER}}
    assert sampled(schema)[0] == {"big": "REPLACE_big", "n": 1}


HOSTILE = [
    None,
    5,
    -1,
    "x",
    "",
    [],
    [None],
    [5],
    {},
    {"": None},
    {"a": 5},
    True,
    False,
    1e308,
    "\ud800",
]
KEYWORDS = (
    "type", "properties", "required", "additionalProperties", "items", "prefixItems", "allOf",
    "oneOf", "anyOf", "enum", "const", "example", "examples", "default", "discriminator",
    "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "minLength",
    "maxLength", "pattern", "format", "minimum", "maximum", "multipleOf", "exclusiveMinimum",
    "readOnly", "$ref", "nullable",
)  # fmt: skip


@pytest.mark.parametrize("argument", HOSTILE, ids=repr)
def test_no_argument_of_a_keyword_is_too_odd(argument: Any) -> None:
    for keyword in KEYWORDS:
        for kind in ("object", "array", "string", "integer"):
            schema = {"type": kind, keyword: argument, "x-other": 1}
            document = with_body({"properties": {"a": schema}, "required": ["a"]})
            (media_type,) = operation_of(document).media_types
            for policy in (ExampleValues, PublishedValues):
                for required_only in (False, True):
                    policy(document).body(media_type, required_only=required_only)


names = st.sampled_from(["a", "b", "c"])
simple: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        TEXT, NUMBER, {"type": "boolean"}, {"type": "null"}, {"enum": ["x", 2]}, {"const": "k"},
        {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, {"type": ["null", "string"]},
        {"type": "integer", "multipleOf": 7, "minimum": 10}, {"type": "string", "pattern": "^a+$"},
        {"type": "string", "format": "date", "maxLength": 10}, {"type": "string", "example": "x"},
        {"$ref": "#/components/schemas/Node"},
    ]
)  # fmt: skip
schemas = st.recursive(
    simple,
    lambda inner: (
        st.builds(
            lambda properties, required, least: {
                "type": "object",
                "properties": properties,
                "required": required,
                "minProperties": least,
            },
            st.dictionaries(names, inner, max_size=3),
            st.lists(names, max_size=2, unique=True),
            st.integers(0, 3),
        )
        | st.builds(
            lambda items, least: {"type": "array", "items": items, "minItems": least},
            inner,
            st.integers(0, 3),
        )
        | st.builds(lambda one, two: {"anyOf": [one, two]}, inner, inner)
        | st.builds(lambda values: {"type": "object", "additionalProperties": values}, inner)
        | st.builds(
            lambda name, one, two: {
                "allOf": [one, {"required": [name], "properties": {name: two}}]
            },
            st.sampled_from(["d", "e"]),
            st.dictionaries(names, inner).map(
                lambda found: {"type": "object", "properties": found}
            ),
            inner,
        )
    ),
    max_leaves=8,
)


recursive = st.sampled_from(
    [
        {"type": "object", "properties": {"a": NODE, "n": NUMBER}, "required": ["n"]},
        {"type": "object", "properties": {"all": {"type": "array", "items": NODE}}},
        {"type": "array", "items": NODE},
        {"anyOf": [NUMBER, {"type": "object", "additionalProperties": NODE}]},
        {"allOf": [PET, {"type": "object", "properties": {"b": NODE}, "required": ["x"]}]},
    ]
)


@given(schemas, recursive)
def test_whatever_can_be_satisfied_is(schema: Any, node: Any) -> None:
    document = with_body(schema, components={"schemas": {"Node": node}})
    (media_type,) = operation_of(document).media_types
    values = ExampleValues(document)
    for required_only in (False, True):
        value = values.body(media_type, required_only=required_only).value
        if value is not MISSING:
            assert not [each for each in violations(value, schema, document) if each.decided]
