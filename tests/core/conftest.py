"""Workspaces for tests: every test that asks for ``store`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from core.settings import Settings
from core.store.database import Store, open_engine, open_store
from tests.postgres import postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket's folder of a server that all tests of this run share."""
    with postgres_server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A workspace that nobody has opened, with an empty database of its own."""
    workspace = tmp_path / "workspace"
    if request.param == "sqlite":
        yield Settings(workspace)
        return
    server = f"postgresql+psycopg://postgres@/{{}}?host={request.getfixturevalue('postgres')}"
    name = f"test_{uuid4().hex}"
    engine = open_engine(server.format("postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield Settings(workspace, server.format(name))
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty workspace, open."""
    opened = open_store(settings)
    yield opened
    opened.close()
