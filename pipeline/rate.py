"""The steps ``judge`` and ``score``: what :mod:`pipeline.judge` and :mod:`pipeline.score` say of
every candidate of a dataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from core.candidate import Candidate
from pipeline import curate, instruct
from pipeline.dataset import Dataset
from pipeline.drop import Tally
from pipeline.judge import JUDGES, stamp
from pipeline.row import CandidateRow, OperationRow, candidate_of
from pipeline.score import score
from pipeline.table import read_table, write_table
from pipeline.work import Step, Task, shards


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What a judge says of the candidate in the same place."""

    label: str
    reasons: tuple[str, ...]
    evidence: tuple[str, ...]
    """The words that show each reason."""
    judge: str


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """The measures of the candidate in the same place."""

    rank: float
    words: int
    grounded: float
    covers: float
    names_api: float
    leaks: float
    apart: float
    reading_ease: float


Group = tuple[OperationRow, list[CandidateRow]]


def groups(task: Task) -> Iterator[Group]:
    """The operations of a shard with their candidates, in order."""
    rows = list(read_table(task.table("curate", "operations"), OperationRow))
    found = read_table(task.table("instruct", "candidates"), CandidateRow)
    for number, each in groupby(found, lambda row: row.operation):
        yield rows[number], list(each)


def _make_judged(task: Task, _tally: Tally) -> dict[str, Path]:
    path = task.table("judge", "verdicts")
    judge = task.dataset.recipe.judge
    write_table(path, JudgedRow, (_judged(one, judge) for one in _candidates(task)))
    return {"verdicts": path}


def _candidates(task: Task) -> Iterator[Candidate]:
    for operation, rows in groups(task):
        yield from (candidate_of(operation, row.text, row.origin) for row in rows)


def _judged(candidate: Candidate, judge: str) -> JudgedRow:
    found = JUDGES[judge](candidate)
    return JudgedRow(
        label=found.label,
        reasons=tuple(each.reason for each in found.reasons),
        evidence=tuple(each.text for each in found.reasons),
        judge=judge,
    )


def _make_scored(task: Task, _tally: Tally) -> dict[str, Path]:
    path = task.table("score", "measures")
    write_table(path, ScoredRow, _scored(task))
    return {"measures": path}


def _scored(task: Task) -> Iterator[ScoredRow]:
    for operation, rows in groups(task):
        texts = [row.text for row in rows]
        for number, row in enumerate(rows):
            candidate = candidate_of(operation, row.text, row.origin)
            found = score(candidate, texts[:number] + texts[number + 1 :])
            yield ScoredRow(found.rank, *found)


def _judge_stamp(dataset: Dataset, _part: str) -> str:
    return stamp(dataset.recipe.judge)


JUDGE_STEP = Step(
    name="judge",
    title="Candidates judged",
    make=_make_judged,
    parts=shards,
    reads=(curate.STEP, instruct.STEP),
    uses=("judge",),
    watches=_judge_stamp,
)
SCORE_STEP = Step(
    name="score",
    title="Candidates measured",
    make=_make_scored,
    parts=shards,
    reads=(curate.STEP, instruct.STEP),
)
