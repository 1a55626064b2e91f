"""Placeholders are known by one pattern, in every spelling that exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.placeholder import find_placeholders, holds_placeholder, is_placeholder, placeholder


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("petId", "REPLACE_petId"),
        ("pet id", "REPLACE_pet_id"),
        ("filter[name]", "REPLACE_filter_name"),
        ("X-Trace-Id", "REPLACE_X_Trace_Id"),
        ("--", "REPLACE_value"),
        ("", "REPLACE_value"),
        ("é", "REPLACE_value"),
    ],
)
def test_a_name_makes_a_placeholder(name: str, wanted: str) -> None:
    assert placeholder(name) == wanted


@given(st.text())
def test_every_name_makes_a_placeholder_that_is_one(name: str) -> None:
    made = placeholder(name)
    assert is_placeholder(made)
    assert find_placeholders(f"Bearer {made}") == [made]


@pytest.mark.parametrize(
    "text",
    [
        "REPLACE_petId",
        "SOME_STRING_VALUE",
        "SOME_INTEGER_VALUE",
        "REPLACE_BASIC_AUTH",
        "REPLACE_KEY_VALUE",
        "%7BpetId%7D",
        "{petId}",
        "{$date-from}",
    ],
)
def test_published_spellings_are_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "REPLACE_",
        "replace_id",
        "SOME_VALUE",
        "{}",
        '{"a":1}',
        "{a:1}",
        "{a b}",
        "{a,b}",
        "%7B%7D",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert not is_placeholder(text)
    assert not holds_placeholder(text)


def test_placeholders_are_found_inside_texts() -> None:
    text = "/pets/%7BpetId%7D?limit=SOME_INTEGER_VALUE&key=REPLACE_key"
    assert find_placeholders(text) == ["%7BpetId%7D", "SOME_INTEGER_VALUE", "REPLACE_key"]
    assert holds_placeholder(text)
    assert not is_placeholder(text)
