"""The job that makes a dataset: started, and watched until it is over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import CallwrightError, DatasetError
from core.jobs import control
from core.store.jobs import UNFINISHED, Job, find_job, list_jobs
from pages.components import frame, job_view, resources
from pipeline.steps import STEPS
from pipeline.workers import LOCAL

_KIND = "curation"
_SECONDS = 1
MOST_WORKERS = 16
MOST_ON_CLUSTER = 512


def start(name: str, steps: Sequence[str], workers: int, engine: str = LOCAL) -> Job:
    """Start the steps of a dataset. Raises ``DatasetError`` where they run already."""
    if is_busy(name):
        raise DatasetError(f"“{name}” is being made already. Wait for its job, or cancel it.")
    ordered = [step for step in STEPS if step in steps]
    arguments = {"dataset": name, "steps": ordered, "workers": workers, "engine": engine}
    return control.start(resources.store(), _KIND, arguments, f"Make {name}")


def begin(name: str) -> None:
    """Start all steps, and draw the page again, which watches them."""
    try:
        start(name, list(STEPS), 1)
    except CallwrightError as error:
        frame.show_error(error)
    else:
        st.rerun()


def is_busy(name: str) -> bool:
    """Whether a job is at work on a dataset, or waits to be."""
    return any(_makes(job, name) for job in list_jobs(resources.store(), UNFINISHED))


def latest(name: str) -> Job | None:
    """The last job of a dataset."""
    return next((job for job in list_jobs(resources.store()) if _makes(job, name)), None)


def show(job: Job) -> None:
    """Draw a job with its controls; while it runs, again and again."""
    st.fragment(_watch, run_every=None if job.is_over else _SECONDS)(job.id, job.is_over)


def _watch(number: int, was_over: bool) -> None:
    store = resources.store()
    control.advance(store)
    job = find_job(store, number)
    job_view.show(job)
    if job.is_over and not was_over:
        st.rerun()


def _makes(job: Job, name: str) -> bool:
    return job.kind == _KIND and job.arguments.get("dataset") == name
