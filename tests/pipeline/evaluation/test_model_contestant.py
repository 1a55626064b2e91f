"""Engines with a language model on the boards."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.model_server import ModelServer, model_server
from core.errors import ModelError, UnknownNameError
from core.models.opening import Offer
from core.settings import NONE, Settings
from core.store.database import open_store
from core.store.model_servers import add_server
from pipeline.evaluation.contestant import Given, open_contestant
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.question import QuestionSet
from pipeline.evaluation.question_sets import bundled
from tests.core.retrieval.test_rerank import make_cross_encoder

LANGUAGES = ("curl", "python")


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    return bundled(Plan("grounded")).limited(12)


def settings_with(server: ModelServer, folder: Path, reranker: str) -> Settings:
    settings = Settings(folder / "workspace", reranker=reranker)
    store = open_store(settings)
    add_server(store, Offer("tiny", server.server()))
    store.close()
    return settings


def given(
    engine: str,
    questions: QuestionSet,
    server: ModelServer,
    folder: Path,
    *,
    reranker: str = NONE,
) -> Given:
    settings = settings_with(server, folder, reranker)
    plan = Plan(engine, pool="given", languages=LANGUAGES, words_only=True)
    question = next(each for each in questions.questions if each.wanted)
    return open_contestant(plan, questions, settings).answer(question)


def test_a_model_that_picks_gives_a_request(questions: QuestionSet, tmp_path: Path) -> None:
    """The server always picks the first number."""
    with model_server() as server:
        found = given("grounded+tiny", questions, server, tmp_path)
    assert found.request is not None
    assert found.code_in("python")
    assert server.calls[0]["structured_outputs"]["choice"][-1] == "none"
    assert found.work.tokens == 10 * found.work.replies > 0


@pytest.mark.parametrize("way", ["free-0", "free-3-random", "free-3-retrieved", "free-3-reranked"])
def test_a_model_that_writes_is_asked_in_each_language(
    way: str, questions: QuestionSet, tmp_path: Path
) -> None:
    reranker = make_cross_encoder(tmp_path / "reranker")
    with model_server() as server:
        found = given(f"{way}+tiny", questions, server, tmp_path, reranker=reranker)
    assert found.request is None
    assert found.code.keys() == set(LANGUAGES)
    assert found.work.tokens == 10 * len(LANGUAGES)
    prompts = [call["prompt"] for call in server.calls]
    assert sorted(prompt.count("**lang**:") for prompt in prompts) == [1, 1]
    wanted = next(each.wanted for each in questions.questions if each.wanted)
    for prompt in prompts:
        assert (wanted.operation.summary + " with" not in prompt) or way == "free-0"


def test_a_second_run_asks_nothing(questions: QuestionSet, tmp_path: Path) -> None:
    with model_server() as server:
        first = given("free-3-retrieved+tiny", questions, server, tmp_path)
        asked = len(server.calls)
        assert given("free-3-retrieved+tiny", questions, server, tmp_path) == first
        assert len(server.calls) == asked > 0


def test_reranked_examples_want_a_reranker(questions: QuestionSet, tmp_path: Path) -> None:
    with model_server() as server, pytest.raises(ModelError, match="Choose one on the page Models"):
        given("free-3-reranked+tiny", questions, server, tmp_path)


@pytest.mark.parametrize("engine", ["free-0", "copy-nearest+tiny", "free-9+tiny", "grounded+none"])
def test_what_is_no_engine_is_said(engine: str, questions: QuestionSet, tmp_path: Path) -> None:
    with model_server() as server, pytest.raises(UnknownNameError):
        given(engine, questions, server, tmp_path)
