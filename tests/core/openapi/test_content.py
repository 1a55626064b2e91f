"""Values as the bodies that their media types ask for."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import RequestError
from core.openapi.content import body_of
from core.openapi.document import Document
from core.openapi.operation import MediaType
from core.request import (
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
)

DOCUMENT = Document({"openapi": "3.1.0"})
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


def body(name: str, value: Any, schema: Any = True, **encoding: Any) -> Body:
    return body_of(MediaType(name, schema, "", encoding=encoding), value, DOCUMENT)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("application/json", {"a": 1.0}, JsonBody('{"a":1}')),
        ("application/json", None, JsonBody("null")),
        ("application/vnd.api+json; v=1", [], JsonBody("[]", "application/vnd.api+json; v=1")),
        ("text/plain", "a\nb", TextBody("a\nb", "text/plain")),
        ("text/plain", 5, TextBody("5", "text/plain")),
        ("text/plain", {"a": 1}, TextBody('{"a":1}', "text/plain")),
        ("application/xml", "<a/>", TextBody("<a/>", "application/xml")),
        ("application/yaml", "a: 1", TextBody("a: 1", "application/yaml")),
        ("application/octet-stream", "photo.png", FileBody("photo.png")),
        ("application/octet-stream", "REPLACE_value", FileBody("REPLACE_value")),
        ("image/png", "string", FileBody("REPLACE_file", "image/png")),
        ("image/png", "a/b\\c", FileBody("REPLACE_file", "image/png")),
        ("image/png", 5, FileBody("REPLACE_file", "image/png")),
        ("image/png", "", FileBody("REPLACE_file", "image/png")),
        ("image/png", "-", FileBody("REPLACE_file", "image/png")),
        ("application/octet-stream", {"a": 1}, TextBody('{"a":1}', "application/octet-stream")),
    ],
)
def test_whole_bodies(name: str, value: Any, wanted: Body) -> None:
    assert body(name, value) == wanted


@pytest.mark.parametrize(
    ("value", "encoding", "wanted"),
    [
        ({"a": "x y", "b": 1, "c": True, "d": None}, {}, "a=x y b=1 c=true d="),
        ({"a": ["x", "y"]}, {}, "a=x a=y"),
        ({"a": ["x", "y"]}, {"a": {"explode": False}}, "a=x,y"),
        ({"a": ["x", "y"]}, {"a": {"style": "spaceDelimited"}}, "a=x y"),
        ({"a": ["x", "y"]}, {"a": {"style": "pipeDelimited"}}, "a=x|y"),
        ({"a": ["x", "y"]}, {"a": {"style": "pipeDelimited", "explode": True}}, "a=x a=y"),
        ({"a": []}, {}, ""),
        ({"a": {"k": 1}}, {}, 'a={"k":1}'),
        ({"a": {"k": 1, "l": {"m": [1, 2]}}}, {"a": {"style": "deepObject"}},
         "a[k]=1 a[l][m]=1,2"),
        ({"a": [{"k": 1}]}, {}, 'a={"k":1}'),
        ({"a": "x"}, {"a": {"style": ["x"], "explode": "yes"}}, "a=x"),
        ({"a": ["x", "y"]}, {"a": {"style": 5, "explode": "no"}}, "a=x a=y"),
        ({"a": "x"}, {"a": 5, "b": {}}, "a=x"),
        ({}, {}, ""),
        (None, {}, ""),
        ("text", {}, "text="),
        ([1], {}, "[1]="),
    ],
)  # fmt: skip
def test_forms(value: Any, encoding: dict[str, Any], wanted: str) -> None:
    made = body(FORM, value, **encoding)
    assert isinstance(made, FormBody)
    assert " ".join([f"{name}={text}" for name, text in made.pairs]) == wanted


BINARY = {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("schema", "value", "encoding", "wanted"),
    [
        ({"type": "string"}, "x", {}, Part("p", "x")),
        ({"type": "integer"}, 5, {}, Part("p", "5")),
        ({}, None, {}, Part("p", "")),
        (BINARY, "REPLACE_p", {}, Part("p", None, "REPLACE_p")),
        (BINARY, "photo.png", {}, Part("p", None, "photo.png")),
        (BINARY, "string", {}, Part("p", None, "REPLACE_p")),
        (BINARY, "/etc/passwd", {}, Part("p", None, "REPLACE_p")),
        (BINARY, 5, {}, Part("p", None, "REPLACE_p")),
        ({"type": "file"}, "x", {}, Part("p", None, "x")),
        ({"contentMediaType": "image/png"}, "x", {}, Part("p", None, "x")),
        (
            {"contentMediaType": "image/png", "contentEncoding": "base64"}, "eA==", {},
            Part("p", "eA=="),
        ),
        ({"contentMediaType": "application/json", "type": "object"}, {"a": 1}, {},
         Part("p", '{"a":1}', None, "application/json")),
        (BINARY, "x", {"contentType": "image/png, image/jpeg"}, Part("p", None, "x", "image/png")),
        (BINARY, "x", {"contentType": "image/*, image/png"}, Part("p", None, "x", "image/png")),
        (BINARY, "x", {"contentType": "image/*"}, Part("p", None, "x")),
        (BINARY, "x", {"contentType": "png"}, Part("p", None, "x")),
        (BINARY, "x", {"contentType": ["image/png"]}, Part("p", None, "x")),
        ({}, "x", {"contentType": "text/plain"}, Part("p", "x")),
        ({}, "x", {"contentType": "text/csv"}, Part("p", "x", None, "text/csv")),
        ({}, {"a": 1}, {}, Part("p", '{"a":1}', None, "application/json")),
        ({}, [1], {}, Part("p", "[1]", None, "application/json")),
        ({}, {"a": 1}, {"contentType": "application/vnd.x+json"},
         Part("p", '{"a":1}', None, "application/vnd.x+json")),
        (
            {}, {"a": 1}, {"contentType": "application/xml"},
            Part("p", '<?xml version="1.0" encoding="UTF-8"?>\n<p><a>1</a></p>', None,
                 "application/xml"),
        ),
    ],
)  # fmt: skip
def test_parts(schema: Any, value: Any, encoding: dict[str, Any], wanted: Part) -> None:
    whole = {"properties": {"p": schema}}
    made = body(PARTS, {"p": value}, whole, p=encoding)
    assert made == MultipartBody((wanted,))


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ({"type": "string"}, [Part("p", "a"), Part("p", "b")]),
        (BINARY, [Part("p", None, "a"), Part("p", None, "b")]),
    ],
)
def test_lists_become_one_part_for_each_item(items: Any, wanted: list[Part]) -> None:
    schema = {"allOf": [{"properties": {"p": {"type": "array", "items": items}}}]}
    assert body(PARTS, {"p": ["a", "b"]}, schema) == MultipartBody(tuple(wanted))


@pytest.mark.parametrize(("value", "parts"), [(None, ()), ("x", (Part("value", "x"),)), ({}, ())])
def test_what_is_no_object_is_one_part(value: Any, parts: tuple[Part, ...]) -> None:
    assert body(PARTS, value) == MultipartBody(parts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("application/json", float("inf")),
        (PARTS, {'a"b': "x"}),
        ("text/plain", "\ud800"),
    ],
)
def test_what_cannot_be_carried_is_refused(name: str, value: Any) -> None:
    with pytest.raises(RequestError):
        Request("POST", "https", "api.example.com", "/", body=body(name, value))
