"""What engines gave once, in files: a comparison is there before anything was asked here.

>>> record(Plan("grounded", limit=8), store, RECORDINGS / "grounded.jsonl")
>>> add_recorded(store)
[1, 2]

A file holds answers only, each a request or code, and says what made them. No verdict is kept: the
answers are judged by the documents where they are shown, like those of any engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import orjson

from core.errors import StoreError
from core.request_record import request_of, request_record
from core.samples import SAMPLES
from core.store.database import Store
from core.store.runs import Run, add_run, list_runs
from core.workspace import whole_file
from pipeline import evaluate
from pipeline.evaluation.contestant import Given, open_contestant
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.question import Question, QuestionSet
from pipeline.evaluation.question_sets import bundled, open_questions

RECORDINGS = SAMPLES.parent / "recordings"
RECORDED = "recorded"
"""What the set of questions of such a run is called."""

_KEPT = ("code", "confidence", "abstains", "retrieved", "seconds")
"""Of what an engine gave, beside its request."""


@dataclass(frozen=True)
class Recording:
    """The answers of one engine."""

    plan: Plan
    made: Mapping[str, Any]
    """With which versions, when, on which questions."""
    given: Mapping[str, Given]
    """By the question's id."""
    sha256: str
    """Of the file: who recorded anew has another one."""
    at_once: ClassVar[int] = 1

    def answer(self, question: Question) -> Given:
        """What the engine gave for that question."""
        return self.given[question.id]


def record(plan: Plan, store: Store, path: Path) -> int:
    """Ask an engine, and keep its answers; how many there are. Raises ``CallwrightError``."""
    questions = open_questions(plan, store)
    contestant = open_contestant(plan, questions, store.settings)
    made = evaluate.provenance(plan, questions, store.settings)
    asked_on = datetime.now(UTC).date().isoformat()
    lines: list[dict[str, Any]] = [{"plan": asdict(plan), "made": {**made, "asked_on": asked_on}}]
    for question in questions.questions:
        given, seconds = evaluate.timed(contestant, question)
        lines.append(_record_of(question, replace(given, seconds=round(seconds, 4))))
    with whole_file(path) as file:
        for line in lines:
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return len(questions.questions)


@cache
def recordings(folder: Path = RECORDINGS) -> tuple[Recording, ...]:
    """Those that come with the program, by the names of their files. Raises ``StoreError``."""
    return tuple(map(read_recording, sorted(folder.glob("*.jsonl"))))


def read_recording(path: Path) -> Recording:
    """The answers that a file keeps. Raises ``StoreError``."""
    try:
        data = path.read_bytes()
        head, *lines = map(orjson.loads, data.splitlines())
        given = {line["question"]: _given_of(line) for line in lines}
        plan = Plan.from_record(head["plan"])
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{path} does not hold recorded answers: {error}. Record anew.") from error
    return Recording(plan, head["made"], given, hashlib.sha256(data).hexdigest())


def add_recorded(store: Store) -> list[int]:
    """The runs of what was recorded, judged here and now where that was not done yet.

    Raises ``CallwrightError``.
    """
    known = {_recording_of(run): run for run in list_runs(store) if run.test_set == RECORDED}
    found = []
    for recording in recordings():
        run = known.get(recording.sha256) or _new_run(store, recording)
        if not run.is_complete:
            evaluate.evaluate(store, run, sources=_sources(recording))
        found.append(run.id)
    return found


def measured_runs(store: Store) -> list[Run]:
    """The runs of this workspace without what was recorded, the newest first."""
    return [run for run in list_runs(store) if run.test_set != RECORDED]


def _new_run(store: Store, recording: Recording) -> Run:
    plan = replace(recording.plan, test_set=RECORDED, executes=False)
    total = len(recording.given) * len(plan.languages)
    row = replace(plan.as_run(total), provenance={"recording": recording.sha256})
    return add_run(store, row)


def _recording_of(run: Run) -> str:
    return str((run.provenance or {}).get("recording", ""))


def _sources(recording: Recording) -> evaluate.Sources:
    """Questions of the recording, its answers, and what it says of itself."""

    def questions(plan: Plan, store: Store) -> QuestionSet:
        whole = bundled(plan, store)
        kept = tuple(each for each in whole.questions if each.id in recording.given)
        return replace(whole, name=RECORDED, questions=kept)

    return evaluate.Sources(
        questions,
        lambda plan, questions, settings: recording,
        lambda plan, questions, settings: {**recording.made, "recording": recording.sha256},
    )


def _record_of(question: Question, given: Given) -> dict[str, Any]:
    request = None if given.request is None else request_record(given.request)
    kept = {name: getattr(given, name) for name in _KEPT}
    return {"question": question.id, "request": request, **kept}


def _given_of(line: Mapping[str, Any]) -> Given:
    request = None if line["request"] is None else request_of(line["request"])
    kept = {name: line[name] for name in _KEPT}
    return Given(request, **{**kept, "retrieved": tuple(kept["retrieved"])})
