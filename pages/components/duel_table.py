"""A whole comparison as a table: every question with both verdicts, and what people said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

import pandas as pd
import streamlit as st

from core.comparison import Comparison, Vote, automatic, turned
from core.metrics.request_score import Status
from pages.components import text
from pages.components.duel_choice import DuelChoice
from pipeline.evaluation.opened import Row

WORDS: dict[Vote, str] = {
    "a": "the left one is better",
    "b": "the right one is better",
    "tie": "both are good",
    "both bad": "both are bad",
}


def show(rows: Sequence[Row], done: Mapping[str, Comparison], choice: DuelChoice) -> None:
    """Draw the table, behind a click: it tells what a blind vote should not know."""
    one, other = text.distinct(text.plain(run.engine, limit=60) for run in (choice.a, choice.b))
    votes = Counter(map(automatic_vote, rows))
    with st.expander(f"All {len(rows):,} questions with their verdicts", icon=":material/list:"):
        st.caption(
            f"By their verdicts {text.escape(one)} is better {votes['a']:,} times and "
            f"{text.escape(other)} {votes['b']:,} times; both are right {votes['tie']:,} times, "
            f"and neither is better nor right {votes['both bad']:,} times."
        )
        st.dataframe(
            pd.DataFrame(
                {
                    "Question": [text.plain(row.mine.prediction.text) for row in rows],
                    "Level": [row.mine.prediction.level for row in rows],
                    one: [row.mine.prediction.status for row in rows],
                    other: [row.other.prediction.status for row in rows if row.other],
                    "Vote": [_said(done.get(name_of(row)), choice, one, other) for row in rows],
                }
            ),
            hide_index=True,
        )


def name_of(row: Row) -> str:
    """What votes call the question."""
    return row.mine.prediction.question


def automatic_vote(row: Row) -> Vote:
    """Which call is better by the verdicts alone."""
    assert row.other is not None
    statuses = (row.mine.prediction.status, row.other.prediction.status)
    return automatic(cast(Status, statuses[0]), cast(Status, statuses[1]))


def _said(kept: Comparison | None, choice: DuelChoice, one: str, other: str) -> str:
    """The vote, with the engines' names in place of the sides."""
    if kept is None:
        return ""
    vote = kept.vote if kept.run_a == choice.a.id else turned(kept.vote)
    return {"a": f"{one} is better", "b": f"{other} is better"}.get(vote, WORDS[vote])
