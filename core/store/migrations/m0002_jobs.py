"""Long work: jobs, what happened to them, and what they left out."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

_metadata = MetaData()

_jobs = Table(
    "jobs",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_heavy", Boolean, nullable=False),
    Column("retry_of", Integer, ForeignKey("jobs.id")),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("heartbeat_at", Double),
    Column("cancel_at", Double),
    Column("host", Text),
    Column("pid", Integer),
    Column("pid_started_at", Double),
    Column("attempt", Integer, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("done_before", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("message", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("checkpoint", JSON),
    Column("result", JSON),
)
Index("jobs_by_state", _jobs.c.state)

_events = Table(
    "job_events",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False),
    Column("at", Double, nullable=False),
    Column("text", Text, nullable=False),
)
Index("job_events_by_job", _events.c.job)

_drops = Table(
    "job_drops",
    _metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables of jobs."""
    _metadata.create_all(connection)
