"""Which engine chooses right: measured, side by side, with confusions and errors to open."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from core.jobs import control
from core.store.jobs import UNFINISHED, list_jobs
from pages.components import catalogue_cache, catalogue_confusion, job_view, resources, text
from pipeline.catalogue import KIND, ORIGINS, kept_runs, usual_origin
from pipeline.chooser import ENGINES
from pipeline.classify import PUBLISHED, SIZES, Outcome, Run, Share

_HALVES = ("reported", "tuned", "both")
_ORIGIN_NAMES = {"hand": "written by people", "template": "from templates", "all": "all"}


def show(name: str) -> None:
    """Draw the form, the table of runs, and one run opened."""
    _show_form(name)
    runs = _newest(kept_runs(resources.store(), name))
    if not runs:
        st.caption("Nothing is measured yet.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        half = st.segmented_control(
            "Half",
            _HALVES,
            default="reported",
            required=True,
            key="half",
            bind="query-params",
            help="Questions of the tuned half may be looked at while working; the others are "
            "what is reported.",
        )
    runs = [_half(run, half) for run in runs]
    _show_table(runs)
    _show_run(runs)


def _show_form(name: str) -> None:
    questions = catalogue_cache.examples(name)
    if not questions:
        st.caption("There are no questions to ask yet. Make some under *Questions*.")
        return
    with st.form("catalogue_results", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            engines = st.pills(
                "Engines", list(ENGINES), default=list(ENGINES), selection_mode="multi"
            )
            sizes = st.pills(
                "Among how many functions", SIZES, default=SIZES, selection_mode="multi"
            )
            origin = st.selectbox(
                "Questions",
                ORIGINS,
                index=ORIGINS.index(usual_origin(questions)),
                format_func=_ORIGIN_NAMES.__getitem__,
                width=200,
            )
            asked = st.form_submit_button("Measure", icon=":material/speed:", type="primary")
        st.caption("Functions of the workspace's APIs fill the catalogue up to each size.")
    store = resources.store()
    going_on = [
        job
        for job in list_jobs(store, UNFINISHED)
        if job.kind == KIND and job.arguments.get("catalogue") == name
    ]
    if asked and engines and sizes and not going_on:
        arguments = {"catalogue": name, "engines": engines, "sizes": sizes, "origin": origin}
        title = f"Choose functions of {catalogue_cache.catalogue(name).name}"
        going_on = [control.start(store, KIND, arguments, text.plain(title, limit=100))]
    if going_on:
        job_view.wait_for(going_on[0].id)


def _newest(runs: list[Run]) -> list[Run]:
    """The newest run of each setup: those that say most first, small catalogues before large."""
    found: dict[tuple[object, ...], Run] = {}
    for run in runs:
        found.setdefault((run.origins, run.setup.engine, run.size, run.embedder), run)
    return sorted(found.values(), key=_place)


def _place(run: Run) -> tuple[object, ...]:
    engines = list(ENGINES)
    return run.origins != ("hand",), not run.embedder, engines.index(run.setup.engine), run.size


def _half(run: Run, half: str) -> Run:
    if half == "both":
        return run
    return run.where(lambda each: each.is_tuned is (half == "tuned"))


def _show_table(runs: list[Run]) -> None:
    rows = [
        {
            "Engine": run.setup.engine,
            "By": "words, meaning" if run.embedder else "words",
            "Functions": run.size,
            "Asked": f"{len(run.outcomes):,} by {_writers(run)}",
            "Function right": _value(run.share("function")),
            "95 %": _interval(run),
            "Module right": _value(run.share("module")),
            "Arguments too": _value(run.entirely_right()),
            "Clear": _value(run.where(lambda each: each.rivals == 0).share("function")),
            "Ambiguous": _value(run.where(lambda each: each.rivals > 0).share("function")),
        }
        for run in runs
    ]
    share = st.column_config.NumberColumn(format="%.3f")
    shares = ("Function right", "Module right", "Arguments too", "Clear", "Ambiguous")
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config=dict.fromkeys(shares, share))
    elsewhere = ", ".join(f"{model} {value:.3f} ({level})" for model, level, value in PUBLISHED)
    st.caption(
        "*Clear*: the question shares more words with the right function than with any other. "
        "Questions from templates are easy: they say nothing of how people would fare. "
        f"From elsewhere, on another catalogue (arXiv 2409.11703): {elsewhere}."
    )


def _value(share: Share) -> float | None:
    return share.value if share.total else None


def _writers(run: Run) -> str:
    names = {"hand": "people", "template": "templates"}
    return text.plain(", ".join(names.get(origin, origin) for origin in run.origins))


def _interval(run: Run) -> str:
    low, high = run.share("function").interval
    return f"{low:.2f}–{high:.2f}"


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
    return f"{run.setup.engine} among {run.size}{by}, asked by {_writers(run)}"


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


def _call(label: str, arguments: dict[str, object]) -> str:
    shown = json.dumps(arguments, ensure_ascii=False)
    return text.plain(f"{label} {shown}" if label else "no answer", limit=1_000)
