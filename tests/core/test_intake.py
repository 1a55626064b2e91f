"""Imports: idempotent, with progress, cancelled at once, and safe whatever is killed when."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import DocumentError, StoreError
from core.intake import ImportResult, import_files
from core.openapi.document import document_of
from core.openapi.files import read_path, read_upload
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.settings import Settings
from core.store import tables
from core.store.database import Store, open_store
from core.store.documents import (
    delete_document,
    find_document,
    live_documents,
    remove_unfinished,
)
from core.store.operations import operations_of
from core.store.originals import load_document, read_original
from core.store.sources import Source, sources_of
from core.workspace import converted_path, original_path
from tests.conftest import REPOSITORY
from tests.core.openapi.test_files import make_folder, make_zip
from tests.core.store.documents import UPLOAD, import_bytes, imported, pets

YAML = b"openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {/pets: {get: {}}}\n"


def outcomes(result: ImportResult) -> list[tuple[str, str]]:
    return [(document.name, document.outcome) for document in result.documents]


def test_every_document_of_a_zip_is_imported(store: Store) -> None:
    files = {
        "a.json": pets("GET /a", "GET /b"),
        "deep/b.yaml": YAML,
        "broken.json": b'{"openapi": "3.1.0", ',
        "old.json": b'{"swagger": "1.2"}',
        "README.md": b"# Read me",
        ".hidden.json": pets("GET /hidden"),
    }
    result = import_files(store, read_upload("apis.zip", make_zip(files)), UPLOAD)
    assert outcomes(result) == [("a.json", "new"), ("deep/b.yaml", "new")]
    assert {lost.where: lost.reason.split(":")[0] for lost in result.refused} == {
        "broken.json": "broken.json, line 1, column 22",
        "old.json": "old.json",
    }
    assert list(result.ignored) == [".hidden.json"]
    assert (result.num_operations, result.num_dropped, result.is_cancelled) == (3, 0, False)
    assert [row.num_operations for row in live_documents(store)] == [2, 1]
    (source,) = sources_of(store, result.documents[1].sha256)
    assert source == Source("upload", "pets.json/deep/b.yaml")


def test_files_without_a_document_are_explained(store: Store) -> None:
    with pytest.raises(DocumentError, match="holds no OpenAPI document"):
        import_files(store, read_upload("a.zip", make_zip({"a.md": b"x", "b.md": b"y"})), UPLOAD)


def test_the_same_bytes_again_add_a_source_and_no_document(store: Store) -> None:
    data = pets("GET /pets")
    first = import_bytes(store, data)
    again = import_bytes(store, data, "other.json", Source("upload", "other.json"))
    assert outcomes(first) == [("pets.json", "new")]
    assert outcomes(again) == [("other.json", "known")]
    assert again.num_operations == 1
    sha256 = first.documents[0].sha256
    assert sources_of(store, sha256) == [UPLOAD, Source("upload", "other.json")]
    assert [row.name for row in live_documents(store)] == ["pets.json"]


def test_a_deleted_document_that_is_imported_again_comes_back(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    delete_document(store, sha256)
    assert imported(store, pets("GET /pets")).outcome == "restored"
    assert [row.sha256 for row in live_documents(store)] == [sha256]


@pytest.mark.parametrize(
    ("name", "data", "is_converted"),
    [("a.json", pets("GET /a"), False), ("a.yaml", YAML, True)],
)
def test_a_stored_document_reads_as_the_original(
    store: Store, name: str, data: bytes, is_converted: bool
) -> None:
    sha256 = imported(store, data, name).sha256
    assert original_path(store.workspace, sha256).read_bytes() == data
    assert converted_path(store.workspace, sha256).exists() is is_converted
    document = load_document(store, sha256)
    original = document_of(read_upload(name, data), name)
    assert (document.root, document.sha256, document.name) == (original.root, sha256, name)


def test_files_that_belong_together_are_one_document(store: Store, tmp_path: Path) -> None:
    files = {
        "api/openapi.yaml": YAML.replace(b"{get: {}}", b"{$ref: parts/pets.yaml}"),
        "api/parts/pets.yaml": b"get: {summary: All}\npost: {}\n",
    }
    (document,) = import_files(store, read_path(make_folder(tmp_path, files)), UPLOAD).documents
    assert (document.name, document.num_operations) == ("openapi.yaml", 2)
    assert find_document(store, document.sha256).num_files == 2
    found = list(operations(load_document(store, document.sha256)))
    assert [one.label for one in found if isinstance(one, Operation)] == ["GET /pets", "POST /pets"]
    zipped = import_files(store, read_upload("other.zip", make_zip(files)), UPLOAD)
    assert outcomes(zipped) == [("openapi.yaml", "known")]


def test_relative_servers_stand_where_the_document_came_from(store: Store) -> None:
    data = pets("GET /pets", servers=[{"url": "/v1"}])
    source = Source("url", "https://zoo.example/docs/pets.json")
    (document,) = import_bytes(store, data, source=source).documents
    (operation,) = operations(load_document(store, document.sha256))
    assert isinstance(operation, Operation)
    assert operation.servers[0].url == "https://zoo.example/v1"
    assert find_document(store, document.sha256).provider == "", "rows follow from the bytes alone"


def test_a_file_that_was_lost_is_explained(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    original_path(store.workspace, sha256).unlink()
    with pytest.raises(StoreError, match=r"Import pets\.json again"):
        read_original(store, sha256)


def test_progress_goes_up_to_the_end_and_says_where_it_is(store: Store) -> None:
    files = {
        "a.json": pets(*(f"GET /a{at}" for at in range(1_200))),
        "b.json": b'{"openapi": "3.1.0", ',
        "c.json": pets("GET /c"),
    }
    told: list[tuple[int, int, str]] = []
    import_files(
        store,
        read_upload("apis.zip", make_zip(files)),
        UPLOAD,
        progress=lambda *at: told.append(at),
    )
    total = sum(map(len, files.values()))
    assert {at[1] for at in told} == {total}
    assert [at[0] for at in told] == sorted(at[0] for at in told)
    assert told[-1][0] == total
    assert "a.json: 500 of 1,200 operations" in [at[2] for at in told]


def test_a_cancelled_import_keeps_what_is_done_and_goes_on_next_time(store: Store) -> None:
    files = {
        "a.json": pets("GET /a"),
        "b.json": pets(*(f"GET /b{at}" for at in range(1_200))),
        "c.json": pets("GET /c"),
    }
    archive = make_zip(files)
    told: list[str] = []
    result = import_files(
        store,
        read_upload("apis.zip", archive),
        UPLOAD,
        progress=lambda done, total, message: told.append(message),
        is_cancelled=lambda: "b.json: 500 of 1,200 operations" in told,
    )
    assert result.is_cancelled
    assert outcomes(result) == [("a.json", "new")]
    assert [row.num_operations for row in live_documents(store)] == [1]
    again = import_files(store, read_upload("apis.zip", archive), UPLOAD)
    assert outcomes(again) == [("a.json", "known"), ("b.json", "new"), ("c.json", "new")]
    assert sorted(row.num_operations for row in live_documents(store)) == [1, 1, 1_200]


def test_an_import_that_another_process_removes_begins_again(store: Store) -> None:
    removals = iter([True, False, False])

    def remove_once(*_: Any) -> None:
        if next(removals, False):
            remove_unfinished(store, untouched_seconds=-1)

    data = pets(*(f"GET /a{at}" for at in range(1_200)))
    (document,) = import_bytes(store, data, progress=remove_once).documents
    assert document.outcome == "new"
    assert len(operations_of(store, document.sha256)) == 1_200


def test_an_import_that_is_removed_again_and_again_gives_up_with_a_sentence(store: Store) -> None:
    def remove(*_: Any) -> None:
        remove_unfinished(store, untouched_seconds=-1)

    data = pets(*(f"GET /a{at}" for at in range(600)))
    with pytest.raises(StoreError, match="removed each time"):
        import_bytes(store, data, progress=remove)


# --- whole processes -----------------------------------------------------------------------------

IMPORTER = """
import sys
from pathlib import Path
from core import intake
from core.openapi.files import read_path
from core.settings import Settings
from core.store.database import open_store
from core.store.sources import Source

intake.BATCH = 50
store = open_store(Settings(Path(sys.argv[1]), sys.argv[2]))
print("ready", flush=True)
intake.import_files(store, read_path(Path(sys.argv[3])), Source("upload", "apis"))
store.close()
"""


def start_import(settings: Settings, folder: Path) -> subprocess.Popen[str]:
    """A process that imports; it has opened the workspace when this returns."""
    arguments = [str(settings.workspace), settings.database, str(folder)]
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, *arguments],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> int:
    with process:
        return process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of several batches each, one of them in YAML and one with a loss."""
    many = [f"{method} /{name}" for name in range(300) for method in ("GET", "POST")]
    files = {f"{title}.json": pets(*many, title=title) for title in "abcd"}
    files["e.yaml"] = YAML
    files["f.json"] = pets("GET /f").replace(b'"get":{"summary":"Does GET /f for you"}', b'"get":1')
    return make_folder(tmp_path_factory.mktemp("apis"), files)


@pytest.fixture
def undisturbed(tmp_path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """What an import that nobody disturbs leaves in a workspace."""
    with closing(open_store(Settings(tmp_path / "undisturbed"))) as store:
        import_files(store, read_path(folder), Source("upload", "apis"))
        yield contents(store)


def contents(store: Store) -> dict[str, Any]:
    """All that a workspace holds, but for moments."""
    found: dict[str, Any] = {}
    with store.reading() as connection:
        for name in ("documents", "sources", "operations", "dropped"):
            table = tables.metadata.tables[name]
            kept = [column for column in table.c if not column.name.endswith("_at")]
            rows = [str(tuple(row)) for row in connection.execute(select(*kept))]
            found[name] = Counter(rows)
    found["files"] = {
        path.name: path.read_bytes()
        for path in store.workspace.glob("documents/*/*")
        if not path.name.startswith(".")
    }
    return found


@pytest.mark.parametrize("seed", range(3))
def test_imports_that_are_killed_lose_and_double_nothing(
    settings: Settings, folder: Path, undisturbed: dict[str, Any], seed: int
) -> None:
    chance = random.Random(seed)
    num_killed = 0
    for _ in range(4):
        process = start_import(settings, folder)
        time.sleep(chance.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        num_killed += finish(process) == -signal.SIGKILL
    assert finish(start_import(settings, folder)) == 0
    assert num_killed, "every import was faster than the kill"
    with closing(open_store(settings)) as store:
        assert contents(store) == undisturbed


def test_two_imports_at_once_help_each_other(
    settings: Settings, folder: Path, undisturbed: dict[str, Any]
) -> None:
    processes = [start_import(settings, folder) for _ in range(2)]
    assert [finish(process) for process in processes] == [0, 0]
    with closing(open_store(settings)) as store:
        assert contents(store) == undisturbed
