"""Values for schemas that show none: inside their bounds, exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.leaves import example_leaf, published_leaf
from core.openapi.document import Document
from core.openapi.schema import satisfies

DOCUMENT = Document({"openapi": "3.1.0"})


@pytest.mark.parametrize(
    ("kind", "schema", "wanted"),
    [
        ("integer", {}, 1),
        ("integer", {"minimum": 5}, 5),
        ("integer", {"minimum": 5, "exclusiveMinimum": True}, 6),
        ("integer", {"exclusiveMinimum": 5}, 6),
        ("integer", {"minimum": -5}, 1),
        ("integer", {"maximum": 0}, 0),
        ("integer", {"maximum": 0, "exclusiveMaximum": True}, -1),
        ("integer", {"exclusiveMaximum": -3}, -4),
        ("integer", {"minimum": 2.5}, 3),
        ("integer", {"maximum": -2.5}, -3),
        ("integer", {"minimum": 7, "multipleOf": 5}, 10),
        ("integer", {"multipleOf": 5}, 5),
        ("integer", {"multipleOf": 0.5}, 1),
        ("integer", {"multipleOf": 2.5}, 5),
        ("integer", {"maximum": 3, "multipleOf": 5}, 0),
        ("integer", {"minimum": 2**53 + 1}, 2**53 + 1),
        ("integer", {"minimum": 10**400}, 10**400),
        ("integer", {"minimum": True, "maximum": "5", "multipleOf": 0}, 1),
        ("number", {"minimum": 0.1}, 1),
        ("number", {"maximum": 0.1}, 0.1),
        ("number", {"minimum": 19.99, "multipleOf": 0.01}, 19.99),
        ("number", {"exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ("number", {"minimum": 0, "exclusiveMinimum": True, "maximum": 0.5}, 0.5),
        ("number", {"exclusiveMinimum": 0.5, "maximum": 1}, 1),
        ("number", {"minimum": -0.5, "exclusiveMaximum": 0}, -0.5),
        ("number", {"minimum": 0.1, "maximum": 0.35, "multipleOf": 0.3}, 0.3),
        ("number", {"minimum": 5, "exclusiveMinimum": 7}, 8),
        ("boolean", {}, True),
        ("null", {}, None),
        ("", {}, "REPLACE_n"),
        ("string", {}, "REPLACE_n"),
        ("string", {"enum": [5]}, "REPLACE_n"),
        ("string", {"format": "date"}, "2026-01-15"),
        ("string", {"format": "date-time"}, "2026-01-15T09:30:00Z"),
        ("string", {"format": "date-time", "minLength": 25}, "2026-01-15T09:30:00+00:00"),
        ("string", {"format": "date-time", "pattern": r"\.\d{3}Z$"}, "2026-01-15T09:30:00.000Z"),
        ("string", {"format": "date-time", "maxLength": 10}, "REPLACE_n"),
        ("string", {"format": "time", "pattern": r"^\d\d:\d\d:\d\d$"}, "09:30:00"),
        ("string", {"format": "uuid", "pattern": "^[0-9A-F-]+$"},
         "497F6ECA-6276-4993-BFEB-53CBBBBA6F08"),
        ("string", {"format": "email", "pattern": "("}, "user@example.com"),
        ("string", {"format": "uri"}, "https://example.com"),
        ("string", {"format": "wibble"}, "REPLACE_n"),
        ("string", {"format": ["date"]}, "REPLACE_n"),
        ("string", {"pattern": "^a+$"}, "REPLACE_n"),
    ],
)  # fmt: skip
def test_example_values(kind: str, schema: dict[str, Any], wanted: Any) -> None:
    made = example_leaf(schema, kind, "n")
    assert made == wanted
    assert type(made) is type(wanted)
    if "minimum" not in schema or schema["minimum"] is not True:
        assert satisfies(made, schema, DOCUMENT)


bounds = st.none() | st.integers(-20, 20) | st.sampled_from([0.5, -0.25, 2.75, 0.1])
steps = st.none() | st.sampled_from([1, 2, 7, 0.5, 0.25, 0.1])


@given(st.sampled_from(["integer", "number"]), bounds, bounds, st.booleans(), st.booleans(), steps)
def test_numbers_lie_inside_their_bounds(
    kind: str, low: Any, high: Any, is_above: bool, is_below: bool, step: Any
) -> None:
    assume(low is None or high is None or high - low > 14.5)  # so that there are some
    schema = {
        "type": kind, "minimum": low, "maximum": high, "exclusiveMinimum": is_above,
        "exclusiveMaximum": is_below, "multipleOf": step,
    }  # fmt: skip
    schema = {name: value for name, value in schema.items() if value is not None}
    assert satisfies(example_leaf(schema, kind, "n"), schema, DOCUMENT)


@given(st.floats(-1e15, 1e15), st.floats(0, 10, exclude_min=True))
def test_two_bounds_always_have_a_number_between_them(low: float, distance: float) -> None:
    high = low + distance
    assume(low < high)
    schema = {"type": "number", "minimum": low, "maximum": high}
    assert satisfies(example_leaf(schema, "number", "n"), schema, DOCUMENT)


@pytest.mark.parametrize(
    ("kind", "schema", "wanted"),
    [
        ("string", {}, "string"),
        ("string", {"minLength": 10}, "stringstri"),
        ("string", {"maxLength": 3}, "str"),
        ("string", {"maxLength": -3}, ""),
        ("string", {"minLength": 10**9}, "string"),
        ("string", {"format": "date-time"}, "2019-08-24T14:15:22Z"),
        ("string", {"format": "password", "minLength": 10}, "pa$$wordpa"),
        ("string", {"format": "binary"}, "string"),
        ("string", {"pattern": "^x$"}, "string"),
        ("integer", {}, 0),
        ("number", {}, 0),
        ("number", {"format": "float"}, 0.1),
        ("integer", {"minimum": 5}, 5),
        ("integer", {"minimum": 5, "exclusiveMinimum": True}, 6),
        ("integer", {"exclusiveMinimum": 5}, 6),
        ("integer", {"maximum": -3}, -3),
        ("integer", {"maximum": 5, "exclusiveMaximum": True}, 0),
        ("boolean", {}, True),
        ("null", {}, None),
        ("", {}, None),
    ],
)
def test_published_values_are_openapi_samplers(
    kind: str, schema: dict[str, Any], wanted: Any
) -> None:
    assert published_leaf(schema, kind, "n") == wanted
