"""Engines that choose functions; a language model under each of its prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.catalogue.folder import keep_questions, open_catalogue, read_questions
from core.errors import ModelError, UnknownNameError
from core.models.protocol import Choice, Failure
from core.prompts import load_prompt
from core.settings import NONE, Settings
from core.store.database import Store, open_store
from pipeline.catalogue import Plan, kept_runs, run_plan
from pipeline.chooser import VARIANTS, Tools, check_engine, open_chooser
from pipeline.classify import Setup, classify
from tests.fake_model import FakeModel, prompt_of

RED_CIRCLE = "draw a red circle of 5 km around Oslo"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(tmp_path / "workspace", embedder=NONE))
    yield opened
    opened.close()


def tools_of(model: FakeModel) -> Tools:
    return Tools(open_model=lambda name: model)


@pytest.mark.parametrize("prompt", VARIANTS)
def test_model_chooses_and_the_question_gives_the_arguments(store: Store, prompt: str) -> None:
    model = FakeModel(["shapes.draw_circle"])
    catalogue = open_catalogue(store.workspace, "map-drawing")
    choose = open_chooser(f"{prompt}+fake", catalogue, seed=1, tools=tools_of(model))
    (answer,) = choose([RED_CIRCLE])
    assert answer.calls[0].function.label == "shapes.draw_circle"
    assert answer.calls[0].arguments == {"place": "Oslo", "radius_km": 5, "color": "red"}
    (task,) = model.asked
    assert isinstance(task.constraint, Choice)
    assert set(task.constraint.options) == set(catalogue.by_label)
    described = "Draws a circle" in prompt_of(task) or "circle of some radius" in prompt_of(task)
    assert described is (prompt == "classify-described")


def test_run_of_a_model_keeps_its_prompt_and_every_failure(store: Store) -> None:
    catalogue = open_catalogue(store.workspace, "map-drawing")
    examples = read_questions(store.workspace, "map-drawing").examples[:10]
    right = {each.question: each.function for each in examples}

    def say(task) -> str:  # type: ignore[no-untyped-def]
        return next(label for question, label in right.items() if question in prompt_of(task))

    model = FakeModel([Failure("too long")], say=say)
    seen: list[int] = []
    run = classify(
        catalogue,
        examples,
        Setup("classify-named+fake"),
        tools=tools_of(model),
        progress=lambda done, total: seen.append(done),
    )
    assert run.share("function").hits == 9 and run.outcomes[0].said == ""
    assert run.outcomes[0].reason == "too long"
    assert run.prompt_version == load_prompt("classify-named").version
    assert (run.setup.prompt, run.setup.model) == ("classify-named", "fake")
    assert seen == [0, 8]


def test_model_that_is_away_ends_the_run(store: Store) -> None:
    catalogue = open_catalogue(store.workspace, "map-drawing")
    examples = read_questions(store.workspace, "map-drawing").examples[:1]
    model = FakeModel([Failure("nobody answers", is_passing=True)])
    with pytest.raises(ModelError, match="nobody answers"):
        classify(catalogue, examples, Setup("classify-named+fake"), tools=tools_of(model))


@pytest.mark.parametrize("name", ["moon", "classify-named", "moon+fake", "grounded+fake"])
def test_engine_that_is_none_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"classify-named\+MODEL"):
        check_engine(name)


def test_real_model_is_measured_under_each_prompt(store: Store, tiny_model: Path) -> None:
    labels = set(open_catalogue(store.workspace, "map-drawing").by_label)
    questions = read_questions(store.workspace, "map-drawing")
    few = replace(questions, examples=questions.examples[:2])
    keep_questions(store.workspace, "map-drawing", few)
    engines = tuple(f"{prompt}+transformers:{tiny_model}" for prompt in VARIANTS)
    run_plan(store, Plan("map-drawing", engines, (10,), words_only=True), lambda *_: None)
    runs = {run.setup.engine: run for run in kept_runs(store, "map-drawing")}
    assert runs.keys() == set(engines)
    for run in runs.values():
        assert len(run.outcomes) == 2 and run.prompt_version
        assert all(each.said in labels or not each.is_sure for each in run.outcomes)
