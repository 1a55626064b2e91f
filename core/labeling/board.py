"""What people and judges say of the same candidates, and which judge is the best by that.

>>> best_judge(board_of(store))
'judge-criteria+qwen'
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isnan
from typing import Any

from core.candidate import Label
from core.labeling.agreement import (
    Comparison,
    Estimate,
    alpha,
    compare,
    conflicts,
    pairs,
    people_say,
)
from core.store.adjudications import final_labels
from core.store.candidates import walk
from core.store.database import Store
from core.store.judge_verdicts import walk_verdicts
from core.store.labels import Verdict, current_labels

_ENOUGH = 0.9
"""The share of what people decided that a judge has to have decided to be compared with others: who
says nothing of hard cases is not better."""


@dataclass(frozen=True)
class Board:
    """What people and judges say of some candidates."""

    mix: Counter[Verdict]
    """How many labels say what."""
    people: dict[str, Label]
    """What people say together, by candidate."""
    said: dict[str, dict[str, Label]]
    """What each judge says."""
    disputed: list[str]
    num_people: int
    alpha: Estimate
    pairs: dict[tuple[str, str], Comparison]
    judges: dict[str, Comparison]


def board_of(store: Store, pool: str = "") -> Board:
    """The figures of what came with a pool, or of all."""
    groups = {row.key: row.group for row in walk(store, ("key", "group"), pool)}
    votes: dict[str, dict[str, Label]] = {}
    mix: Counter[Verdict] = Counter()
    for label in current_labels(store):
        if label.candidate not in groups:
            continue
        verdict = label.decision.verdict
        mix[verdict] += 1
        if verdict in ("good", "bad"):
            votes.setdefault(label.candidate, {})[label.annotator] = verdict
    final = {key: decided.verdict for key, decided in final_labels(store).items() if key in groups}
    people = people_say(votes, final)
    said: dict[str, dict[str, Label]] = {}
    for judge, key, judged in walk_verdicts(store):
        if judged.label and key in people:
            said.setdefault(judge, {})[key] = judged.label
    return Board(
        mix,
        people,
        said,
        conflicts(votes, final),
        len({name for by_person in votes.values() for name in by_person}),
        alpha(votes, groups),
        pairs(votes, groups),
        {judge: compare(people, labels, groups) for judge, labels in said.items()},
    )


def best_judge(board: Board) -> str | None:
    """The judge that agrees best with people, by Cohen's kappa, if any can be compared."""
    kappas = {
        judge: found.kappa.value
        for judge, found in board.judges.items()
        if found.num_candidates >= _ENOUGH * len(board.people) and not isnan(found.kappa.value)
    }
    return max(kappas, key=lambda judge: (kappas[judge], judge), default=None)


def figures_of(comparison: Comparison) -> dict[str, Any]:
    """What speaks for a judge, as a champion's row keeps it."""
    return {
        "kappa": _number(comparison.kappa),
        "bad_precision": _number(comparison.bad_precision),
        "bad_recall": _number(comparison.bad_recall),
        "candidates": comparison.num_candidates,
    }


def _number(figure: Estimate) -> float | None:
    return None if isnan(figure.value) else figure.value
