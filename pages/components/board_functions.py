"""The second paper's board: who chooses the right function, and what the questions are like."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.catalogue.folder import list_catalogues
from core.metrics.measure import Figure
from core.store.database import Store
from pages.components import address, catalogue_cache, catalogue_table, frame, text
from pipeline.catalogue import kept_runs
from pipeline.chat_questions import chat_questions
from pipeline.classify import Run, Share
from pipeline.question_profile import MEASURES, Profile, is_real, profiles

_SHARES = ("shared", "ambiguous")


def show(store: Store) -> None:
    """Draw the runs of all catalogues, and the questions of one."""
    names = list_catalogues(store.workspace)
    st.caption(
        "Functions of a catalogue, chosen in plain words, as in “Harnessing LLMs for API "
        "Interactions” (arXiv 2409.11703): by engine, and for a language model by its prompt."
    )
    if not names:
        st.page_link(frame.CATALOGUES, label="Add a catalogue", icon=":material/function:")
        return
    kept = {name: kept_runs(store, name) for name in names}
    half = catalogue_table.choose_half() if any(kept.values()) else "both"
    runs = {name: catalogue_table.newest(listed, half) for name, listed in kept.items()}
    _show_runs(runs)
    _show_questions(store, runs)


def _show_runs(runs: dict[str, list[Run]]) -> None:
    if not any(runs.values()):
        st.caption("Nothing is measured yet. A minute on the page Catalogues does.")
        st.page_link(
            frame.CATALOGUES,
            label="Measure who chooses right",
            icon=":material/speed:",
            query_params={"view": "Results"},
        )
        return
    titled = [
        (catalogue_cache.catalogue(name).name, run)
        for name, listed in runs.items()
        for run in listed
    ]
    catalogue_table.show(titled)
    catalogue_table.show_charts(titled)


def _show_questions(store: Store, runs: dict[str, list[Run]]) -> None:
    st.subheader("Synthetic questions and real ones", anchor=False)
    name = address.selectbox(
        st.container(width=340),
        "Catalogue",
        list(runs),
        key="catalogue",
        format_func=lambda name: text.plain(catalogue_cache.catalogue(name).name, limit=80),
    )
    catalogue = catalogue_cache.catalogue(name)
    found = profiles(
        catalogue, [*catalogue_cache.examples(name), *chat_questions(store, catalogue)]
    )
    if not found:
        st.caption("It has no questions yet.")
    else:
        st.dataframe(
            pd.DataFrame([_row(each, runs[name]) for each in found]),
            hide_index=True,
            column_config={
                MEASURES["shared"]: st.column_config.TextColumn(
                    help="Of a question's telling words, the share that synthetic questions have "
                    "too, if it is real, and real ones, if it is synthetic."
                ),
                MEASURES["ambiguous"]: st.column_config.TextColumn(
                    help="Several functions share most words with the question."
                ),
            },
        )
    st.caption(
        "With 95 % intervals. Synthetic questions come from templates or a model; real ones are "
        "written by people or asked in the chat, where a thumb up says which function is right."
    )
    with st.container(horizontal=True):
        for label, icon, view in (
            ("Make questions", ":material/auto_awesome:", "Questions"),
            ("Measure on them", ":material/speed:", "Results"),
        ):
            st.page_link(
                frame.CATALOGUES,
                label=label,
                icon=icon,
                query_params={"catalogue": name, "view": view},
                width="content",
            )


def _row(profile: Profile, runs: list[Run]) -> dict[str, object]:
    right = _right(profile.origin, runs)
    return {
        "Questions": text.plain(_origin(profile.origin), limit=60),
        "Kind": "real" if is_real(profile.origin) else "synthetic",
        "n": profile.count,
        "Function known": profile.num_labelled,
        **{title: _shown(name, profile.figures.get(name)) for name, title in MEASURES.items()},
        "Function right (grounded)": f"{right}" if right else "",
    }


def _origin(origin: str) -> str:
    return "asked in the chat" if origin == "chat" else catalogue_table.ORIGINS.get(origin, origin)


def _right(origin: str, runs: list[Run]) -> Share | None:
    """How often the grounded engine is right on these questions, in the smallest catalogue."""
    asked = [
        run.where(lambda each: each.origin == origin)
        for run in sorted(runs, key=lambda run: run.size)
        if run.setup.engine == "grounded" and origin in run.origins
    ]
    return asked[0].share("function") if asked else None


def _shown(name: str, figure: Figure | None) -> str:
    if figure is None:
        return "–"
    factor = 100 if name in _SHARES else 1
    value, low, high = (factor * each for each in (figure.value, figure.low, figure.high))
    return f"{value:.1f} ({low:.1f}-{high:.1f}){' %' if name in _SHARES else ''}"
