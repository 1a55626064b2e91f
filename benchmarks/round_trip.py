"""Whether every rendered call reads back to the very request that it came from.

``parse(render(request)) == request`` for every operation of the archive, in three clients drawn
for each operation (seeded by its label), or in all of them with ``--full``.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.bounded import run_bounded
from benchmarks.filled import filled_calls
from benchmarks.report import Report, Table, percent
from core.errors import CallwrightError
from core.openapi.document import read_document
from core.openapi.operation import Operation
from core.parse import parse
from core.render import CLIENTS
from core.request import Request
from core.values import POLICIES

_SAMPLED = 3
_SECONDS = 600


@dataclass
class Trips:
    """One document: how many calls came back, and the first that did not, by client."""

    back: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    seconds: defaultdict[str, float] = field(default_factory=partial(defaultdict, float))
    """Spent parsing, by client."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--values", choices=POLICIES, default="example")
    parser.add_argument("--full", action="store_true", help="every client for every operation")


def run(arguments: argparse.Namespace) -> Report:
    travel = partial(_travel, values=arguments.values, full=arguments.full)
    outcomes = list(
        run_bounded(
            travel, archive.documents(arguments), workers=arguments.workers, seconds=_SECONDS
        )
    )
    found = [outcome.result for outcome in outcomes if outcome.result is not None]
    failures = [f"{each.task.name}: {each.failure}" for each in outcomes if each.failure]
    return Report(
        title=f"Calls read back to their requests ({arguments.values} values)",
        tables=[_by_client(found)],
        problems=[*failures, *_first_lost(found)],
    )


def _travel(entry: Entry, values: str, full: bool) -> Trips:
    """One document, in a worker process."""
    trips = Trips()
    try:
        document = read_document(entry.path)
    except CallwrightError:
        return trips  # the coverage benchmark counts it
    for operation, request in filled_calls(document, values):
        names = list(CLIENTS)
        if not full:
            names = random.Random(operation.label).sample(names, _SAMPLED)
        for name in names:
            _count(trips, name, operation, request)
    return trips


def _count(trips: Trips, name: str, operation: Operation, request: Request) -> None:
    client = CLIENTS[name]
    code = client.render(request)
    started = time.process_time()
    parsed = parse(code, client.language)
    trips.seconds[name] += time.process_time() - started
    if parsed.request == request and not parsed.unknowns:
        trips.back[name] += 1
        return
    trips.lost[name] += 1
    said = parsed.reason or f"{parsed.request}"
    trips.first.setdefault(name, f"{operation.label}:\n{code}\nwas {request}\nread as {said}")


def _by_client(found: list[Trips]) -> Table:
    rows = []
    for name in CLIENTS:
        back = sum(trips.back[name] for trips in found)
        total = back + sum(trips.lost[name] for trips in found)
        seconds = sum(trips.seconds[name] for trips in found)
        micros = round(1e6 * seconds / total) if total else 0
        rows.append((name, back, total, percent(back, total), micros))
    columns = ("client", "back", "of", "share (95 % interval)", "µs to parse")
    return Table("Calls that come back equal", columns, rows)


def _first_lost(found: list[Trips]) -> Iterator[str]:
    """The first call of each client that came back different."""
    first: dict[str, str] = {}
    for trips in found:
        for name, text in trips.first.items():
            first.setdefault(name, text)
    for name, text in first.items():
        yield f"{name}, {text}"
