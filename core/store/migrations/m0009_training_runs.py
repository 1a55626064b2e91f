"""Runs that train models."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Connection, Double, Integer, MetaData, Table, Text

_metadata = MetaData()

Table(
    "training_runs",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    Column("folder", Text, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("data", JSON, nullable=False),
    Column("measuring", JSON, nullable=False),
    Column("data_hash", Text, nullable=False),
    Column("code_version", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("is_starred", Boolean, nullable=False),
    Column("job", Integer),
    Column("created_at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the table of training runs."""
    _metadata.create_all(connection)
