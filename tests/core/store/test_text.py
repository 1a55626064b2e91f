"""Text that databases refuse, and text that is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.store.text import is_storable, storable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("0123456789", "0123456789"),
        ("0123456789x", "0123456…"),
        ("ééééé", "ééééé"),
        ("éééééé", "ééé…"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800", "a\ufffd"),
        ("🐶🐶🐶", "🐶…"),
    ],
)
def test_text_to_be_shown_is_made_storable(text: str, shown: str) -> None:
    assert storable(text, 10) == shown


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [("0123456789", True), ("0123456789x", False), ("\x00", False), ("\ud800", False), ("é", True)],
)
def test_text_that_must_not_change_is_stored_or_not(text: str, is_kept: bool) -> None:
    assert is_storable(text, 10) is is_kept


@given(st.text(st.characters(codec=None, exclude_categories=())), st.integers(3, 40))
def test_every_text_can_be_made_storable(text: str, max_bytes: int) -> None:
    shown = storable(text, max_bytes)
    assert is_storable(shown, max_bytes)
    if is_storable(text, max_bytes):
        assert shown == text


def test_a_very_long_text_is_cut_at_once() -> None:
    assert storable("x" * 50_000_000, 10) == "xxxxxxx…"
