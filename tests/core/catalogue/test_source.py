"""Catalogues from JSON, Python and OpenAPI, friendly and hostile."""

from __future__ import annotations

import json
from pathlib import Path

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.catalogue.function import Catalogue, document_of, function_paths, simple_schema
from core.catalogue.source import read_catalogue
from core.errors import DocumentError
from core.openapi.listing import operations
from core.openapi.operation import Operation

EXAMPLES = Path(__file__).parents[3] / "examples"
PYTHON = b'''
import os; os.abort()
from typing import Literal

def area(radius: float, unit: Literal["cm", "m"] = "cm", *, exact: bool | None = None) -> float:
    """The area of a circle.

    Args:
        radius: From its middle to its edge.
        unit (str): Of the radius.
    """

def _private(): ...

class Map:
    """A map."""
    def zoom(self, level: "int", tags: list[str], other: Unknown = object()):
        """Look closer.

        :param int level: Zero is the world.
        """
    @staticmethod
    def reset(): "Begin again."
'''


def test_what_json_cannot_say_is_replaced() -> None:
    source = rb"""
def odd(a=10**3, b=99999999999999999999, c="\ud800", d=1e999, e=1j, f=...): "\ud800 odd"
"""
    (odd,) = read_catalogue("odd.py", source).functions
    assert orjson.loads(orjson.dumps(dict(odd.parameters))) == odd.parameters
    assert odd.required == frozenset()
    assert odd.description == "? odd"


def test_python_is_read_and_not_run() -> None:
    catalogue = read_catalogue("shapes.py", PYTHON)
    assert [each.label for each in catalogue.functions] == ["shapes.area", "Map.zoom", "Map.reset"]
    area, zoom, reset = catalogue.functions
    assert area.description.strip() == "The area of a circle."
    assert area.arguments == {
        "radius": {"type": "number", "description": "From its middle to its edge."},
        "unit": {"enum": ["cm", "m"], "description": "Of the radius.", "default": "cm"},
        "exact": {"type": "boolean"},
    }
    assert area.required == {"radius"}
    assert zoom.arguments == {
        "level": {"type": "integer", "description": "Zero is the world."},
        "tags": {"type": "array", "items": {"type": "string"}},
        "other": {},
    }
    assert zoom.required == {"level", "tags"}
    assert (reset.description, reset.arguments) == ("Begin again.", {})


TOOL = {
    "name": "area",
    "description": "The area of a circle.",
    "parameters": {
        "type": "dict",
        "properties": {"radius": {"type": "float"}, "unit": {"$ref": "file:///secret"}},
        "required": ["radius", "gone"],
    },
}


@pytest.mark.parametrize(
    ("root", "label"),
    [
        ({"name": "Shapes", "functions": [{**TOOL, "module": "round"}]}, "round.area"),
        ({"name": "Shapes", "functions": [TOOL]}, "Shapes.area"),
        ([TOOL], "given.area"),
        ({"tools": [{"type": "function", "function": TOOL}]}, "given.area"),
        ([{**TOOL, "name": "math.round.area"}], "math.round.area"),
    ],
)
def test_lists_of_functions_and_tools_are_read(root: object, label: str) -> None:
    (function,) = read_catalogue("given.json", json.dumps(root).encode()).functions
    assert function.label == label
    assert function.arguments == {"radius": {"type": "number"}, "unit": {}}
    assert function.required == {"radius"}


def test_a_document_becomes_a_catalogue() -> None:
    path = EXAMPLES / "documents" / "harbor-bookings.yaml"
    catalogue = read_catalogue(path.name, path.read_bytes())
    assert len(catalogue.functions) > 10
    cancel = next(each for each in catalogue.functions if each.name == "cancelBooking")
    assert "bookingId" in cancel.required


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.json", b"{}", "no list of functions"),
        ("a.json", b'{"functions": []}', "no function in it"),
        ("a.json", b'[{"description": "x"}]', r"functions\[0\] has no “name”"),
        ("a.json", b'[{"name": " "}]', r"functions\[0\] has no “name”"),
        ("a.json", b'[{"name": "a"}, {"name": "a"}]', "2 functions are called a.a"),
        ("a.json", b'[{"name": "a", "parameters": []}]', "no JSON Schema of an object"),
        ("a.py", b"def broken(:", "cannot be read as Python"),
        ("a.py", b"\0", "cannot be read as Python"),
        ("a.py", b"(" * 10_000, "cannot be read as Python"),
        ("a.py", b"x = 1", "no function in it"),
        ("a.txt", b"hello", "a.txt"),
        ("a.json", b"[" * 100_000, "a.json"),
    ],
)
def test_what_is_no_catalogue_is_refused_in_words(name: str, data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        read_catalogue(name, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "items", "required", "enum", "$ref", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.text(min_size=1, max_size=12))
@example(None, ".")
@example(None, "a . b")
def test_any_schema_and_name_makes_operations(schema: object, name: str) -> None:
    row = {"name": name, "parameters": {"properties": {"value": schema}}}
    try:
        catalogue = read_catalogue("given.json", json.dumps([row]).encode())
    except DocumentError:
        return
    written = orjson.dumps(catalogue.as_json())
    assert read_catalogue("other.json", written) == catalogue
    document = document_of([catalogue])
    (operation,) = operations(document)
    assert isinstance(operation, Operation), operation
    assert function_paths(catalogue.functions).keys() == {operation.path}


def test_a_catalogue_is_read_as_it_was_written() -> None:
    path = EXAMPLES / "catalogues" / "map-drawing.json"
    catalogue = read_catalogue(path.name, path.read_bytes())
    again = read_catalogue("other.json", json.dumps(catalogue.as_json()).encode())
    assert again == catalogue and again.sha256 == catalogue.sha256


def test_like_names_of_several_catalogues_stay_apart() -> None:
    catalogue = read_catalogue("a.json", b'[{"name": "a b"}, {"name": "a-b"}]')
    paths = function_paths([*catalogue.functions, *catalogue.functions])
    assert len(paths) == 4


def test_deep_schemas_are_cut() -> None:
    schema: dict[str, object] = {"type": "string"}
    for _ in range(50):
        schema = {"type": "object", "properties": {"inner": schema}}
    assert len(json.dumps(simple_schema(schema))) < 600


def test_an_empty_catalogue_is_none() -> None:
    with pytest.raises(DocumentError, match="no function"):
        Catalogue("empty", "", ())
