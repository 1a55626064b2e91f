"""A run of a real language model: greedy, so the same board comes out twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.models.cache import replies_path
from core.settings import NONE, Settings
from core.store.database import Store, open_store
from core.store.runs import CellFigure, Run, figures_of, find_run
from pipeline import evaluate
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.prediction import Prediction, read_predictions, run_folder

MEASURES = ["right", "operation", "legal", "read", "abstained"]


@contextmanager
def evaluated(folder: Path, plan: Plan) -> Iterator[tuple[Store, Run]]:
    """A run in a workspace of its own, which has no reply of any other."""
    store = open_store(Settings(folder, embedder=NONE))
    try:
        assert not replies_path(store.workspace).exists()
        (number,) = evaluate.plan_runs(store, [plan])
        evaluate.evaluate(store, find_run(store, number))
        yield store, find_run(store, number)
    finally:
        store.close()


def outcome(folder: Path, plan: Plan) -> tuple[list[Prediction], list[CellFigure]]:
    """What the model gave, and the board that came of it."""
    with evaluated(folder, plan) as (store, run):
        rows = list(read_predictions(run_folder(store.workspace, run.id)))
        figures = figures_of(store, MEASURES)[run.id]
    return [row.prediction for row in rows], sorted(figures, key=str)


@pytest.mark.parametrize("way", ["grounded", "free-3-retrieved"])
def test_greedy_decoding_gives_the_same_board_twice(
    way: str, tiny_model: Path, tmp_path: Path
) -> None:
    plan = Plan(f"{way}+transformers:{tiny_model}", languages=("curl",), limit=1, words_only=True)
    first, second = outcome(tmp_path / "one", plan), outcome(tmp_path / "two", plan)
    assert first == second
    assert len(first[0]) == 4 and first[1]


def test_question_that_is_too_long_for_a_model_costs_no_other_one(
    tiny_model: Path, tmp_path: Path
) -> None:
    plan = Plan(
        f"free-3-retrieved+transformers:{tiny_model}",
        languages=("curl",),
        limit=2,
        words_only=True,
    )
    rows, _ = outcome(tmp_path / "one", plan)
    too_long = [row for row in rows if "tokens long, and the model reads" in row.reason]
    assert len(rows) == 8 and 0 < len(too_long) < 8
    assert {row.status for row in too_long} == {"no call"}


def test_run_keeps_which_prompt_its_model_was_told(tiny_model: Path, tmp_path: Path) -> None:
    plan = Plan(
        f"grounded+transformers:{tiny_model}",
        languages=("curl",),
        limit=1,
        words_only=True,
        base_model="tiny",
    )
    with evaluated(tmp_path / "one", plan) as (_, run):
        assert run.provenance and run.provenance["prompts"].keys() == {"choose", "fill"}
        assert run.base_model == "tiny" and run.model == f"transformers:{tiny_model}"
