"""Votes on two engines, on both databases."""

from __future__ import annotations

from dataclasses import replace

from core.comparison import Comparison
from core.store.comparisons import add_comparison, list_comparisons
from core.store.database import Store

VOTE = Comparison("q1", 1, 2, "x", "y", "curl", True, "a", "tie")


def test_last_vote_on_a_question_counts(store: Store) -> None:
    other = replace(VOTE, question="q2")
    changed = replace(VOTE, run_a=2, run_b=1, engine_a="y", engine_b="x", vote="a")
    for vote in (VOTE, other, changed):
        add_comparison(store, vote)
    assert list_comparisons(store) == [changed, other]
