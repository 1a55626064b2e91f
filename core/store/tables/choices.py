"""What the workspace is set to, and counters that tell readers of a change."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, Integer, Table, Text

from core.store.tables.metadata import metadata

preferences = Table(
    "preferences",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", Double, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

model_servers = Table(
    "model_servers",
    metadata,
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

model_weights = Table(
    "model_weights",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)
