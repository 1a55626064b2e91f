"""What is asked of a run's weights, as a plan and as a command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.store.training_runs import Kind, TrainingRun
from pipeline.evaluation.plan import Plan
from train.measuring import Measuring, evaluation, plan_of


def run_of(kind: Kind = "sft", **changes: Any) -> TrainingRun:
    values: dict[str, Any] = {"settings": {"language": "go"}, "data": {}, "folder": Path("/w/pets")}
    return TrainingRun(
        1, kind, "pets", measuring={}, data_hash="", code_version="", note="", is_starred=False,
        job=None, created_at=0.0, **{**values, **changes},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("run", "measuring", "step", "wanted"),
    [
        (run_of(), Measuring(), None, ("free-0+pets", "bundled", ("go",), "")),
        (run_of(settings={}), Measuring(), 40, ("free-0+pets@40", "bundled", ("curl",), "")),
        (
            run_of(data={"dataset": "x"}),
            Measuring(),
            0,
            ("free-0+pets@0", "dataset:x", ("go",), ""),
        ),
        (
            run_of(data={"dataset": "x"}),
            Measuring(engine="grounded", test_set="bundled"),
            None,
            ("grounded+pets", "bundled", ("go",), ""),
        ),
    ],
)
def test_a_plan_asks_what_was_learnt(
    run: TrainingRun, measuring: Measuring, step: int | None, wanted: tuple[Any, ...]
) -> None:
    plan = Plan.from_record(plan_of(run, measuring, step))
    assert (plan.engine, plan.test_set, plan.languages, plan.embedder) == wanted
    assert (plan.pool, plan.limit, plan.words_only) == ("given", 10, True)


@pytest.mark.parametrize(("kind", "choice"), [("retriever", "embedder"), ("reranker", "reranker")])
def test_what_searches_is_judged_by_the_engine_that_searches_with_it(
    kind: Kind, choice: str
) -> None:
    plan = Plan.from_record(plan_of(run_of(kind), Measuring()))
    assert plan.engine == "grounded" and not plan.words_only
    assert getattr(plan, choice) == "/w/pets/model"
    assert plan.title.endswith("by pets")


def test_a_command_asks_the_same() -> None:
    words = evaluation(run_of(), Measuring(questions=3), 40)
    assert words == [
        "evaluate", "--engine", "free-0+pets@40", "--set", "bundled", "--pool", "given",
        "--language", "go", "--limit", "3", "--words-only",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("every", "at", "wanted"), [(0, 5, []), (10, 0, ["10"]), (10, 10, ["20"]), (10, 15, ["20"])]
)
def test_a_run_stops_at_the_next_step_that_is_measured(
    every: int, at: int, wanted: list[str]
) -> None:
    assert Measuring(every=every).next_step(at) == (["--until", *wanted] if wanted else [])
