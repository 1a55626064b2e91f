"""One contract for SQLite and PostgreSQL: migrations, transactions, and what cannot be opened."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from core.errors import StoreError
from core.settings import Settings
from core.store import tables
from core.store.database import Store, open_engine, open_store
from core.store.migrations import MIGRATIONS, migrate
from tests.conftest import REPOSITORY

TEST_REVISION = select(tables.revisions.c.number).where(tables.revisions.c.name == "test")


def shape_of(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, as the database sees them."""
    seen = inspect(connection)
    return {
        name: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"])
                for column in seen.get_columns(name)
            ],
            "key": seen.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in seen.get_foreign_keys(name)
            ),
            "indexes": sorted(
                (index["name"] or "", index["column_names"], bool(index["unique"]))
                for index in seen.get_indexes(name)
            ),
        }
        for name in seen.get_table_names()
        if name != "migrations"
    }


@pytest.fixture
def unopened(settings: Settings) -> Iterator[Store]:
    """A store whose tables are not there yet."""
    settings.workspace.mkdir(parents=True)
    with closing(Store(settings, open_engine(settings.database))) as store:
        yield store


def wanted_shape(unopened: Store) -> dict[str, Any]:
    """What the tables' own definitions make, in a transaction that is given up."""
    with unopened.engine.connect() as connection:
        tables.metadata.create_all(connection)
        shape = shape_of(connection)
        connection.rollback()
    return shape


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_every_old_database_becomes_what_the_tables_say(unopened: Store, version: int) -> None:
    wanted = wanted_shape(unopened)
    with unopened.writing() as connection:
        migrate(connection, MIGRATIONS[:version])
    with closing(open_store(unopened.settings)) as store, store.reading() as connection:
        assert shape_of(connection) == wanted
        applied = connection.scalars(text("SELECT version FROM migrations ORDER BY version"))
        assert list(applied) == list(range(1, len(MIGRATIONS) + 1))


def test_migrations_keep_the_rows_of_the_first_version(unopened: Store) -> None:
    with unopened.writing() as connection:
        migrate(connection, MIGRATIONS[:1])
        connection.execute(
            text(
                "INSERT INTO documents (sha256, state, name, api, provider, title, api_version,"
                " openapi_version, description, num_bytes, num_files, num_operations, num_dropped,"
                " num_warnings, quality, added_at, changed_at) VALUES ('ab', 'ready', 'pets.yaml',"
                " 'pets', '', 'Pets', '1', '3.1', '', 12, 1, 0, 0, 0, '{}', 1.5, 1.5)"
            )
        )
    with closing(open_store(unopened.settings)) as store, store.reading() as connection:
        row = connection.execute(select(tables.documents)).one()
    assert (row.sha256, row.name, row.num_bytes, row.quality) == ("ab", "pets.yaml", 12, {})


def test_opening_twice_changes_nothing(store: Store) -> None:
    with store.reading() as connection:
        before = shape_of(connection)
    with closing(open_store(store.settings)) as again, again.reading() as connection:
        assert shape_of(connection) == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(store: Store) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_done (number INTEGER)"))
        raise RuntimeError("power cut")

    with store.reading() as connection:
        before = shape_of(connection)
    with pytest.raises(RuntimeError), store.writing() as connection:
        migrate(connection, [*MIGRATIONS, broken])
    with store.reading() as connection:
        assert shape_of(connection) == before


def test_a_database_of_a_newer_callwright_is_refused(store: Store) -> None:
    with store.writing() as connection:
        migrate(connection, [*MIGRATIONS, lambda _: None])
    with pytest.raises(StoreError, match=f"version {len(MIGRATIONS) + 1}.*newer Callwright"):
        open_store(store.settings)


def test_processes_that_open_a_new_workspace_at_once_all_succeed(settings: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from core.settings import Settings;"
        "from core.store.database import open_store;"
        "open_store(Settings(Path(sys.argv[1]), sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(settings.workspace), settings.database]
    processes = [subprocess.Popen(command, cwd=REPOSITORY) for _ in range(4)]
    assert [process.wait() for process in processes] == [0] * 4


def test_a_transaction_is_rolled_back_by_an_exception(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        add_revision(connection, 1)
        raise ZeroDivisionError
    with store.reading() as connection:
        assert connection.scalar(TEST_REVISION) is None


def test_foreign_keys_hold(store: Store) -> None:
    row = {"document": "none", "kind": "upload", "hub": "", "place": "a.yaml", "added_at": 0}
    with pytest.raises(IntegrityError):
        store.write(tables.sources.insert().values(row))


def test_writers_wait_for_each_other_and_none_is_lost(store: Store) -> None:
    """Read, then write: the pattern that fails where a transaction begins as a reader."""
    with store.writing() as connection:
        add_revision(connection, 0)

    def count_up() -> None:
        for _ in range(20):
            with store.writing() as connection:
                number = connection.scalar(TEST_REVISION.with_for_update()) or 0
                connection.execute(update(tables.revisions).values(number=number + 1))

    in_threads(count_up, 4)
    with store.reading() as connection:
        assert connection.scalar(TEST_REVISION) == 80


def test_reading_does_not_wait_for_a_writer(store: Store) -> None:
    with store.writing() as writing:
        add_revision(writing, 7)
        started = time.perf_counter()
        with store.reading() as connection:
            assert connection.scalar(TEST_REVISION) is None
        assert time.perf_counter() - started < 1


def test_a_workspace_that_cannot_be_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="CALLWRIGHT_WORKSPACE"):
        open_store(Settings(tmp_path / "file" / "workspace"))


@pytest.mark.parametrize(
    "database",
    [
        "sqlite:////nowhere/at/all.sqlite",
        "postgresql+psycopg://nobody@/nothing?host=/nowhere",
        "postgresql+psycopg://a b@[:x/",
    ],
)
def test_a_database_that_cannot_be_reached_is_explained(tmp_path: Path, database: str) -> None:
    with pytest.raises(StoreError, match="CALLWRIGHT_DATABASE"):
        open_store(replace(Settings(tmp_path), database=database))


def add_revision(connection: Connection, number: int) -> None:
    connection.execute(tables.revisions.insert().values(name="test", number=number))


def in_threads(work: Callable[[], None], count: int) -> None:
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
