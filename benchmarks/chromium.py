"""The app in a browser: a server of a workspace, Chromium, and what both take."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from core.errors import CallwrightError

_REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """A running app."""

    address: str
    process: int
    started: float
    """In seconds of ``time.monotonic``."""

    def cpu_seconds(self) -> float:
        """What it has computed so far."""
        spent = psutil.Process(self.process).cpu_times()
        return float(spent.user + spent.system)

    def peak_megabytes(self) -> float:
        """The most memory that it has had."""
        status = Path(f"/proc/{self.process}/status").read_text()
        found = re.search(r"^VmHWM:\s*(\d+) kB", status, re.M)
        return int(found[1]) * 1024 / 1e6 if found else 0.0

    def wait(self) -> None:
        """Until it answers."""
        while not _answers(f"{self.address}/_stcore/health"):
            time.sleep(0.05)


def require_chromium() -> str:
    """Where Chromium is. Raises ``CallwrightError``."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise CallwrightError("chromium is not installed. Install it, or leave this one out.")
    return chromium


@contextlib.contextmanager
def browser(chromium: str) -> Iterator[Any]:
    """Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@contextlib.contextmanager
def serve(workspace: Path, *, embedder: str = "none") -> Iterator[Server]:
    """A fresh server of a workspace, by default without meanings.

    It would learn those for minutes, beside the app.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    environment = {
        **os.environ,
        "CALLWRIGHT_WORKSPACE": str(workspace),
        "CALLWRIGHT_DATABASE": "",
        "CALLWRIGHT_EMBEDDER": embedder,
    }
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=_REPOSITORY, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            yield Server(f"http://127.0.0.1:{port}", process.pid, started)
        finally:
            process.terminate()


def share(ordered: list[float], percent: int) -> float:
    """The value below which so many percent of sorted ones are."""
    return ordered[len(ordered) * percent // 100]


def _answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url):
        return True
    return False
