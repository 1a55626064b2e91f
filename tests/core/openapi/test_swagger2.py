"""Swagger 2.0: parameters that are schemas, bodies that are parameters."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.swagger2 import media_types, parameter_schema, style
from core.request import FormBody, MultipartBody
from tests.core.openapi.small import built, document, operation_of

JSON, FORM, PARTS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)
BODY = {"in": "body", "name": "pet", "schema": {"type": "object"}, "required": True}
TEXT = {"in": "formData", "name": "note", "type": "string"}
FILE = {"in": "formData", "name": "photo", "type": "file", "required": True}


def test_a_parameter_is_its_own_schema() -> None:
    raw = {
        "name": "limit", "in": "query", "required": True, "description": "d", "type": "integer",
        "maximum": 5, "default": 2, "collectionFormat": "csv", "x-nullable": True,
    }  # fmt: skip
    assert parameter_schema(raw) == {
        "type": "integer", "maximum": 5, "default": 2, "x-nullable": True,
    }  # fmt: skip
    assert parameter_schema({"type": "file"}) == {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("written", "place", "wanted"),
    [
        (None, "query", ("form", False)),
        ("csv", "query", ("form", False)),
        ("ssv", "query", ("spaceDelimited", False)),
        ("tsv", "query", ("tabDelimited", False)),
        ("pipes", "query", ("pipeDelimited", False)),
        ("multi", "query", ("form", True)),
        (None, "path", ("simple", False)),
        ("csv", "header", ("simple", False)),
        ("multi", "path", ("simple", False)),
        (5, "query", ("form", False)),
        (["csv"], "query", ("form", False)),
    ],
)
def test_collection_formats(written: Any, place: str, wanted: tuple[str, bool]) -> None:
    assert style({"collectionFormat": written}, place) == wanted


@pytest.mark.parametrize(
    ("parameters", "consumes", "names", "required"),
    [
        ([], [JSON], [], False),
        ([BODY], None, [JSON], True),
        ([BODY], [], [JSON], True),
        ([BODY], ["application/xml", JSON], ["application/xml", JSON], True),
        ([BODY, TEXT], [FORM], [FORM], True),
        ([TEXT], None, [FORM], False),
        ([TEXT], [JSON], [FORM], False),
        ([TEXT], [PARTS, FORM], [PARTS, FORM], False),
        ([TEXT, FILE], [PARTS, FORM], [PARTS], True),
        ([TEXT, FILE], [FORM], [PARTS], True),
        ([TEXT], "text", [FORM], False),
    ],
)
def test_bodies(
    parameters: list[dict[str, Any]], consumes: Any, names: list[str], required: bool
) -> None:
    found, is_required = media_types([(raw, "/here") for raw in parameters], consumes)
    assert [media_type.name for media_type in found] == names
    assert is_required is required


def test_form_fields_become_one_object() -> None:
    listed = {"in": "formData", "name": "tags", "type": "array", "collectionFormat": "pipes"}
    found, _ = media_types([(TEXT, "/0"), (FILE, "/1"), (listed, "/2")], None)
    assert found[0].schema == {
        "type": "object",
        "properties": {
            "note": {"type": "string"},
            "photo": {"type": "string", "format": "binary"},
            "tags": {"type": "array"},
        },
        "required": ["photo"],
    }
    assert found[0].encoding == {"tags": {"style": "pipeDelimited", "explode": False}}
    assert found[0].pointer == "/0"


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        (
            {"parameters": [TEXT, FILE], "consumes": [PARTS]},
            "note='REPLACE_note' photo=@REPLACE_photo",
        ),
        (
            {"parameters": [{**TEXT, "type": "array", "items": {"type": "string"},
                             "default": ["a", "b"], "collectionFormat": "multi"}]},
            "note=a note=b",
        ),
        (
            {"parameters": [{**TEXT, "type": "array", "items": {"type": "string"},
                             "default": ["a", "b"]}]},
            "note=a,b",
        ),
        (
            {"parameters": [{**TEXT, "type": "array", "items": {"type": "string"},
                             "default": ["a", "b"], "collectionFormat": "ssv"}]},
            "note=a b",
        ),
    ],
)  # fmt: skip
def test_form_bodies(operation: dict[str, Any], wanted: str) -> None:
    body = built(document(operation, method="post", version="2.0")).request.body
    if isinstance(body, MultipartBody):
        shown = [
            f"{part.name}=@{part.filename}" if part.filename else f"{part.name}={part.value!r}"
            for part in body.parts
        ]
    else:
        assert isinstance(body, FormBody)
        shown = [f"{name}={value}" for name, value in body.pairs]
    assert " ".join(shown) == wanted


def test_body_parameters_may_be_shared() -> None:
    root: dict[str, Any] = {
        "parameters": {"pet": {**BODY, "schema": {"type": "integer", "example": 5}}},
        "consumes": [JSON],
    }
    shared = {"$ref": "#/parameters/pet"}
    found = document({"parameters": [shared]}, method="post", version="2.0", **root)
    assert built(found).request.body.text == "5"  # type: ignore[union-attr]
    found = document({}, method="post", version="2.0", **root)
    found.root["paths"]["/a"]["parameters"] = [shared]
    assert built(found).request.body.text == "5"  # type: ignore[union-attr]


def test_an_operations_body_replaces_the_paths() -> None:
    own = {**BODY, "name": "own", "schema": {"type": "integer", "example": 1}}
    found = document({"parameters": [own]}, method="post", version="2.0")
    found.root["paths"]["/a"]["parameters"] = [
        {**BODY, "name": "shared", "schema": {"type": "integer", "example": 2}}
    ]
    assert built(found).request.body.text == "1"  # type: ignore[union-attr]


def test_consumes_of_the_operation_wins() -> None:
    operation = {"parameters": [BODY], "consumes": ["application/xml"]}
    found = document(operation, method="post", version="2.0", consumes=[JSON])
    assert [each.name for each in operation_of(found).media_types] == ["application/xml"]


@pytest.mark.parametrize("member", ["x-example", "x-examples"])
def test_examples_of_parameters(member: str) -> None:
    example: Any = "Rex" if member == "x-example" else {"a": {"value": "Rex"}}
    parameter = {"name": "name", "in": "query", "type": "string", member: example}
    found = document({"parameters": [parameter]}, version="2.0")
    assert built(found).request.query == (("name", "Rex"),)
