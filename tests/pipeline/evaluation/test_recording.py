"""Answers that were kept in files: what they say is there, and judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import StoreError
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.runs import find_run, list_runs
from pipeline.evaluation.contestant import open_contestant
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.prediction import read_predictions, run_folder
from pipeline.evaluation.question_sets import bundled, open_questions
from pipeline.evaluation.recording import (
    RECORDED,
    add_recorded,
    measured_runs,
    read_recording,
    record,
    recordings,
)

PLAN = Plan("grounded", words_only=True, languages=("curl",), limit=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(tmp_path / "workspace"))
    yield opened
    opened.close()


def test_recording_holds_what_the_engine_gave(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "grounded.jsonl"
    assert record(PLAN, store, path) == 8
    found = read_recording(path)
    assert found.plan == PLAN
    assert {"code", "asked_on", "split_hash", "versions"} <= found.made.keys()
    questions = open_questions(PLAN, store)
    engine = open_contestant(PLAN, questions, store.settings)
    for question in questions.questions:
        kept, anew = found.answer(question), engine.answer(question)
        assert (kept.request, kept.abstains) == (anew.request, anew.abstains)
        assert kept.seconds is not None and kept.seconds > 0


def test_bundled_recordings_answer_bundled_questions() -> None:
    assert [each.plan.engine for each in recordings()] == ["copy-nearest", "grounded"]
    asked = {question.id for question in bundled(Plan("grounded")).questions}
    for recording in recordings():
        assert recording.given.keys() <= asked
        assert len(recording.given) == 4 * (recording.plan.limit or 0)
        assert recording.made["code"] and recording.made["asked_on"]


def test_recorded_runs_are_judged_here_and_once(store: Store) -> None:
    numbers = add_recorded(store)
    statuses = set()
    for number in numbers:
        run = find_run(store, number)
        assert run.is_complete and run.done == run.total and run.test_set == RECORDED
        assert run.provenance and run.provenance["asked_on"]
        rows = list(read_predictions(run_folder(store.workspace, number), language="curl"))
        statuses |= {row.prediction.status for row in rows}
        assert all(row.numbers["seconds"] > 0 for row in rows)
    assert "right" in statuses and len(statuses) > 2
    assert add_recorded(store) == numbers
    assert len(list_runs(store)) == len(numbers) and measured_runs(store) == []


@pytest.mark.parametrize("data", [b"", b"{}\n", b'{"plan": {"engine": "x"}}\n{"question": "a"}\n'])
def test_damaged_recording_says_what_to_do(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"broken\.jsonl.*Record anew"):
        read_recording(path)
