"""What was imported: documents, where they came from, and what they hold."""

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

documents = Table(
    "documents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("api_version", Text, nullable=False),
    Column("openapi_version", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("num_bytes", BigInteger, nullable=False),
    Column("num_files", Integer, nullable=False),
    Column("num_operations", Integer, nullable=False),
    Column("num_dropped", Integer, nullable=False),
    Column("num_warnings", Integer, nullable=False),
    Column("quality", JSON, nullable=False),
    Column("replaces", Text, ForeignKey("documents.sha256")),
    Column("added_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("deleted_at", Double),
)
Index("documents_by_api", documents.c.api)
Index("documents_by_replaced", documents.c.replaces)

sources = Table(
    "sources",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("hub", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("added_at", Double, nullable=False),
)
Index("sources_by_place", sources.c.place)

operations = Table(
    "operations",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("pointer", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("operation_id", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("deprecated", Boolean, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("api", Text, nullable=False),
)
Index("operations_in_order", operations.c.document, operations.c.position)
Index("operations_by_api", operations.c.api)

dropped = Table(
    "dropped",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("pointer", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

validations = Table(
    "validations",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("report", JSON, nullable=False),
    Column("checked_at", Double, nullable=False),
)

api_choices = Table(
    "api_choices",
    metadata,
    Column("api", Text, primary_key=True),
    Column("server", Text),
    Column("variables", JSON, nullable=False),
    Column("security", JSON),
    Column("environment", JSON, nullable=False),
    Column("changed_at", Double, nullable=False),
)
