"""Recipes: which rows are trained on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from core.errors import CallwrightError
from tests.train.rows import row
from train.mix import MixSettings, choose

ROWS = [
    row(number, language=language, source="hub" if number < 6 else "other")
    for number in range(10)
    for language in ("curl", "go", "python")
]


@pytest.mark.parametrize(
    ("recipe", "mix", "languages"),
    [
        ("ladder", {}, {"curl": 10, "go": 10, "python": 10}),
        ("ladder", {"language": "go", "rows": 4}, {"go": 4}),
        ("expert", {"language": "python"}, {"python": 10}),
        ("mixture", {"language": "curl", "others": 2}, {"curl": 10, "go": 2, "python": 2}),
        (
            "mixture",
            {"language": "curl", "rows": 5, "others": 1},
            {"curl": 5, "go": 1, "python": 1},
        ),
        ("sources", {"language": "curl"}, {"curl": 8}),
        ("sources", {"language": "curl", "rows": 6}, {"curl": 6}),
        ("sources", {"language": "curl", "source": "hub", "rows": 6}, {"curl": 6}),
        ("general", {"language": "go", "rows": 3}, {"go": 3}),
    ],
)
def test_recipe_chooses(recipe: str, mix: dict[str, Any], languages: dict[str, int]) -> None:
    chosen = choose(recipe, ROWS, MixSettings(**mix))
    assert Counter(each.language for each in chosen) == languages
    assert len(set(chosen)) == len(chosen)


def test_sources_give_equal_parts() -> None:
    chosen = choose("sources", ROWS, MixSettings(language="curl", rows=8))
    assert Counter(each.source for each in chosen) == {"hub": 4, "other": 4}
    only = choose("sources", ROWS, MixSettings(language="curl", rows=4, source="other"))
    assert {each.source for each in only} == {"other"}


def test_steps_of_a_ladder_lie_in_one_another_whatever_order_rows_come_in() -> None:
    small = choose("ladder", ROWS, MixSettings(rows=5))
    large = choose("ladder", ROWS[::-1], MixSettings(rows=20))
    assert large[:5] == small
    assert choose("ladder", ROWS, MixSettings(rows=5, seed=2)) != small


@pytest.mark.parametrize(
    ("recipe", "mix", "message"),
    [
        ("ladder", {"language": "ruby"}, "no training row is in ruby. There are: curl, go"),
        ("ladder", {"rows": 99}, "There are 30 training rows, not 99"),
        ("expert", {}, "An expert knows one language"),
        ("sources", {"source": "hug"}, "no source of rows “hug”. Did you mean hub"),
        ("sources", {"language": "go", "rows": 12}, r"Too few has other \(4\)"),
        ("sources", {"language": "go", "rows": 9, "source": "other"}, "4 rows from other, not 9"),
        ("mix", {}, "no recipe “mix”"),
    ],
)
def test_what_cannot_be_chosen_is_told(recipe: str, mix: dict[str, Any], message: str) -> None:
    with pytest.raises(CallwrightError, match=message):
        choose(recipe, ROWS, MixSettings(**mix))


def test_a_dataset_without_training_rows_makes_an_empty_mix() -> None:
    with pytest.raises(CallwrightError, match="The mix is empty"):
        choose("ladder", [], MixSettings())
