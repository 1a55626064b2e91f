"""Which engine chooses right: measured, side by side, with confusions and errors to open."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from core.jobs import control
from core.store.model_servers import model_offers
from pages.components import (
    catalogue_cache,
    catalogue_confusion,
    catalogue_job,
    catalogue_table,
    job_view,
    resources,
    text,
)
from pipeline.catalogue import KIND, ORIGINS, kept_runs, usual_origin
from pipeline.chooser import ENGINES, engine_names
from pipeline.classify import SIZES, Outcome, Run


def show(name: str) -> None:
    """Draw the form, the table of runs, and one run opened."""
    _show_form(name)
    kept = kept_runs(resources.store(), name)
    if not kept:
        st.caption("Nothing is measured yet.")
        return
    runs = catalogue_table.newest(kept, catalogue_table.choose_half())
    titled = [(catalogue_cache.catalogue(name).name, run) for run in runs]
    catalogue_table.show(titled)
    with st.expander("By size and ambiguity", icon=":material/show_chart:"):
        catalogue_table.show_charts(titled)
    _show_run(runs)


def _show_form(name: str) -> None:
    questions = catalogue_cache.examples(name)
    if not questions:
        st.caption("There are no questions to ask yet. Make some under *Questions*.")
        return
    with st.form("catalogue_results", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            engines = st.multiselect(
                "Engines",
                engine_names(dict.fromkeys(each.name for each in model_offers(resources.store()))),
                default=list(ENGINES),
                format_func=lambda name: text.plain(name, limit=80),
                help="A language model is asked under each prompt that chooses: see Prompts.",
            )
            sizes = st.pills(
                "Among how many functions", SIZES, default=SIZES, selection_mode="multi"
            )
            origin = st.selectbox(
                "Questions",
                ORIGINS,
                index=ORIGINS.index(usual_origin(questions)),
                format_func=catalogue_table.ORIGINS.__getitem__,
                width=200,
            )
            asked = st.form_submit_button("Measure", icon=":material/speed:", type="primary")
        st.caption("Functions of the workspace's APIs fill the catalogue up to each size.")
    going_on = catalogue_job.going_on(KIND, name)
    if asked and engines and sizes and not going_on:
        arguments = {"catalogue": name, "engines": engines, "sizes": sizes, "origin": origin}
        title = f"Choose functions of {catalogue_cache.catalogue(name).name}"
        going_on = control.start(resources.store(), KIND, arguments, text.plain(title, limit=100))
    if going_on:
        job_view.wait_for(going_on.id)


def _show_run(runs: list[Run]) -> None:
    names = dict(zip(text.distinct(map(_name, runs)), runs, strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("One run", list(names), width=340)
        is_fine = st.toggle("By function", key="by_function")
    run = names[chosen]
    catalogue_confusion.show(run, "function" if is_fine else "module")
    _show_errors([each for each in run.outcomes if not each.is_entirely_right])


def _name(run: Run) -> str:
    by = "" if run.embedder else ", words only"
    return (
        f"{run.setup.engine} among {run.size}{by}, asked questions {catalogue_table.writers(run)}"
    )


def _show_errors(wrong: list[Outcome]) -> None:
    st.subheader(f"{len(wrong):,} not entirely right", anchor=False)
    if not wrong:
        return
    rows = [
        {
            "Question": text.plain(each.question),
            "Wanted": text.plain(each.wanted, limit=80),
            "Said": text.plain(each.said or "no answer", limit=80),
            "Wrong": "arguments" if each.is_right("function") else "function",
        }
        for each in wrong
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
        key="catalogue_errors",
    )
    chosen = event.selection.rows
    _show_error(wrong[chosen[0] if chosen and chosen[0] < len(wrong) else 0])


def _show_error(each: Outcome) -> None:
    with st.container(border=True):
        st.markdown(f"**{text.escape(each.question)}**")
        wanted, said = st.columns(2)
        with wanted:
            st.caption("Wanted")
            st.code(_call(each.wanted, each.arguments_wanted), language=None, wrap_lines=True)
        with said:
            st.caption("Said, and sure of it" if each.is_sure else "Said, but not sure of it")
            st.code(_call(each.said, each.arguments_said), language=None, wrap_lines=True)
            if each.reason:
                st.caption(text.escape(each.reason, limit=300))


def _call(label: str, arguments: dict[str, object]) -> str:
    shown = json.dumps(arguments, ensure_ascii=False)
    return text.plain(f"{label} {shown}" if label else "no answer", limit=1_000)
