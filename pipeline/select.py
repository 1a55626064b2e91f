"""The best instruction of each operation, and a second one that training never sees (``select``).

The paper keeps an operation that has at least two good candidates, and trains on the best of those;
its published code took the best of all, good or not. Candidates are ordered by their measures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import curate, instruct, validate
from pipeline.drop import DropRow, Tally
from pipeline.rate import JUDGE_STEP, SCORE_STEP, Group, JudgedRow, ScoredRow, groups
from pipeline.row import Judged
from pipeline.table import read_table, write_table
from pipeline.validate import ValidCall
from pipeline.work import Step, Task, shards

_FEWEST_GOOD = 2


@dataclass(frozen=True, slots=True)
class Selected:
    """An operation with its instructions."""

    operation: int
    """Its number among the operations of the shard."""
    instruction: str
    instruction_test: str
    """Good too, and in other words; empty where a person keeps an operation that has none."""
    candidates: tuple[Judged, ...]
    provenance: str
    """The origin of ``instruction``."""
    test_provenance: str
    """The origin of ``instruction_test``."""


def choose(candidates: Sequence[Judged], *, any_label: bool = False) -> tuple[Judged, ...]:
    """The best good candidate and the best one that says it otherwise; fewer where there are none.

    ``any_label`` takes bad ones too: a person wants the operation.
    """
    good = [each for each in candidates if any_label or each.label == "good"]
    best = sorted(good, key=lambda each: (-(each.score or 0.0), each.idx))[:1]
    others = [each for each in good if best and _words(each) != _words(best[0])]
    return (*best, *sorted(others, key=lambda each: (-(each.score or 0.0), each.idx))[:1])


def ranked(candidates: Sequence[Judged]) -> list[Judged]:
    """Candidates of one operation in the order of a model's scores, if it has scored all that may
    be chosen; two scales are never mixed.
    """
    good = [each for each in candidates if each.label == "good"] or candidates
    if any(each.input_tokens_mean is None for each in good):
        return list(candidates)
    return [replace(each, score=each.input_tokens_mean) for each in candidates]


def _words(candidate: Judged) -> tuple[str, ...]:
    """What a text says, case and punctuation apart."""
    return tuple(candidate.candidate.casefold().strip(" .?!").split())


def _make(task: Task, tally: Tally) -> dict[str, Path]:
    """One shard."""
    path = task.table("select", "instructions")
    num_calls = Counter(
        row.operation for row in read_table(task.table("validate", "calls"), ValidCall)
    )
    write_table(path, Selected, _selected(task, num_calls, tally))
    return {"instructions": path}


def _selected(task: Task, num_calls: Counter[int], tally: Tally) -> Iterator[Selected]:
    for group, candidates in _judged(task):
        operation, rows = group
        tally.enter(operation.source, "operations")
        drop = _drop(group, candidates, num_calls[rows[0].operation])
        if drop is not None and tally.drop(drop):
            continue
        chosen = choose(candidates, any_label=drop is not None)
        tally.leave(operation.source, "operations")
        tally.leave(operation.source, "calls", num_calls[rows[0].operation])
        tally.apis.setdefault(operation.source, set()).add(operation.api)
        best, second = chosen[0], chosen[1] if len(chosen) > 1 else None
        yield Selected(
            operation=rows[0].operation,
            instruction=best.candidate,
            instruction_test=second.candidate if second else "",
            candidates=tuple(candidates),
            provenance=best.origin,
            test_provenance=second.origin if second else "",
        )


def _judged(task: Task) -> Iterator[tuple[Group, list[Judged]]]:
    """Operations with all that is known of their candidates."""
    verdicts = read_table(task.table("judge", "verdicts"), JudgedRow)
    measures = read_table(task.table("score", "measures"), ScoredRow)
    for group in groups(task):
        known = zip(group[1], verdicts, measures, strict=False)  # the tables go on with the next
        yield (
            group,
            ranked(
                [
                    Judged(
                        idx=row.idx,
                        candidate=row.text,
                        origin=row.origin,
                        label=verdict.label,
                        reasons=tuple(dict.fromkeys(verdict.reasons)),
                        judge=verdict.judge,
                        score=measured.rank,
                        input_tokens_mean=measured.input_tokens_mean,
                    )
                    for row, verdict, measured in known
                ]
            ),
        )


def _drop(group: Group, candidates: Sequence[Judged], num_calls: int) -> DropRow | None:
    """The filter that takes an operation."""
    operation, _ = group
    if not num_calls:
        reason = "None of its calls is valid."
        return DropRow("no-call", operation.source, operation.key, operation.label, reason)
    if len(choose(candidates)) < _FEWEST_GOOD:
        against = Counter(reason for each in candidates for reason in set(each.reasons))
        reason = "Against its candidates speak: " + (", ".join(sorted(against)) or "nothing") + "."
        texts = "\n".join(each.candidate for each in candidates)
        return DropRow("few-good", operation.source, operation.key, operation.label, reason, texts)
    return None


STEP = Step(
    name="select",
    title="Best instructions",
    make=_make,
    parts=shards,
    reads=(curate.STEP, instruct.STEP, validate.STEP, JUDGE_STEP, SCORE_STEP),
)
