"""Values that a person enters, in every kind of field, and the call that they make."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.screen import add, code_of, errors_of, open_page

LABEL = "POST /things/{id}"
MEMBERS = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "example": "Ada"},
        "age": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "home": {"type": "object", "properties": {"city": {"type": "string", "example": "Rome"}}},
    },
}


def parameter(name: str, schema: dict[str, Any], place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [
        {
            "url": "https://{region}.things.example",
            "variables": {"region": {"default": "north", "enum": ["north", "south"]}},
        },
        {"url": "https://sandbox.things.example", "description": "Play here"},
    ],
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "token": {"type": "http", "scheme": "bearer"},
        }
    },
    "security": [{"key": []}, {"token": []}],
    "paths": {
        "/things/{id}": {
            "post": {
                "parameters": [
                    parameter("id", {"type": "integer", "format": "int64"}, "path"),
                    parameter("limit", {"type": "integer"}),
                    parameter("ratio", {"type": "number"}),
                    parameter("deep", {"type": "boolean"}),
                    parameter("kind", {"enum": ["a", "b"]}),
                    parameter("level", {"enum": [1, 2]}),
                    parameter("words", {"type": "array", "items": {"type": "string"}}),
                    parameter("numbers", {"type": "array", "items": {"type": "integer"}}),
                    parameter("sorts", {"type": "array", "items": {"enum": ["up", "down"]}}),
                    parameter("near", {"type": "object", "properties": {"lat": {}}}),
                    parameter("maybe", {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
                    parameter("grade", {"allOf": [{"enum": ["x", "y"]}], "description": "A"}),
                    parameter("X-Trace", {"type": "string"}, "header"),
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": MEMBERS},
                        "application/x-www-form-urlencoded": {"schema": MEMBERS},
                        "text/plain": {"schema": {"type": "string"}},
                        "application/octet-stream": {},
                    },
                },
            },
            "patch": {
                "parameters": [parameter("id", {"type": "string"}, "path")],
                "requestBody": {"content": {"application/json": {"schema": MEMBERS}}},
            },
        }
    },
}


def open_form(label: str = LABEL) -> AppTest:
    key = add("things.json", json.dumps(DOCUMENT).encode())
    return open_page("operations", document=key, operation=label)


def field(screen: AppTest, ending: str) -> Any:
    """The widget whose key ends like that."""
    return next(found for found in widgets(screen) if found.key.endswith(ending))


def widget(screen: AppTest, beginning: str) -> Any:
    """The widget whose key begins like that."""
    return next(found for found in widgets(screen) if found.key.startswith(beginning))


def widgets(screen: AppTest) -> list[Any]:
    kinds = (
        *(screen.text_input, screen.text_area, screen.number_input, screen.selectbox),
        *(screen.multiselect, screen.toggle, screen.get("button_group")),
    )
    return [found for kind in kinds for found in kind if found.key]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("path.id", "9007199254740993", "/things/9007199254740993"),
        ("query.limit", 5, "limit=5"),
        ("query.ratio", 0.001, "ratio=0.001"),
        ("query.deep", "false", "deep=false"),
        ("query.kind", "b", "kind=b"),
        ("query.level", 2, "level=2"),
        ("query.words", ["a b", "c,d"], "words=a%20b&words=c%2Cd"),
        ("query.numbers", ["7", "8"], "numbers=7&numbers=8"),
        ("query.sorts", ["down"], "sorts=down"),
        ("query.near", '{"lat": 1.5}', "lat=1.5"),
        ("query.maybe", 5, "maybe=5"),
        ("query.grade", "y", "grade=y"),
        ("header.X-Trace", "abc", "X-Trace: abc"),
        ("body.name", "Grace", '"name":"Grace"'),
        ("body.age", 36, '"age":36'),
        ("body.tags", ["x"], '"tags":["x"]'),
    ],
)
def test_entered_value_stands_in_the_call(name: str, value: Any, shown: str) -> None:
    screen = open_form()
    assert shown not in code_of(screen)
    field(screen, f"_{name}").set_value(value).run()
    assert not screen.exception
    assert not errors_of(screen)
    assert shown in code_of(screen)


def test_value_of_the_wrong_type_is_refused_with_a_sentence() -> None:
    screen = open_form()
    field(screen, "_path.id").set_value("abc").run()
    assert "path.id cannot be “abc”" in errors_of(screen)[0]


def test_only_what_is_required_is_sent_until_all_is_asked_for() -> None:
    screen = open_form()
    assert "limit=" not in code_of(screen)
    assert '"home"' not in code_of(screen)
    field(screen, "_all").set_value(True).run()
    assert "limit=" in code_of(screen)
    assert '"home":{"city":"Rome"}' in code_of(screen)


def test_body_edited_as_json_begins_with_what_was_entered_and_loses_what_is_deleted() -> None:
    screen = open_form()
    field(screen, "_body.name").set_value("Grace").run()
    field(screen, "_json").set_value(True).run()
    editor = field(screen, "_whole")
    assert json.loads(editor.value) == {"name": "Grace"}
    editor.set_value('{"age": 1}').run()
    assert "'{\"age\":1}'" in code_of(screen)
    field(screen, "_json").set_value(False).run()
    assert '"name":"Grace"' in code_of(screen)


def test_broken_json_is_refused_with_a_sentence() -> None:
    screen = open_form()
    field(screen, "_json").set_value(True).run()
    field(screen, "_whole").set_value("{").run()
    assert "The body is not JSON" in errors_of(screen)[0]


def test_optional_body_is_sent_when_asked_for() -> None:
    screen = open_form("PATCH /things/{id}")
    assert "Ada" not in code_of(screen)
    field(screen, "_sent").set_value(True).run()
    assert '{"name":"Ada"}' in code_of(screen)


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [
        ("application/x-www-form-urlencoded", "name=Ada"),
        ("text/plain", "content-type: text/plain"),
        ("application/octet-stream", "--data-binary @REPLACE_"),
    ],
)
def test_media_type_can_be_chosen(media_type: str, shown: str) -> None:
    screen = open_form()
    field(screen, "_media_type").set_value(media_type).run()
    assert not errors_of(screen)
    assert shown in code_of(screen)


def test_plain_text_is_sent_as_it_is() -> None:
    screen = open_form()
    field(screen, "_media_type").set_value("text/plain").run()
    field(screen, "_whole").set_value("it's me").run()
    assert "me" in code_of(screen)


def test_server_and_its_variables_can_be_chosen() -> None:
    screen = open_form()
    assert "https://north.things.example" in code_of(screen)
    widget(screen, "connection_variable_region").set_value("south").run()
    assert "https://south.things.example" in code_of(screen)
    widget(screen, "connection_server").set_value(1).run()
    assert "https://sandbox.things.example" in code_of(screen)


def test_credentials_can_be_chosen() -> None:
    screen = open_form()
    assert "X-Key: REPLACE_key" in code_of(screen)
    widget(screen, "connection_security").set_value(1).run()
    assert "Authorization: Bearer REPLACE_token" in code_of(screen)
