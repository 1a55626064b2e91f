"""Where a call gets the values that nobody gives: from the document, if its schema allows it."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import SecurityScheme
from core.openapi.sample import SAMPLE_CAP
from core.values import POLICIES, ExampleValues, PublishedValues
from tests.core.openapi.small import document, operation_of


def parameter_sample(parameter: dict[str, Any], policy: Any, version: str = "3.1.0") -> Any:
    given = {"name": "x", "in": "query", **parameter}
    found = document({"parameters": [given]}, version=version)
    return policy(found).parameter(operation_of(found).parameters[0])


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("parameter", "example", "published"),
    [
        ({"schema": TEXT}, "REPLACE_x", "SOME_STRING_VALUE"),
        ({"schema": NUMBER}, 1, "SOME_INTEGER_VALUE"),
        ({"schema": {"type": "boolean"}}, True, "SOME_BOOLEAN_VALUE"),
        ({"schema": {"type": "array", "items": TEXT}}, ["REPLACE_x"], "SOME_ARRAY_VALUE"),
        ({"schema": {}}, "REPLACE_x", "SOME_STRING_VALUE"),
        ({}, "REPLACE_x", "SOME_STRING_VALUE"),
        ({"schema": {"enum": ["a"]}}, "a", "SOME_STRING_VALUE"),
        ({"schema": TEXT, "in": "path"}, "REPLACE_x", "{x}"),
        ({"schema": TEXT, "example": "a"}, "a", "a"),
        ({"schema": NUMBER, "example": "5"}, 5, "5"),
        ({"schema": NUMBER, "example": "a"}, 1, "a"),
        ({"schema": NUMBER, "examples": {"p": {"value": "a"}, "q": {"value": 7}}}, 7, "a"),
        ({"schema": {**TEXT, "example": "a"}}, "a", "a"),
        ({"schema": {**TEXT, "default": "a"}}, "a", "SOME_STRING_VALUE"),
        ({"schema": {"$ref": "#/nowhere"}}, MISSING, "SOME_STRING_VALUE"),
        ({"schema": TEXT, "example": None}, "REPLACE_x", None),
        (
            {"schema": {"type": "array", "items": NUMBER}, "example": "1, 2"},
            [1, 2], "1, 2",
        ),
        (
            {"content": {"application/json": {"schema": {"type": "object"}}}, "example": '{"a":1}'},
            {"a": 1}, '{"a":1}',
        ),
    ],
)  # fmt: skip
def test_parameters(parameter: dict[str, Any], example: Any, published: Any) -> None:
    assert parameter_sample(parameter, ExampleValues).value == example
    assert parameter_sample(parameter, PublishedValues).value == published


def test_published_defaults_are_those_of_swagger_2() -> None:
    parameter = {"type": "string", "default": "me"}
    assert parameter_sample(parameter, PublishedValues, "2.0").value == "me"


def body_sample(media_type: dict[str, Any], name: str = "application/json", **more: Any) -> Any:
    found = document({"requestBody": {"content": {name: media_type}}})
    (read,) = operation_of(found).media_types
    policy = more.pop("policy", ExampleValues)
    return policy(found).body(read, **{"required_only": False, **more})


PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "name": TEXT, "age": NUMBER},
}


@pytest.mark.parametrize(
    ("media_type", "wanted"),
    [
        ({"schema": PET}, {"name": "REPLACE_name", "age": 1}),
        ({"schema": PET, "example": {"name": "Rex"}}, {"name": "Rex"}),
        ({"schema": PET, "example": {"id": 5, "name": "Rex"}}, {"name": "Rex"}),
        ({"schema": PET, "example": '{"name":"Rex"}'}, {"name": "Rex"}),
        ({"schema": PET, "example": {"age": 5}}, {"name": "REPLACE_name", "age": 1}),
        (
            {"schema": PET, "examples": {"a": {"value": 5}, "b": {"value": {"name": "Rex"}}}},
            {"name": "Rex"},
        ),
        ({"example": {"free": [1]}}, {"free": [1]}),
        ({"schema": {**PET, "example": {"name": "Rex"}}}, {"name": "Rex"}),
        ({"schema": False, "example": 5}, MISSING),
    ],
)
def test_bodies(media_type: dict[str, Any], wanted: Any) -> None:
    assert body_sample(media_type).value == wanted


def test_what_is_required_of_an_example() -> None:
    example = {"id": 5, "name": "Rex", "age": 3}
    sample = body_sample({"schema": PET, "example": example}, required_only=True)
    assert sample.value == {"name": "Rex"}


@pytest.mark.parametrize("name", ["application/xml", "text/csv", "application/yaml"])
def test_texts_are_sent_as_the_document_shows_them(name: str) -> None:
    assert body_sample({"schema": PET, "example": "<pet/>"}, name).value == "<pet/>"


@pytest.mark.parametrize(
    ("media_type", "note"),
    [
        (
            {"schema": PET, "example": {"name": "Rex", "age": "old"}},
            "An example of the body is not used: at “/age” it is a string, not integer.",
        ),
        (
            {"schema": PET, "example": {"age": 5}},
            "An example of the body is not used: at “/” it lacks the required property “name”.",
        ),
        (
            {"example": "x" * SAMPLE_CAP},
            f"An example of the body is not used: it passes {SAMPLE_CAP} bytes.",
        ),
    ],
)
def test_examples_that_are_passed_over_are_said(media_type: dict[str, Any], note: str) -> None:
    assert note in body_sample(media_type).notes


def test_published_bodies_ignore_the_media_types_examples() -> None:
    media_type = {"schema": PET, "example": {"name": "Rex"}}
    assert body_sample(media_type, policy=PublishedValues).value == {"name": "string", "age": 0}


@pytest.mark.parametrize(
    ("scheme", "published"),
    [
        (SecurityScheme("my key", "apiKey", "/"), "REPLACE_KEY_VALUE"),
        (SecurityScheme("my key", "http", "/", "basic"), "REPLACE_BASIC_AUTH"),
        (SecurityScheme("my key", "http", "/", "bearer"), "REPLACE_BEARER_TOKEN"),
        (SecurityScheme("my key", "oauth2", "/"), "REPLACE_BEARER_TOKEN"),
    ],
)
def test_credentials_are_placeholders(scheme: SecurityScheme, published: str) -> None:
    empty = Document({"openapi": "3.1.0"})
    assert ExampleValues(empty).credential(scheme) == "REPLACE_my_key"
    assert PublishedValues(empty).credential(scheme) == published


def test_a_document_is_never_changed() -> None:
    example = {"id": 5, "name": "Rex", "list": [{"id": 1}]}
    schema = {**PET, "example": example, "allOf": [{"required": ["other"]}]}
    found = document({"requestBody": {"content": {"application/json": {"schema": schema}}}})
    before = repr(found.root)
    for policy in POLICIES.values():
        (read,) = operation_of(found).media_types
        for required_only in (False, True):
            policy(found).body(read, required_only=required_only)
    assert repr(found.root) == before
