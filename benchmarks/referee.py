"""Whether an outside judge agrees: Prism's validation of the same calls beside our verdicts.

The filled calls of every operation of the examples and of a seeded sample of the archive, the same
calls with a planted mistake, and the calls that answer the bundled questions are sent to Prism,
which runs on the document, on this machine only. Where the two disagree, a known difference must
explain it; one that none explains is a problem.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks import archive
from benchmarks.answered import Answered, answered_calls
from benchmarks.archive import Entry
from benchmarks.disagreement import Case, explained
from benchmarks.filled import filled_calls
from benchmarks.mistakes import MISTAKES
from benchmarks.npm import installed
from benchmarks.prism import PACKAGE, Prism, prism
from benchmarks.report import Report, Table, percent
from core.check import check
from core.errors import CallwrightError
from core.openapi.document import Document, read_document
from core.openapi.operation import Operation
from core.request import MultipartBody, Request

_EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
_MOST_BYTES = 1_000_000
_RIGHT = "nothing"
_ASKED = "nothing, but asked in words"
_refers_elsewhere = re.compile(rb'"\$ref"\s*:\s*"[^"#]').search


@dataclass
class Found:
    """One document."""

    name: str
    cases: list[Case] = field(default_factory=list)
    failure: str = ""
    """Why Prism says nothing about it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="cache folder of the archive")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--documents",
        type=int,
        default=40,
        metavar="N",
        help="so many documents of the archive beside the examples (default: 40)",
    )
    parser.add_argument(
        "--operations",
        type=int,
        default=40,
        metavar="N",
        help="at most so many operations of each (default: 40)",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N")


def run(arguments: argparse.Namespace) -> Report:
    modules = installed(PACKAGE, archive.cache_dir(arguments.data) / "prism")
    entries = [*_examples(), *_sample(arguments)]
    answered = answered_calls()
    ask = partial(_ask, modules=modules, most=arguments.operations, answered=answered)
    with ThreadPoolExecutor(arguments.workers) as pool:
        found = list(pool.map(ask, entries))
    cases = [case for each in found for case in each.cases]
    reasons, unexplained = explained([case for case in cases if not case.agreed])
    failures = [each for each in found if each.failure]
    return Report(
        title=f"Our verdicts beside {PACKAGE}",
        tables=[
            _agreement(cases),
            Table("Why they disagree", ("calls", "reason", "for example"), reasons),
            Table(
                "Documents that Prism says nothing about",
                ("document", "why"),
                [(each.name, each.failure) for each in failures],
            ),
        ],
        notes=[
            f"{len(found) - len(failures)} documents, {len(cases):,} calls.",
            f"Of {len(answered)} bundled questions that have an answer, "
            f"{sum(case.mistake == _ASKED for case in cases)} calls were sent.",
        ],
        problems=[str(case) for case in unexplained],
    )


def _examples() -> Iterator[Entry]:
    for path in sorted(_EXAMPLES.iterdir()):
        yield Entry(path.name, path / "openapi.yaml" if path.is_dir() else path)


def _sample(arguments: argparse.Namespace) -> list[Entry]:
    """Documents of the archive that stand alone: Prism follows references to other addresses."""
    folder = archive.archive(arguments.data)
    paths = [path for path in sorted(folder.rglob("*.json")) if path.stat().st_size < _MOST_BYTES]
    random.Random(arguments.seed).shuffle(paths)
    alone = (path for path in paths if not _refers_elsewhere(path.read_bytes()))
    return [
        Entry(path.relative_to(folder).as_posix(), path)
        for path, _ in zip(alone, range(arguments.documents), strict=False)
    ]


def _ask(entry: Entry, modules: Path, most: int, answered: list[Answered]) -> Found:
    """One document: its calls, right, planted and asked for, by both judges."""
    found = Found(entry.name)
    try:
        document = read_document(entry.path)
        with prism(entry.path, modules) as judge:
            found.cases = [
                *_cases(entry, document, judge, most),
                *_asked(entry, document, judge, answered),
            ]
    except (CallwrightError, httpx.HTTPError) as error:
        found.failure = str(error) or type(error).__name__
    return found


def _cases(entry: Entry, document: Document, judge: Prism, most: int) -> Iterator[Case]:
    built = list(filled_calls(document))
    draw = random.Random(entry.name)
    for operation, request in draw.sample(built, min(most, len(built))):
        for mistake, sent in _variants(operation, request, built, draw):
            if _is_answered(sent):
                ruling = judge.ask(sent, _base_path(operation, sent))
                verdict = check(sent, document)
                yield Case(f"{entry.name}, {operation.label}", mistake, sent, verdict, ruling)


def _asked(
    entry: Entry, document: Document, judge: Prism, answered: list[Answered]
) -> Iterator[Case]:
    """The calls that answer questions about this document."""
    for question, operation, request in answered:
        if operation.document.sha256 == document.sha256 and _is_answered(request):
            ruling = judge.ask(request, _base_path(operation, request))
            verdict = check(request, document)
            yield Case(f"{entry.name}, “{question}”", _ASKED, request, verdict, ruling)


def _variants(
    operation: Operation,
    request: Request,
    built: list[tuple[Operation, Request]],
    draw: random.Random,
) -> Iterator[tuple[str, Request]]:
    yield _RIGHT, request
    for name, plant in MISTAKES.items():
        mistaken = plant(operation, request, built, draw)
        if mistaken is not None:
            yield name, mistaken


def _is_answered(request: Request) -> bool:
    """Whether Prism 5.14 says what it thinks: HEAD has no answer to say it in, and a part without
    a content type ends it with an exception.
    """
    parts = request.body.parts if isinstance(request.body, MultipartBody) else ()
    return request.method != "HEAD" and all(part.media_type for part in parts)


def _base_path(operation: Operation, request: Request) -> str:
    """The path of the server that a call goes to."""
    paths = [urlsplit(server.url).path.rstrip("/") for server in operation.servers]
    return max((path for path in paths if request.path.startswith(path)), key=len, default="")


def _agreement(cases: list[Case]) -> Table:
    rows = []
    for mistake in (_RIGHT, _ASKED, *MISTAKES):
        planted = [case for case in cases if case.mistake == mistake]
        counts = Counter((case.verdict.is_legal, case.ruling.accepts) for case in planted)
        rows.append(
            (
                mistake,
                len(planted),
                percent(counts[True, True] + counts[False, False], len(planted)),
                counts[True, True],
                counts[False, False],
                counts[False, True],
                counts[True, False],
            )
        )
    columns = (
        "planted",
        "calls",
        "agreement",
        "both accept",
        "both refuse",
        "only we refuse",
        "only Prism refuses",
    )
    return Table("Agreement", columns, rows)
