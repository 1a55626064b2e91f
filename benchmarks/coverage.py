"""How much of the archive is rendered: documents, operations, clients; and whether it parses.

openapi-snippet 0.14 renders 61,979 of 67,919 operations (91.3 %) of the same archive, two Microsoft
Graph documents left out because each ran past a minute.
"""

from __future__ import annotations

import argparse
import os
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.bounded import Outcome, run_bounded
from benchmarks.report import Report, Table, percent
from benchmarks.syntax import parses
from core import batch
from core.batch import Call, Tally
from core.errors import CallwrightError
from core.openapi.document import Document, read_document
from core.openapi.listing import operations
from core.render import CLIENTS
from core.values import POLICIES

_THEIRS = (61_979, 67_919)
_THEY_LEAVE_OUT = ("microsoft.com/graph.json", "microsoft.com/graph-beta.json")
_SECONDS = 300


@dataclass
class Coverage:
    """One document: what was rendered, and how much of a sample parses."""

    tally: Tally
    num_bytes: int = 0
    parsed: Counter[str] = field(default_factory=Counter)
    """Calls that parse, by client."""
    broken: list[tuple[str, str, str]] = field(default_factory=list)
    """(client, operation, code) of calls that do not."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--values", choices=POLICIES, default="example")
    parser.add_argument(
        "--every-media-type",
        action="store_true",
        help="render each media type of a body, not only the preferred one",
    )
    parser.add_argument(
        "--syntax",
        type=_sample_size,
        default=10,
        metavar="N",
        help="parse the calls of N operations per document, or of “all” (default: 10)",
    )


def run(arguments: argparse.Namespace) -> Report:
    pick = batch.every_media_type if arguments.every_media_type else batch.preferred_media_type
    cover = partial(_cover, values=arguments.values, pick=pick, sample_size=arguments.syntax)
    outcomes = list(
        run_bounded(
            cover, archive.documents(arguments), workers=arguments.workers, seconds=_SECONDS
        )
    )
    found = [outcome.result for outcome in outcomes if outcome.result is not None]
    return Report(
        title=f"Coverage of the archive ({arguments.values} values)",
        tables=[_counts(found, outcomes), _by_client(found), _reasons(found)],
        notes=[_beside_theirs(found)],
        problems=[*_failures(outcomes), *_defects(found), *_broken_calls(found)],
    )


def _sample_size(text: str) -> int | None:
    return None if text == "all" else int(text)


def _cover(
    entry: Entry, values: str, pick: batch.PickMediaTypes, sample_size: int | None
) -> Coverage:
    """One document, in a worker process."""
    coverage = Coverage(Tally(entry.name))
    try:
        document = read_document(entry.path)
    except CallwrightError as error:
        coverage.tally.reason = str(error)
        return coverage
    sample = _sample(document, sample_size)
    for found in batch.calls(document, POLICIES[values](document), tuple(CLIENTS), pick):
        coverage.tally.count(found)
        if isinstance(found, Call):
            coverage.num_bytes += len(found.code.encode())
            if sample is None or coverage.tally.operations - 1 in sample:
                _parse(found, coverage)
    return coverage


def _sample(document: Document, size: int | None) -> set[int] | None:
    """Numbers of the operations whose calls are parsed, the same ones every time; ``None``: all."""
    if size is None:
        return None
    total = sum(1 for _ in operations(document))
    return set(random.Random(document.name).sample(range(total), min(size, total)))


def _parse(call: Call, coverage: Coverage) -> None:
    if parses(call.client, call.code):
        coverage.parsed[call.client] += 1
    else:
        coverage.broken.append((call.client, call.operation.label, call.code))


def _counts(found: list[Coverage], outcomes: list[Outcome[Entry, Coverage]]) -> Table:
    read = sum(not coverage.tally.reason for coverage in found)
    rendered, total = _rendered(found)
    calls = sum(coverage.tally.calls for coverage in found)
    return Table(
        "What was rendered",
        ("", "number", "share (95 % interval)"),
        [
            ("documents read", read, percent(read, len(outcomes))),
            ("operations in every client", rendered, percent(rendered, total)),
            ("operations left out", total - rendered, percent(total - rendered, total)),
            ("calls", calls, ""),
            ("megabytes of code", round(sum(c.num_bytes for c in found) / 1e6), ""),
        ],
    )


def _rendered(found: Iterable[Coverage]) -> tuple[int, int]:
    tallies = [coverage.tally for coverage in found]
    total = sum(tally.operations for tally in tallies)
    return total - sum(len(tally.dropped) for tally in tallies), total


def _by_client(found: list[Coverage]) -> Table:
    parsed, broken = Counter[str](), Counter[str]()
    for coverage in found:
        parsed.update(coverage.parsed)
        broken.update(client for client, _, _ in coverage.broken)
    rows = []
    for name, client in CLIENTS.items():
        checked = parsed[name] + broken[name]
        share = percent(parsed[name], checked)
        rows.append((name, client.api_pack_lang or "", parsed[name], checked, share))
    return Table(
        "Calls that parse in their language's grammar",
        ("client", "API Pack", "parse", "of", "share (95 % interval)"),
        rows,
    )


def _reasons(found: list[Coverage]) -> Table:
    reasons = batch.reasons(coverage.tally for coverage in found)
    return Table(
        "Why something was left out",
        ("times", "reason"),
        [(count, reason) for reason, count in reasons.most_common()],
    )


def _beside_theirs(found: list[Coverage]) -> str:
    rendered, total = _rendered(c for c in found if c.tally.document not in _THEY_LEAVE_OUT)
    return (
        f"Without the two Microsoft Graph documents: {percent(rendered, total)} of {total:,} "
        f"operations; openapi-snippet 0.14: {percent(*_THEIRS)} of {_THEIRS[1]:,}."
    )


def _failures(outcomes: list[Outcome[Entry, Coverage]]) -> list[str]:
    return [f"{outcome.task.name}: {outcome.failure}" for outcome in outcomes if outcome.failure]


def _defects(found: list[Coverage]) -> list[str]:
    return [
        f"{coverage.tally.document}, {dropped.where}: {dropped.reason}"
        for coverage in found
        for dropped in coverage.tally.dropped
        if dropped.reason.startswith(batch.UNEXPECTED)
    ]


def _broken_calls(found: list[Coverage]) -> list[str]:
    """The first call of each client that does not parse."""
    first: dict[str, str] = {}
    for coverage in found:
        for client, label, code in coverage.broken:
            first.setdefault(client, f"{coverage.tally.document}, {label} in {client}:\n{code}")
    return list(first.values())
