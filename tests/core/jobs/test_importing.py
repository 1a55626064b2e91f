"""Imports, indexing and validation as jobs."""

from __future__ import annotations

import json
import os
import random
import signal
import time

import pytest

from core import uploads
from core.directory import Entry
from core.jobs import control
from core.jobs.importing import discard_abandoned, documents_in, keep_entries
from core.retrieval.workspace_index import WorkspaceIndex, is_stale
from core.store.database import Store
from core.store.documents import live_documents
from core.store.jobs import Job, add_job, drop_reasons, find_job, list_jobs
from core.store.operations import operations_of
from core.store.validations import validation_of
from tests.core.jobs.test_control import is_over, wait_for


def document(title: str, operations: int = 3, **more: object) -> bytes:
    paths = {
        f"/shelves/{number}/{{book}}": {"get": {"summary": f"Show a book of shelf {number}"}}
        for number in range(operations)
    }
    root = {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths | more}
    return json.dumps(root).encode()


def ended(store: Store, job: Job) -> Job:
    return wait_for(store, job.id, is_over)


def test_uploaded_files_are_imported_and_given_up(store: Store) -> None:
    data = document("Library", **{"/broken": {"get": 5}})
    name = uploads.keep(store, {"library.json": data, "notes.txt": b"milk"})
    job = ended(store, control.start(store, "import-files", {"upload": name}))
    assert job.state == "done", job.error
    (imported,) = documents_in(job)
    assert (imported.outcome, imported.num_operations, imported.num_dropped) == ("new", 3, 1)
    assert job.done == job.total == len(data)
    assert drop_reasons(store, job.id).total() == 2
    assert not any((store.workspace / "uploads").iterdir())


@pytest.mark.parametrize("seed", range(2))
def test_import_that_is_killed_goes_on_and_doubles_nothing(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    name = uploads.keep(store, {"library.json": document("Library", 4_000)})
    job = control.start(store, "import-files", {"upload": name})
    for _ in range(2):
        running = wait_for(store, job.id, lambda job: job.pid is not None or job.is_over)
        time.sleep(draw.uniform(0, 1))
        if running.pid and not find_job(store, job.id).is_over:
            os.kill(running.pid, signal.SIGKILL)
            time.sleep(0.2)
        control.advance(store)
    assert ended(store, job).state == "done"
    (row,) = live_documents(store)
    positions = [found.position for found in operations_of(store, row.sha256)]
    assert positions == list(range(4_000)) and row.num_operations == 4_000


def test_large_import_asks_for_an_index(store: Store) -> None:
    name = uploads.keep(store, {"library.json": document("Library", 3_000)})
    ended(store, control.start(store, "import-files", {"upload": name}))
    index_job = next(job for job in list_jobs(store) if job.kind == "build-index")
    assert ended(store, index_job).state == "done"
    assert not is_stale(store)
    hit = WorkspaceIndex(store).search("book of shelf 77").hits[0].operation
    assert hit.label == "GET /shelves/77/{book}"


def test_address_of_this_machine_is_refused_in_words(store: Store) -> None:
    url = "http://127.0.0.1:9/openapi.json"
    job = ended(store, control.start(store, "import-url", {"url": url}))
    assert job.state == "failed" and "CALLWRIGHT_ALLOW_PRIVATE_URLS" in job.error


def test_entries_of_a_directory_that_cannot_be_fetched_are_told(store: Store) -> None:
    entry = Entry("zoo", "1", "Zoo", "http://127.0.0.1:9/zoo.json", True)
    arguments = {"upload": keep_entries(store, [entry]), "hub": "Zoos"}
    job = ended(store, control.start(store, "import-directory", arguments))
    assert (job.state, job.result["num_refused"]) == ("done", 1)
    assert "private network" in next(iter(drop_reasons(store, job.id)))


def test_documents_are_validated_once(store: Store) -> None:
    uploads.import_uploads(store, {"library.json": document("Library")})
    (row,) = live_documents(store)
    job = ended(store, control.start(store, "validate", {}))
    report = validation_of(store, row.sha256)
    assert report is not None and job.result == {report.outcome: 1}
    assert ended(store, control.start(store, "validate", {})).result == {}


def test_uploads_that_nobody_waits_for_are_given_up_after_a_day(store: Store) -> None:
    names = [uploads.keep(store, {"a.json": document(name)}) for name in "abc"]
    failed = add_job(store, "import-files", "", {"upload": names[0]})
    control.cancel(store, failed.id)
    for name in names[:2]:
        os.utime(store.workspace / "uploads" / name, (0, 0))
    discard_abandoned(store)
    assert sorted(uploads.waiting(store, untouched_seconds=0)) == sorted([names[0], names[2]])


def test_import_whose_files_are_gone_says_so(store: Store) -> None:
    job = ended(store, control.start(store, "import-files", {"upload": "gone"}))
    assert job.state == "failed" and "Upload them again" in job.error
