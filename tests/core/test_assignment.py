"""What a person types becomes what the schema expects."""

from __future__ import annotations

from typing import Any

import pytest

from core.assignment import read_assignments
from core.errors import RequestError, UnknownNameError
from core.openapi.document import Document
from core.openapi.listing import find_operation
from core.openapi.operation import Operation

SCHEMAS: dict[str, Any] = {
    "limit": {"type": "integer", "maximum": 100},
    "ratio": {"type": "number"},
    "fresh": {"type": "boolean"},
    "name": {"type": "string"},
    "ids": {"type": "array", "items": {"type": "integer"}},
    "tags": {"type": "array", "items": {"type": "string"}},
    "filter": {"type": "object", "properties": {"status": {"type": "string"}}},
    "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    "level": {"$ref": "#/components/schemas/Level"},
    "maybe": {"type": ["integer", "null"]},
}
DOCUMENT = Document(
    {
        "openapi": "3.1.0",
        "paths": {
            "/pets/{id}/{kind}": {
                "post": {
                    "operationId": "edit",
                    "parameters": [
                        *({"name": n, "in": "query", "schema": s} for n, s in SCHEMAS.items()),
                        {"name": "id", "in": "path", "schema": {"type": "integer"}},
                        {"name": "id", "in": "header", "schema": {"type": "string"}},
                        {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                    ],
                    "requestBody": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
                            "text/plain": {"schema": {"type": "string"}},
                        }
                    },
                },
                "get": {"operationId": "read"},
            }
        },
        "components": {
            "schemas": {
                "Level": {"type": "integer", "enum": [1, 2]},
                "Pet": {
                    "properties": {"age": {"type": "integer"}},
                    "allOf": [{"$ref": "#/components/schemas/Owned"}],
                },
                "Owned": {
                    "type": "object",
                    "properties": {
                        "owner": {
                            "type": "object",
                            "properties": {"email": {"type": "string", "format": "email"}},
                        },
                    },
                },
            }
        },
    }
)


def operation(operation_id: str = "edit") -> Operation:
    return find_operation(DOCUMENT, operation_id)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("limit", "5", 5),
        ("ratio", "0.5", 0.5),
        ("ratio", "2", 2),
        ("fresh", "true", True),
        ("name", "5", "5"),
        ("name", "", ""),
        ("name", "a=b", "a=b"),
        ("ids", "1,2", [1, 2]),
        ("ids", "[1,2]", [1, 2]),
        ("ids", "7", [7]),
        ("ids", "", []),
        ("tags", "a,2", ["a", "2"]),
        ("filter", '{"status":"sold"}', {"status": "sold"}),
        ("either", "x", "x"),
        ("level", "2", 2),
        ("maybe", "null", None),
        ("limit", "REPLACE_limit", "REPLACE_limit"),
    ],
)
def test_value_has_the_type_that_the_schema_wants(name: str, text: str, value: Any) -> None:
    given = read_assignments(operation(), [(name, text)])
    assert given.arguments == {"query": {name: value}}
    assert type(given.arguments["query"][name]) is type(value)
    assert given.notes == []


def test_place_before_a_name_tells_two_apart() -> None:
    given = read_assignments(operation(), [("path.id", "7"), ("header.id", "7")])
    assert given.arguments == {"path": {"id": 7}, "header": {"id": "7"}}


def test_header_is_found_in_any_case() -> None:
    assert read_assignments(operation(), [("x-trace", "1")]).arguments == {
        "header": {"X-Trace": "1"}
    }


def test_undescribed_path_variable_can_be_given() -> None:
    assert read_assignments(operation(), [("path.kind", "cat")]).arguments == {
        "path": {"kind": "cat"}
    }


def test_body_members_are_typed_through_references_and_all_of() -> None:
    given = read_assignments(operation(), [("body.age", "3"), ("body.owner.email", "a@b.c")])
    assert given.arguments == {"body": {"age": 3, "owner": {"email": "a@b.c"}}}


def test_members_go_over_a_whole_body() -> None:
    given = read_assignments(operation(), [("body.age", "3")], body='{"age":1,"name":"Rex"}')
    assert given.arguments == {"body": {"age": 3, "name": "Rex"}}


def test_text_body_is_taken_as_it_is() -> None:
    given = read_assignments(operation(), [], body="Hello, Rex", media_type="text/plain")
    assert given.arguments == {"body": "Hello, Rex"}


@pytest.mark.parametrize(
    ("assignment", "note"),
    [
        (("limit", "500"), "The value of limit is 500, more than 100."),
        (
            ("body.nmae", "Rex"),
            "The document does not describe body.nmae; it is sent all the same.",
        ),
    ],
)
def test_odd_value_is_sent_and_noted(assignment: tuple[str, str], note: str) -> None:
    given = read_assignments(operation(), [assignment])
    assert given.arguments
    assert given.notes == [note]


@pytest.mark.parametrize(
    ("assignments", "body", "message"),
    [
        ([("limit", "many")], None, "limit cannot be “many”: it is a string, not integer."),
        ([("id", "7")], None, "has two parameters called id. Write path.id or header.id."),
        ([], "{", "The body is not JSON"),
        ([("body.age.years", "1")], '{"age":3}', "leads into a value that is no object"),
        ([("body.age", "1")], "[3]", "leads into a value that is no object"),
    ],
)
def test_impossible_value_is_refused(
    assignments: list[tuple[str, str]], body: str | None, message: str
) -> None:
    with pytest.raises(RequestError, match=message.replace("[", r"\[")):
        read_assignments(operation(), assignments, body=body)


def test_body_is_refused_where_none_is_taken() -> None:
    with pytest.raises(RequestError, match="takes no body"):
        read_assignments(operation("read"), [], body="{}")


@pytest.mark.parametrize(
    ("name", "close"), [("limt", "limit"), ("bodyage", "body.age"), ("query.limt", "limit")]
)
def test_unknown_name_is_refused_with_close_ones(name: str, close: str) -> None:
    with pytest.raises(UnknownNameError, match=f"Did you mean .*{close}"):
        read_assignments(operation(), [(name, "1")])
