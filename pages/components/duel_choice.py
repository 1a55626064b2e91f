"""Which two runs are held side by side, in which language, and whether their names are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from core.parse import LANGUAGES
from core.store.database import Store
from core.store.runs import Run, find_run
from pages.components import address
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.recording import add_recorded, measured_runs


@dataclass(frozen=True)
class DuelChoice:
    """What was chosen; the address of the page holds it."""

    a: Run
    b: Run
    language: str
    is_blind: bool


def show(store: Store) -> DuelChoice | None:
    """Draw the choices; ``None`` where no two runs were asked the same questions."""
    runs = [run for run in _runs(store) if run.is_complete]
    pair = _first_pair(runs)
    if pair is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        a = _choose("One engine", "a", _with_first(pair[0], _with_rivals(runs)))
        b = _choose("The other", "b", _with_first(pair[1], _rivals(a, runs)))
        both = [name for name in a.plan["languages"] if name in b.plan["languages"]]
        language = st.selectbox(
            "Language",
            both,
            format_func=lambda name: LANGUAGES[name].title,
            key="language",
            bind="query-params",
            width=180,
        )
        is_blind = st.toggle(
            "Blind",
            value=True,
            key="blind",
            help="Names, verdicts and the right call come after your vote.",
        )
    return DuelChoice(a, b, language, is_blind) if language else None


def _runs(store: Store) -> list[Run]:
    """What was measured here, and behind it what was recorded elsewhere."""
    recorded = _recorded(store.workspace, store)
    return [*measured_runs(store), *(find_run(store, number) for number in recorded)]


@st.cache_resource(show_spinner="Judging recorded calls …", max_entries=4)
def _recorded(workspace: Path, _store: Store) -> list[int]:
    return add_recorded(_store)


def _first_pair(runs: Sequence[Run]) -> tuple[Run, Run] | None:
    """The newest two runs of different engines that were asked the same."""
    for a in runs:
        for b in runs:
            if _is_rival(a, b) and a.engine != b.engine and a.pool == b.pool:
                return a, b
    return next(((a, b) for a in runs for b in runs if _is_rival(a, b)), None)


def _with_rivals(runs: Sequence[Run]) -> list[Run]:
    return [run for run in runs if _rivals(run, runs)]


def _rivals(run: Run, runs: Sequence[Run]) -> list[Run]:
    return [each for each in runs if _is_rival(each, run)]


def _with_first(first: Run, runs: Sequence[Run]) -> list[Run]:
    """The same runs, the first one in front where it is among them."""
    return sorted(runs, key=lambda run: run.id != first.id)


def _is_rival(one: Run, other: Run) -> bool:
    same_questions = (one.test_set, one.policy) == (other.test_set, other.policy)
    languages = set(one.plan["languages"]) & set(other.plan["languages"])
    return one.id != other.id and same_questions and bool(languages)


def _title(run: Run) -> str:
    return f"{run.id}: {Plan.from_record(run.plan).title} · {run.test_set}"


def _choose(label: str, key: str, runs: Sequence[Run]) -> Run:
    """Draw the choice of a run; the first one is chosen where the address names none."""
    by_name = {str(run.id): run for run in runs}
    chosen = address.selectbox(
        st.container(width=320),
        label,
        list(by_name),
        key=key,
        format_func=lambda name: _title(by_name[name]),
    )
    return by_name[chosen]
