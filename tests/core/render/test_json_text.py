"""When a JSON body can be printed as an object literal of a language."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.render.json_text import has_integer_beyond_double, is_shallow_structure


@pytest.mark.parametrize(
    ("text", "is_shallow"),
    [
        ("{}", True),
        ("[]", True),
        ("", False),
        ("null", False),
        ('"[]"', False),
        ("[" * 50 + "]" * 50, True),
        ("[" * 51 + "]" * 51, False),
        ("[" + ",".join(["{}"] * 99) + "]", True),
        ('["' + "[" * 99 + '\\"{"]', True),
        ("[" * 100_000 + "]" * 100_000, False),
    ],
)
def test_deep_structures_and_scalars_are_left_as_text(text: str, is_shallow: bool) -> None:
    assert is_shallow_structure(text) == is_shallow


@given(st.integers() | st.integers(2**53 - 2, 2**53 + 2) | st.integers(-(2**70), 2**70))
def test_integers_beyond_double_are_found(number: int) -> None:
    for value in (
        [number],
        [0, number, 0],
        {"a": number},
        {"a": {"b": -number}},
    ):
        text = json.dumps(value, separators=(",", ":"))
        assert has_integer_beyond_double(text) == (abs(number) >= 2**53)


def test_digits_in_a_text_never_stop_the_renderer() -> None:
    assert has_integer_beyond_double(json.dumps([f"[{'1' * 5000}]"]))
    assert not has_integer_beyond_double('{"a":"1234567890123456789"}')
