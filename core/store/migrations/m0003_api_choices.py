"""What people chose for an API: server, credentials and the environment variables of these."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Connection, Double, MetaData, Table, Text

_metadata = MetaData()

Table(
    "api_choices",
    _metadata,
    Column("api", Text, primary_key=True),
    Column("server", Text),
    Column("variables", JSON, nullable=False),
    Column("security", JSON),
    Column("environment", JSON, nullable=False),
    Column("changed_at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the table of choices."""
    _metadata.create_all(connection)
