"""What verdicts say of right calls and of calls with a planted mistake.

Our own filled calls must be valid. Five kinds of mistake are planted in calls of the same
operations: none of them may come out as *valid and equal* to the call before, and each must be
illegal wherever the document decides it. Beside that stands what the paper's score accepts
(arXiv 2402.09615 section 4: ``SequenceMatcher`` ratio above 0.9 on the endpoint, and on the whole
call).
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import partial

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.bounded import run_bounded
from benchmarks.filled import filled_calls
from benchmarks.mistakes import MISTAKES
from benchmarks.report import Report, Table, percent
from core.check import check
from core.compare import compare
from core.errors import CallwrightError
from core.openapi.document import Document, read_document
from core.openapi.operation import Operation
from core.parse import parse
from core.render import CLIENTS
from core.request import Request
from core.route import match

_SECONDS = 600
_PUBLISHED = {name: client for name, client in CLIENTS.items() if client.api_pack_lang}
_SIMILAR = 0.9


@dataclass
class Found:
    """One document: verdicts on right calls, and on planted ones by kind."""

    right: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why a right call was not valid."""
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (mistake, outcome)."""
    undecided: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By (mistake, why the document does not forbid it)."""
    first: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    num_timed: int = 0


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--planted",
        type=int,
        default=5,
        metavar="N",
        help="plant mistakes in the calls of N operations per document (default: 5)",
    )


def run(arguments: argparse.Namespace) -> Report:
    judge = partial(_judge, num_planted=arguments.planted)
    outcomes = list(
        run_bounded(
            judge, archive.documents(arguments), workers=arguments.workers, seconds=_SECONDS
        )
    )
    found = [outcome.result for outcome in outcomes if outcome.result is not None]
    return Report(
        title="Verdicts on right and on planted calls",
        tables=[_right(found), _reasons(found), _planted(found), _undecided(found)],
        notes=[_speed(found)],
        problems=[
            *[f"{each.task.name}: {each.failure}" for each in outcomes if each.failure],
            *_accepted(found),
        ],
    )


def _judge(entry: Entry, num_planted: int) -> Found:
    """One document, in a worker process."""
    found = Found()
    try:
        document = read_document(entry.path)
    except CallwrightError:
        return found  # the coverage benchmark counts it
    built = list(filled_calls(document))
    for operation, request in built:
        verdict = check(request, document)
        found.right[verdict.status] += 1
        if verdict.status != "valid":
            blamed = next(each for each in verdict.findings if each.severity != "note")
            found.reasons[f"{blamed.kind}: {_shape(blamed.message)}"] += 1
            found.first.setdefault(str(blamed.kind), f"{entry.name}, {operation.label}")
    draw = random.Random(entry.name)
    for operation, request in draw.sample(built, min(num_planted, len(built))):
        _time(found, request, document)
        for name, plant in MISTAKES.items():
            mistaken = plant(operation, request, built, draw)
            if mistaken is not None:
                _judge_planted(found, name, mistaken, request, operation, entry)
    return found


def _time(found: Found, request: Request, document: Document) -> None:
    """Parsing ten languages and checking once: what one call costs on a board."""
    codes = [(client.render(request), client.language) for client in _PUBLISHED.values()]
    started = time.process_time()
    for code, language in codes:
        parse(code, language)
    check(request, document)
    found.seconds += time.process_time() - started
    found.num_timed += 1


def _judge_planted(
    found: Found, name: str, mistaken: Request, right: Request, operation: Operation, entry: Entry
) -> None:
    verdict = check(mistaken, operation.document)
    equal = not compare(mistaken, right)
    outcome = "valid and equal" if verdict.status == "valid" and equal else verdict.status
    found.planted[name, outcome] += 1
    found.planted[name, "all"] += 1
    if verdict.is_legal and not equal:
        found.undecided[name, _why_legal(mistaken, operation)] += 1
    if outcome == "valid and equal":
        found.first.setdefault(f"accepted {name}", f"{entry.name}, {operation.label}: {mistaken}")
    for client in _PUBLISHED.values():
        found.planted[name, "rendered"] += 1
        if _is_similar(mistaken.url, right.url):
            found.planted[name, "similar URL"] += 1
            if _is_similar(client.render(mistaken), client.render(right)):
                found.planted[name, "similar"] += 1


def _why_legal(mistaken: Request, operation: Operation) -> str:
    """What the document says that makes a mistake legal."""
    called = match(mistaken, operation.document).operation
    if called is not None and called.pointer != operation.pointer:
        return "it is another operation of the document, called rightly"
    return "the document does not restrict this value or member"


def _is_similar(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() > _SIMILAR


def _shape(message: str) -> str:
    """A message without its names and values, so that alike ones are counted together."""
    words = message.split("”")[-1] if "”" in message else message
    return words.strip(" .")[:60] or "see the document"


def _right(found: list[Found]) -> Table:
    total = sum(sum(each.right.values()) for each in found)
    rows = []
    for status in ("valid", "undecidable", "illegal"):
        hits = sum(each.right[status] for each in found)
        rows.append((status, hits, percent(hits, total)))
    return Table("Our own filled calls", ("verdict", "calls", "share (95 % interval)"), rows)


def _reasons(found: list[Found]) -> Table:
    reasons = sum((each.reasons for each in found), Counter[str]())
    first: dict[str, str] = {}
    for each in found:
        for name, where in each.first.items():
            first.setdefault(name, where)
    rows = [
        (count, reason, first.get(reason.partition(":")[0], ""))
        for reason, count in reasons.most_common(20)
    ]
    return Table("Why one was not valid", ("times", "reason", "for example"), rows)


def _planted(found: list[Found]) -> Table:
    counts = sum((each.planted for each in found), Counter[tuple[str, str]]())
    rows = []
    for name in MISTAKES:
        total = counts[name, "all"]
        rendered = counts[name, "rendered"]
        rows.append(
            (
                name,
                total,
                counts[name, "valid and equal"],
                percent(counts[name, "illegal"], total),
                counts[name, "undecidable"],
                counts[name, "valid"],
                percent(counts[name, "similar URL"], rendered),
                percent(counts[name, "similar"], rendered),
            )
        )
    columns = (
        "planted mistake",
        "calls",
        "valid and equal",
        "illegal",
        "undecidable",
        "legal but different",
        "URL similar > 0.9",
        "accepted by the paper's score",
    )
    return Table("Planted mistakes", columns, rows)


def _undecided(found: list[Found]) -> Table:
    counts = sum((each.undecided for each in found), Counter[tuple[str, str]]())
    rows = [(count, name, why) for (name, why), count in counts.most_common()]
    return Table("Why a planted mistake is not illegal", ("times", "mistake", "why"), rows)


def _speed(found: list[Found]) -> str:
    seconds = sum(each.seconds for each in found)
    total = sum(each.num_timed for each in found)
    cost = 1000 * seconds / total if total else 0.0
    return (
        f"Parsing the call in ten languages and checking it: {cost:.2f} ms per operation "
        f"({total:,} operations, one core)."
    )


def _accepted(found: list[Found]) -> Iterator[str]:
    for each in found:
        for name, text in each.first.items():
            if name.startswith("accepted"):
                yield f"{name}: {text}"
