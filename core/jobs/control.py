"""Starts, stops and looks after jobs; anybody may call it: pages, commands, other jobs.

Two who call it at once do no harm: every move of a row is a comparison and a change in one
statement, and starting happens under the database's lock.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select, text, update

from core.errors import CallwrightError
from core.jobs.kinds import job_kind
from core.store.database import Store
from core.store.jobs import (
    ALIVE,
    RESUMABLE,
    Job,
    State,
    add_event,
    add_job,
    change_state,
    find_job,
    list_jobs,
)
from core.store.tables import jobs

START_SECONDS = 30.0
"""A process that was started and has not said anything by then is not coming."""

SILENT_SECONDS = 60.0
"""A job of another machine that has not said anything for so long is gone."""

GRACE_SECONDS = 3.0
"""Between the polite signal and the other one."""

MAX_ATTEMPTS = 3
"""An interrupted job goes on by itself until it has been tried this often."""

_LOCK = 3_146_007_002
_REPOSITORY = Path(__file__).parents[2]


def start(store: Store, kind: str, arguments: dict[str, Any], title: str = "") -> Job:
    """Asks for a job; it starts at once, or when those before it are done.

    Raises ``UnknownNameError`` for a kind that is not there.
    """
    known = job_kind(kind)
    job = add_job(store, kind, title or known.title, arguments, is_heavy=known.is_heavy)
    advance(store)
    return find_job(store, job.id)


def advance(store: Store) -> None:
    """Marks jobs whose process is gone, and starts those whose turn it is."""
    reap(store)
    for job in _chosen(store):
        _launch(store, job)


def reap(store: Store) -> list[Job]:
    """Finds jobs that say they run and do not; the interrupted ones, queued again or not."""
    gone = [job for job in list_jobs(store, ALIVE) if not _has_process(job)]
    for job in gone:
        goes_on = job.attempt < MAX_ATTEMPTS and job.cancel_at is None
        after: State = "queued" if goes_on else "cancelled" if job.cancel_at else "interrupted"
        with store.writing() as connection:
            if change_state(connection, job.id, ALIVE, after, finished_at=time.time()):
                add_event(connection, job.id, "its process is gone")
    return gone


def cancel(store: Store, number: int) -> Job:
    """Stops a job within seconds; one that has not begun never will."""
    with store.writing() as connection:
        if change_state(connection, number, ("queued",), "cancelled", finished_at=time.time()):
            add_event(connection, number, "cancelled before it began")
        connection.execute(
            update(jobs)
            .where(jobs.c.id == number, jobs.c.state.in_(ALIVE))
            .values(cancel_at=time.time())
        )
    job = find_job(store, number)
    if job.is_alive and job.pid is not None:
        _stop(job)
        reap(store)
        advance(store)
    return find_job(store, number)


def resume(store: Store, number: int) -> Job:
    """Goes on where a failed, cancelled or interrupted job stopped. Raises ``CallwrightError``."""
    with store.writing() as connection:
        values = {"cancel_at": None, "error": "", "attempt": 0}
        if not change_state(connection, number, RESUMABLE, "queued", **values):
            raise CallwrightError(f"Job {number} is not one that can be resumed. Retry it instead.")
    advance(store)
    return find_job(store, number)


def retry(store: Store, number: int) -> Job:
    """The same work from its beginning, as a new job."""
    old = find_job(store, number)
    job = add_job(store, old.kind, old.title, old.arguments, is_heavy=old.is_heavy, retry_of=old.id)
    advance(store)
    return find_job(store, job.id)


def log_path(store: Store, number: int) -> Path:
    """Where a job's output and its tracebacks go."""
    return store.workspace / "jobs" / f"{number}.log"


def log_tail(store: Store, number: int, *, num_bytes: int = 20_000) -> str:
    """The end of a job's log."""
    path = log_path(store, number)
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - num_bytes))
        return file.read().decode(errors="replace")


def take(store: Store, number: int) -> bool:
    """Makes the calling process the one that runs a job; whether it may."""
    process = psutil.Process()
    now = time.time()
    with store.writing() as connection:
        return change_state(
            connection,
            number,
            ("starting",),
            "running",
            host=platform.node(),
            pid=process.pid,
            pid_started_at=process.create_time(),
            started_at=now,
            heartbeat_at=now,
            finished_at=None,
            attempt=jobs.c.attempt + 1,
            done_before=jobs.c.done,
        )


def finish(store: Store, number: int, state: State, **values: Any) -> None:
    """Ends a job, from its own process."""
    with store.writing() as connection:
        change_state(connection, number, ALIVE, state, finished_at=time.time(), **values)


def _chosen(store: Store) -> list[Job]:
    """Queued jobs whose turn it is, marked as starting: light ones, and one heavy at a time."""
    chosen: list[int] = []
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        alive = select(jobs.c.id).where(jobs.c.state.in_(ALIVE), jobs.c.is_heavy)
        heavy_runs = connection.execute(alive.limit(1)).first() is not None
        queued = select(jobs.c.id, jobs.c.is_heavy).where(jobs.c.state == "queued")
        for number, is_heavy in connection.execute(queued.order_by(jobs.c.id)).all():
            if is_heavy and heavy_runs:
                continue
            heavy_runs = heavy_runs or is_heavy
            change_state(
                connection,
                number,
                ("queued",),
                "starting",
                heartbeat_at=time.time(),
                pid=None,
                pid_started_at=None,
                finished_at=None,
            )
            chosen.append(number)
    return [find_job(store, number) for number in chosen]


def _launch(store: Store, job: Job) -> None:
    """A process of its own for a job; returns as soon as it has parted from this one."""
    path = log_path(store, job.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "CALLWRIGHT_WORKSPACE": str(store.settings.workspace.absolute()),
        "CALLWRIGHT_DATABASE": store.settings.database,
        "PYTHONPATH": os.pathsep.join(
            [str(_REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
        ),
        "PYTHONUNBUFFERED": "1",
    }
    with path.open("ab") as log:
        subprocess.run(
            [sys.executable, "-m", "core.jobs.worker", str(job.id)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd=Path.cwd(),
            start_new_session=True,
            check=True,
        )


def _has_process(job: Job) -> bool:
    """Whether a job's process is there, or may still be coming.

    On this machine the process itself is asked for: a machine that sleeps or is busy delays
    heartbeats, and a job that is alive must never be started a second time. Of another machine's
    there is only the heartbeat.
    """
    silent = time.time() - (job.heartbeat_at or 0)
    if job.pid is None or job.pid_started_at is None:
        return silent < START_SECONDS
    if job.host != platform.node():
        return silent < SILENT_SECONDS
    return _is_running(job.pid, job.pid_started_at)


def _is_running(pid: int, started_at: float) -> bool:
    try:
        process = psutil.Process(pid)
        is_same = abs(float(process.create_time()) - started_at) < 1
        return is_same and bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _stop(job: Job) -> None:
    """The polite signal, and after a while the other one."""
    assert job.pid is not None and job.pid_started_at is not None
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        if not _is_running(job.pid, job.pid_started_at):
            return
        try:
            os.kill(job.pid, signal_number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and _is_running(job.pid, job.pid_started_at):
            time.sleep(0.05)
