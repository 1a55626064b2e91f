"""The commands ``python -m train retriever`` and ``reranker``, which differ in their model alone.

What a run is made from, its SOURCES, is all documents, or one exported dataset: the folder of a
version, or a file of its rows. Of a dataset, training rows that give a test away are refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import CallwrightError
from core.models.trained import model_path
from core.settings import Settings
from train.checkpoint import Run, code_version
from train.dataset import is_dataset, read_dataset
from train.leak_guard import guard
from train.pair_run import divide, hash_of
from train.pairs import Pair, make_pairs, pairs_of_rows, read_pairs, write_pairs
from train.report import Report
from train.reranker import RerankerSettings, train_reranker
from train.retriever import RetrieverSettings, train_retriever
from train.run_file import read_run
from train.sources import read_entries, workspace_entries
from train.terminal import print_check, say, training


@dataclass(frozen=True, slots=True)
class PairModel:
    """What is trained on pairs."""

    settings: type[Any]
    train: Callable[[Any, Sequence[Pair], Path, Report], Run]
    variable: str
    """The environment variable that names it to the app."""
    what: str
    """What it does, in words."""


PAIR_MODELS: Mapping[str, PairModel] = {
    "retriever": PairModel(
        RetrieverSettings,
        train_retriever,
        "CALLWRIGHT_EMBEDDER",
        "train the model that finds operations by meaning",
    ),
    "reranker": PairModel(
        RerankerSettings,
        train_reranker,
        "CALLWRIGHT_RERANKER",
        "train the model that looks once more at what was found",
    ),
}
_EXAMPLE = """example:
  python -m train {name} examples/documents --pairs 2000 --out workspace/models/{name}
  {variable}=workspace/models/{name}/model python3 run.py app

A run that was stopped goes on when the same command is given again. A run.toml holds the settings
that are not the defaults, in a table [{name}]:
  base = "all-MiniLM-L6-v2"
  batch_size = 64
  lora_rank = 8"""


def add_pair_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> None:
    """The commands of all models that are trained on pairs."""
    for name, model in PAIR_MODELS.items():
        command = commands.add_parser(
            name,
            help=model.what,
            description=f"{model.what.capitalize()}, on questions made from documents, or on the "
            "instructions of a dataset. APIs that evaluation is measured on are left out.",
            epilog=_EXAMPLE.format(name=name, variable=model.variable),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_argument(
            "sources",
            nargs="*",
            type=Path,
            metavar="SOURCE",
            help="OpenAPI documents, folders of them, or an exported dataset (default: the "
            "documents of the workspace)",
        )
        command.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the model")
        command.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
        command.add_argument(
            "--pairs", type=int, default=8_000, metavar="N", help="at most so many (default: 8000)"
        )
        command.add_argument(
            "--pairs-file", type=Path, metavar="FILE", help="take these pairs (JSON Lines) instead"
        )
        command.add_argument(
            "--check", action="store_true", help="look for mistakes, and do not start"
        )
        command.set_defaults(run=_run, model=name)


def read_settings(name: str, config: Path | None) -> Any:
    """The settings of a run of that kind, defaults where no file says otherwise."""
    settings = PAIR_MODELS[name].settings
    return read_run(config, name, settings) if config else settings()


def pairs_of(sources: Sequence[Path], *, count: int, seed: int, skipped: list[str]) -> list[Pair]:
    """Pairs of documents, of one exported dataset, or of the workspace; documents that cannot be
    read are named in ``skipped``. Raises ``CallwrightError``.
    """
    if count < 1:
        raise CallwrightError(f"--pairs is {count}. Give a number above 0.")
    if any(map(is_dataset, sources)):
        if len(sources) > 1:
            raise CallwrightError("Give one exported dataset, or documents, not both.")
        data = read_dataset(sources[0])
        guard(data.training, (), data.tests)
        return pairs_of_rows(data.training, count=count, seed=seed)
    entries = (
        list(read_entries(sources, skipped=skipped))
        if sources
        else workspace_entries(Settings.from_environment())
    )
    return make_pairs(entries, count=count, seed=seed)


def _run(arguments: argparse.Namespace) -> None:
    model = PAIR_MODELS[arguments.model]
    settings = read_settings(arguments.model, arguments.config)
    pairs = _pairs(arguments, settings.seed)
    divide(pairs, settings)
    say(f"{len(pairs):,} pairs of {len({pair.api for pair in pairs}):,} APIs.")
    if arguments.check:
        print_check(hash_of(pairs), code_version())
        return
    with training(arguments.out, arguments.model, settings, _where(arguments)) as report:
        write_pairs(arguments.out / "pairs.jsonl", pairs)
        run = model.train(settings, pairs, arguments.out, report)
    say(f"{model_path(arguments.out)} is trained, in {run.seconds:,.0f} s.")


def _pairs(arguments: argparse.Namespace, seed: int) -> list[Pair]:
    if arguments.pairs_file:
        return read_pairs(arguments.pairs_file)
    skipped: list[str] = []
    try:
        return pairs_of(arguments.sources, count=arguments.pairs, seed=seed, skipped=skipped)
    finally:  # also where nothing is left: that may be why
        for line in skipped:
            say(f"left out: {line}")


def _where(arguments: argparse.Namespace) -> dict[str, Any]:
    """Where the pairs come from, as a row of the run says it."""
    file = arguments.pairs_file
    return {
        "sources": [str(source.absolute()) for source in arguments.sources],
        "pairs": arguments.pairs,
        **({"pairs_file": str(file.absolute())} if file else {}),
    }
