"""The best judge is the one that agrees with people, not the one that says little."""

from __future__ import annotations

from collections import Counter
from math import nan

import pytest

from core.candidate import Label
from core.labeling.agreement import Estimate, compare
from core.labeling.board import Board, best_judge, figures_of

PEOPLE: dict[str, Label] = {
    f"k{number}": "bad" if number % 3 == 0 else "good" for number in range(30)
}
GROUPS = {key: key for key in PEOPLE}


def board(**said: dict[str, Label]) -> Board:
    judges = {judge: compare(PEOPLE, labels, GROUPS) for judge, labels in said.items()}
    return Board(Counter(), PEOPLE, said, [], 1, Estimate(nan, nan, nan), {}, judges)


def but(*wrong: int) -> dict[str, Label]:
    """What people say, the opposite for some."""
    turned: dict[Label, Label] = {"good": "bad", "bad": "good"}
    return PEOPLE | {f"k{number}": turned[PEOPLE[f"k{number}"]] for number in wrong}


def test_the_best_judge_has_the_highest_kappa() -> None:
    assert best_judge(board(rules=but(1, 2, 3), model=but(4), fitted=but(5, 6))) == "model"


def test_who_says_little_is_not_compared() -> None:
    few = {key: PEOPLE[key] for key in list(PEOPLE)[:9]}
    assert best_judge(board(rules=but(1, 2, 3), cautious=few)) == "rules"


@pytest.mark.parametrize("said", [{}, {"always": dict.fromkeys(PEOPLE, "good")}])
def test_nothing_is_best_where_nothing_can_be_compared(said: dict[str, dict[str, Label]]) -> None:
    """A judge that always says the same has a kappa of 0, which can be compared."""
    assert best_judge(board(**said)) == (next(iter(said), None))


def test_figures_say_none_where_there_is_none() -> None:
    always = board(always=dict.fromkeys(PEOPLE, "good")).judges["always"]
    figures = figures_of(always)
    assert figures["bad_precision"] is None and figures["candidates"] == 30
