"""The beginning of a run: one click for a first board, a form for any other; and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import CallwrightError
from core.jobs import control
from core.store.database import Store
from core.store.jobs import UNFINISHED, list_jobs
from core.store.runs import Run
from pages.components import board_form, frame, text
from pipeline import evaluate
from pipeline.evaluation.plan import Plan

_KIND = "evaluate"


def show(store: Store, runs: Sequence[Run]) -> None:
    """Draw the way to a first board, or the form behind its button."""
    if not runs:
        st.markdown(
            "Nothing was measured here yet. One click asks the questions of the sample APIs of "
            "every engine that needs no model, at all three levels and in ten languages. It takes "
            "less than a minute where nothing else runs, and the board fills while you watch."
        )
        if st.button("Run all three levels", type="primary", icon=":material/play_arrow:"):
            start(store, evaluate.no_model_plans())
        return
    with st.popover("New run", icon=":material/add:", width="content"):
        board_form.show(store, start)


def start(store: Store, plans: Sequence[Plan]) -> None:
    """Start a job for plans, and draw the page again."""
    try:
        with st.spinner("Reading the questions …"):
            numbers = evaluate.plan_runs(store, plans)
        title = "Evaluate " + ", ".join(dict.fromkeys(plan.engine for plan in plans))
        control.start(store, _KIND, {"runs": numbers}, title)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun()


def busy_runs(store: Store, runs: Sequence[Run]) -> list[Run]:
    """The runs of jobs that are not over, also those that are complete already."""
    waiting = {
        number
        for job in list_jobs(store, UNFINISHED)
        if job.kind == _KIND
        for number in job.arguments.get("runs", ())
    }
    return [run for run in runs if run.id in waiting]


def show_progress(store: Store, runs: Sequence[Run], busy: Sequence[Run]) -> None:
    """Draw how far the running work is, and what is missing of work that has stopped."""
    if busy:
        done, total = sum(run.done for run in busy), sum(run.total for run in busy)
        left = sum(not run.is_complete for run in busy)
        share = done / total if total else 0.0
        st.progress(
            min(share, 1.0), f"{done:,} of {total:,} calls judged, {left} of {len(busy)} runs to go"
        )
    stopped = [run for run in runs if not run.is_complete and run not in busy]
    for run in stopped[:5]:
        with st.container(horizontal=True, vertical_alignment="center"):
            plan = Plan.from_record(run.plan)
            st.caption(
                f":orange-badge[stopped] Run {run.id}, {text.escape(plan.title)}: "
                f"{run.total - run.done:,} of {run.total:,} calls are missing."
            )
            if st.button("Resume", key=f"board_resume_{run.id}", icon=":material/resume:"):
                control.start(store, _KIND, {"runs": [run.id]}, f"Go on with run {run.id}")
                st.rerun(scope="app")
