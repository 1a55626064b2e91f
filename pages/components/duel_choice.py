"""Which two runs are held side by side, in which language, and whether their names are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.parse import LANGUAGES
from core.store.runs import Run
from pipeline.evaluation.plan import Plan


@dataclass(frozen=True)
class DuelChoice:
    """What was chosen; the address of the page holds it."""

    a: Run
    b: Run
    language: str
    is_blind: bool


def show(runs: Sequence[Run]) -> DuelChoice | None:
    """Draw the choices; ``None`` where no two runs were asked the same questions."""
    complete = {run.id: run for run in runs if run.is_complete}
    pairs = _first_pair(list(complete.values()))
    if pairs is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        a = _choose("One engine", "a", complete, pairs[0])
        others = {each.id: each for each in complete.values() if _is_rival(each, a)}
        if not others:
            return None
        b = _choose("The other", "b", others, pairs[1] if pairs[1].id in others else None)
        both = [name for name in a.plan["languages"] if name in b.plan["languages"]]
        language = st.selectbox(
            "Language",
            both,
            format_func=lambda name: LANGUAGES[name].title,
            key="language",
            bind="query-params",
            width=180,
        )
        is_blind = st.toggle("Blind", value=True, key="blind", help="Names come after your vote.")
    return DuelChoice(a, b, language, is_blind) if language else None


def _first_pair(runs: Sequence[Run]) -> tuple[Run, Run] | None:
    """The newest two runs of different engines that were asked the same."""
    for a in runs:
        for b in runs:
            if _is_rival(a, b) and a.engine != b.engine and a.pool == b.pool:
                return a, b
    return next(((a, b) for a in runs for b in runs if _is_rival(a, b)), None)


def _is_rival(one: Run, other: Run) -> bool:
    same_questions = (one.test_set, one.policy) == (other.test_set, other.policy)
    languages = set(one.plan["languages"]) & set(other.plan["languages"])
    return one.id != other.id and same_questions and bool(languages)


def _choose(label: str, key: str, runs: dict[int, Run], first: Run | None) -> Run:
    numbers = list(runs)
    names = {
        number: f"{number}: {Plan.from_record(run.plan).title}" for number, run in runs.items()
    }
    chosen = st.selectbox(
        label,
        numbers,
        index=numbers.index(first.id) if first is not None else 0,
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
        width=300,
    )
    return runs[chosen]
