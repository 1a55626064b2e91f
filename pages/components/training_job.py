"""A job that works with a run's weights, beside the run: how far it is, and why it failed."""

from __future__ import annotations

import streamlit as st

from core.jobs import control
from core.store.database import Store
from core.store.jobs import Job, find_job, list_jobs
from core.store.training_runs import TrainingRun
from pages.components import job_view

_SECONDS = 1.5


def latest(store: Store, run: TrainingRun, kind: str) -> Job | None:
    """The last job of a kind for a run."""
    return next(
        (
            job
            for job in list_jobs(store)
            if job.kind == kind and job.arguments.get("training_run") == run.id
        ),
        None,
    )


def show(store: Store, run: TrainingRun, kind: str) -> None:
    """Draw the last job of a kind while it runs, and where it did not end well."""
    if (job := latest(store, run, kind)) is not None:
        show_job(store, job)


def show_job(store: Store, job: Job) -> None:
    """Draw one job, live, until it has done its work."""
    if not job.is_over:
        st.fragment(_watch, run_every=_SECONDS)(store, job.id)
    elif job.state != "done":
        job_view.show(job)


def _watch(store: Store, number: int) -> None:
    control.advance(store)
    job = find_job(store, number)
    if job.is_over:
        st.rerun(scope="app")
    job_view.show(job)
