"""How often a question is answered with the right call, without a language model.

Each set is asked within its API and among all sample APIs plus its own; halves for tuning and for
reporting are counted apart. “Entirely right” is the same operation and the same path, query and
body values; ``--without-meaning`` looks at words only.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks import archive, questions
from benchmarks.fitting import Example, fit
from benchmarks.questions import Api, Dataset, Item
from benchmarks.report import Cell, Report, Table, percent
from benchmarks.wanted import is_entirely_right
from core.answer import CONSIDERED, Answer, Grounded
from core.retrieval.embed import Embedder, load_embedder, passage_text
from core.retrieval.entry import entry_of
from core.retrieval.meaning import Meaning
from core.retrieval.rerank import Reranker
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import Vectors, embed_missing, open_vectors, vectors_folder
from core.settings import DEFAULT_EMBEDDER

T = TypeVar("T", "Ranked", "Asked")

_HALVES = {"reported": False, "tuned": True}


@dataclass(frozen=True)
class Ranked:
    """Operations in the order in which they were thought of for a question."""

    item: Item
    labels: Sequence[str]
    """Empty for those of other APIs."""

    @property
    def ranks(self) -> list[int]:
        """Where the right operations came, from 0."""
        return [rank for rank, label in enumerate(self.labels) if label in self.item.wanted]

    @property
    def is_first(self) -> bool:
        """Whether the first operation is a right one."""
        return 0 in self.ranks

    def recall(self, count: int) -> float:
        """The share of the right operations among the first ones."""
        return sum(rank < count for rank in self.ranks) / len(self.item.wanted)


@dataclass(frozen=True)
class Asked:
    """One question, asked and answered."""

    item: Item
    answer: Answer
    seconds: float

    @property
    def ranked(self) -> Ranked:
        """The calls by their operations."""
        api = self.item.api
        labels = [
            call.operation.label if api and call.operation.document is api.document else ""
            for call in self.answer.calls
        ]
        return Ranked(self.item, labels)


class Reader:
    """Makes engines for sets of APIs."""

    def __init__(
        self, embedder: Embedder | None, vectors: Vectors, reranker: Reranker | None = None
    ) -> None:
        self._embedder = embedder
        self._vectors = vectors
        self._reranker = reranker

    def engine(self, apis: Iterable[Api]) -> Grounded:
        """An engine that knows these APIs."""
        listed = {found.key: found for api in apis for found in api.operations}
        entries = [entry_of(found) for found in listed.values()]
        meaning = Meaning(entries, self._vectors, self._embedder) if self._embedder else None
        retriever = Retriever(entries, meaning, reranker=self._reranker)
        return Grounded(retriever, listed.__getitem__)

    def by_cosine(self, item: Item) -> Ranked:
        """What the embedder alone says: the operations of the API by their cosines."""
        assert self._embedder is not None and item.api is not None
        entries = [entry_of(found) for found in item.api.operations]
        meaning = Meaning(entries, self._vectors, self._embedder)
        cosines = meaning.similarities(meaning.query(item.text), np.arange(len(entries)))
        order = np.argsort(-cosines, kind="stable").tolist()
        return Ranked(item, [entries[number].label for number in order])


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    questions.add_options(parser)
    parser.add_argument(
        "--embedder",
        default=DEFAULT_EMBEDDER,
        metavar="NAME",
        help=f"name or folder of the model that finds by meaning (default: {DEFAULT_EMBEDDER})",
    )
    parser.add_argument("--without-meaning", action="store_true", help="words only")
    parser.add_argument(
        "--fit", action="store_true", help="fit the choice among operations to the tuned halves"
    )


def run(arguments: argparse.Namespace) -> Report:
    sets = question_sets(arguments.per_operation)
    name = "" if arguments.without_meaning else arguments.embedder
    reader = open_reader(sets, archive.cache_dir(arguments.data), name)
    samples = sets[0].apis
    within = {dataset.name: list(asked_within(dataset, reader)) for dataset in sets}
    among = {
        dataset.name: list(_among(dataset, samples, reader)) for dataset in sets if dataset.is_open
    }
    if arguments.fit:
        examples = [*_examples(within.values()), *_examples(among.values())]
        return fit(examples, with_meaning=not arguments.without_meaning)
    asked = [*_all(within), *_all(among)]
    rankings = [
        _ranking("Within the API", _ranked(within)),
        _ranking("Among all sample APIs and those of the set", _ranked(among)),
    ]
    if not arguments.without_meaning:
        by_cosine = {
            name: [reader.by_cosine(each.item) for each in listed]
            for name, listed in within.items()
        }
        rankings.append(_ranking("To compare: within the API, by cosine alone", by_cosine))
    return Report(
        title="Questions answered"
        + (" by words only" if arguments.without_meaning else " by words and meaning"),
        tables=[
            *rankings,
            _entirely("Requests entirely right, within the API", within),
            _abstention(among["bundled"]),
            _latency({"within": _all(within), "among all": _all(among)}),
        ],
        notes=[
            "Shares come with 95 % intervals; recall is the mean share of the right operations. "
            f"Of each answer, the {CONSIDERED} operations count that were looked at closely."
        ],
        problems=[
            f"Illegal: {each.item.text}"
            for each in asked
            for call in each.answer.calls
            if not call.verdict.is_legal
        ],
    )


def question_sets(per_operation: int) -> list[Dataset]:
    """All sets of questions, the bundled one first."""
    return [
        questions.bundled(),
        questions.wapiibench("asana"),
        questions.wapiibench("google_calendar_v3"),
        *questions.api_pack(per_operation),
        questions.spotify(),
        questions.bfcl(),
    ]


def open_reader(
    sets: Sequence[Dataset], cache: Path, embedder: str, reranker: Reranker | None = None
) -> Reader:
    """A reader with an embedder of that name or folder; with words only where it has none."""
    if not embedder:
        return Reader(None, open_vectors(cache / "none"), reranker)
    opened = load_embedder(embedder)
    folder = vectors_folder(cache, opened.name)
    apis = [api for dataset in sets for api in dataset.apis]
    texts = [passage_text(entry_of(found)) for api in apis for found in api.operations]
    embed_missing(folder, texts, opened)
    return Reader(opened, open_vectors(folder), reranker)


def asked_within(dataset: Dataset, reader: Reader) -> Iterator[Asked]:
    """The questions of a set, each answered within its API."""
    engines: dict[int, Grounded] = {}
    for item in dataset.items:
        if item.api is not None:
            if id(item.api) not in engines:
                engines[id(item.api)] = reader.engine([item.api])
            yield _ask(engines[id(item.api)], item)


def _among(dataset: Dataset, samples: Sequence[Api], reader: Reader) -> Iterator[Asked]:
    apis = dict.fromkeys([*samples, *dataset.apis])
    engine = reader.engine(apis)
    for item in dataset.items:
        yield _ask(engine, item)


def _ask(engine: Grounded, item: Item) -> Asked:
    started = time.perf_counter()
    answer = engine.answer(item.text)
    return Asked(item, answer, time.perf_counter() - started)


def _all(found: dict[str, list[Asked]]) -> list[Asked]:
    return [asked for listed in found.values() for asked in listed]


def _ranked(found: dict[str, list[Asked]]) -> dict[str, list[Ranked]]:
    return {name: [each.ranked for each in listed] for name, listed in found.items()}


def halves(found: dict[str, list[T]]) -> Iterator[tuple[str, str, list[T]]]:
    """The questions that have an answer, by half and set."""
    for half, is_tuned in _HALVES.items():
        for name, listed in found.items():
            kept = [each for each in listed if each.item.is_tuned is is_tuned and each.item.api]
            if kept:
                yield half, name, kept


def _ranking(title: str, found: dict[str, list[Ranked]]) -> Table:
    rows: list[list[Cell]] = []
    for half, name, kept in halves(found):
        first = sum(each.is_first for each in kept)
        recalls = [
            f"{statistics.mean(each.recall(count) for each in kept):.3f}" for count in (5, 10)
        ]
        rows.append([half, name, len(kept), percent(first, len(kept)), *recalls])
    columns = ("half", "set", "questions", "right operation first", "recall@5", "recall@10")
    return Table(title, columns, rows)


def _entirely(title: str, found: dict[str, list[Asked]]) -> Table:
    rows: list[list[Cell]] = []
    for half, name, kept in halves(found):
        known = [each for each in kept if each.item.arguments is not None or each.item.config]
        if known:
            right = sum(is_entirely_right(each.answer.calls[:1], each.item) for each in known)
            rows.append([half, name, len(known), percent(right, len(known))])
    return Table(title, ("half", "set", "questions", "entirely right"), rows)


def _abstention(found: list[Asked]) -> Table:
    rows: list[list[Cell]] = []
    for half, is_tuned in _HALVES.items():
        kept = [each for each in found if each.item.is_tuned is is_tuned]
        empty = [each for each in kept if each.item.api is None]
        right = [each for each in kept if each.ranked.is_first]
        wrong = [each for each in kept if each.item.api is not None and not each.ranked.is_first]
        rows += [
            [half, name, len(listed), percent(sum(not a.answer.call for a in listed), len(listed))]
            for name, listed in (
                ("nothing answers it", empty),
                ("answered wrongly", wrong),
                ("answered rightly", right),
            )
        ]
    columns = ("half", "questions of the bundled set", "", "said to have no answer")
    return Table("Abstention among all sample APIs", columns, rows)


def _latency(found: dict[str, list[Asked]]) -> Table:
    rows: list[list[Cell]] = []
    for name, listed in found.items():
        times = sorted(1000 * each.seconds for each in listed)
        p95 = times[int(0.95 * (len(times) - 1))]
        rows.append([name, len(times), statistics.median(times), p95, times[-1]])
    columns = ("", "questions", "p50 ms", "p95 ms", "longest ms")
    return Table("Time to the answer, the first question of each engine included", columns, rows)


def _examples(found: Iterable[list[Asked]]) -> Iterator[Example]:
    """The tuned halves, as the fit takes them."""
    for listed in found:
        for asked in listed:
            if asked.item.is_tuned and asked.answer.calls:
                right = [rank in asked.ranked.ranks for rank in range(len(asked.answer.calls))]
                traits = [call.traits for call in asked.answer.calls]
                yield Example(traits, right)
