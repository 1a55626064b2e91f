"""The app on a free port, and a real browser in front of it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.openapi.document import read_document
from tests.conftest import require, unavailable

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples" / "documents"
START_SECONDS = 120

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@dataclass
class App:
    """A running server."""

    address: str
    process: subprocess.Popen[str]


@contextlib.contextmanager
def running_app(workspace: Path) -> Iterator[App]:
    """A fresh server of a workspace."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with subprocess.Popen(
        [*command, "--server.fileWatcherType=none"],
        cwd=REPOSITORY,
        env={**os.environ, "CALLWRIGHT_WORKSPACE": str(workspace), "CALLWRIGHT_DATABASE": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health", server)
            yield App(address, server)
        finally:
            server.terminate()
            server.communicate()


def _wait_for(url: str, server: subprocess.Popen[str]) -> None:
    started = time.monotonic()
    while time.monotonic() - started < START_SECONDS:
        if server.poll() is not None:
            pytest.fail(f"The app did not start:\n{server.stdout.read()}")  # type: ignore[union-attr]
        with contextlib.suppress(OSError), urllib.request.urlopen(url) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    pytest.fail(f"The app did not answer within {START_SECONDS} seconds")


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the workspace that all journeys share."""
    return tmp_path_factory.mktemp("journeys") / "workspace"


@pytest.fixture(scope="session")
def app(workspace: Path) -> Iterator[str]:
    """The address of an app that all journeys share."""
    with running_app(workspace) as running:
        yield running.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    chromium = require("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable("playwright is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Callable[..., Any]]:
    """Opens an address in a tab of its own; a dialog or an error on the page fails the test."""
    contexts = []
    broken: list[str] = []

    def open_tab(path: str = "/", *, base: str = app, width: int = 1440, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("dialog", lambda dialog: (broken.append(dialog.message), dialog.dismiss()))
        page.goto(base + path)
        page.get_by_role("heading", level=1).wait_for()
        settle(page)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert not broken


def settle(page: Any) -> None:
    """Wait until the script of the page has run."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def key(document: str) -> str:
    """What addresses call one of the examples."""
    return read_document(EXAMPLES / document).sha256[:16]


def upload(page: Any, name: str, data: bytes) -> None:
    """Hand a file over."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
