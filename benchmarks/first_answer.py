"""How soon somebody who starts the app has an answer: in Chromium, from the command on.

Each round has a workspace that is not there yet; what is installed is installed. Limits: 1 s from
Enter to the call once the page is open (p95), without a network, a key or a GPU.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import chromium
from benchmarks.chromium import Server, share
from benchmarks.report import Report, Table
from core.settings import DEFAULT_EMBEDDER

_MOST_MILLISECONDS = 1_000
_QUESTIONS = (
    "cancel booking 8841",
    "everything about shipment shp_70311",
    "How much does customer 311 still owe us in total?",
    "show me pet 1203 at Pawhaven",
    "weather for the next 3 days at lat 48.85 lon 2.35",
    "what does chargegrid know about station PO-0033",
    "mileage and next service of fleet vehicle 318?",
    "who leads project WEB on taskboard and how many tasks are still open there?",
    "How long is the song tr_9f31c2 and who sings it?",
    "ledgerly: billing address of customer 98",
)
"""Whether they are answered rightly is what ``answers`` measures."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="default: 3")
    parser.add_argument(
        "--embedder", default=DEFAULT_EMBEDDER, metavar="NAME", help="none for words only"
    )


def run(arguments: argparse.Namespace) -> Report:
    path = chromium.require_chromium()
    starts: list[tuple[float | int, ...]] = []
    waits: list[float] = []
    with chromium.browser(path) as browser:
        for _ in range(arguments.rounds):
            with tempfile.TemporaryDirectory(prefix="callwright-first-") as temporary:
                workspace = Path(temporary, "workspace")
                with chromium.serve(workspace, embedder=arguments.embedder) as server:
                    starts.append(_start(browser, server, waits))
    waits.sort()
    columns = [
        "the app answers, s",
        "page open, s",
        "first answer, s",
        "CPU s",
        "CPU ms a question",
        "peak MB",
    ]
    slow = share(waits, 95)
    return Report(
        title="From the command to the first answer, on the sample APIs",
        tables=[
            Table("A fresh workspace", columns, starts),
            Table(
                "Enter to the call, page open",
                ["questions", "p50 ms", "p95 ms"],
                [(len(waits), round(share(waits, 50)), round(slow))],
            ),
        ],
        notes=[
            f"Embedder: {arguments.embedder}. Seconds of the wall, from the start of Streamlit."
        ],
        problems=[f"One question in 20 waits {slow:.0f} ms or more."]
        if slow > _MOST_MILLISECONDS
        else [],
    )


def _start(browser: Any, server: Server, waits: list[float]) -> tuple[float | int, ...]:
    """Start, open, ask; then ask the other questions, and add what these took."""
    server.wait()
    answers = time.monotonic()
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.address}/chat")
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=120_000)
    opened = time.monotonic()
    _ask(page, 1, _QUESTIONS[0])
    first, cpu = time.monotonic(), server.cpu_seconds()
    waits += _others(page)
    each = (server.cpu_seconds() - cpu) / (len(_QUESTIONS) - 1) * 1000
    megabytes = server.peak_megabytes()
    page.close()
    moments = (answers, opened, first)
    seconds = (round(at - server.started, 1) for at in moments)
    return (*seconds, round(cpu, 1), round(each), round(megabytes))


def _others(page: Any) -> Iterator[float]:
    """Milliseconds that each of the other questions waits for its answer."""
    for number, question in enumerate(_QUESTIONS[1:], 2):
        started = time.monotonic()
        _ask(page, number, question)
        yield (time.monotonic() - started) * 1000


def _ask(page: Any, number: int, question: str) -> None:
    """Ask, and wait until the answer is on the page: a call, or that nothing fits."""
    field = page.get_by_test_id("stChatInputTextArea")
    field.fill(question)
    field.press("Enter")
    said = page.get_by_test_id("stChatMessage").nth(2 * number - 1)
    said.get_by_test_id("stCode").or_(said.get_by_test_id("stAlert")).first.wait_for(timeout=60_000)
