"""The commands that make weights: ``python -m train sft``; each has ``--help``.

Exit codes: 0 done, 1 a problem in the input (a sentence on standard error says which), 2 usage.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from core.errors import CallwrightError
from core.settings import Settings
from train.checkpoint import export_model, merge_adapter, model_path
from train.dataset import read_dataset
from train.pairs import Pair, make_pairs, read_pairs, write_pairs
from train.retriever import RetrieverSettings, train_retriever
from train.run_file import read_run
from train.sft import train_sft
from train.sft_settings import PRESETS, read_settings
from train.sources import read_entries, workspace_entries

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_EXAMPLE = """example:
  python -m train retriever examples/documents --pairs 2000 --out workspace/models/retriever
  CALLWRIGHT_EMBEDDER=workspace/models/retriever python3 run.py app

A run.toml holds the settings that are not the defaults, in a table [retriever]:
  base = "all-MiniLM-L6-v2"
  batch_size = 64
  lora_rank = 8"""

_SFT_EXAMPLE = """example:
  python -m train sft workspace/datasets/samples/export/VERSION --out workspace/models/tiny
  python -m train export workspace/models/tiny --out served

DATASET is the folder of an exported version, or a file of its rows (.parquet, .jsonl, .jsonl.gz).
A run that was stopped goes on when the same command is given again. A run.toml holds the settings
that are not those of the preset, in a table [sft]:
  preset = "small"
  base = "Qwen/Qwen2.5-Coder-0.5B"
  recipe = "mixture"
  prompts = "free-0,free-3-retrieved"
  language = "curl"
  lora_rank = 16"""


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
    _add_sft(commands)
    _add_finishing(commands)
    _add_retriever(commands)
    return parser


def _add_sft(commands: Commands) -> None:
    sft = commands.add_parser(
        "sft",
        help="teach a language model to write API calls",
        description="Teach a language model to write API calls, on the training rows of an "
        "exported dataset. A mix that gives a test away is refused.",
        epilog=_SFT_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sft.add_argument("dataset", type=Path, metavar="DATASET", help="exported rows")
    sft.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the model")
    sft.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
    sft.add_argument("--preset", default="", choices=list(PRESETS), help="where settings begin")
    sft.add_argument(
        "--tests", type=Path, metavar="DATASET", help="more tests that must not be given away"
    )
    sft.set_defaults(run=_sft)


def _add_finishing(commands: Commands) -> None:
    for name, run, help_ in (
        ("merge", merge_adapter, "add an adapter to the weights of its base"),
        ("export", export_model, "write a folder that transformers loads and vLLM serves"),
    ):
        command = commands.add_parser(name, help=help_, description=f"{help_.capitalize()}.")
        command.add_argument("folder", type=Path, metavar="RUN", help="what sft wrote")
        command.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
        command.set_defaults(run=_finish, finish=run)


def _add_retriever(commands: Commands) -> None:
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


def _sft(arguments: argparse.Namespace) -> None:
    settings = read_settings(arguments.config, arguments.preset)
    data = read_dataset(arguments.dataset)
    if arguments.tests:
        data = replace(data, tests=data.tests + read_dataset(arguments.tests).tests)
    run = train_sft(settings, data, arguments.out, _report)
    if run.num_too_long:
        _say(f"{run.num_too_long:,} examples longer than max_tokens were left out.")
    learnt = f"{run.num_examples:,} examples, in {run.seconds:,.0f} s"
    _say(f"{model_path(arguments.out)} is trained on {learnt}.")


def _finish(arguments: argparse.Namespace) -> None:
    arguments.finish(arguments.folder, arguments.out)
    _say(f"{arguments.out} holds the model. With vLLM: vllm serve {arguments.out}")


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
