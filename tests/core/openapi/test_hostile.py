"""Documents from strangers: whatever stands where, each operation is a request or a reason."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from typing import Any

import pytest

from core.build import Built, Choices, build
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Dropped
from core.values import POLICIES
from tests.core.openapi.small import built, document, with_body

SCHEMA = {
    "type": "object",
    "required": ["name"],
    "discriminator": {"propertyName": "kind", "mapping": {"a": "Pet"}},
    "properties": {
        "name": {"type": "string", "minLength": 1, "pattern": "^a", "example": "a"},
        "tags": {
            "type": "array",
            "items": {"enum": ["a"]},
            "minItems": 1,
            "xml": {"wrapped": True},
        },
        "self": {"$ref": "#/components/schemas/Pet"},
    },
    "additionalProperties": {"type": "integer", "minimum": 1},
    "allOf": [{"properties": {"kind": {"type": "string"}}}],
    "oneOf": [{"type": "object"}, {"$ref": "#/components/schemas/Other"}],
}
PET = {"$ref": "#/components/schemas/Pet"}
PARAMETERS = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "maximum": 5}},
    {"name": "q", "in": "query", "style": "deepObject", "explode": True, "schema": PET},
    {"name": "c", "in": "cookie", "content": {"application/json": {"schema": True, "example": 1}}},
    {
        "name": "X-H",
        "in": "header",
        "schema": {"type": "string"},
        "examples": {"e": {"value": "x"}},
    },
    {"$ref": "#/components/parameters/Limit"},
]
CONTENT: dict[str, Any] = {
    "application/json": {"schema": PET, "example": {"name": "a"}},
    "multipart/form-data": {"schema": PET, "encoding": {"tags": {"contentType": "a/b"}}},
    "application/x-www-form-urlencoded": {"schema": PET, "encoding": {"tags": {"style": "form"}}},
    "application/xml": {"schema": PET},
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "servers": [
        {"url": "https://{host}/v1", "variables": {"host": {"default": "a.b", "enum": ["a.b"]}}}
    ],
    "security": [{"key": [], "token": ["s"]}],
    "paths": {
        "/a/{id}": {
            "summary": "s",
            "parameters": PARAMETERS,
            "servers": [{"url": "/v2"}],
            "post": {
                "operationId": "o",
                "tags": ["t"],
                "summary": "s",
                "requestBody": {"required": True, "content": CONTENT},
                "x-codeSamples": [{"lang": "go", "source": "s"}],
                "x-sdk-operations": {"request-examples": {"go": [{"name": "n", "example": ["s"]}]}},
            },
        },
        "/b": {"$ref": "#/components/pathItems/B"},
    },
    "components": {
        "schemas": {"Pet": SCHEMA, "Other": {"type": "string", "format": "date", "default": "x"}},
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
        "pathItems": {"B": {"get": {"security": [{}], "deprecated": True}}},
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "query", "name": "k"},
            "token": {"type": "http", "scheme": "bearer"},
        },
    },
}  # fmt: skip
SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "host": "a.b",
    "basePath": "/v1",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "security": [{"key": []}],
    "paths": {
        "/a": {
            "post": {
                "consumes": ["multipart/form-data"],
                "parameters": [
                    {"name": "f", "in": "formData", "type": "file", "required": True},
                    {"name": "l", "in": "formData", "type": "array", "items": {"type": "string"},
                     "collectionFormat": "pipes", "default": ["a"]},
                    {"name": "q", "in": "query", "type": "integer", "x-example": 5},
                ],
            },
            "put": {"parameters": [{"$ref": "#/parameters/B"}]},
        }
    },
    "parameters": {"B": {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}},
    "definitions": {"Pet": {"type": "object", "discriminator": "kind", "properties": {"kind": {}}}},
    "securityDefinitions": {"key": {"type": "basic"}},
}  # fmt: skip

HOSTILE: list[Any] = [
    None, True, 0, -1.5, "", "x", "\ud800\0\n", [], [None], ["x", {}], {}, {"": None},
    {"$ref": "#"}, {"$ref": "#/paths"}, {"$ref": 5}, {"type": ["object"], "properties": []},
]  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document, the document itself apart."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, item in members:
        yield (*at, name)
        if isinstance(item, dict | list):
            yield from places(item, (*at, name))


def spoilt(root: Any, at: tuple[Any, ...], by: Any) -> Any:
    """A copy of a document with another value at one place."""
    root = copy.deepcopy(root)
    around = root
    for step in at[:-1]:
        around = around[step]
    around[at[-1]] = copy.deepcopy(by)
    return root


def use(root: Any, turn: int) -> int:
    """Lists all and builds all, by another policy and media type each turn; what may happen is a
    ``CallwrightError``. The requests made.
    """
    try:
        read = Document(root, name="hostile.json")
    except CallwrightError:
        return 0
    made = 0
    values = list(POLICIES.values())[turn % len(POLICIES)](read)
    for operation in operations(read):
        if isinstance(operation, Dropped):
            assert operation.reason
            continue
        assert operation.code_samples is not None
        names = [each.name for each in operation.media_types] or [None]
        choices = Choices(media_type=names[turn % len(names)], required_only=turn % 2 == 1)
        try:
            made += isinstance(build(operation, values, choices=choices), Built)
        except CallwrightError as error:
            assert len(str(error)) > 20
    return made


@pytest.mark.parametrize("root", [DOCUMENT, SWAGGER], ids=["3.1", "2.0"])
@pytest.mark.parametrize("by", HOSTILE, ids=repr)
def test_nothing_in_a_document_is_too_odd(root: dict[str, Any], by: Any) -> None:
    assert use(root, 0) == use(root, 1) == 2
    made = [use(spoilt(root, at, by), turn) for turn, at in enumerate(places(root))]
    assert sum(1 for count in made if count) > len(made) * 0.8


@pytest.mark.parametrize("root", [DOCUMENT, SWAGGER], ids=["3.1", "2.0"])
def test_nothing_in_a_document_is_too_important_to_be_missing(root: dict[str, Any]) -> None:
    for turn, at in enumerate(places(root)):
        without = copy.deepcopy(root)
        around = without
        for step in at[:-1]:
            around = around[step]
        del around[at[-1]]
        use(without, turn)


def _deep(depth: int, leaf: Any) -> Any:
    for _ in range(depth):
        leaf = {"a": leaf, "b": [leaf]} if depth < 12 else {"a": [leaf]}
    return leaf


MEDIA_TYPES = [*CONTENT, "text/plain", "application/octet-stream"]


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("depth", [10, 240])
def test_deep_examples_are_sent_or_refused(media_type: str, depth: int) -> None:
    example = _deep(depth, 1)
    for schema in ({}, {"example": example}, {"enum": [example]}, {"const": example}):
        found = with_body(schema, media_type)
        content = found.root["paths"]["/a"]["post"]["requestBody"]["content"][media_type]
        content["example"] = example
        try:
            assert built(found).request.body is not None
        except CallwrightError as error:
            assert "deep" in str(error) or "recursion" in str(error)


def test_many_parameters_examples_and_operations_cost_little() -> None:
    parameters = [
        {"name": f"p{number}", "in": "query", "schema": {"type": "string"}}
        for number in range(5_000)
    ]
    begin = time.perf_counter()
    request = built(document({"parameters": parameters})).request
    assert len(request.query) == 5_000
    assert time.perf_counter() - begin < 3


def test_examples_that_are_checked_against_dense_schemas_cost_little() -> None:
    everyone = [{"$ref": f"#/components/schemas/S{number}"} for number in range(10)]
    schemas = {f"S{number}": {"allOf": everyone} for number in range(10)}
    dense = {"$ref": "#/components/schemas/S0"}
    members = {f"m{number}": {"allOf": [dense], "example": {"a": 1}} for number in range(200)}
    begin = time.perf_counter()
    built(with_body({"properties": members}, components={"schemas": schemas}))
    assert time.perf_counter() - begin < 10
