"""The database: one engine for SQLite and PostgreSQL, and the two ways to use it.

>>> store = open_store(Settings.from_environment())
>>> with store.reading() as connection:
...     connection.scalar(select(func.count()).select_from(tables.documents))

Transactions are short: nobody parses, waits or computes within one. A SQLite transaction that
writes says so at its start, so it waits for its turn instead of failing half-way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.sql.base import Executable

from core.errors import StoreError
from core.settings import Settings
from core.store.migrations import migrate

BUSY_SECONDS = 30
"""How long a SQLite transaction waits for another process that writes."""
_WRITES = "callwright_writes"
_INSERTS: dict[str, Callable[[Table], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


@dataclass(frozen=True)
class Store:
    """An open workspace. Safe to share between threads; every process opens its own."""

    settings: Settings
    engine: Engine

    @property
    def workspace(self) -> Path:
        """The folder of what is not in the database."""
        return self.settings.workspace

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or rolled back by an exception."""
        writer = self.engine.execution_options(**{_WRITES: True})
        with writer.begin() as connection:
            yield connection

    def write(self, statement: Executable) -> int:
        """Run one statement in a transaction of its own; how many rows it changed."""
        with self.writing() as connection:
            return connection.execute(statement).rowcount

    def close(self) -> None:
        """Close the connections; the store opens new ones if it is used again."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """The workspace in these settings, made if it is not there, its tables up to date.

    Raises ``StoreError`` where the folder or the database cannot be used.
    """
    try:
        settings.workspace.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The workspace {settings.workspace} cannot be used: {error.strerror}. "
            "Set CALLWRIGHT_WORKSPACE to a folder that you may write to."
        ) from error
    store = Store(settings, open_engine(settings.database))
    try:
        with store.writing() as connection:
            migrate(connection)
    except OperationalError as error:
        store.close()
        raise StoreError(
            f"The database cannot be used: {str(error.orig).strip()}. Check that it runs and may "
            "be written to, and CALLWRIGHT_DATABASE, which says where it is."
        ) from error
    except StoreError:
        store.close()
        raise
    return store


def has_workspace(settings: Settings) -> bool:
    """Whether somebody has opened this workspace before; of a database server that is not asked."""
    scheme, _, path = settings.database.partition(":///")
    return scheme != "sqlite" or Path(path).is_file()


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows whose key is not there yet; the others stay as they are."""
    insert = _INSERTS[connection.dialect.name]
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), rows)


def open_engine(url: str) -> Engine:
    """The engine for a database's URL. Raises ``StoreError``."""
    try:
        engine = create_engine(
            url, pool_pre_ping=not url.startswith("sqlite"), json_deserializer=_read_json
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs psycopg: pip install -r requirements-postgres.txt"
        ) from error
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "CALLWRIGHT_DATABASE is no URL of a database. Write it as "
            "postgresql://user:password@host/name, special characters as %XX."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _read_json(text: str) -> Any:
    """What a JSON column holds: nothing, for most rows, which a start has 100,000 of."""
    return [] if text == "[]" else json.loads(text)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # Python's driver would begin transactions late, as readers
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = wal",
        "synchronous = normal",
        "foreign_keys = on",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
