"""The engines that need no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UnknownNameError
from core.settings import Settings
from pipeline.evaluation.contestant import Contestant, open_contestant
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.question import Question
from pipeline.evaluation.question_sets import bundled

SETTINGS = Settings(Path("nowhere"))


def opened(engine: str, **settings: object) -> tuple[Contestant, tuple[Question, ...]]:
    plan = Plan(engine, words_only=True, **settings)  # type: ignore[arg-type]
    questions = bundled(plan).limited(12)
    return open_contestant(plan, questions, SETTINGS), questions.questions


def test_grounded_answers_most_and_says_how_sure_it_is() -> None:
    engine, questions = opened("grounded")
    answered = 0
    for question in questions:
        given = engine.answer(question)
        assert given.confidence is not None and 0 <= given.confidence <= 1
        assert given.abstains == (given.request is None)
        if question.wanted and given.request:
            answered += given.request.path == question.wanted.request.path
    assert answered > 15


def test_grounded_that_may_not_abstain_answers_where_anything_is_found() -> None:
    engine, questions = opened("grounded", may_abstain=False)
    for given in map(engine.answer, questions):
        assert given.abstains == (not given.retrieved)


def test_grounded_stays_within_the_api_that_is_given() -> None:
    engine, questions = opened("grounded", pool="given", may_abstain=False)
    for question in questions:
        given = engine.answer(question)
        if question.wanted and given.request:
            hosts = {server.url.split("/")[2] for server in question.wanted.operation.servers}
            assert given.request.host in hosts or "REPLACE" in given.request.host


def test_published_policy_gives_api_packs_placeholders() -> None:
    engine, questions = opened("grounded", policy="published", may_abstain=False)
    urls = [engine.answer(question).code_in("curl") for question in questions]
    assert any("%7B" in url for url in urls)


@pytest.mark.parametrize("pool", ["open", "given"])
def test_copies_are_never_of_the_wanted_operation_of_a_given_api(pool: str) -> None:
    engine, questions = opened("copy-nearest", pool=pool)
    copied = 0
    for question in questions:
        given = engine.answer(question)
        if question.wanted is None or given.request is None:
            continue
        copied += 1
        if pool == "given":
            assert given.retrieved != (question.wanted.operation.label,)
    assert copied > 20


def test_call_is_written_in_each_language() -> None:
    engine, questions = opened("copy-nearest")
    given = engine.answer(questions[0])
    assert given.code_in("curl").startswith("curl ")
    assert "http.client" in given.code_in("python")


@pytest.mark.parametrize("name", ["groundet", "copy-nearest+moon"])
def test_unknown_engine_is_said(name: str) -> None:
    with pytest.raises(UnknownNameError, match="copy-nearest"):
        opened(name)
