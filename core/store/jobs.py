"""Jobs as rows: what was asked for, how far it is, what came of it.

A row exists before its process does, and outlives it. Once the process runs it is the row's only
writer, ``cancel_at`` excepted; a row whose process is gone belongs to whoever finds it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

from core.errors import UnknownNameError
from core.store.database import Store, insert_new
from core.store.tables import job_drops, job_events, jobs
from core.store.text import storable

State = Literal["queued", "starting", "running", "done", "failed", "cancelled", "interrupted"]
STATES: tuple[State, ...] = get_args(State)
ALIVE: tuple[State, ...] = ("starting", "running")
"""States in which a process is there, or about to be."""
UNFINISHED: tuple[State, ...] = ("queued", *ALIVE)
RESUMABLE: tuple[State, ...] = ("failed", "cancelled", "interrupted")
"""States from which a job can go on where it stopped."""

_LONGEST_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work."""

    id: int
    kind: str
    title: str
    """What it is for, in words."""
    arguments: dict[str, Any]
    state: State
    is_heavy: bool
    """Whether it wants the machine for itself: one heavy job runs at a time."""
    retry_of: int | None
    created_at: float
    started_at: float | None
    finished_at: float | None
    heartbeat_at: float | None
    cancel_at: float | None
    """When somebody asked it to stop."""
    host: str | None
    """The machine on which it runs."""
    pid: int | None
    pid_started_at: float | None
    """When the process of that number began: numbers are used again."""
    attempt: int
    done: int
    done_before: int
    """What earlier attempts had done; rates count from there."""
    total: int | None
    """``None`` where nobody knows how much there is."""
    message: str
    error: str
    """Why it failed, in a sentence."""
    checkpoint: Any
    """Where to go on from, as the job's kind wrote it."""
    result: Any

    @property
    def is_alive(self) -> bool:
        """Whether it runs, as far as its row says."""
        return self.state in ALIVE

    @property
    def is_over(self) -> bool:
        """Whether nothing will change unless somebody asks for it."""
        return self.state not in (*ALIVE, "queued")

    @property
    def rate(self) -> float | None:
        """Items per second in this attempt; ``None`` before anything can be said."""
        end = self.finished_at or self.heartbeat_at
        if self.started_at is None or end is None or end - self.started_at < 0.5:
            return None
        return max(0, self.done - self.done_before) / (end - self.started_at)

    @property
    def seconds_left(self) -> float | None:
        """How long it will take, at its rate so far."""
        if self.total is None or not self.rate or self.state != "running":
            return None
        return max(0, self.total - self.done) / self.rate


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a job."""

    at: float
    text: str


def add_job(
    store: Store,
    kind: str,
    title: str,
    arguments: dict[str, Any],
    *,
    is_heavy: bool = True,
    retry_of: int | None = None,
) -> Job:
    """A new row in state ``queued``."""
    row = {
        "kind": kind,
        "title": storable(title, 300),
        "arguments": arguments,
        "state": "queued",
        "is_heavy": is_heavy,
        "retry_of": retry_of,
        "created_at": time.time(),
        "attempt": 0,
        "done": 0,
        "done_before": 0,
        "message": "",
        "error": "",
    }
    with store.writing() as connection:
        key = connection.execute(insert(jobs).values(row)).inserted_primary_key
        assert key is not None
        add_event(connection, key[0], "asked for")
    return find_job(store, key[0])


def find_job(store: Store, job: int) -> Job:
    """The job of that number. Raises ``UnknownNameError``."""
    with store.reading() as connection:
        row = connection.execute(select(jobs).where(jobs.c.id == job)).one_or_none()
        if row is None:
            known = connection.scalars(select(jobs.c.id).order_by(jobs.c.id.desc()).limit(30))
            raise UnknownNameError("job", str(job), map(str, known))
    return Job(**row._mapping)


def list_jobs(
    store: Store, states: Sequence[State] = STATES, *, limit: int = 100, oldest: bool = False
) -> list[Job]:
    """Jobs in these states, the newest first, or the oldest."""
    order = jobs.c.id if oldest else jobs.c.id.desc()
    found = select(jobs).where(jobs.c.state.in_(states)).order_by(order).limit(limit)
    with store.reading() as connection:
        return [Job(**row._mapping) for row in connection.execute(found)]


def change_state(
    connection: Connection, job: int, before: Sequence[State], after: State, **values: Any
) -> bool:
    """Moves a job on, if it still is where the caller saw it; whether it was."""
    changed = connection.execute(
        update(jobs).where(jobs.c.id == job, jobs.c.state.in_(before)).values(state=after, **values)
    )
    if changed.rowcount:
        add_event(connection, job, after)
    return bool(changed.rowcount)


def write_job(store: Store, job: int, **values: Any) -> None:
    """Sets columns of a row: for its process."""
    store.write(update(jobs).where(jobs.c.id == job).values(**values))


def is_cancelled(store: Store, job: int) -> bool:
    """Whether somebody has asked the job to stop."""
    with store.reading() as connection:
        return connection.scalar(select(jobs.c.cancel_at).where(jobs.c.id == job)) is not None


def add_event(connection: Connection, job: int, text: str) -> None:
    """Notes what happened; events are never changed."""
    row = {"job": job, "at": time.time(), "text": storable(text, _LONGEST_TEXT)}
    connection.execute(insert(job_events).values(row))


def events_of(store: Store, job: int) -> list[Event]:
    """What happened to a job, in order."""
    found = select(job_events.c.at, job_events.c.text).where(job_events.c.job == job)
    with store.reading() as connection:
        return [Event(*row) for row in connection.execute(found.order_by(job_events.c.id))]


def add_drops(store: Store, job: int, drops: Sequence[tuple[str, str, str]]) -> None:
    """Notes what was left out, as (step, key, reason); what is noted already stays."""
    rows = [
        {
            "job": job,
            "step": step,
            "key": storable(key, _LONGEST_TEXT),
            "reason": storable(reason, _LONGEST_TEXT),
        }
        for step, key, reason in drops
    ]
    with store.writing() as connection:
        insert_new(connection, job_drops, rows)


def drops_of(store: Store, job: int, *, limit: int = 200) -> list[tuple[str, str, str]]:
    """What a job left out: step, key and reason."""
    found = (
        select(job_drops.c.step, job_drops.c.key, job_drops.c.reason)
        .where(job_drops.c.job == job)
        .order_by(job_drops.c.step, job_drops.c.key)
        .limit(limit)
    )
    with store.reading() as connection:
        return [(step, key, reason) for step, key, reason in connection.execute(found)]


def drop_reasons(store: Store, job: int) -> Counter[str]:
    """How often each reason left something out."""
    found = (
        select(job_drops.c.reason, func.count())
        .where(job_drops.c.job == job)
        .group_by(job_drops.c.reason)
    )
    with store.reading() as connection:
        return Counter({str(reason): int(count) for reason, count in connection.execute(found)})
