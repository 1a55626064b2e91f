"""Long work that is interrupted in every way: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core.jobs import control
from core.settings import Settings
from core.store.database import open_store
from core.store.documents import live_documents
from core.store.jobs import UNFINISHED, Job, list_jobs
from core.store.operations import operations_of
from tests.e2e.conftest import running_app, upload

pytestmark = pytest.mark.e2e

Visit = Callable[..., Any]

PATIENCE_SECONDS = 90


def large_document(title: str, *, operations: int = 8_000) -> bytes:
    """Large enough to be imported by a job."""
    paths = {
        f"/shelves/{number}/{{book}}": {
            "get": {
                "summary": f"Show a book of shelf {number}",
                "parameters": [{"name": "book", "in": "path", "required": True}],
            }
        }
        for number in range(operations)
    }
    info = {"title": title, "version": "1"}
    return json.dumps({"openapi": "3.1.0", "info": info, "paths": paths}).encode()


def jobs_of(workspace: Path) -> list[Job]:
    store = open_store(Settings(workspace))
    found = list_jobs(store)
    store.close()
    return found


def wait_until(workspace: Path, holds: Callable[[list[Job]], bool]) -> list[Job]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = jobs_of(workspace)
        if holds(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"still {jobs_of(workspace)}")


def is_quiet(jobs: list[Job]) -> bool:
    return bool(jobs) and not any(job.state in UNFINISHED for job in jobs)


def counts(workspace: Path, title: str) -> list[tuple[int, int]]:
    """Of each document of that title: the operations it says it has, and those there are."""
    store = open_store(Settings(workspace))
    found = [
        (row.num_operations, len({found.key for found in operations_of(store, row.sha256)}))
        for row in live_documents(store)
        if row.title == title
    ]
    store.close()
    return found


@pytest.mark.parametrize("seed", range(2))
def test_app_and_job_are_killed_and_nothing_is_lost(
    visit: Visit, tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)
    with running_app(tmp_path) as first:
        page = visit("/specs", base=first.address)
        upload(page, "library.json", large_document("Library"))
        running = wait_until(tmp_path, lambda jobs: any(job.pid for job in jobs))
        pid = next(job.pid for job in running if job.pid)
        time.sleep(draw.uniform(0, 2))
        first.process.send_signal(signal.SIGKILL)
        if seed:  # the job, too
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(pid, signal.SIGKILL)
    with running_app(tmp_path) as second:
        page = visit("/jobs", base=second.address)
        page.get_by_text("Import library.json").first.wait_for()
        over = wait_until(tmp_path, is_quiet)
        assert {job.state for job in over} == {"done"}
        assert counts(tmp_path, "Library") == [(8_000, 8_000)]
        page.get_by_text("1 document · 8,000 operations").wait_for()


def test_a_job_survives_a_reload_and_says_when_it_is_over(visit: Visit, workspace: Path) -> None:
    job = count(workspace, 100_000, "Count the shelves")  # until it is cancelled
    page = visit("/jobs")
    page.get_by_text(re.compile("numbers per second")).wait_for()
    page.reload()
    page.get_by_role("link", name=re.compile("Count the shelves")).wait_for()
    store = open_store(Settings(workspace))
    control.cancel(store, job.id)
    store.close()
    page.get_by_test_id("stToast").filter(has_text="Cancelled: Count the shelves").wait_for()


def test_a_job_is_cancelled_resumed_and_done_on_its_page(visit: Visit, tmp_path: Path) -> None:
    with running_app(tmp_path) as app:
        page = visit("/jobs", base=app.address)
        wait_until(tmp_path, lambda jobs: not any(job.state in UNFINISHED for job in jobs))
        count(tmp_path, 300, "Count the books")
        page.reload()
        page.get_by_role("button", name="Cancel").click()
        page.get_by_role("button", name="Resume").click()
        over = wait_until(tmp_path, lambda jobs: jobs[0].state == "done")
        assert over[0].result == list(range(300))
        page.get_by_test_id("stToast").filter(has_text="Done: Count the books").wait_for()
        page.get_by_text(re.compile("^300 of 300 numbers")).wait_for()


def count(workspace: Path, to: int, title: str) -> Job:
    """A job that takes a twentieth of a second for each number."""
    store = open_store(Settings(workspace))
    job = control.start(store, "count", {"to": to, "seconds": 0.05}, title)
    store.close()
    return job


def test_two_people_bring_the_same_document_at_once(visit: Visit, workspace: Path) -> None:
    data = large_document("Reading room")
    pages = [visit("/specs"), visit("/specs")]
    for page in pages:
        upload(page, "room.json", data)
    for page in pages:
        added = page.get_by_text(re.compile("Added 1 document with 8,000 operations"))
        added.wait_for(timeout=PATIENCE_SECONDS * 1000)
    assert counts(workspace, "Reading room") == [(8_000, 8_000)]
