"""The commands that make weights: ``python -m train retriever``; each has ``--help``.

Exit codes: 0 done, 1 a problem in the input (a sentence on standard error says which), 2 usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from core.errors import CallwrightError
from core.settings import Settings
from train.pairs import Pair, make_pairs, read_pairs, write_pairs
from train.retriever import RetrieverSettings, train_retriever
from train.run_file import read_run
from train.sources import read_entries, workspace_entries

_EXAMPLE = """example:
  python -m train retriever examples/documents --pairs 2000 --out workspace/models/retriever
  CALLWRIGHT_EMBEDDER=workspace/models/retriever python3 run.py app

A run.toml holds the settings that are not the defaults, in a table [retriever]:
  base = "all-MiniLM-L6-v2"
  batch_size = 64
  lora_rank = 8"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except CallwrightError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description="Make weights.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    retriever = commands.add_parser(
        "retriever",
        help="train the model that finds operations by meaning",
        description="Train the model that finds operations by meaning, on questions made from "
        "documents. Documents that evaluation is measured on are left out.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    retriever.add_argument(
        "sources",
        nargs="*",
        type=Path,
        metavar="DOC",
        help="OpenAPI documents, or folders of them (default: the workspace)",
    )
    retriever.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the model")
    retriever.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
    retriever.add_argument(
        "--pairs", type=int, default=8_000, metavar="N", help="questions to make (default: 8000)"
    )
    retriever.add_argument(
        "--pairs-file", type=Path, metavar="FILE", help="take these pairs (JSON Lines) instead"
    )
    retriever.set_defaults(run=_retriever)
    return parser


def _retriever(arguments: argparse.Namespace) -> None:
    settings = (
        read_run(arguments.config, "retriever", RetrieverSettings)
        if arguments.config
        else RetrieverSettings()
    )
    if arguments.pairs < 1:
        raise CallwrightError(f"--pairs is {arguments.pairs}. Give a number above 0.")
    pairs = (
        read_pairs(arguments.pairs_file)
        if arguments.pairs_file
        else _made_pairs(arguments, settings.seed)
    )
    write_pairs(arguments.out / "pairs.jsonl", pairs)
    started = time.monotonic()
    _say(f"{len(pairs):,} pairs of {len({pair.api for pair in pairs}):,} APIs.")
    train_retriever(settings, pairs, arguments.out, _report)
    _say(f"{arguments.out} is trained, in {time.monotonic() - started:,.0f} s.")


def _made_pairs(arguments: argparse.Namespace, seed: int) -> list[Pair]:
    count = arguments.pairs
    if not arguments.sources:
        return make_pairs(workspace_entries(Settings.from_environment()), count=count, seed=seed)
    skipped: list[str] = []
    entries = list(read_entries(arguments.sources, skipped=skipped))
    for line in skipped:
        _say(f"left out: {line}")
    return make_pairs(entries, count=count, seed=seed)


def _report(step: int, total: int, measured: dict[str, float]) -> None:
    if "loss" in measured:
        _say(f"step {step:,} of {total:,}: loss {measured['loss']:.3f}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
