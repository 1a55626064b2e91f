"""Evaluations, their cells, and what people prefer."""

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

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer),
    Column("engine", Text, nullable=False),
    Column("test_set", Text, nullable=False),
    Column("pool", Text, nullable=False),
    Column("naming", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("base_model", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("mixture", Text, nullable=False),
    Column("data_size", BigInteger),
    Column("plan", JSON, nullable=False),
    Column("provenance", JSON),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("deleted_at", Double),
)

cells = Table(
    "cells",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("naming", Text, primary_key=True),
    Column("measure", Text, primary_key=True),
    Column("value", Double, nullable=False),
    Column("low", Double, nullable=False),
    Column("high", Double, nullable=False),
    Column("count", BigInteger, nullable=False),
)
Index("cells_by_measure", cells.c.measure, cells.c.naming)

comparisons = Table(
    "comparisons",
    metadata,
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
