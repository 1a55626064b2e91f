"""What engines are asked, at which level, and what they may look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import CallwrightError, DatasetError
from core.samples import SAMPLES, add_samples
from core.settings import Settings
from core.store.database import Store, open_store
from pipeline.curation import run_steps
from pipeline.dataset import create_dataset
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.question import without_name
from pipeline.evaluation.question_sets import bundled, open_questions
from pipeline.recipe import Recipe, folder_documents

SET = bundled(Plan("grounded"))
LEVELS = {level: [each for each in SET.questions if each.level == level] for level in (0, 1, 2, 3)}


def test_every_level_is_asked() -> None:
    assert all(len(questions) > 20 for questions in LEVELS.values())
    assert not SET.dropped


def test_levels_are_what_the_paper_means() -> None:
    operations = {each.wanted.operation.key for each in SET.training if each.wanted}
    apis = {each.api for each in SET.training}
    assert all(each.wanted.operation.key in operations for each in LEVELS[1] if each.wanted)
    assert all(each.wanted.operation.key not in operations for each in LEVELS[2] if each.wanted)
    assert {each.api for each in LEVELS[2]} <= apis
    assert not {each.api for each in LEVELS[3]} & apis
    assert all(each.wanted is None for each in LEVELS[0])


def test_no_question_is_both_asked_and_trained_on() -> None:
    asked = {each.id for each in SET.questions}
    assert not asked & {each.id for each in SET.training}


def test_limit_is_of_each_level_and_order_is_kept() -> None:
    limited = SET.limited(5)
    assert len(limited.questions) == 20
    kept = {each.id for each in limited.questions}
    assert [each for each in SET.questions if each.id in kept] == list(limited.questions)


def test_split_hash_tells_sets_apart() -> None:
    assert SET.split_hash == bundled(Plan("copy-nearest")).split_hash
    assert SET.split_hash != bundled(Plan("grounded", policy="published")).split_hash
    assert SET.split_hash != SET.limited(5).split_hash


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("List cats using the Pets API, please", "Pets", "List cats, please"),
        (
            "How do I obtain quotes with the 1Forge Finance APIs?",
            "1Forge Finance APIs",
            "How do I obtain quotes?",
        ),
        ("Taskboard: delete task 7", "Taskboard", "delete task 7"),
        ("show harbor bookings hotels in Visby", "Harbor Bookings", "show hotels in Visby"),
        ("Tunebox's newest songs", "Tunebox", "newest songs"),
        ("Pets", "Pets", "Pets"),
        ("Petshop pets", "Pet", "Petshop pets"),
        ("a (b", "(b", "a"),
    ],
)
def test_name_of_the_api_is_taken_out(text: str, title: str, left: str) -> None:
    assert without_name(text, title) == left


def test_unnamed_questions_do_not_say_their_api() -> None:
    for question in SET.unnamed().questions:
        assert not question.is_named
        if question.title and question.level:
            assert question.title.casefold() not in question.text.casefold()


def test_unknown_names_are_said() -> None:
    with pytest.raises(CallwrightError, match="There are: open, given"):
        Plan("grounded", pool="closed")
    with pytest.raises(CallwrightError, match="curl"):
        Plan("grounded", languages=("cobol",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(tmp_path / "workspace"))
    yield opened
    opened.close()


def test_unknown_set_is_said(store: Store) -> None:
    with pytest.raises(CallwrightError, match="bundled"):
        open_questions(Plan("grounded", test_set="moon"), store)


def test_dataset_of_the_workspace_is_asked_at_its_levels(store: Store) -> None:
    plan = Plan("grounded", test_set="dataset:samples", policy="published")
    recipe = Recipe(folder_documents(SAMPLES), folder=str(SAMPLES), languages=("curl",))
    run_steps(create_dataset(store.workspace, "samples", recipe), store.settings)
    with pytest.raises(DatasetError, match="can be asked here"):
        open_questions(plan, store)  # its documents are not in the workspace
    add_samples(store)
    found = open_questions(plan, store)
    assert {each.level for each in found.questions} == {1, 2, 3}
    assert not found.dropped and found.training
    assert "written by templates" in found.note
    documents = set(found.documents)
    assert all(
        each.wanted and each.wanted.operation.document in documents for each in found.questions
    )
