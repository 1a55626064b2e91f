"""Texts of strangers: shown letter by letter, never obeyed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components import text

_SPECIAL = set("\\`*{}[]()<>#+!|~$:&\"'@^=/")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![](https://evil.example/x.png)",
        "**bold** _it_ ~~no~~ `code` $x^2$",
        ":material/delete: :smile: :red[warning] :red-badge[x]",
        "# heading\n- list\n1. list\n> quote\n| a | b |",
        "&lt;b&gt; &amp;",
        "__init__ a__b _x_",
        "https://evil.example www.evil.example me@evil.example",
    ],
)
def test_escape_leaves_no_markup(words: str) -> None:
    escaped = text.escape(words)
    assert "\n" not in escaped
    assert not (set(re.sub(r"\\.", "", escaped)) & _SPECIAL)
    assert not re.search(r"www\.|:\\?/|\w\\?@", escaped)


@given(st.text())
def test_escape_adds_nothing_that_is_seen(words: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", text.escape(words)).replace("\u2060", "")
    assert shown == text.plain(words)


def test_escape_leaves_ordinary_names_alone() -> None:
    assert text.escape("X-Trace pet_id v1.2") == "X-Trace pet_id v1.2"


@given(st.text())
def test_plain_is_one_short_line_without_control_or_direction_characters(words: str) -> None:
    line = text.plain(words, limit=50)
    assert len(line) <= 50
    assert not set("\n\r\t\u202e\u200f\u2066\0") & set(line)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("/pets/{petId}", "`/pets/{petId}`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("", "` `"),
        ("a``b`", "``` a``b` ```"),
    ],
)
def test_code_survives_backticks(words: str, span: str) -> None:
    assert text.code(words) == span


def test_plain_cuts_at_the_end_of_a_word() -> None:
    assert text.plain("one two three four", limit=12) == "one two…"
    assert text.plain("x" * 50, limit=10) == "x" * 9 + "…"


def test_first_sentence_drops_marks_and_links() -> None:
    words = "Keeps **tasks** in [projects](https://a.example). And more."
    assert text.first_sentence(words) == "Keeps tasks in projects."


def test_paragraph_keeps_lines_and_cuts() -> None:
    assert text.paragraph("a\n\tb\u202e") == "a\n\tb"
    assert text.paragraph("word " * 1000, limit=11) == "word word w …"


@pytest.mark.parametrize("mark", "\u061c\u200f\u202e\u2066")
def test_text_that_turns_round_is_noticed(mark: str) -> None:
    assert text.turns_round(f"a{mark}b")


def test_joined_emoji_and_right_to_left_letters_turn_nothing_round() -> None:
    assert not text.turns_round("\u05e9\u05dc\u05d5\u05dd \U0001f469\u200d\U0001f680")


def test_distinct_numbers_what_repeats() -> None:
    assert text.distinct(["a", "b", "a", "a"]) == ["a", "b", "a (2)", "a (3)"]
