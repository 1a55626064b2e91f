"""Every operation is listed or dropped with a reason; a bad one costs only itself."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import OperationError, UnknownNameError
from core.openapi.document import Document
from core.openapi.listing import find_operation, made_operation_id, operations
from core.openapi.operation import Dropped, Operation
from tests.core.openapi.small import document, dropped_of, operation_of


def listed(paths: Any, version: str = "3.0.3", **root: Any) -> list[str]:
    """Labels of operations; what is dropped between brackets."""
    found = operations(Document({"openapi": version, "paths": paths, **root}))
    return [f"[{each.where}]" if isinstance(each, Dropped) else each.label for each in found]


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        ({"/b": {"post": {}, "get": {}}, "/a": {"get": {}}}, ["POST /b", "GET /b", "GET /a"]),
        ({"/a": {"GET": {}}}, ["GET /a"]),
        (
            {"/a": {"summary": "s", "description": "d", "parameters": [], "servers": [],
                    "x-get": {}, "get": {}}},
            ["GET /a"],
        ),
        ({"x-paths": {"get": {}}, "/a": {"get": {}}}, ["GET /a"]),
        ({"/a": {method: {} for method in
                 ("get", "put", "post", "delete", "options", "head", "patch", "trace", "connect")}},
         ["GET /a", "PUT /a", "POST /a", "DELETE /a", "OPTIONS /a", "HEAD /a", "PATCH /a",
          "TRACE /a"]),
        ({"/a": None}, ["[/a]"]),
        ({"/a": [1]}, ["[/a]"]),
        ({"/a": {"get": None}}, ["[GET /a]"]),
        ({"/a": {"get": "x", "post": {}}}, ["[GET /a]", "POST /a"]),
        ({"/a": {"parameters": 5, "get": {}}, "/b": {"get": {}}}, ["[/a]", "GET /b"]),
        ({"/a": {"get": {"parameters": {}}, "post": {}}}, ["[GET /a]", "POST /a"]),
        ({"/a": {"$ref": "#/nowhere"}, "/b": {"get": {}}}, ["[/a]", "GET /b"]),
        ({"/a": {"get": {"$ref": "#/nowhere"}, "post": {}}}, ["[GET /a]", "POST /a"]),
        ({"/a": {"get": {"parameters": [{"$ref": "#/x"}]}, "post": {}}}, ["[GET /a]", "POST /a"]),
        ({}, []),
        (None, []),
        ([], []),
        ({"$ref": "#/elsewhere"}, ["GET /e"]),
        ({"$ref": "#/nowhere"}, ["[paths]"]),
    ],
)  # fmt: skip
def test_what_is_listed(paths: Any, wanted: list[str]) -> None:
    assert listed(paths, elsewhere={"/e": {"get": {}}}) == wanted


def test_a_path_item_may_be_a_reference_with_its_own_members_over_it() -> None:
    item = {"get": {"operationId": "shared"}, "post": {"operationId": "shared"}}
    root = {
        "openapi": "3.1.0",
        "paths": {"/a": {"$ref": "#/components/pathItems/X", "get": {"operationId": "own"}}},
        "components": {"pathItems": {"X": item}},
    }
    found = {each.label: each for each in operations(Document(root)) if isinstance(each, Operation)}
    assert {label: each.operation_id for label, each in found.items()} == {
        "GET /a": "own",
        "POST /a": "shared",
    }


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (5, "The operation is not an object but a number"),
        ([], "not an object but a list"),
        (True, "not an object but true or false"),
        ({"parameters": "x"}, "Its “parameters” is not a list but a text"),
        ({"parameters": [{"$ref": "#/a/b"}]}, "leads nowhere"),
        ({"parameters": [{"$ref": "other.yaml#/a"}]}, "not among the uploaded files"),
        ({"requestBody": {"$ref": "#/a/b"}}, "leads nowhere"),
    ],
)
def test_reasons(operation: Any, reason: str) -> None:
    dropped = dropped_of(document(operation))
    assert reason in dropped.reason
    assert dropped.where == "GET /a"
    assert dropped.pointer == "/paths/~1a/get"


PARAMETER = {"name": "x", "in": "query", "schema": {"type": "string"}}


@pytest.mark.parametrize(
    ("parameter", "warning"),
    [
        (5, "is not an object but a number; left out"),
        (None, "is not an object but nothing; left out"),
        ({**PARAMETER, "name": 5}, "has no usable “name” and “in”"),
        ({**PARAMETER, "name": ""}, "has no usable “name” and “in”"),
        ({**PARAMETER, "in": "body"}, "has no usable “name” and “in”"),
        ({**PARAMETER, "in": ["query"]}, "has no usable “name” and “in”"),
        ({**PARAMETER, "in": "header", "name": "Content-Type"}, "“Content-Type” is left out"),
        ({**PARAMETER, "in": "header", "name": "Cookie"}, "“Cookie” is left out"),
        ({**PARAMETER, "in": "header", "name": "X A"}, "“X A” is left out"),
    ],
)
def test_parameters_that_are_left_out_are_a_warning(parameter: Any, warning: str) -> None:
    operation = operation_of(document({"parameters": [parameter, PARAMETER]}))
    assert [each.name for each in operation.parameters] == ["x"]
    assert warning in operation.warnings[0]


@pytest.mark.parametrize("name", ["Accept", "Authorization"])
def test_headers_that_openapi_3_ignores_are_optional(name: str) -> None:
    header = {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    assert not operation_of(document({"parameters": [header]})).parameters[0].required
    header = {"name": name, "in": "header", "required": True, "type": "string"}
    found = document({"parameters": [header]}, version="2.0")
    assert operation_of(found).parameters[0].required


@pytest.mark.parametrize(
    ("place", "written", "style", "explode"),
    [
        ("path", {}, "simple", False),
        ("header", {}, "simple", False),
        ("query", {}, "form", True),
        ("cookie", {}, "form", True),
        ("query", {"style": "spaceDelimited"}, "spaceDelimited", False),
        ("query", {"style": "deepObject"}, "deepObject", True),
        ("query", {"explode": False}, "form", False),
        ("query", {"style": 5, "explode": "yes"}, "form", True),
        ("path", {"style": "matrix", "explode": True}, "matrix", True),
    ],
)
def test_styles_have_defaults_by_place(
    place: str, written: dict[str, Any], style: str, explode: bool
) -> None:
    parameter = {"name": "x", "in": place, "schema": {}, **written}
    (found,) = operation_of(document({"parameters": [parameter]})).parameters
    assert (found.style, found.explode) == (style, explode)
    assert found.required is (place == "path")


def test_an_operations_parameters_replace_the_paths_in_place() -> None:
    def query(name: str, description: str, place: str = "query") -> dict[str, Any]:
        return {"name": name, "in": place, "schema": {}, "description": description}

    found = document({"parameters": [query("b", "own"), query("X-A", "own", "header")]})
    found.root["paths"]["/a"]["parameters"] = [
        query("a", "shared"),
        query("b", "shared"),
        query("x-a", "shared", "header"),
        query("b", "shared", "cookie"),
    ]
    shown = [(each.name, each.place, each.description) for each in operation_of(found).parameters]
    assert shown == [
        ("a", "query", "shared"),
        ("b", "query", "own"),
        ("X-A", "header", "own"),
        ("b", "cookie", "shared"),
    ]


def test_shared_parameters_keep_the_pointer_of_their_declaration() -> None:
    root = {"components": {"parameters": {"Limit": PARAMETER}}}
    reference = {"$ref": "#/components/parameters/Limit"}
    one, two = operation_of(
        document({"parameters": [reference, {**PARAMETER, "name": "y"}]}, **root)
    ).parameters
    assert one.pointer == "/components/parameters/Limit"
    assert two.pointer == "/paths/~1a/get/parameters/1"


@pytest.mark.parametrize(
    ("parameter", "media_type", "schema", "examples"),
    [
        ({"schema": {"type": "string"}, "example": 1}, None, {"type": "string"}, (1,)),
        ({"examples": {"a": {"value": 1}, "b": {"value": 2}}}, None, {}, (1, 2)),
        ({"examples": {"a": {"externalValue": "http://x"}, "b": 5}}, None, {}, ()),
        ({"examples": {"a": {"$ref": "#/components/examples/E"}}}, None, {}, ("E",)),
        ({"examples": [1, 2]}, None, {}, (1, 2)),
        ({"schema": True}, None, True, ()),
        ({"schema": "string"}, None, {}, ()),
        ({"schema": None}, None, {}, ()),
        (
            {"content": {"application/json": {"schema": {"type": "null"}, "example": 3}}},
            "application/json",
            {"type": "null"},
            (3,),
        ),
        ({"content": {}}, None, {}, ()),
        ({"content": {"a/b": None}}, "a/b", {}, ()),
    ],
)
def test_schemas_and_examples_of_parameters(
    parameter: dict[str, Any], media_type: str | None, schema: Any, examples: tuple[Any, ...]
) -> None:
    given = {"name": "x", "in": "query", **parameter}
    root = {"components": {"examples": {"E": {"value": "E"}}}}
    (found,) = operation_of(document({"parameters": [given]}, **root)).parameters
    assert (found.media_type, found.schema, found.examples) == (media_type, schema, examples)


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["application/json", "text/plain"], ["application/json", "text/plain"]),
        (["*/*"], ["application/json"]),
        (["application/*"], ["application/json"]),
        (["text/*"], ["text/plain"]),
        (["image/*", "image/png"], ["image/png"]),
        (["audio/*", "video/*"], ["audio/mpeg", "video/mp4"]),
        (["multipart/*"], ["multipart/form-data"]),
        (["application/json ", "application/json"], ["application/json"]),
        (["json"], ["application/json"]),
        (["", "é/x", "a b/c"], ["application/json"]),
        (["application/vnd.api+json; version=1"], ["application/vnd.api+json; version=1"]),
    ],
)
def test_media_types(names: list[str], wanted: list[str]) -> None:
    body = {"content": {name: {"schema": {}} for name in names}}
    operation = operation_of(document({"requestBody": body}))
    assert [each.name for each in operation.media_types] == wanted


def test_a_media_type_that_is_none_is_a_warning() -> None:
    operation = operation_of(document({"requestBody": {"content": {"json": {}}}}))
    assert operation.warnings == ("“json” is not a media type; taken as application/json.",)


@pytest.mark.parametrize("body", [None, 5, [], {}, {"content": None}, {"content": []}])
def test_bodies_that_are_none(body: Any) -> None:
    assert operation_of(document({"requestBody": body})).media_types == ()


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        ({}, ("get_a_id", "", "", ())),
        ({"operationId": " list "}, ("list", "", "", ())),
        ({"operationId": 5, "summary": ["x"], "description": None, "tags": "x"},
         ("get_a_id", "", "", ())),
        ({"summary": "S", "description": "D", "tags": ["t", 5]},
         ("get_a_id", "S", "D", ("t", "5"))),
    ],
)  # fmt: skip
def test_texts(operation: dict[str, Any], wanted: tuple[Any, ...]) -> None:
    found = operation_of(document(operation, path="/a/{id}"))
    assert (found.operation_id, found.summary, found.description, found.tags) == wanted


def test_made_operation_ids() -> None:
    assert made_operation_id("get", "/pets/{petId}") == "get_pets_petId"
    assert made_operation_id("POST", "/") == "post"


def test_an_operations_key_is_its_document_and_pointer() -> None:
    found = Document({"openapi": "3.1.0", "paths": {"/a/b": {"get": {}}}}, sha256="0f")
    assert operation_of(found).key == ("0f", "/paths/~1a~1b/get")


PETS = Document(
    {
        "openapi": "3.1.0",
        "paths": {
            "/pets": {"get": {"operationId": "listPets"}, "post": {"operationId": "add pet"}},
            "/a b": {"get": {}},
            "/bad": {"get": 5},
        },
    }
)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("GET /pets", "GET /pets"),
        ("get  /pets ", "GET /pets"),
        ("listPets", "GET /pets"),
        ("/paths/~1pets/get", "GET /pets"),
        ("add pet", "POST /pets"),
        ("GET /a b", "GET /a b"),
    ],
)
def test_operations_are_found_by_what_people_call_them(name: str, label: str) -> None:
    assert find_operation(PETS, name).label == label


def test_a_name_that_does_not_exist_is_told_what_was_meant() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean GET /pets"):
        find_operation(PETS, "GET /pet")
    with pytest.raises(OperationError, match="GET /bad cannot be used"):
        find_operation(PETS, "GET /bad")


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ({"x-codeSamples": [{"lang": "go", "label": "l", "source": "s"}]}, [("go", "l", "s")]),
        ({"x-code-samples": [{"source": "s"}, {"lang": "x"}, 5]}, [("", "", "s")]),
        ({"x-codeSamples": "x"}, []),
        (
            {"x-sdk-operations": {"request-examples": {
                "curl": [{"name": "n", "example": [{"source": ["a", "b"]}, "c"]}]}}},
            [("curl", "n", "a\nb\nc")],
        ),
        ({"x-sdk-operations": {"request-examples": {"go": [5, {"example": 7}]}}},
         [("go", "", "7")]),
    ],
)  # fmt: skip
def test_code_samples(raw: dict[str, Any], wanted: list[tuple[str, str, str]]) -> None:
    found = operation_of(document(raw)).code_samples
    assert [(each.language, each.label, each.source) for each in found] == wanted
