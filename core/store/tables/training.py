"""Runs that train models."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Double, Integer, Table, Text

from core.store.tables.metadata import metadata

training_runs = Table(
    "training_runs",
    metadata,
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
