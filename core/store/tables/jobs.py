"""Long work, and what it told on its way."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from core.store.tables.metadata import metadata

jobs = Table(
    "jobs",
    metadata,
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
Index("jobs_by_state", jobs.c.state)

job_events = Table(
    "job_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False),
    Column("at", Double, nullable=False),
    Column("text", Text, nullable=False),
)
Index("job_events_by_job", job_events.c.job)

job_drops = Table(
    "job_drops",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)
