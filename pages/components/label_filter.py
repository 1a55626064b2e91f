"""Which candidates somebody wants to see: the filter over the table."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from core.candidate import REASONS
from core.store.annotators import list_annotators
from core.store.candidate_filter import STATES, CandidateFilter
from core.store.candidates import api_names, pools
from core.store.judge_verdicts import judges, score_range
from pages.components import resources, text

_ALL = "All"


def show() -> CandidateFilter:
    """Draw the filter; what is wanted."""
    store = resources.store()
    first, second, third = st.columns([2, 1, 1])
    words = first.text_input(
        "Words", key="labels_words", placeholder="All of these words", live="300ms",
        icon=":material/search:", persist_state="session",
    )  # fmt: skip
    api = second.selectbox(
        "API", [_ALL, *api_names(store)], key="labels_api", format_func=text.plain
    )
    pool = third.selectbox(
        "Came with", [_ALL, *pools(store)], key="labels_pool", format_func=text.plain
    )
    columns = st.columns(5)
    state = columns[0].selectbox("Label", [_ALL, *STATES], key="labels_state")
    people = [person.name for person in list_annotators(store)]
    by = columns[1].selectbox("By", ["Anybody", *people], key="labels_by", format_func=text.plain)
    judge = columns[2].selectbox(
        "Judge", ["Any", *judges(store)], key="labels_by_judge", format_func=text.plain
    )
    judged = columns[3].selectbox("says", [_ALL, "good", "bad"], key="labels_judged")
    reason = columns[4].selectbox(
        "because of", [_ALL, *REASONS], key="labels_reason",
        format_func=lambda key: REASONS.get(key, key),
    )  # fmt: skip
    wanted = CandidateFilter(
        words=words or "",
        pool=_chosen(pool),
        api_name=_chosen(api),
        judge="" if judge == "Any" else judge,
        judged=_chosen(judged),
        reason=_chosen(reason),
        state=_chosen(state),
        annotator="" if by == "Anybody" else by,
    )
    return replace(wanted, score=_show_scores(wanted.judge)) if wanted.judge else wanted


def _chosen(value: str) -> str:
    return "" if value == _ALL else value


def _show_scores(judge: str) -> tuple[float, float] | None:
    """Draw the range of a judge's scores, where it gives different ones; what is left of it."""
    bounds = score_range(resources.store(), judge)
    if bounds is None or bounds[0] == bounds[1]:
        return None
    chosen: tuple[float, float] = st.slider(
        "Score", *bounds, value=bounds, key=f"labels_score_{judge}"
    )
    return None if chosen == bounds else chosen


def show_pool() -> str:
    """Draw which candidates count, by what they came with; empty for all."""
    counts = pools(resources.store())
    found: str = st.selectbox(
        "Candidates",
        ["", *counts],
        format_func=lambda name: (
            f"{text.plain(name)} ({counts[name]:,})" if name else "All candidates"
        ),
        key="pool",
        bind="query-params",
    )
    return found
