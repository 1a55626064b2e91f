"""The page *Curation* with language models: chosen, read before they cost anything, and counted."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.model_server import ModelServer, model_server
from core.models.opening import Offer
from core.samples import SAMPLES
from core.store.judge_verdicts import Champion
from core.store.model_servers import add_server, kept_servers, remove_server
from pages.components import curation_job, curation_models, resources
from pipeline import asking
from pipeline.curation import run_steps
from pipeline.dataset import Dataset, create_dataset, delete_dataset
from pipeline.recipe import Recipe, workspace_documents
from tests.pages.screen import errors_of, open_page, sample, words
from tests.pipeline.test_asking import UNTIL_SELECT, say


def labelled(elements: Any, label: str) -> Any:
    return next(each for each in elements if each.label == label)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server that was added without having shown that it can tell probabilities."""
    store = resources.store()
    with model_server(say=say) as running:
        number = add_server(store, Offer("echo", running.server(can_score=False)))
        yield running
        remove_server(store, number)
        asking.forget_models()


def test_without_a_model_there_is_a_way_to_add_one_and_nothing_to_choose() -> None:
    assert kept_servers(resources.store()) == []
    screen = open_page("curation")
    assert "none is needed" in words(screen)
    assert labelled(screen.selectbox, "Candidates written by").disabled
    assert labelled(screen.selectbox, "Candidates judged by").options == ["rules", "fitted"]


def test_a_model_is_chosen_for_each_step_and_told_before_it_costs(server: ModelServer) -> None:
    screen = open_page("curation")
    labelled(screen.text_input, "Only documents with these words").set_value("harbor").run()
    for label in (
        "Seed examples rewritten by",
        "Candidates written by",
        "Good candidates ordered by",
    ):
        labelled(screen.selectbox, label).set_value("echo").run()
    labelled(screen.selectbox, "Candidates judged by").set_value("judge-plain+echo").run()
    assert not screen.exception and not errors_of(screen)
    command = shlex.split(screen.code[0].value)
    for option in ("--refiner", "--writer", "--scorer"):
        assert command[command.index(option) + 1] == "echo"
    assert command[command.index("--judge") + 1] == "judge-plain+echo"
    links = {link.label: link.page for link in screen.get("page_link") if link.label}
    assert {"refine", "instruct", "judge-plain", "back-translate"} <= set(links)
    assert "At most about " in words(screen) and "questions" in words(screen)
    assert "was not seen to tell the probability" in screen.warning[0].value
    assert server.calls == [], "nothing was asked"


def test_the_champion_may_be_a_model(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Champion("judge-plain+echo", "Ana", {}, 0.0)
    monkeypatch.setattr(curation_models, "champion", lambda store: chosen)
    judge = labelled(open_page("curation").selectbox, "Candidates judged by")
    assert judge.value == "judge-plain+echo"
    assert "judge-plain+echo ★" in judge.options


@pytest.fixture
def dataset(server: ModelServer) -> Iterator[Dataset]:
    """One small sample with a model in every step; the server refuses every seventh question."""
    server.spoil = lambda number: 400 if number % 7 == 0 else None
    store = resources.store()
    smallest = min(SAMPLES.iterdir(), key=lambda path: path.stat().st_size).stem
    documents = workspace_documents(store, (resources.find(sample(smallest)).sha256,))
    recipe = Recipe(
        documents, languages=("curl",), writer="echo", judge="judge-plain+echo", scorer="echo"
    )
    made = create_dataset(store.workspace, "by-model", recipe)
    run_steps(made, store.settings, UNTIL_SELECT)
    yield made
    delete_dataset(store.workspace, made.name)


def test_what_models_did_is_told_and_what_failed_can_be_asked_again(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(curation_job, "begin", started.append)
    screen: AppTest = open_page("curation", dataset=dataset.name)
    assert not screen.exception and not errors_of(screen)
    said = words(screen)
    assert "**instruct**: echo, seed 0" in said
    assert "cannot tell the probability of given text" in said
    table = next(each.value for each in screen.dataframe if "Tokens read" in each.value)
    assert set(table["Step"]) >= {"instruct", "judge"} and table["Failed"].sum() > 0
    labelled(screen.button, "Ask again for what failed").click().run()
    assert started == [dataset.name]
    assert not dataset.receipt_path("judge", "00000").exists()
