"""How the tables came to be what they are: numbered steps, each applied once, in order.

A new step is one file with ``apply(connection)`` and one entry at the end of ``MIGRATIONS``. Steps
that have been released are never changed: they hold their own definitions of the tables, as these
were at the time. :mod:`core.store.tables` says what the tables are now.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Column, Connection, Double, Integer, MetaData, Table, func, insert, select

from core.errors import StoreError
from core.store.migrations import (
    m0001_documents,
    m0002_jobs,
    m0003_api_choices,
    m0004_labels,
    m0005_conversations,
    m0006_runs,
    m0007_model_servers,
    m0008_comparisons,
    m0009_training_runs,
    m0010_duels,
    m0011_model_weights,
)

Migration = Callable[[Connection], None]

MIGRATIONS: list[Migration] = [
    m0001_documents.apply,
    m0002_jobs.apply,
    m0003_api_choices.apply,
    m0004_labels.apply,
    m0005_conversations.apply,
    m0006_runs.apply,
    m0007_model_servers.apply,
    m0008_comparisons.apply,
    m0009_training_runs.apply,
    m0010_duels.apply,
    m0011_model_weights.apply,
]
"""In order: the first one makes version 1."""

_LOCK = 3_146_007_001
"""The advisory lock of PostgreSQL under which tables are changed; any number nobody else takes."""
_applied = Table(
    "migrations",
    MetaData(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Double, nullable=False),
)


def migrate(connection: Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Apply what is missing, within the caller's transaction, which must be one that writes.

    Raises ``StoreError`` for a database that a newer Callwright has changed.
    """
    if connection.dialect.name == "postgresql":  # SQLite lets only one transaction write
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    _applied.create(connection, checkfirst=True)
    version = connection.scalar(select(func.max(_applied.c.version))) or 0
    if version > len(migrations):
        raise StoreError(
            f"The database has version {version}, and this Callwright knows {len(migrations)}. "
            "Start the newer Callwright that made it, or choose another workspace."
        )
    for number, migration in enumerate(migrations[version:], version + 1):
        migration(connection)
        connection.execute(insert(_applied).values(version=number, applied_at=time.time()))
