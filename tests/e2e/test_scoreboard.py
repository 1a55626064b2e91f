"""A board that moves while somebody watches, and whose work survives a kill."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import running_app, settle

pytestmark = pytest.mark.e2e

_JUDGED = re.compile(r"([\d,]+) of 8,960 calls judged")
_SECONDS = 240
"""The whole takes half a minute where nothing else runs."""


@pytest.mark.timeout(600)
def test_first_board_fills_while_one_watches_and_survives_a_kill(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    with running_app(workspace) as app:
        page = visit("/scoreboard", base=app.address)
        page.get_by_role("button", name="Run all three levels").click()
        counts = counts_until(page, 3)
        assert counts == sorted(counts)
        kill_job(workspace)
        counts_until(page, 2, more_than=counts[-1])
        page.get_by_text(_JUDGED).wait_for(state="detached", timeout=_SECONDS * 1000)
        settle(page)
        assert complete_runs(workspace) == 4
        page.goto(f"{app.address}/scoreboard?run=1&level=3&language=Python")
        settle(page)
        page.get_by_role("heading", name="Run 1,").wait_for()
        page.get_by_test_id("stExpander").get_by_text("illegal").or_(
            page.get_by_test_id("stExpander").get_by_text("legal but different")
        ).first.click()
        page.get_by_text("Open the wanted operation").first.wait_for()
        page.get_by_text("Table 3", exact=True).click()
        page.get_by_text("from elsewhere").wait_for()


def counts_until(page: Any, changes: int, more_than: int = -1) -> list[int]:
    """How many calls were judged, each time that the page says something new."""
    found: list[int] = []
    deadline = time.monotonic() + _SECONDS
    while len(found) < changes:
        assert time.monotonic() < deadline, found
        shown = page.get_by_text(_JUDGED).first
        shown.wait_for(timeout=_SECONDS * 1000)
        said = _JUDGED.search(shown.inner_text())
        count = int(said[1].replace(",", "")) if said else -1
        if count > max([more_than, *found]):
            found.append(count)
        page.wait_for_timeout(250)
    return found


def kill_job(workspace: Path) -> None:
    """Kill the process that evaluates, as nobody should."""
    with sqlite3.connect(workspace / "callwright.sqlite") as database:
        ((pid,),) = database.execute(
            "SELECT pid FROM jobs WHERE kind = 'evaluate' AND state = 'running'"
        ).fetchall()
    os.kill(pid, signal.SIGKILL)


def complete_runs(workspace: Path) -> int:
    with sqlite3.connect(workspace / "callwright.sqlite") as database:
        ((count,),) = database.execute(
            "SELECT count(*) FROM runs WHERE finished_at IS NOT NULL AND done = total"
        ).fetchall()
    return int(count)
