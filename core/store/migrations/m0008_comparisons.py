"""Votes on what two engines gave for the same question."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Connection, Double, Integer, MetaData, Table, Text

_metadata = MetaData()

_comparisons = Table(
    "comparisons",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("run_a", Integer, nullable=False),
    Column("run_b", Integer, nullable=False),
    Column("engine_a", Text, nullable=False),
    Column("engine_b", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("is_blind", Boolean, nullable=False),
    Column("vote", Text, nullable=False),
    Column("automatic", Text, nullable=False),
    Column("at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the table of votes."""
    _metadata.create_all(connection)
