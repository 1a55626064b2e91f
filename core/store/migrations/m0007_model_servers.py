"""Servers of language models."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Connection, Double, Integer, MetaData, Table, Text

_metadata = MetaData()

Table(
    "model_servers",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("key_variable", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("can_score", Boolean, nullable=False),
    Column("can_complete", Boolean, nullable=False),
    Column("per_million_prompt", Double, nullable=False),
    Column("per_million_completion", Double, nullable=False),
    Column("added_at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the table of servers."""
    _metadata.create_all(connection)
