"""Long work: what runs, what waits, what came of it."""

import streamlit as st

from core.jobs import control
from core.store.jobs import list_jobs
from pages.components import frame, job_view, resources

frame.title("Jobs", "Long work goes on without this page. Close it, come back, nothing is lost.")
PAGE = 20
store = resources.store()


def show_jobs() -> None:
    control.advance(store)
    jobs = list_jobs(store, limit=st.session_state.get("jobs_shown", PAGE) + 1)
    for job in jobs[: st.session_state.get("jobs_shown", PAGE)]:
        job_view.show(job)
    if is_busy and all(job.is_over for job in jobs):
        st.rerun()


def show_more():
    st.session_state["jobs_shown"] = st.session_state.get("jobs_shown", PAGE) + PAGE


jobs = list_jobs(store)
is_busy = any(not job.is_over for job in jobs)
if not jobs:
    st.caption("Nothing has run yet. Imports and other long work will be listed here.")
    st.page_link(frame.SPECS, label="Add documents", icon=":material/upload_file:")
    st.stop()
st.fragment(show_jobs, run_every=1 if is_busy else None)()
if len(jobs) > st.session_state.get("jobs_shown", PAGE):
    st.button("Show more", icon=":material/expand_more:", on_click=show_more)
