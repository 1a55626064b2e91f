"""The figures of agreement, worked out from the labels as they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st

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
from core.store.judge_verdicts import last_verdict, walk_verdicts
from core.store.label_actions import last_action
from core.store.labels import Verdict, current_labels
from pages.components import resources


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


def board(pool: str) -> Board:
    """The figures of what came with a pool, or of all; worked out when something has changed."""
    store = resources.store()
    decided_at = max((decided.at for decided in final_labels(store).values()), default=0.0)
    return _board(pool, last_action(store), last_verdict(store), decided_at)


@st.cache_resource(show_spinner="Comparing …", max_entries=4)
def _board(pool: str, action: int, verdict_at: float, decided_at: float) -> Board:
    store = resources.store()
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
