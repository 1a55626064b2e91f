"""What scores let pass: calls with one mistake, held against the right ones in ten languages.

The mistakes are a wrong method, a renamed query parameter, and another operation of the same API;
the calls are those of the sample APIs and of the documents of API Pack's instructions, with its
placeholders. Ours accepts a call if it is the wanted request. Our likeness is held against that of
``difflib`` on random pairs of the same texts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from benchmarks import archive
from benchmarks.level3 import read_tasks
from benchmarks.report import Cell, Report, Table, percent
from core.errors import CallwrightError
from core.known_documents import KnownDocuments
from core.metrics import published
from core.metrics.request_score import Wanted, score
from core.metrics.similarity import THRESHOLD, is_similar
from core.openapi.document import Document, read_documents
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.parse import parse
from core.render import render
from core.request import Request
from core.samples import SAMPLES
from pipeline.evaluation.plan import PUBLISHED_CLIENTS
from pipeline.evaluation.question import request_for

_OTHER_METHOD = {"GET": "DELETE", "DELETE": "GET", "POST": "PUT", "PUT": "POST", "PATCH": "POST"}


@dataclass(frozen=True)
class Pair:
    """A right call, and one that is wrong in one way; or the right one again."""

    kind: str
    wanted: Wanted
    given: Request
    known: KnownDocuments


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--pairs", type=int, default=10_000, metavar="N", help="for the likeness")


def run(arguments: argparse.Namespace) -> Report:
    documents = [*read_documents(SAMPLES), *_documents(arguments)]
    pairs = [pair for document in documents for pair in _pairs(document)][:: arguments.every]
    counts: dict[tuple[str, str], Counter[str]] = {}
    texts: list[str] = []
    problems: list[str] = []
    for pair in pairs:
        for language, client in PUBLISHED_CLIENTS.items():
            wanted, given = render(pair.wanted.request, client), render(pair.given, client)
            texts.append(wanted)
            theirs = published.score(given, wanted, language)
            ours = score(parse(given, language).request, pair.wanted, pair.known)
            for name in ("all", language):
                counted = counts.setdefault((pair.kind, name), Counter())
                counted["n"] += 1
                counted["intent"] += theirs.intent
                counted["call"] += theirs.call
                counted["ours"] += ours.status == "right"
            if (ours.status == "right") != (pair.kind == "the right call"):
                problems.append(f"{pair.kind}, {language}: {pair.wanted.operation.label}")
    rows: list[list[Cell]] = [
        [kind, language, found["n"], *(percent(found[key], found["n"]) for key in _ACCEPTED)]
        for (kind, language), found in counts.items()
        if language == "all" or kind == "wrong method"
    ]
    columns = ("call", "language", "pairs", "paper: intent", "paper: API call", "ours: right")
    return Report(
        "Accepted calls, by the paper's scores and by ours",
        [
            Table(f"{len(documents)} documents", columns, rows),
            _likeness(texts, arguments.pairs),
        ],
        ["A score should accept the right call always and the others never."],
        problems[:20],
    )


_ACCEPTED = ("intent", "call", "ours")


def _documents(arguments: argparse.Namespace) -> list[Document]:
    tasks, _ = read_tasks(archive.archive(arguments.data))
    return list(dict.fromkeys(task.operation.document for task in tasks))


def _pairs(document: Document) -> Iterator[Pair]:
    known = KnownDocuments([document])
    wanted = [
        Wanted(each, request)
        for each in operations(document)
        if isinstance(each, Operation) and (request := _request(each))
    ]
    for number, each in enumerate(wanted):
        following = wanted[(number + 1) % len(wanted)].request
        for kind, spoil in _MISTAKES.items():
            given = spoil(each.request, following)
            if given is not None and (given != each.request or kind == "the right call"):
                yield Pair(kind, each, given, known)


def _request(operation: Operation) -> Request | None:
    try:
        return request_for(operation, "published", {})
    except CallwrightError:
        return None


def _wrong_method(request: Request, _following: Request) -> Request | None:
    method = _OTHER_METHOD.get(request.method)
    return replace(request, method=method) if method else None


def _renamed_parameter(request: Request, _following: Request) -> Request | None:
    if not request.query:
        return None
    (name, value), *others = request.query
    return replace(request, query=((f"{name}Id", value), *others))


_MISTAKES: dict[str, Callable[[Request, Request], Request | None]] = {
    "the right call": lambda request, following: request,
    "wrong method": _wrong_method,
    "renamed query parameter": _renamed_parameter,
    "the next operation of the API": lambda request, following: following,
}


def _likeness(texts: Sequence[str], count: int) -> Table:
    """Our likeness beside that of ``difflib``: verdicts that are equal, and CPU seconds."""
    chance = random.Random(1)
    pairs = [(chance.choice(texts), chance.choice(texts)) for _ in range(count // 2)]
    pairs += [(one, _spoilt(one, chance)) for one in chance.choices(texts, k=count - len(pairs))]
    started = time.process_time()
    ours = [is_similar(one, other) for one, other in pairs]
    between = time.process_time()
    theirs = [SequenceMatcher(None, one, other).ratio() > THRESHOLD for one, other in pairs]
    ended = time.process_time()
    same = sum(one == other for one, other in zip(ours, theirs, strict=True))
    return Table(
        f"Likeness of {count:,} random pairs, half of them near",
        ("", "same verdict", "CPU s"),
        [["difflib", "", ended - between], ["ours", percent(same, count), between - started]],
    )


def _spoilt(text: str, chance: random.Random) -> str:
    """The text with up to a fifth of its lines taken out and put elsewhere."""
    lines = text.splitlines()
    for _ in range(chance.randint(1, max(1, len(lines) // 5))):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "\n".join(lines)
