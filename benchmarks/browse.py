"""How quick the app feels with 100,000 operations: in Chromium, from key press to list.

Limits: at 100,000 operations p95 from key press to the list is 300 ms, the app takes 1,500 MB, and
it lists operations 5 s after it is started.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from benchmarks import archive, imports
from benchmarks.fresh import in_fresh_process
from benchmarks.report import Report, Table
from core.errors import CallwrightError

_REPOSITORY = Path(__file__).parents[1]
_MOST_KEY_MILLISECONDS = 300
_MOST_START_SECONDS = 5
_MOST_MEGABYTES = 1_500
_QUIET_MILLISECONDS = 400
"""Without a change in the page for so long, the list is what it will be."""
_KEY_MILLISECONDS = 120
"""Between two keys of somebody who types."""
_QUESTIONS = (
    "cancel a booking",
    "list the members of a team",
    "create an invoice",
    "weather forecast",
    "delete user",
    "upload a photo",
)
_WATCH = """() => {
  const seen = window.seen = {key: 0, change: 0};
  document.addEventListener("keydown", () => { seen.key = performance.now(); }, true);
  new MutationObserver(() => { seen.change = performance.now(); }).observe(
    document.querySelector("[data-testid=stMain]"),
    {subtree: true, childList: true, characterData: true});
}"""
_IS_QUIET = f"""() => performance.now() - Math.max(seen.key, seen.change) > {_QUIET_MILLISECONDS}
  && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning" """


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument(
        "--operations", type=int, default=100_000, metavar="N", help="default: 100000"
    )


def run(arguments: argparse.Namespace) -> Report:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise CallwrightError("chromium is not installed. Install it, or leave this one out.")
    with tempfile.TemporaryDirectory(
        prefix="callwright-browse-", ignore_cleanup_errors=True
    ) as temporary:
        folder, workspace = Path(temporary, "documents"), Path(temporary, "workspace")
        counted = imports.counted_documents(archive.documents(arguments))
        imports.collect(folder, counted, arguments.operations)
        operations = in_fresh_process(imports.import_folder, workspace, folder).result
        in_fresh_process(imports.build, workspace)
        with _browser(chromium) as browser, _app(workspace) as (address, server, started):
            page = _open(browser, address)
            start_seconds = time.monotonic() - started - _QUIET_MILLISECONDS / 1000
            start_cpu = _cpu_seconds(server.pid)
            singly = sorted(_keys(page, 0))
            key_cpu = (_cpu_seconds(server.pid) - start_cpu) / len(singly) * 1000
            typed = sorted(_keys(page, _KEY_MILLISECONDS))
            megabytes = _peak_megabytes(server.pid)
    problems = list(_too_much(start_seconds, _share(singly, 95), megabytes))
    row = (
        operations,
        start_seconds,
        start_cpu,
        *(_share(singly, share) for share in (50, 95)),
        key_cpu,
        *(_share(typed, share) for share in (50, 95)),
        megabytes,
    )
    return Report(
        title="The app in Chromium",
        tables=[
            Table(
                "Page Operations, all APIs; milliseconds from key press to the last change",
                (
                    *("operations", "start s", "start CPU s", "p50", "p95", "CPU a key"),
                    *("typed p50", "typed p95", "peak MB"),
                ),
                [row],
            )
        ],
        notes=[
            "Start: from the start of the server to the first list in the browser. The first pair "
            "is of single keys, each waited for; typed is of the last key of words typed with "
            f"{_KEY_MILLISECONDS} ms between keys. Memory and CPU are those of the server: on a "
            "busy machine they say more than times."
        ],
        problems=problems,
    )


@contextlib.contextmanager
def _browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextlib.contextmanager
def _app(workspace: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """A server of a workspace: its address, its process, and when it was started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    environment = {
        **os.environ,
        "CALLWRIGHT_WORKSPACE": str(workspace),
        "CALLWRIGHT_DATABASE": "",
        "CALLWRIGHT_EMBEDDER": "none",  # it would learn meanings for minutes, beside the app
    }
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=_REPOSITORY, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}", server, started
        finally:
            server.terminate()


def _open(browser: Any, address: str) -> Any:
    """The page with its first list, as soon as the server answers."""
    while not _answers(f"{address}/_stcore/health"):
        time.sleep(0.05)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}/operations")
    page.get_by_role("button", name=re.compile("^(GET|POST) ")).first.wait_for(timeout=120_000)
    page.evaluate(_WATCH)
    page.wait_for_function(_IS_QUIET)
    return page


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url):
        return True
    return False


def _keys(page: Any, pause: int) -> Iterator[float]:
    """Milliseconds from keys to the list that they lead to: each, or the last of every word."""
    field = page.get_by_placeholder("In your own words")
    for question in _QUESTIONS:
        for piece in question if not pause else re.findall(r"\S+ ?", question):
            field.press_sequentially(piece, delay=pause)
            page.wait_for_function(_IS_QUIET)
            waited = page.evaluate("seen.change - seen.key")
            if waited > 0:  # otherwise the key changed nothing
                yield waited
        field.fill("")
        page.wait_for_function(_IS_QUIET)


def _share(ordered: list[float], percent: int) -> float:
    return ordered[len(ordered) * percent // 100]


def _cpu_seconds(process: int) -> float:
    spent = psutil.Process(process).cpu_times()
    return spent.user + spent.system


def _peak_megabytes(process: int) -> float:
    found = re.search(r"^VmHWM:\s*(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.M)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def _too_much(start_seconds: float, key_milliseconds: float, megabytes: float) -> Iterator[str]:
    if start_seconds > _MOST_START_SECONDS:
        yield f"The first list comes {start_seconds:.1f} s after the start."
    if key_milliseconds > _MOST_KEY_MILLISECONDS:
        yield f"One key in 20 waits {key_milliseconds:.0f} ms or more for its list."
    if megabytes > _MOST_MEGABYTES:
        yield f"The app takes {megabytes:,.0f} MB, more than {_MOST_MEGABYTES:,}."
