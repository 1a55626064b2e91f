"""Two engines side by side, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.engines import ENGINES
from core.store.comparisons import list_comparisons
from core.store.runs import delete_run, find_run
from pages.components import resources
from pipeline import evaluate
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.recording import RECORDED, measured_runs
from tests.pages.screen import open_page, words
from tests.pages.test_specs import press


@pytest.fixture(scope="module")
def rivals(workspace) -> Iterator[list[int]]:
    """Two small runs over the same questions."""
    store = resources.store()
    plans = [
        Plan("grounded", words_only=True, languages=("curl",), limit=4),
        Plan("copy-nearest", languages=("curl",), limit=4),
    ]
    numbers = evaluate.plan_runs(store, plans)
    for number in numbers:
        evaluate.evaluate(store, find_run(store, number))
    yield numbers
    for run in measured_runs(store):
        delete_run(store, run.id)


def test_first_start_has_a_finished_comparison(workspace) -> None:
    for run in measured_runs(resources.store()):
        delete_run(resources.store(), run.id)
    screen = open_page("side_by_side")
    assert not screen.exception
    assert "recorded on" in words(screen) and "**Left**" in words(screen)
    assert "The right call" not in words(screen)  # before a blind vote
    screen.toggle(key="blind").set_value(False).run()
    assert "The right call" in words(screen) and "**grounded**" in words(screen)
    table = next(each.value for each in screen.dataframe if "Question" in each.value)
    verdicts = {*table["grounded"], *table["copy-nearest"]}
    assert {"right", "illegal"} <= verdicts or {"right", "legal but different"} <= verdicts
    before = list_comparisons(resources.store())
    press(screen, "Right is better")
    (vote,) = list_comparisons(resources.store())[len(before) :]
    assert vote.is_measured and not vote.is_blind
    assert find_run(resources.store(), vote.run_a).test_set == RECORDED


def test_vote_is_kept_and_names_come_after_it(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    assert not screen.exception
    assert "**Left**" in words(screen) and "**grounded**" not in words(screen)
    before = len(list_comparisons(resources.store()))
    press(screen, "Left is better")
    assert not screen.exception
    assert "**grounded**" in words(screen) and "**copy-nearest**" in words(screen)
    assert "By their verdicts" in words(screen)
    (vote,) = list_comparisons(resources.store())[before:]
    assert vote.is_blind and vote.vote in ("a", "b")
    assert {vote.engine_a, vote.engine_b} == {"grounded", "copy-nearest"}
    assert "1 of" in screen.get("progress")[0].proto.text
    press(screen, "Next question")
    assert "**Left**" in words(screen)


def test_names_are_shown_where_that_is_wanted(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    screen.toggle(key="blind").set_value(False).run()
    assert "**grounded**" in words(screen) and "**copy-nearest**" in words(screen)


def test_standings_count_every_vote(rivals: list[int]) -> None:
    screen = open_page("side_by_side")
    press(screen, "Both are bad")
    table = next(each.value for each in screen.dataframe if "Wins" in each.value)
    counted = table[["Wins", "Losses", "Both good", "Both bad"]].to_numpy().sum()
    assert counted == len(list_comparisons(resources.store()))
    assert "Votes say what the verdicts say" in words(screen)


def test_question_of_ones_own_needs_two_engines(workspace) -> None:
    screen = open_page("side_by_side", mode="A question of my own")
    assert not screen.exception
    assert "One engine is ready here" in words(screen)


def test_engines_answer_a_question_of_ones_own(workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "second", replace(ENGINES["grounded"], title="Second"))
    screen = open_page("side_by_side", mode="A question of my own")
    screen.text_input(key="duel_question").set_value("Cancel booking 8841, the guest got sick")
    press(screen, "Ask")
    assert not screen.exception
    assert len(screen.code) == 2 and screen.code[0].value == screen.code[1].value
    before = len(list_comparisons(resources.store()))
    press(screen, "Second is best")
    (vote,) = list_comparisons(resources.store())[before:]
    assert (vote.engine_a, vote.engine_b, vote.vote) == ("grounded", "second", "b")
    assert not vote.is_measured and not screen.code
