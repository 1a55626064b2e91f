"""From what a document describes, and what the caller says, to what goes on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.build import Built, choose_media_type
from core.errors import OperationError, RequestError, UnknownNameError
from core.openapi.json_value import MISSING
from core.request import FormBody, JsonBody, Request, TextBody
from tests.core.openapi.small import SERVER, built, document, operation_of, with_body

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def parameter(name: str, place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": TEXT, **more}


def url(*parameters: dict[str, Any], path: str = "/a", **chosen: Any) -> str:
    found = document({"parameters": list(parameters)}, path=path)
    return built(found, **chosen).request.url.removeprefix(SERVER)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/pets", "/pets"),
        ("pets", "/pets"),
        ("/", "/"),
        ("", ""),
        ("/pets/", "/pets/"),
        ("/pets/{id}", "/pets/REPLACE_id"),
        ("/pets/{id}.json", "/pets/REPLACE_id.json"),
        ("/{a}-{b}/{a}", "/REPLACE_a-REPLACE_b/REPLACE_a"),
        ("/{+path}", "/REPLACE_path"),
        ("/{path*}", "/REPLACE_path"),
        ("/{pet id}", "/REPLACE_pet_id"),
        ("/a b/é", "/a%20b/%C3%A9"),
        ("/users('{id}')/$count", "/users('REPLACE_id')/$count"),
        ("/v1/pets:search", "/v1/pets:search"),
        ("/#Action=List", "/"),
        ("/x#a?b=c", "/x"),
        ("/x?action=sum", "/x?action=sum"),
        ("/x?action=sum&flag", "/x?action=sum&flag"),
        ("/x?id={id}#y", "/x?id=REPLACE_id"),
        ("/{}", "/REPLACE_value"),
        ("/{id", "/%7Bid"),
        ("/100%", "/100%25"),
    ],
)
def test_path_keys(path: str, wanted: str) -> None:
    assert url(path=path) == wanted


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("id", 5, "/5"),
        ("id", "a/b c?#%", "/a%2Fb%20c%3F%23%25"),
        ("id", "é", "/%C3%A9"),
        ("id", "...", "/..."),
        ("id", True, "/true"),
        ("id", [1, 2], "/1,2"),
        ("id", {"a": 1}, "/a,1"),
        ("id", "{other}", "/%7Bother%7D"),
        ("id", "$&", "/%24%26"),
    ],
)
def test_path_values(name: str, value: Any, wanted: str) -> None:
    declared = parameter(name, "path", required=True)
    assert url(declared, path="/{id}", arguments={"path": {name: value}}) == wanted
    assert url(path="/{id}", arguments={"path": {name: value}}) == wanted, "undeclared"


@pytest.mark.parametrize("value", ["", ".", "..", []])
def test_a_path_value_cannot_change_the_path(value: Any) -> None:
    with pytest.raises(RequestError, match="it would change the path"):
        url(parameter("id", "path"), path="/a/{id}", arguments={"path": {"id": value}})


@pytest.mark.parametrize("example", ["", ".", "..", [], {}, None])
def test_an_example_that_would_change_the_path_is_a_placeholder(example: Any) -> None:
    declared = parameter("id", "path", required=True, schema={}, example=example)
    assert url(declared, path="/a/{id}") == "/a/REPLACE_id"


def test_a_query_in_the_path_key_gives_way_to_parameters_of_its_name() -> None:
    assert url(parameter("action", example="x"), path="/a?action=sum&b=1") == "/a?action=x&b=1"


@pytest.mark.parametrize(
    ("parameters", "required_only", "wanted"),
    [
        ([parameter("a", required=True), parameter("b")], False, "/a?a=REPLACE_a&b=REPLACE_b"),
        ([parameter("a", required=True), parameter("b")], True, "/a?a=REPLACE_a"),
        ([parameter("a", schema={"type": "array"})], False, "/a"),
        ([parameter("a", schema={"type": "array"}, required=True)], False, "/a?a=REPLACE_a"),
        ([parameter("a", schema={"type": "object"})], False, "/a"),
        ([parameter("a", schema={"type": "null"})], False, "/a"),
        ([parameter("a", example="")], False, "/a?a="),
        ([parameter("a", schema=NUMBER, example=0)], False, "/a?a=0"),
        ([parameter("a", schema={"type": "boolean"}, example=False)], False, "/a?a=false"),
        ([parameter("a[]", schema={"type": "array", "items": NUMBER})], False, "/a?a%5B%5D=1"),
        ([parameter("$filter", example="a eq 'b'")], False, "/a?%24filter=a%20eq%20%27b%27"),
        ([parameter("a", example="a,b/c", allowReserved=True)], False, "/a?a=a,b/c"),
    ],
)
def test_queries(parameters: list[dict[str, Any]], required_only: bool, wanted: str) -> None:
    assert url(*parameters, required_only=required_only) == wanted


def test_arguments_of_every_place() -> None:
    found = document(
        {
            "parameters": [
                parameter("id", "path", required=True),
                parameter("limit", schema=NUMBER),
                parameter("tags", schema={"type": "array"}),
                parameter("X-Trace", "header"),
                parameter("session", "cookie"),
            ]
        },
        path="/pets/{id}",
    )
    request = built(
        found,
        required_only=True,
        arguments={
            "path": {"id": 7},
            "query": {"limit": 5, "tags": ["a", "b"]},
            "header": {"X-Trace": "t 1"},
            "cookie": {"session": "a;b"},
        },
    ).request
    assert request == Request.from_url(
        "GET",
        f"{SERVER}/pets/7?limit=5&tags=a&tags=b",
        headers=(("X-Trace", "t 1"),),
        cookies=(("session", "a%3Bb"),),
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"query": {"limt": 5}}, "query parameter of GET /a “limt”. Did you mean limit?"),
        ({"path": {"id": 5}}, "path parameter of GET /a “id”"),
        ({"header": {"limit": 5}}, "header parameter of GET /a “limit”"),
    ],
)
def test_unknown_arguments_are_refused_with_what_was_meant(
    arguments: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UnknownNameError, match=sentence.replace("?", r"\?")):
        url(parameter("limit"), arguments=arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"body": {}}, "takes no body"),
        ({"header": {"X-A": "é"}}, "visible ASCII"),
        ({"header": {"X-A": "a\nb"}}, "visible ASCII"),
        ({"query": {"q": "\ud800"}}, "half of a surrogate pair"),
    ],
)
def test_arguments_that_cannot_be_sent_are_refused(
    arguments: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RequestError, match=sentence):
        url(parameter("X-A", "header"), parameter("q"), arguments=arguments)


@pytest.mark.parametrize("example", ["é", "a\nb", "\x7f", "\ud800"])
def test_an_example_that_no_header_holds_is_a_placeholder_and_a_note(example: str) -> None:
    found = built(document({"parameters": [parameter("X-A", "header", example=example)]}))
    assert found.request.headers == (("X-A", "REPLACE_X_A"),)
    assert found.notes == ("No header can hold the sample of “X-A”.",)


PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": TEXT,
        "age": NUMBER,
        "owner": {"type": "object", "properties": {"email": TEXT, "phone": TEXT}},
    },
}
FULL = {
    "name": "REPLACE_name",
    "age": 1,
    "owner": {"email": "REPLACE_email", "phone": "REPLACE_phone"},
}


@pytest.mark.parametrize(
    ("given", "required_only", "wanted"),
    [
        (MISSING, False, FULL),
        (MISSING, True, {"name": "REPLACE_name"}),
        ({}, False, FULL),
        ({"age": 5}, False, {**FULL, "age": 5}),
        ({"age": 5}, True, {"name": "REPLACE_name", "age": 5}),
        ({"owner": {"email": "a@b.c"}}, True,
         {"name": "REPLACE_name", "owner": {"email": "a@b.c"}}),
        ({"owner": {"email": "a@b.c"}}, False,
         {**FULL, "owner": {"email": "a@b.c", "phone": "REPLACE_phone"}}),
        ({"owner": None}, False, {**FULL, "owner": None}),
        ({"new": [1]}, True, {"name": "REPLACE_name", "new": [1]}),
        ([1], False, [1]),
        (None, False, None),
        ("text", False, "text"),
    ],
)  # fmt: skip
def test_the_callers_body_lies_over_the_sample(
    given: Any, required_only: bool, wanted: Any
) -> None:
    arguments = {} if given is MISSING else {"body": given}
    body = built(with_body(PET), required_only=required_only, arguments=arguments).request.body
    assert isinstance(body, JsonBody)
    assert body.value == wanted


def test_another_alternative_than_the_sample_shows_is_sent_alone() -> None:
    alternatives = [
        {"required": ["a"], "properties": {"a": NUMBER}, "additionalProperties": False},
        {"required": ["b"], "properties": {"b": NUMBER}, "additionalProperties": False},
    ]
    found = with_body({"oneOf": alternatives})
    body = built(found, arguments={"body": {"b": 5}}).request.body
    assert body == JsonBody('{"b":5}')


def test_an_optional_body_is_left_out_where_only_what_is_required_is_wanted() -> None:
    content = {"application/json": {"schema": PET}}
    found = document({"requestBody": {"content": content}}, method="post")
    assert built(found, required_only=True).request.body is None
    body = built(found, required_only=True, arguments={"body": {"name": "Rex"}}).request.body
    assert body == JsonBody('{"name":"Rex"}')
    assert built(found).request.body == JsonBody(json.dumps(FULL, separators=(",", ":")))


CONTENT = {
    "text/plain": {"schema": TEXT},
    "application/vnd.pets+json; charset=utf-8": {"schema": NUMBER},
    "application/json": {"schema": PET},
    "application/x-www-form-urlencoded": {"schema": PET},
}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (None, "application/vnd.pets+json; charset=utf-8"),
        ("application/json", "application/json"),
        ("APPLICATION/JSON", "application/json"),
        ("application/vnd.pets+json", "application/vnd.pets+json; charset=utf-8"),
        ("text/plain; charset=utf-8", "text/plain"),
    ],
)
def test_media_types_are_chosen_by_name_or_json_first(name: str | None, wanted: str) -> None:
    found = document({"requestBody": {"content": CONTENT}}, method="post")
    chosen = choose_media_type(operation_of(found), name)
    assert chosen is not None
    assert chosen.name == wanted


def test_a_media_type_that_is_not_offered_is_refused() -> None:
    found = document({"requestBody": {"content": CONTENT}}, method="post")
    with pytest.raises(UnknownNameError, match="There is no media type “image/png”"):
        built(found, media_type="image/png")
    assert choose_media_type(operation_of(document({}))) is None


def test_the_first_media_type_is_taken_where_none_is_json() -> None:
    content = {name: CONTENT[name] for name in ("application/x-www-form-urlencoded", "text/plain")}
    found = document({"requestBody": {"content": content}}, method="post")
    assert isinstance(built(found).request.body, FormBody)


@pytest.mark.parametrize(
    ("media_type", "wanted"),
    [
        ("application/json", JsonBody("{}")),
        ("text/plain", TextBody("REPLACE_body", "text/plain")),
    ],
)
def test_a_required_body_of_which_nothing_is_known(media_type: str, wanted: Any) -> None:
    found = built(with_body({"$ref": "#/nowhere"}, media_type))
    assert found.request.body == wanted
    assert "leads nowhere" in found.notes[0]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options"])
def test_methods_and_bodies(method: str) -> None:
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": NUMBER}}}}
    request = built(document(body, method=method)).request
    assert request.method == method.upper()
    assert request.body == JsonBody("1")


def test_notes_are_said_once_and_in_order() -> None:
    bad = parameter("a", schema=NUMBER, example="x")
    content = {"application/json": {"schema": {**NUMBER, "example": "y"}}}
    found = built(document({"parameters": [bad, bad], "requestBody": {"content": content}}))
    assert found.notes == (
        "The example “x” of “a” does not fit its own schema.",
        "The example “y” does not fit its own schema.",
    )


@pytest.mark.parametrize("server", ["/v1", "", "api.example.com"])
def test_a_server_of_the_callers_must_be_absolute(server: str) -> None:
    if not server:
        assert built(document({}), server=server).request.url == f"{SERVER}/a"
        return
    with pytest.raises(OperationError, match="is not an absolute server URL"):
        built(document({}), server=server)


json_texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(json_texts, json_texts, st.lists(json_texts, max_size=3))
def test_whatever_the_caller_says_is_on_the_wire(name: str, value: str, values: list[str]) -> None:
    if not name:
        return
    declared = [
        parameter(name),
        parameter("list", schema={"type": "array"}),
        parameter("id", "path"),
    ]
    found = document({"parameters": declared}, path="/{id}")
    arguments = {"query": {name: value, "list": values}, "path": {"id": value + "x"}}
    made = built(found, arguments=arguments)
    assert isinstance(made, Built)
    again = Request.from_url("GET", made.request.url)
    assert again == made.request
