"""Whether a reranker trained on API documents helps to find the right operation.

It looks once more at the operations that were found (:mod:`core.retrieval.rerank`), and its opinion
is one trait among the others. How much it counts is chosen on the tuned halves, and may be nothing;
what that weight brings is told of the reported halves.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from benchmarks import archive
from benchmarks import trained as training
from benchmarks.answers import Asked, asked_within, halves, open_reader
from benchmarks.report import Cell, Report, Table, percent
from core.retrieval.rerank import load_reranker
from core.settings import DEFAULT_EMBEDDER
from core.suitability import WITH_MEANING

WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0)
"""Tried for the reranker's trait; 0 does not count it."""
_ALONE = "alone"


def add_options(parser: argparse.ArgumentParser) -> None:
    training.add_options(parser, pairs=3_600)
    parser.add_argument(
        "--embedder", default=DEFAULT_EMBEDDER, metavar="NAME", help="what finds by meaning"
    )


def run(arguments: argparse.Namespace) -> Report:
    sets = training.sets_of(arguments)
    with training.trained("reranker", arguments) as (folder, words):
        reader = open_reader(
            sets,
            archive.cache_dir(arguments.data),
            arguments.embedder,
            load_reranker(str(folder)),
        )
        within = {dataset.name: list(asked_within(dataset, reader)) for dataset in sets}
    parts = list(halves(within))
    tuned = [asked for half, _, listed in parts if half == "tuned" for asked in listed]
    best = chosen_weight(tuned)
    return Report(
        title="Operations looked at once more by a reranker trained on API documents",
        tables=[
            _weights(tuned),
            _sets(parts, best),
            _wapiibench([asked for _, name, listed in parts for asked in listed if _is_task(name)]),
        ],
        notes=[words, f"The weight that the tuned halves choose is {best:g}."],
    )


def _weights(tuned: Sequence[Asked]) -> Table:
    rows: list[list[Cell]] = [
        [f"{weight:g}", len(tuned), percent(num_right(tuned, weight), len(tuned))]
        for weight in WEIGHTS
    ]
    columns = ("weight", "questions", "right operation first")
    return Table("Weights, on the tuned halves of all sets", columns, rows)


def _sets(parts: Sequence[tuple[str, str, list[Asked]]], best: float) -> Table:
    rows: list[list[Cell]] = [
        [
            half,
            name,
            len(listed),
            *(percent(num_right(listed, weight), len(listed)) for weight in (0.0, best)),
            percent(sum(map(is_right_alone, listed)), len(listed)),
        ]
        for half, name, listed in parts
    ]
    columns = ("half", "set", "questions", "not counted", f"weight {best:g}", _ALONE)
    return Table("Right operation first within the API", columns, rows)


def _wapiibench(asked: Sequence[Asked]) -> Table:
    rows: list[list[Cell]] = [
        [f"{weight:g}", len(asked), percent(num_right(asked, weight), len(asked))]
        for weight in WEIGHTS
    ]
    columns = ("weight", "tasks", "right operation first")
    return Table("WAPIIBench as a whole, both halves", columns, rows)


def chosen_weight(tuned: Sequence[Asked]) -> float:
    """The weight with which most questions are answered rightly; the least of several."""
    return max(WEIGHTS, key=lambda weight: (num_right(tuned, weight), -weight))


def _is_task(name: str) -> bool:
    return name.startswith("WAPIIBench")


def num_right(asked: Sequence[Asked], weight: float) -> int:
    """How many questions have a right operation first, were this the reranker's weight."""
    judge = replace(WITH_MEANING, weights=WITH_MEANING.weights._replace(reranked=weight))
    return sum(
        _is_right(each, [judge.suitability(c.traits) for c in each.answer.calls]) for each in asked
    )


def is_right_alone(asked: Asked) -> bool:
    """Whether the reranker, asked alone among what was looked at closely, is right."""
    return _is_right(asked, [call.traits.reranked for call in asked.answer.calls])


def _is_right(asked: Asked, scores: Sequence[float]) -> bool:
    if not scores:
        return False
    first = max(range(len(scores)), key=scores.__getitem__)
    return first in asked.ranked.ranks
