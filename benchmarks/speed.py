"""How fast parsed documents become text in API Pack's ten clients, beside openapi-snippet.

Both sides render the same operations of the same documents: those that openapi-snippet 0.14
finishes, in one warm node process. Reading and parsing files is not timed. DocuSign stands apart:
openapi-snippet expands its schemas without end, ours end at 16 KB a body.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.npm import installed
from benchmarks.report import Cell, Report, Table
from core import batch
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.render import CLIENTS
from core.request import FORM_MEDIA_TYPE, JSON_MEDIA_TYPE, MULTIPART_MEDIA_TYPE
from core.values import PublishedValues

_ENDLESS = ("microsoft.com/graph.json", "microsoft.com/graph-beta.json")
"""Documents on which openapi-snippet runs past a minute."""
_HEAVY = "docusign.net.json"
_PACKAGE = "openapi-snippet@0.14.0"
_DRIVER = Path(__file__).with_name("openapi_snippet.cjs")
_CLIENTS = tuple(name for name, client in CLIENTS.items() if client.api_pack_lang)


@dataclass(frozen=True)
class Work:
    """One document, and the operations that openapi-snippet does not manage."""

    entry: Entry
    failed: frozenset[tuple[str, str]]


@dataclass
class Watch:
    """Time that one process spent rendering."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def start(self) -> None:
        self.seconds -= time.perf_counter()
        self.cpu_seconds -= time.process_time()

    def stop(self) -> None:
        self.seconds += time.perf_counter()
        self.cpu_seconds += time.process_time()

    def add(self, other: Watch) -> None:
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds


@dataclass(frozen=True)
class Rendered:
    """What became of one document, on either side."""

    name: str
    watch: Watch
    operations: int
    snippets: int
    num_bytes: int
    worker: int = 0
    """Process id, for ours."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument(
        "--workers",
        type=lambda text: [int(number) for number in text.split(",")],
        default=[1, 2],
        metavar="A,B",
        help="numbers of processes to measure ours with (default: 1,2)",
    )
    parser.add_argument(
        "--modules",
        type=Path,
        metavar="DIR",
        help="folder whose node_modules hold openapi-snippet (default: installed in the cache)",
    )


def run(arguments: argparse.Namespace) -> Report:
    entries = [entry for entry in archive.documents(arguments) if entry.name not in _ENDLESS]
    with tempfile.TemporaryDirectory() as scratch:
        modules = arguments.modules or archive.cache_dir(arguments.data) / "node"
        theirs, works = _theirs(entries, installed(_PACKAGE, modules), Path(scratch))
    sides = {"openapi-snippet, warm": theirs}
    for workers in arguments.workers:
        sides[f"Callwright, {workers} worker{'s' if workers > 1 else ''}"] = _ours(works, workers)
    return Report(
        title="From parsed document to text in ten clients",
        tables=[
            _table("All documents", sides, lambda name: True),
            _table("Without DocuSign", sides, lambda name: name != _HEAVY),
        ],
        notes=[
            f"{len(works)} documents; {sum(len(work.failed) for work in works):,} operations that "
            "openapi-snippet does not render are left out on both sides.",
            "Times are those of the busiest process, rendering only; CPU seconds where the machine "
            "is shared. Published values on both sides; a body of ours ends at 16 KB, one of "
            "theirs does not.",
        ],
    )


def _theirs(
    entries: Sequence[Entry], modules: Path, scratch: Path
) -> tuple[list[Rendered], list[Work]]:
    """Renders with openapi-snippet, and learns which operations it does not manage."""
    tasks, results = scratch / "tasks.json", scratch / "results.jsonl"
    tasks.write_text(json.dumps([{"name": e.name, "path": str(e.path)} for e in entries]))
    command = ["node", "--max-old-space-size=8192", *map(str, (_DRIVER, modules, tasks, results))]
    subprocess.run(command, check=True)
    rendered, works = [], []
    for entry, line in zip(entries, results.open(encoding="utf-8"), strict=True):
        row = json.loads(line)
        failed = frozenset((path, method.upper()) for path, method in row["failed"])
        done = row["operations"] - len(failed)
        works.append(Work(entry, failed))
        watch = Watch(row["seconds"], row["cpu_seconds"])
        rendered.append(Rendered(entry.name, watch, done, row["snippets"], row["bytes"]))
    return rendered, works


def _ours(works: Iterable[Work], workers: int) -> list[Rendered]:
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_render, works))


def _render(work: Work) -> Rendered:
    """One document, in a worker process."""
    root = orjson.loads(work.entry.path.read_bytes())
    num_operations = num_snippets = num_bytes = 0
    watch = Watch()
    watch.start()
    document = Document(root, name=work.entry.name)
    values = PublishedValues(document)
    for operation in operations(document):
        if not isinstance(operation, Operation) or _key(operation) in work.failed:
            continue
        calls = list(batch.operation_calls(operation, values, _CLIENTS, _their_media_types))
        watch.stop()
        num_operations += 1
        num_snippets += len(calls)
        num_bytes += sum(len(call.code.encode()) for call in calls)
        watch.start()
    watch.stop()
    return Rendered(work.entry.name, watch, num_operations, num_snippets, num_bytes, os.getpid())


def _key(operation: Operation) -> tuple[str, str]:
    return operation.path, operation.method


def _their_media_types(operation: Operation) -> Sequence[str | None]:
    """Those of a body that openapi-snippet renders, each on its own; else the preferred one."""
    offered = {media_type.name for media_type in operation.media_types if media_type.schema}
    known = (JSON_MEDIA_TYPE, FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE)
    return [name for name in known if name in offered] or batch.preferred_media_type(operation)


def _table(title: str, sides: dict[str, list[Rendered]], wanted: Callable[[str], bool]) -> Table:
    rows: list[list[Cell]] = []
    theirs: Watch | None = None
    for side, found in sides.items():
        kept = [rendered for rendered in found if wanted(rendered.name)]
        watch = _busiest(kept)
        theirs = theirs or watch
        snippets = sum(rendered.snippets for rendered in kept)
        rows.append(
            [
                side,
                watch.seconds,
                f"{theirs.seconds / watch.seconds:.2f}x",
                watch.cpu_seconds,
                f"{theirs.cpu_seconds / watch.cpu_seconds:.2f}x",
                sum(rendered.operations for rendered in kept),
                snippets,
                round(sum(rendered.num_bytes for rendered in kept) / 1e6),
            ]
        )
    columns = ("", "seconds", "speed", "CPU s", "speed", "operations", "snippets", "MB")
    return Table(title, columns, rows)


def _busiest(found: Iterable[Rendered]) -> Watch:
    """The most time that one of the processes took."""
    watches: dict[int, Watch] = defaultdict(Watch)
    for rendered in found:
        watches[rendered.worker].add(rendered.watch)
    return Watch(
        max(watch.seconds for watch in watches.values()),
        max(watch.cpu_seconds for watch in watches.values()),
    )
