"""What a board shows: the measure, the language, and whether questions name their API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.metrics.measure import CALIBRATION, LATENCIES, MEASURES, title_of
from core.parse import LANGUAGES
from core.store.runs import ALL, Run

_FIRST = ("right", "operation", "published_intent", "published_call", "legal", "executed")
_NAMINGS = {
    ALL: "All questions",
    "named": "Questions that name the API",
    "unnamed": "Questions that do not",
}


@dataclass(frozen=True)
class BoardChoice:
    """What was chosen; the address of the page holds it."""

    measure: str
    language: str
    naming: str
    is_every_run: bool


def show(runs: Sequence[Run]) -> BoardChoice:
    """Draw the choices."""
    present = {language for run in runs for language in run.plan.get("languages", ())}
    names = [*_FIRST, *(name for name in (*MEASURES, *LATENCIES) if name not in _FIRST)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = st.selectbox(
            "Measure",
            [name for name in names if name not in CALIBRATION],
            format_func=title_of,
            key="measure",
            bind="query-params",
            width=230,
        )
        language = st.selectbox(
            "Language",
            [ALL, *(name for name in LANGUAGES if name in present)],
            format_func=lambda name: "All languages" if name == ALL else LANGUAGES[name].title,
            key="language",
            bind="query-params",
            width=200,
        )
        naming = st.selectbox(
            "Questions",
            list(_NAMINGS),
            format_func=_NAMINGS.__getitem__,
            key="questions",
            bind="query-params",
            width=250,
        )
        is_every_run = st.toggle(
            "Every run",
            key="every",
            bind="query-params",
            help="Runs that repeat another one's settings are one row otherwise, the newest.",
        )
    about = MEASURES[measure].about if measure in MEASURES else "Seconds from words to call."
    st.caption(f"{title_of(measure)}: {about} With 95 % intervals.")
    return BoardChoice(measure, language, naming, is_every_run)
