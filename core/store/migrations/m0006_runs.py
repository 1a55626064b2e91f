"""Evaluation runs and the cells of boards."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
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

_runs = Table(
    "runs",
    _metadata,
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

_cells = Table(
    "cells",
    _metadata,
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
Index("cells_by_measure", _cells.c.measure, _cells.c.naming)


def apply(connection: Connection) -> None:
    """Make the tables of runs."""
    _metadata.create_all(connection)
