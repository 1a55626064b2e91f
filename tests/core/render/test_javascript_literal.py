"""Object literals have the agreed layout, and stand only where they send the very same value."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given

from core.render.javascript_literal import (
    is_kept_by_objects,
    is_kept_by_stringify,
    modern_property_name,
    property_name,
    write_json,
    write_object,
    write_published_object,
)
from core.request import Json, JsonBody, json_body
from tests.conftest import require
from tests.core.render.requests import REQUESTS
from tests.core.strategies import json_values

SEVENTY = "x" * 70


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ({}, "{}"),
        ([], "[]"),
        ({"a": {}, "b-c": [None, True, 1.5, 1e-7]}, "{a: {}, 'b-c': [null, true, 1.5, 1e-07]}"),
        ({"a": SEVENTY}, f"{{a: '{SEVENTY}'}}"),
        ({"ab": SEVENTY + "12"}, f"{{ab: '{SEVENTY}12'}}"),  # 80 characters
        ({"abc": SEVENTY + "12"}, f"{{\n  abc: '{SEVENTY}12'\n}}"),
        (
            {"a": [SEVENTY, {"b": SEVENTY}], "c": 1},
            f"{{\n  a: [\n    '{SEVENTY}',\n    {{b: '{SEVENTY}'}}\n  ],\n  c: 1\n}}",
        ),
    ],
)
def test_literal_stands_on_one_line_up_to_80_characters(value: Json, literal: str) -> None:
    assert write_published_object(value) == literal


def test_literal_is_indented_from_its_second_line_on() -> None:
    assert (
        write_object({"a": SEVENTY, "b": {}}, "  ") == f'{{\n    a: "{SEVENTY}",\n    b: {{}}\n  }}'
    )
    assert write_json({"a": [1]}, "  ") == '{\n    "a": [\n      1\n    ]\n  }'


@pytest.mark.parametrize(
    ("name", "published", "modern"),
    [
        ("name", "name", "name"),
        ("$ref", "$ref", "$ref"),
        ("class", "class", "class"),
        ("a-b", "'a-b'", '"a-b"'),
        ("1a", "'1a'", '"1a"'),
        ("é", "'é'", '"é"'),
        ("", "''", '""'),
        ("it's", "'it\\'s'", '"it\'s"'),
        ("__proto__", "['__proto__']", '["__proto__"]'),
    ],
)
def test_name_is_bare_where_it_is_an_ascii_identifier(
    name: str, published: str, modern: str
) -> None:
    assert (property_name(name), modern_property_name(name)) == (published, modern)


@pytest.mark.parametrize(
    ("names", "is_kept"),
    [
        ([], True),
        (["a", "b"], True),
        (["a", "a"], False),
        (["a", "10"], False),
        (["__proto__"], False),
    ],
)
def test_objects_keep_single_names_in_their_order(names: list[str], is_kept: bool) -> None:
    assert is_kept_by_objects(names) == is_kept


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ('{"a":1}', True),
        ("[]", True),
        ("null", False),
        ('"a"', False),
        ("12", False),
        ('{"a":9007199254740991}', True),
        ('{"a":9007199254740993}', False),
        ("[-12345678901234567890]", False),
        ('{"a":"12345678901234567890"}', True),
        ('{"line1":{"x_":1}}', True),
        ('{"a":{"b":1,"10":2}}', False),
        ('[{"__proto__":1}]', False),
        ('{"a":"{\\"10\\":1}"}', True),
        ("[" * 50 + "]" * 50, True),
        ("[" * 51 + "]" * 51, False),
        ('["' + "[" * 51 + '"]', True),
    ],
)
def test_stringify_keeps_what_doubles_and_objects_hold(text: str, is_kept: bool) -> None:
    assert is_kept_by_stringify(JsonBody(text)) == is_kept


@given(json_values)
def test_pretty_json_reads_back(value: Json) -> None:
    body = json_body(value)
    if is_kept_by_stringify(body):
        assert json_body(json.loads(write_json(body.value))) == body


def test_node_sends_what_the_body_says() -> None:
    bodies = [
        request.body
        for request in REQUESTS.values()
        if isinstance(request.body, JsonBody) and is_kept_by_stringify(request.body)
    ]
    literals = [
        write(body.value)
        for write in (write_published_object, write_object, write_json)
        for body in bodies
    ]
    script = "".join([f"console.log(JSON.stringify({literal}));\n" for literal in literals])
    answer = subprocess.run(
        [require("node")], input=script.encode(), capture_output=True, check=True
    )
    sent = [json_body(json.loads(line)).text for line in answer.stdout.decode().split("\n")[:-1]]
    assert sent == [body.text for body in bodies] * 3
