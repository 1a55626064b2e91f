"""Spoilt documents through everything: whatever they hold, there is an answer, and soon.

Real documents and the examples are damaged at random (values, types, references, bytes), read,
listed, built and rendered. With ``--code`` calls are damaged (tokens, bytes, brackets in brackets,
pieces over and over) and read back. An exception that is no sentence for the person at the screen,
or more than ten seconds, is a problem; ``--case N`` repeats one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path

from benchmarks import archive
from benchmarks.archive import Entry
from benchmarks.bounded import Outcome, run_bounded
from benchmarks.damage import damaged
from benchmarks.filled import filled_calls
from benchmarks.mutate import mutated
from benchmarks.report import Report, Table
from core.build import Choices, build
from core.check import check
from core.errors import CallwrightError
from core.har import har
from core.openapi.document import Document, documents_of
from core.openapi.files import read_upload
from core.openapi.listing import operations
from core.openapi.operation import Dropped, Operation
from core.parse import LANGUAGES, guess_language, parse
from core.render import CLIENTS
from core.request import Request
from core.values import POLICIES

_EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
_SECONDS = 10.0
_MOST_BYTES = 200_000
_MOST_OPERATIONS = 25
_MEMORY = 3 * 1024**3
_SPOILT_CALLS = 6
"""Of one document, each in a client drawn for it."""
_place_in_traceback = re.compile(r'File "[^"]*/(\w+/\w+\.py)", line (\d+)')

Spoil = Callable[[int, list[Entry]], Counter[str]]
"""Runs the case of that number and counts what was met on the way."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="cache folder of the archive")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--code", action="store_true", help="spoil calls, not documents")
    parser.add_argument("--minutes", type=float, default=10.0, metavar="M")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first case's number")
    parser.add_argument("--case", type=int, metavar="N", help="only this one; errors come through")


def run(arguments: argparse.Namespace) -> Report:
    entries = _entries(arguments.data)
    spoil = spoil_and_read if arguments.code else spoil_and_use
    if arguments.case is not None:
        return Report(f"Case {arguments.case}", [_counts(spoil(arguments.case, entries))])
    run_case = partial(_run_case, entries=entries, spoil=spoil)
    cases = _numbers(arguments.seed, time.monotonic() + 60 * arguments.minutes)
    total, seconds = Counter[str](), Counter[int]()
    findings: dict[str, list[Outcome[int, Counter[str]]]] = {}
    for outcome in run_bounded(run_case, cases, workers=arguments.workers, seconds=_SECONDS):
        total["cases"] += 1
        if outcome.result is None:
            findings.setdefault(_kind(outcome.failure), []).append(outcome)
        else:
            seconds[outcome.task] = outcome.result.pop("microseconds")
            total.update(outcome.result)
    return Report(
        title=f"Spoilt {'code' if arguments.code else 'documents'}, {arguments.minutes:g} minutes",
        tables=[
            _counts(total),
            Table(
                "The slowest cases",
                ("case", "seconds"),
                [(str(case), spent / 1e6) for case, spent in seconds.most_common(3)],
            ),
        ],
        notes=[f"From {len(entries)} documents. Findings: {len(findings)}."],
        problems=[_described(kind, outcomes, arguments) for kind, outcomes in findings.items()],
    )


def _entries(cache: Path | None) -> list[Entry]:
    """The examples and a sample of the archive, in the same order every time."""
    folder = archive.archive(cache)
    small = [p for p in sorted(folder.rglob("*.json")) if p.stat().st_size < _MOST_BYTES]
    examples = [path for path in sorted(_EXAMPLES.rglob("*")) if path.is_file()]
    return [Entry(path.name, path) for path in [*examples * 5, *small[::5]]]


def _numbers(first: int, deadline: float) -> Iterator[int]:
    for number in count(first):
        if time.monotonic() > deadline:
            return
        yield number


def _run_case(number: int, entries: list[Entry], spoil: Spoil) -> Counter[str]:
    """One case, in a worker process that may not take all memory."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    return spoil(number, entries)


def spoil_and_use(number: int, entries: list[Entry]) -> Counter[str]:
    """One spoilt document through everything, and what was met on the way."""
    rng = random.Random(number)
    entry = rng.choice(entries)
    data = mutated(entry.path.read_bytes(), rng)
    found = Counter[str]()
    started = time.perf_counter()
    try:
        for document in documents_of(read_upload(entry.name, data)):
            found["documents read"] += 1
            _use(document, found)
    except CallwrightError:
        found["documents refused"] += 1
    found["microseconds"] = round(1e6 * (time.perf_counter() - started))
    return found


def _use(document: Document, found: Counter[str]) -> None:
    assert f"{document.title} {document.api_version} {document.description}"
    for operation in islice(operations(document), _MOST_OPERATIONS):
        if isinstance(operation, Dropped):
            found["operations left out"] += 1
        else:
            found["operations"] += 1
            assert operation.code_samples is not None
            _call(operation, found)


def _call(operation: Operation, found: Counter[str]) -> None:
    """Every policy, media type and security alternative, in every client."""
    for policy in POLICIES.values():
        values = policy(operation.document)
        for choices in _choices(operation):
            try:
                request = build(operation, values, choices=choices).request
            except CallwrightError:
                found["calls refused"] += 1
                continue
            assert har(request)
            found[f"verdict {check(request, operation.document).status}"] += 1
            for client in CLIENTS.values():
                assert client.render(request)
                found["calls"] += 1


def _choices(operation: Operation) -> Iterator[Choices]:
    yield Choices(required_only=True)
    for media_type in operation.media_types or [None]:
        yield Choices(media_type=media_type.name if media_type else None)
    for index in range(1, len(operation.security)):
        yield Choices(security=index)


def spoil_and_read(number: int, entries: list[Entry]) -> Counter[str]:
    """Calls of one document, spoilt and read back, now and then as another language."""
    rng = random.Random(number)
    entry = rng.choice(entries)
    found = Counter[str]()
    started = time.perf_counter()
    for document, request in islice(_calls(entry), _SPOILT_CALLS):
        client = rng.choice(list(CLIENTS.values()))
        other = rng.choice(list(LANGUAGES))
        code = damaged(client.render(request), rng)
        assert guess_language(code) in LANGUAGES
        _read(code, other if rng.random() < 0.1 else client.language, document, found)
    found["microseconds"] = round(1e6 * (time.perf_counter() - started))
    return found


def _calls(entry: Entry) -> Iterator[tuple[Document, Request]]:
    try:
        documents = list(documents_of(read_upload(entry.name, entry.path.read_bytes())))
    except CallwrightError:
        return
    for document in documents:
        for _, request in filled_calls(document):
            yield document, request


def _read(code: str, language: str, document: Document, found: Counter[str]) -> None:
    parsed = parse(code, language)
    if parsed.request is None:
        assert parsed.reason.endswith(".")
        found["calls without a request"] += 1
        return
    assert not parsed.reason
    lines = code.count("\n") + 1
    assert all(0 <= unknown.line <= lines for unknown in parsed.unknowns)
    found["calls read"] += 1
    found["unknown values"] += len(parsed.unknowns)
    found[f"verdict {check(parsed.request, document).status}"] += 1


def _counts(total: Counter[str]) -> Table:
    return Table("What happened", ("", "number"), list(total.most_common()))


def _kind(failure: str) -> str:
    """A failure without what differs from case to case: its last line and place."""
    places = _place_in_traceback.findall(failure)
    where = f"{places[-1][0]}:{places[-1][1]}: " if places else ""
    return where + failure.strip().splitlines()[-1][:200]


def _described(
    kind: str, outcomes: list[Outcome[int, Counter[str]]], arguments: argparse.Namespace
) -> str:
    numbers = ", ".join(str(outcome.task) for outcome in outcomes[:5])
    mode = " --code" if arguments.code else ""
    again = f"python -m benchmarks fuzz{mode} --case {outcomes[0].task}"
    return f"{kind}\n  {len(outcomes)} cases ({numbers}); again: {again}\n{outcomes[0].failure}"
