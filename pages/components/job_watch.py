"""What runs, seen from every page: a line in the sidebar, and a word when it is over."""

from __future__ import annotations

import streamlit as st

from core.jobs import control
from core.store.jobs import UNFINISHED, Job, find_job, list_jobs
from pages.components import frame, resources, text

_SECONDS = 2
_ENDS = {
    "done": ("Done", ":material/check_circle:"),
    "failed": ("Failed", ":material/error:"),
    "cancelled": ("Cancelled", ":material/stop_circle:"),
    "interrupted": ("Interrupted", ":material/warning:"),
}


def show() -> None:
    """Draw the line, and tell what has ended since this session last looked."""
    going_on = list_jobs(resources.store(), UNFINISHED)
    _tell(going_on)
    if going_on:
        with st.sidebar:
            st.fragment(_look, run_every=_SECONDS)()


def _tell(going_on: list[Job]) -> None:
    seen = st.session_state.get("jobs_seen", set())
    now = {job.id for job in going_on}
    for number in sorted(seen - now):
        job = find_job(resources.store(), number)
        word, icon = _ENDS.get(job.state, ("Over", ":material/info:"))
        st.toast(f"{word}: {text.escape(job.title, limit=80)}", icon=icon, duration="long")
    st.session_state["jobs_seen"] = now


def _look() -> None:
    store = resources.store()
    control.advance(store)
    going_on = list_jobs(store, UNFINISHED)
    if {job.id for job in going_on} != st.session_state["jobs_seen"]:
        st.rerun()
    job = going_on[-1]
    share = f" · {job.done / job.total:.0%}" if job.total else ""
    others = f" · {len(going_on) - 1} more" if len(going_on) > 1 else ""
    st.page_link(
        frame.JOBS,
        label=f"{text.escape(job.title, limit=40)}{share}{others}",
        icon=":material/progress_activity:",
    )
