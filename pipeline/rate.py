"""The steps ``judge`` and ``score``: what :mod:`pipeline.judge` and :mod:`pipeline.score` say of
every candidate of a dataset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from core.candidate import Candidate
from core.models.protocol import Failure
from pipeline import curate, instruct
from pipeline.asking import asking, called, stamp
from pipeline.dataset import Dataset
from pipeline.drop import DropRow, Tally
from pipeline.judge import JUDGES, Prompted, prompted
from pipeline.judge import stamp as fitted_stamp
from pipeline.row import CandidateRow, OperationRow, candidate_of
from pipeline.score import score
from pipeline.seed_example import SeedExample, people_say, read_examples
from pipeline.table import read_table, write_table
from pipeline.with_model import back_translation_scores, judgements
from pipeline.work import Step, Task, shards


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What a judge says of the candidate in the same place."""

    label: str
    """Empty where the judge said nothing."""
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
    input_tokens_mean: float | None = None
    """A language model's, where one scores: see :class:`pipeline.row.Judged`."""


Group = tuple[OperationRow, list[CandidateRow]]


def groups(task: Task) -> Iterator[Group]:
    """The operations of a shard with their candidates, in order."""
    rows = list(read_table(task.table("curate", "operations"), OperationRow))
    found = read_table(task.table("instruct", "candidates"), CandidateRow)
    for number, each in groupby(found, lambda row: row.operation):
        yield rows[number], list(each)


def _make_judged(task: Task, tally: Tally) -> dict[str, Path]:
    path = task.table("judge", "verdicts")
    name = task.dataset.recipe.judge
    by_model = prompted(name)
    rows = _judged_by_model(task, tally, by_model) if by_model else _judged(task, name)
    write_table(path, JudgedRow, rows)
    return {"verdicts": path}


def _judged(task: Task, name: str) -> Iterator[JudgedRow]:
    for _, candidate in _candidates(task):
        found = JUDGES[name](candidate)
        yield JudgedRow(
            label=found.label,
            reasons=tuple(each.reason for each in found.reasons),
            evidence=tuple(each.text for each in found.reasons),
            judge=name,
        )


def _judged_by_model(task: Task, tally: Tally, judge: Prompted) -> Iterator[JudgedRow]:
    """A model's one word of each; without it the candidate is not chosen, and is counted."""
    told = list(_candidates(task))
    with asking(task, tally, "judge", judge.model, judge.prompt) as model:
        candidates = [candidate for _, candidate in told]
        found = judgements(model, candidates, judge.prompt, model.prompts)
    name = str(judge._replace(model=called(judge.model)))
    for (operation, candidate), said in zip(told, found, strict=True):
        _count(tally, "unjudged", operation, candidate, said)
        yield JudgedRow("" if isinstance(said, Failure) else said.label, (), (), name)


def _count(
    tally: Tally, filter_: str, operation: OperationRow, candidate: Candidate, said: object
) -> None:
    """Count what a model was asked about a candidate, and why it has no answer."""
    source = operation.source
    tally.enter(source, "candidates")
    if isinstance(said, Failure):
        reason = f"{said.reason}."
        row = DropRow(filter_, source, candidate.id, operation.label, reason, candidate.text)
        tally.drop(row)
    else:
        tally.leave(source, "candidates")


def _candidates(task: Task) -> Iterator[tuple[OperationRow, Candidate]]:
    for operation, rows in groups(task):
        for row in rows:
            yield operation, candidate_of(operation, row.text, row.origin)


def _make_scored(task: Task, tally: Tally) -> dict[str, Path]:
    path = task.table("score", "measures")
    rows = _measured(task)
    if task.dataset.recipe.scorer:
        means = _means(task, tally)
        rows = (replace(row, input_tokens_mean=mean) for row, mean in zip(rows, means, strict=True))
    write_table(path, ScoredRow, rows)
    return {"measures": path}


def _means(task: Task, tally: Tally) -> list[float | None]:
    """How well each candidate brings its operation back; ``None`` where the model cannot say."""
    told = list(_candidates(task))
    name = task.dataset.recipe.scorer
    examples: dict[str, list[SeedExample]] = {}
    for each in read_examples(task.dataset, task.part):
        examples.setdefault(each.key.partition("#")[0], []).append(each)
    found: list[float | Failure]
    with asking(task, tally, "score", name, "back-translate") as model:
        if "score" in model.capabilities:
            candidates = [candidate for _, candidate in told]
            shown = {operation.key: examples.get(operation.document, []) for operation, _ in told}
            found = back_translation_scores(model, candidates, shown, model.prompts)
        else:
            found = [Failure(str(tally.asked["score"]["note"]))] * len(told)
    for (operation, candidate), mean in zip(told, found, strict=True):
        _count(tally, "unscored", operation, candidate, mean)
    return [None if isinstance(mean, Failure) else mean for mean in found]


def _measured(task: Task) -> Iterator[ScoredRow]:
    for operation, rows in groups(task):
        texts = [row.text for row in rows]
        for number, row in enumerate(rows):
            candidate = candidate_of(operation, row.text, row.origin)
            found = score(candidate, texts[:number] + texts[number + 1 :])
            yield ScoredRow(found.rank, *found)


def _judge_stamp(dataset: Dataset, _part: str) -> object:
    judge = prompted(dataset.recipe.judge)
    return stamp(judge.model, judge.prompt) if judge else fitted_stamp(dataset.recipe.judge)


def _score_stamp(dataset: Dataset, _part: str) -> object:
    scorer = dataset.recipe.scorer
    return [stamp(scorer, "back-translate"), people_say(dataset) if scorer else ""]


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
    uses=("scorer",),
    watches=_score_stamp,
)
