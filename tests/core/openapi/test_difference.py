"""What changed between two versions for callers; what only moved or was reworded is no change."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.openapi.difference import Change, Difference, difference
from core.openapi.document import Document
from core.openapi.sameness import Sameness

REF = "#/components/schemas/"


def document(paths: dict[str, Any], **schemas: Any) -> Document:
    info = {"title": "Pets", "version": "1"}
    root = {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}
    return Document(copy.deepcopy(root))


def get(*parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"get": {"parameters": list(parameters), **more}}


def post(schema: Any, media_type: str = "application/json", **more: Any) -> dict[str, Any]:
    return {"post": {"requestBody": {"content": {media_type: {"schema": schema}}, **more}}}


def query(name: str = "q", schema: Any = True, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


def path(name: str, schema: Any = True) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """What changed of the one operation."""
    found = difference(document({"/pets": old}), document({"/pets": new}))
    assert not found.added and not found.removed
    return found.changed[0].what if found.changed else ()


def test_operations_come_and_go() -> None:
    old = document({"/a": get(), "/b": {**get(), "post": {}}, "/c": get()})
    new = document({"/b": get(), "/c": {**get(), "delete": {}}, "/d": get()})
    assert difference(old, new) == Difference(
        added=("DELETE /c", "GET /d"), removed=("GET /a", "POST /b")
    )


def test_a_document_does_not_differ_from_itself() -> None:
    same = document({"/pets": {**get(query()), **post({"$ref": REF + "Pet"})}}, Pet={})
    assert difference(same, same) == Difference()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (get(), get(query()), ["query parameter “q” added"]),
        (get(), get(query(required=True)), ["query parameter “q” added, required"]),
        (get(query()), get(), ["query parameter “q” removed"]),
        (get(query()), get(query(required=True)), ["query parameter “q” is now required"]),
        (get(query(required=True)), get(query()), ["query parameter “q” is no longer required"]),
        (
            get(query(schema={"type": "string"})),
            get(query(schema={"type": "integer"})),
            ["query parameter “q” changed"],
        ),
        (get(query(explode=False)), get(query()), ["query parameter “q” changed"]),
        (
            get({"name": "X-Id", "in": "header"}),
            get({"name": "x-id", "in": "header"}),
            [],
        ),
        ({"post": {}}, post({}), ["body added"]),
        (post({}), {"post": {}}, ["body removed"]),
        (post({}), post({}, required=True), ["body is now required"]),
        (post({}, required=True), post({}), ["body is no longer required"]),
        (post({"type": "object"}), post({"type": "array"}), ["body changed"]),
        (
            post({}),
            post({}, "text/plain"),
            ["body as application/json removed", "body as text/plain added"],
        ),
        (get(summary="a"), get(summary="b", description="c", tags=["d"]), []),
        (get(responses={"200": {}}), get(responses={"201": {}}), []),
        (get(query(description="a", example=1)), get(query(description="b", example=2)), []),
    ],
)
def test_a_change_is_said_in_words(
    old: dict[str, Any], new: dict[str, Any], what: list[str]
) -> None:
    assert changes(old, new) == tuple(what)


def test_a_path_parameter_with_another_name_is_the_same_operation() -> None:
    old = document({"/pets/{id}/x": get(path("id"), query())})
    new = document({"/pets/{petId}/x": get(path("petId"), query())})
    assert difference(old, new).changed == (
        Change("GET /pets/{petId}/x", ("the path was /pets/{id}/x",)),
    )


def test_two_paths_that_differ_in_nothing_but_names_stay_two() -> None:
    paths = {"/pets/{id}": get(path("id")), "/pets/{name}": get(path("name"))}
    old, new = document(paths), document({**paths, "/x": get()})
    assert difference(old, new) == Difference(added=("GET /x",))


def test_swagger_and_its_translation_do_not_differ() -> None:
    swagger = Document(
        {
            "swagger": "2.0",
            "consumes": ["application/json"],
            "paths": {
                "/pets": {
                    "post": {
                        "parameters": [
                            {"name": "q", "in": "query", "type": "string"},
                            {"name": "b", "in": "body", "schema": {"$ref": "#/definitions/P"}},
                        ]
                    }
                }
            },
            "definitions": {"P": {"properties": {"next": {"$ref": "#/definitions/P"}}}},
        }
    )
    body = post({"$ref": REF + "Pet"})
    body["post"]["parameters"] = [query(schema={"type": "string"})]
    new = document({"/pets": body}, Pet={"properties": {"next": {"$ref": REF + "Pet"}}})
    assert difference(swagger, new) == Difference()


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ({"type": "string"}, {"type": "string"}, True),
        ({"type": "string"}, {"type": "string", "title": "A", "x-order": 1, "example": "b"}, True),
        ({"properties": {"title": {}}}, {"properties": {}}, False),
        ({"properties": {"x-a": {}}}, {"properties": {}}, False),
        ({"properties": {"properties": {"title": "a"}}}, {"properties": {"properties": {}}}, True),
        ({"required": ["a", "b"]}, {"required": ["b", "a"]}, True),
        ({"enum": [1, "1", None]}, {"enum": [None, 1, "1"]}, True),
        ({"enum": [1]}, {"enum": [True]}, False),
        ({"type": ["string", "null"]}, {"type": ["null", "string"]}, True),
        ({"minimum": 1}, {"minimum": 1.0}, True),
        ({"allOf": [{"type": "string"}, {}]}, {"allOf": [{}, {"type": "string"}]}, False),
        (True, True, True),
        (True, 1, False),
        ({"$ref": REF + "A"}, {"$ref": REF + "A"}, True),
        ({"$ref": REF + "A"}, {"$ref": REF + "B"}, True),
        ({"$ref": REF + "A"}, {"type": "string"}, True),
        ({"type": "string"}, {"$ref": REF + "A"}, True),
        ({"type": "integer"}, {"$ref": REF + "A"}, False),
        ({"$ref": REF + "A", "maxLength": 3}, {"$ref": REF + "A"}, False),
        ({"$ref": REF + "A", "description": "x"}, {"$ref": REF + "A"}, True),
        ({"$ref": REF + "Loop"}, {"$ref": REF + "Loop"}, True),
        ({"$ref": REF + "Loop"}, {"$ref": REF + "LongLoop"}, True),
        ({"$ref": REF + "Loop"}, {"$ref": REF + "OtherLoop"}, False),
        ({"$ref": REF + "None"}, {"$ref": REF + "None"}, True),
        ({"$ref": REF + "None"}, {"$ref": REF + "A"}, False),
    ],
)
def test_schemas_are_the_same_by_what_they_say(old: Any, new: Any, is_same: bool) -> None:
    schemas = {
        "A": {"type": "string"},
        "B": {"$ref": REF + "A"},
        "Loop": {"properties": {"next": {"$ref": REF + "Loop"}}},
        "LongLoop": {"properties": {"next": {"properties": {"next": {"$ref": REF + "LongLoop"}}}}},
        "OtherLoop": {"properties": {"next": {"$ref": REF + "Turn"}}},
        "Turn": {"properties": {"next": {"$ref": REF + "OtherLoop"}}, "minProperties": 1},
    }
    before, after = document({}, **schemas), document({}, **schemas)
    assert Sameness(before, after).same(old, new) is is_same
    assert Sameness(after, before).same(new, old) is is_same


NAMES = "ABCDE"
GRAPHS = st.fixed_dictionaries(
    {
        name: st.dictionaries(st.sampled_from("pqr"), st.sampled_from([*NAMES, "string"]))
        for name in NAMES
    }
)


def schemas_of(graph: dict[str, dict[str, str]], rename: dict[str, str]) -> dict[str, Any]:
    """Schemas whose properties lead to each other, or end in a string."""
    return {
        rename[name]: {
            "properties": {
                key: {"type": "string"} if to == "string" else {"$ref": REF + rename[to]}
                for key, to in edges.items()
            }
        }
        for name, edges in graph.items()
    }


def classes_of(*graphs: dict[str, dict[str, str]]) -> list[dict[str, int]]:
    """Schemas of all graphs that look alike have one number: refined until nothing more shows."""
    classes = [dict.fromkeys([*graph, "string"], 0) for graph in graphs]
    for _ in range(2 * len(NAMES) + 2):
        numbers: dict[Any, int] = {}
        for at, graph in enumerate(graphs):
            seen = {
                name: tuple(sorted((key, classes[at][to]) for key, to in edges.items()))
                for name, edges in graph.items()
            }
            classes[at] = {
                name: numbers.setdefault(sight, len(numbers) + 1) for name, sight in seen.items()
            }
            classes[at]["string"] = 0
    return classes


@given(GRAPHS, GRAPHS, st.permutations(NAMES))
def test_schemas_that_lead_to_each_other_are_the_same_if_no_path_tells_them_apart(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]], names: list[str]
) -> None:
    plain = dict(zip(NAMES, NAMES, strict=True))
    renamed = dict(zip(NAMES, names, strict=True))
    sameness = Sameness(
        document({}, **schemas_of(old, plain)), document({}, **schemas_of(new, renamed))
    )
    before, after = classes_of(old, new)
    for left in NAMES:
        for right in NAMES:
            found = sameness.same({"$ref": REF + left}, {"$ref": REF + renamed[right]})
            assert found is (before[left] == after[right]), (left, right)
