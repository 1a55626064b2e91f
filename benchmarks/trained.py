"""A model trained here and now on documents of the archive, or one that was trained before."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import archive, questions
from benchmarks.answers import question_sets
from benchmarks.questions import Dataset
from core.models.trained import model_path
from train.pair_command import PAIR_MODELS, read_settings
from train.pairs import Pair, make_pairs
from train.sources import read_entries

_SHORT_PASSAGE, _SHORT_QUESTION = 130, 90
"""Characters: so that processors get through many in the time that there is."""
_LARGEST_DOCUMENT = 8_000_000
"""Bytes: larger ones are of few APIs and take most of the time to read."""


def add_options(parser: argparse.ArgumentParser, *, pairs: int) -> None:
    """Options of benchmarks that train."""
    archive.add_options(parser)
    parser.add_argument(
        "--model", type=Path, metavar="DIR", help="a model that is trained: nothing is trained"
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
    parser.add_argument(
        "--pairs",
        type=int,
        default=pairs,
        metavar="N",
        help=f"questions to train on (default: {pairs:,})",
    )
    questions.add_options(parser)
    parser.add_argument(
        "--sets", default="", metavar="WORDS", help="only sets whose names hold these words"
    )


def sets_of(arguments: argparse.Namespace) -> list[Dataset]:
    """The sets of questions to ask."""
    return [
        each
        for each in question_sets(arguments.per_operation)
        if arguments.sets.casefold() in each.name.casefold()
    ]


@contextmanager
def trained(kind: str, arguments: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    """The folder of a model, and what it was made from, in words."""
    if arguments.model:
        yield arguments.model, f"The {kind} was trained before: {arguments.model.name}."
        return
    settings = read_settings(kind, arguments.config)
    pairs = _pairs(arguments, settings.seed)
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        run = PAIR_MODELS[kind].train(settings, pairs, Path(folder), _tell)
        seconds = time.process_time() - began
        losses = [each["loss"] for each in run.losses if "loss" in each]
        apis = len({pair.api for pair in pairs})
        yield (
            model_path(Path(folder)),
            f"Trained on {run.num_examples:,} questions about {apis:,} APIs, "
            f"none of them in train/held_out.txt, in {seconds:,.0f} CPU seconds; loss "
            f"{losses[0]:.2f} to {losses[-1]:.2f}.",
        )


def _pairs(arguments: argparse.Namespace, seed: int) -> list[Pair]:
    paths = [entry.path for entry in archive.documents(arguments)]
    small = sorted(path for path in paths if path.stat().st_size <= _LARGEST_DOCUMENT)
    made = make_pairs(list(read_entries(small)), count=3 * arguments.pairs, seed=seed)
    short = [
        pair
        for pair in made
        if len(pair.passage) <= _SHORT_PASSAGE and len(pair.question) <= _SHORT_QUESTION
    ]
    return short[: arguments.pairs]


def _tell(step: int, total: int, measured: dict[str, Any]) -> None:
    if "loss" in measured:
        print(f"step {step:,} of {total:,}: loss {measured['loss']:.3f}", file=sys.stderr)
