"""The commands that make weights: ``python -m train sft``; each has ``--help``.

Exit codes: 0 done, 1 a problem in the input (a sentence on standard error says which), 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from core.errors import CallwrightError
from core.models.trained import model_path
from train.checkpoint import export_model, merge_adapter
from train.dataset import read_dataset
from train.pair_command import add_pair_commands
from train.preview_command import add_preview
from train.run_command import add_run_commands
from train.sft import check_sft, train_sft
from train.sft_settings import PRESETS, read_settings
from train.terminal import print_check, say, training

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_EXAMPLE = """example:
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
    add_pair_commands(commands)
    add_run_commands(commands)
    add_preview(commands)
    return parser


def _add_sft(commands: Commands) -> None:
    sft = commands.add_parser(
        "sft",
        help="teach a language model to write API calls",
        description="Teach a language model to write API calls, on the training rows of an "
        "exported dataset. A mix that gives a test away is refused.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sft.add_argument("dataset", type=Path, metavar="DATASET", help="exported rows")
    sft.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the model")
    sft.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
    sft.add_argument("--preset", default="", choices=list(PRESETS), help="where settings begin")
    sft.add_argument(
        "--tests", type=Path, metavar="DATASET", help="more tests that must not be given away"
    )
    sft.add_argument("--until", type=int, default=0, metavar="STEP", help="stop there for now")
    sft.add_argument("--check", action="store_true", help="look for mistakes, and do not start")
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


def _sft(arguments: argparse.Namespace) -> None:
    settings = read_settings(arguments.config, arguments.preset)
    data = read_dataset(arguments.dataset)
    if arguments.tests:
        data = replace(data, tests=data.tests + read_dataset(arguments.tests).tests)
    if arguments.check:
        _, planned = check_sft(settings, data, arguments.out)
        print_check(planned.data_hash, planned.code_version)
        return
    where = {"path": str(arguments.dataset.absolute())}
    where |= {"tests": str(arguments.tests.absolute())} if arguments.tests else {}
    with training(arguments.out, "sft", settings, where) as report:
        run = train_sft(settings, data, arguments.out, report, until=arguments.until)
    if run.num_too_long:
        say(f"{run.num_too_long:,} examples longer than max_tokens were left out.")
    if run.is_done:
        learnt = f"{run.num_examples:,} examples, in {run.seconds:,.0f} s"
        say(f"{model_path(arguments.out)} is trained on {learnt}.")


def _finish(arguments: argparse.Namespace) -> None:
    arguments.finish(arguments.folder, arguments.out)
    say(f"{arguments.out} holds the model. With vLLM: vllm serve {arguments.out}")


if __name__ == "__main__":
    sys.exit(main())
