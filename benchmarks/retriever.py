"""What training the retriever brings: right operations found first, before and after.

It is trained on documents of the archive that no set of questions is about, and asked the questions
of ``answers`` within their APIs, by its cosine alone; halves for tuning and for reporting apart.
"""

from __future__ import annotations

import argparse

from benchmarks import archive
from benchmarks import trained as training
from benchmarks.answers import halves, open_reader
from benchmarks.report import Cell, Report, Table, percent
from core.settings import PLAIN_EMBEDDER


def add_options(parser: argparse.ArgumentParser) -> None:
    training.add_options(parser, pairs=6_000)
    parser.add_argument(
        "--before",
        default=PLAIN_EMBEDDER,
        metavar="NAME",
        help=f"the embedder to compare with (default: {PLAIN_EMBEDDER})",
    )


def run(arguments: argparse.Namespace) -> Report:
    sets = training.sets_of(arguments)
    cache = archive.cache_dir(arguments.data)
    with training.trained("retriever", arguments) as (folder, words):
        before, after = (open_reader(sets, cache, name) for name in (arguments.before, str(folder)))
        found = {
            dataset.name: [
                (before.by_cosine(item), after.by_cosine(item))
                for item in dataset.items
                if item.api is not None
            ]
            for dataset in sets
        }
    old = {name: [pair[0] for pair in pairs] for name, pairs in found.items()}
    new = {name: [pair[1] for pair in pairs] for name, pairs in found.items()}
    rows: list[list[Cell]] = [
        [
            half,
            name,
            len(was),
            percent(sum(each.is_first for each in was), len(was)),
            percent(sum(each.is_first for each in now), len(now)),
        ]
        for (half, name, was), (_, _, now) in zip(halves(old), halves(new), strict=True)
    ]
    columns = ("half", "set", "questions", arguments.before, "trained")
    return Report(
        title="Right operation first within the API, by cosine alone",
        tables=[Table("Before and after training", columns, rows)],
        notes=[words, "Shares come with 95 % intervals."],
    )
