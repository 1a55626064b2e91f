"""Long work as people see it: how far it is, how to stop it, and what came of it."""

from __future__ import annotations

import time
from datetime import datetime

import streamlit as st

from core.errors import CallwrightError
from core.jobs import control
from core.jobs.kinds import KINDS
from core.store.jobs import RESUMABLE, Job, drop_reasons, drops_of, events_of, find_job
from pages.components import frame, resources, text

_COLORS = {
    "queued": "gray",
    "starting": "blue",
    "running": "blue",
    "done": "green",
    "failed": "red",
    "cancelled": "gray",
    "interrupted": "orange",
}
_SHOWN = 50
"""Things left out that are listed; the others are counted."""


def show(job: Job) -> None:
    """Draw one job with its controls; belongs into a fragment that looks again while it runs."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{text.escape(job.title, limit=120)}** :{_COLORS[job.state]}-badge[{job.state}]",
                width="stretch",
            )
            _show_controls(job)
        show_progress(job)
        if job.error:
            st.error(text.escape(job.error, limit=600), icon=":material/error:")
        _show_details(job)


def show_progress(job: Job) -> None:
    """Draw how far a job is, or when it was and how far it came."""
    if job.is_over:
        st.caption(" · ".join([*_outcome(job), _when(job)]))
    elif job.state == "queued":
        st.caption("Waits for the work before it.")
    else:
        share = job.done / job.total if job.total else 0.0
        st.progress(min(share, 1.0), text.escape(job.message, limit=100) or "Starting …")
        st.caption(" · ".join(_measures(job)))


def _measures(job: Job) -> list[str]:
    """Counts, rate and time left."""
    found = [_amount(job)]
    if job.rate:
        found.append(f"{_number(job.rate, job)} per second")
    if job.seconds_left is not None:
        found.append(f"about {duration(job.seconds_left)} left")
    elif job.started_at:
        found.append(f"for {duration(time.time() - job.started_at)}")
    if job.attempt > 1:
        found.append(f"attempt {job.attempt}")
    if job.cancel_at:
        found.append("stopping …")
    return found


def _amount(job: Job) -> str:
    done, _, unit = _number(job.done, job).partition(" ")
    return f"{done} {unit}" if job.total is None else f"{done} of {_number(job.total, job)}"


def _number(count: float, job: Job) -> str:
    unit = KINDS[job.kind].unit if job.kind in KINDS else ""
    if unit == "bytes":
        return f"{count / 1e6:,.1f} MB"
    shown = f"{count:,.0f}" if count >= 10 or count == int(count) else f"{count:.1f}"
    return f"{shown} {unit}"


def _outcome(job: Job) -> list[str]:
    """What came of it, in words."""
    found = job.result if job.state == "done" else None
    if not isinstance(found, dict):
        return [_amount(job)] if job.done else []
    if "num_documents" not in found:
        counts = {name: count for name, count in found.items() if isinstance(count, int)}
        return [f"{count:,} {text.escape(name)}" for name, count in counts.items()] or [
            _amount(job)
        ]
    said = [
        counted(found["num_documents"], "document"),
        counted(found["num_operations"], "operation"),
    ]
    known = found["num_documents"] - found["num_new"] + found.get("num_known", 0)
    if known:
        said.append(f"{known:,} known before")
    if lost := found["num_refused"] + found["num_dropped"]:
        said.append(f":orange[{lost:,} left out]")
    return said


def _when(job: Job) -> str:
    began, ended = job.started_at, job.finished_at or job.created_at
    day = datetime.fromtimestamp(ended).strftime("%d %b, %H:%M")
    return f"{day}, took {duration(ended - began)}" if began and ended > began else day


def duration(seconds: float) -> str:
    """``45 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = max(1, round(seconds))
    minutes, hours = whole // 60, whole // 3600
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def counted(number: int, noun: str) -> str:
    """``1 document``, ``1,234 documents``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _show_controls(job: Job) -> None:
    store = resources.store()
    if not job.is_over:
        if st.button("Cancel", key=f"job_cancel_{job.id}", icon=":material/stop_circle:"):
            with st.spinner("Stopping …"):
                control.cancel(store, job.id)
            st.rerun()
    elif job.state in RESUMABLE:
        buttons = {
            "Resume": (control.resume, ":material/resume:", "Go on where it stopped."),
            "Retry": (control.retry, ":material/replay:", "Begin again, as a new job."),
        }
        for label, (act, icon, about) in buttons.items():
            if st.button(label, key=f"job_{label}_{job.id}", icon=icon, help=about):
                try:
                    act(store, job.id)
                except CallwrightError as error:
                    frame.show_error(error)
                else:
                    st.rerun()


def _show_details(job: Job) -> None:
    with st.expander(
        "Details", type="compact", key=f"job_details_{job.id}", on_change="rerun"
    ) as details:
        if details.open:
            _show_drops(job)
            _show_log(job)


def _show_drops(job: Job) -> None:
    store = resources.store()
    reasons = drop_reasons(store, job.id)
    if not reasons:
        return
    st.markdown(f"**{reasons.total():,} left out**")
    for reason, count in reasons.most_common(_SHOWN):
        st.caption(f"{count:,} × {text.escape(reason, limit=300)}")
    with st.expander("One by one", type="compact"):
        for step, key, reason in drops_of(store, job.id, limit=_SHOWN):
            st.caption(f"{step} {text.code(key, limit=160)}: {text.escape(reason, limit=300)}")
        if reasons.total() > _SHOWN:
            st.caption(f"… and {reasons.total() - _SHOWN:,} more.")


def _show_log(job: Job) -> None:
    happened = [
        f"{datetime.fromtimestamp(event.at):%d %b %H:%M:%S}  {event.text}"
        for event in events_of(resources.store(), job.id)
    ]
    log = control.log_tail(resources.store(), job.id)
    st.code("\n".join([*happened, text.paragraph(log, limit=20_000)]).strip(), language=None)


def wait_for(number: int) -> Job | None:
    """Draw a job's progress until it is over; the job when it is."""
    job = find_job(resources.store(), number)
    if job.is_over:
        return job
    st.fragment(_watch, run_every=0.7)(number)
    return None


def _watch(number: int) -> None:
    control.advance(resources.store())
    job = find_job(resources.store(), number)
    if job.is_over:
        st.rerun()
    show_progress(job)
