"""How fast documents come into a workspace, and how fast 100,000 operations are searched then.

Limits: at 100,000 operations a search answers within 50 ms (p95) and a restart within 5 s, and
nothing takes more than 1,500 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.fresh import Measured, in_fresh_process
from benchmarks.report import Report, Table
from core.intake import import_files
from core.openapi.files import read_path, read_upload
from core.openapi.listing import METHODS
from core.retrieval.workspace_index import WorkspaceIndex, build_index
from core.settings import Settings
from core.store.database import open_store
from core.store.sources import Source

_SEED = 20
_QUESTIONS = 200
_MOST_SEARCH_MILLISECONDS = 50
_MOST_RESTART_SECONDS = 5
_MOST_MEGABYTES = 1_500
_NEWCOMER = b"""{"openapi": "3.1.0", "info": {"title": "Newcomer", "version": "1"},
"paths": {"/quokkas": {"get": {"summary": "List the quokkas"}}}}"""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[1_000, 10_000, 100_000],
        metavar="A,B",
        help="operations to import (default: 1000,10000,100000)",
    )


def run(arguments: argparse.Namespace) -> Report:
    counted = counted_documents(archive.documents(arguments))
    rows: list[tuple[str | int | float, ...]] = []
    searches: list[tuple[str | int | float, ...]] = []
    problems: list[str] = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="callwright-import-") as temporary:
            folder, workspace = Path(temporary, "documents"), Path(temporary, "workspace")
            num_documents = collect(folder, counted, size)
            imported = in_fresh_process(import_folder, workspace, folder)
            built = in_fresh_process(build, workspace)
            started = time.monotonic()
            restarted = in_fresh_process(_restart, workspace, started)
            searched = in_fresh_process(_search, workspace)
        num_operations = imported.result
        rows.append((num_operations, num_documents, *_costs(imported)))
        searches.append(
            (
                num_operations,
                built.seconds,
                restarted.result,
                *searched.result,
                max(built.megabytes, restarted.megabytes, searched.megabytes),
            )
        )
        problems += _too_much(num_operations, imported, restarted.result, searched)
    return Report(
        title="Documents of the archive into a workspace on SQLite",
        tables=[
            Table(
                "Import, each in a fresh process; rates are operations",
                (
                    "operations",
                    "documents",
                    "seconds",
                    "CPU s",
                    "per second",
                    "per CPU s",
                    "peak MB",
                ),
                rows,
            ),
            Table(
                "Search: milliseconds per key, p50 and p95, while questions are typed",
                ("operations", "index s", "restart s", "p50", "p95", "new found ms", "peak MB"),
                searches,
            ),
        ],
        notes=[
            "Restart: from the start of a process to its first answer. New found: from the end "
            "of one document's import to its first operation in a search."
        ],
        problems=problems,
    )


def _costs(imported: Measured[int]) -> tuple[float, float, int, int, float]:
    return (
        imported.seconds,
        imported.cpu_seconds,
        round(imported.result / imported.seconds),
        round(imported.result / imported.cpu_seconds),
        imported.megabytes,
    )


def _too_much(
    size: int,
    imported: Measured[int],
    restart_seconds: float,
    searched: Measured[tuple[float, float, float]],
) -> Iterator[str]:
    peak = max(imported.megabytes, searched.megabytes)
    if peak > _MOST_MEGABYTES:
        yield f"{size:,} operations take {peak:,.0f} MB, more than {_MOST_MEGABYTES:,}."
    if restart_seconds > _MOST_RESTART_SECONDS:
        yield f"A restart with {size:,} operations takes {restart_seconds:.1f} s."
    if searched.result[1] > _MOST_SEARCH_MILLISECONDS:
        yield f"One search in 20 of {size:,} operations takes {searched.result[1]:.0f} ms or more."


def counted_documents(entries: list[Entry]) -> list[tuple[Entry, int]]:
    """Documents in a shuffled order that is the same every time, with about their operations."""
    counted = []
    for entry in sorted(entries, key=lambda entry: entry.name):
        paths = orjson.loads(entry.path.read_bytes()).get("paths") or {}
        items = [item for item in paths.values() if isinstance(item, dict)]
        counted.append((entry, sum(name in METHODS for item in items for name in item)))
    random.Random(_SEED).shuffle(counted)
    return counted


def collect(folder: Path, counted: list[tuple[Entry, int]], size: int) -> int:
    """Put documents with so many operations, but no more, into a folder; how many they are."""
    chosen = []
    for entry, count in counted:
        if count <= size:
            size -= count
            chosen.append(entry)
    for entry in chosen:
        target = folder / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(entry.path, target)
        except OSError:  # another file system
            shutil.copyfile(entry.path, target)
    return len(chosen)


def import_folder(workspace: Path, folder: Path) -> int:
    with closing(open_store(Settings(workspace))) as store:
        result = import_files(store, read_path(folder), Source("upload", "archive"))
    return result.num_operations


def build(workspace: Path) -> bool:
    with closing(open_store(Settings(workspace))) as store:
        return build_index(store)


def _restart(workspace: Path, started: float) -> float:
    """Seconds from a moment of the parent's, which has the same clock, to the first answer."""
    with closing(open_store(Settings(workspace))) as store:
        WorkspaceIndex(store).search("cancel a booking")
    return time.monotonic() - started


def _search(workspace: Path) -> tuple[float, float, float]:
    """Milliseconds per key, p50 and p95, and until a new document is found."""
    with closing(open_store(Settings(workspace))) as store:
        index = WorkspaceIndex(store)
        chance = random.Random(_SEED)
        total = index.search("").total
        seconds = []
        for _ in range(_QUESTIONS):
            (hit,) = index.search("", offset=chance.randrange(total), limit=1).hits
            question = (hit.operation.summary or hit.operation.label)[:40]
            for end in range(1, len(question) + 1):
                started = time.perf_counter()
                index.search(question[:end], limit=50)
                seconds.append(time.perf_counter() - started)
        import_files(store, read_upload("new.json", _NEWCOMER), Source("upload", "new.json"))
        started = time.perf_counter()
        found = index.search("quokkas").hits[0].operation.path
        new_found = time.perf_counter() - started
        assert found == "/quokkas"
    seconds.sort()
    p50, p95 = seconds[len(seconds) // 2], seconds[len(seconds) * 95 // 100]
    return p50 * 1e3, p95 * 1e3, new_found * 1e3
