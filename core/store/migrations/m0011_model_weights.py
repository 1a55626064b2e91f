"""Models of this machine, by folder or name."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Double, Integer, MetaData, Table, Text

_metadata = MetaData()

Table(
    "model_weights",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the table of weights."""
    _metadata.create_all(connection)
