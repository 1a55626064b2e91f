"""The command ``python -m train preview``: what a run would learn and take, before it starts.

>>> preview_of(store.settings, "sft", {"preset": "tiny"}, {"path": "…/export/69e2"}).num_examples
196

Pages ask for it in a process of its own, for it takes torch.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.errors import CallwrightError
from core.settings import Settings
from core.store.training_runs import KINDS, Kind
from train.dataset import read_dataset
from train.invocation import environment, invocation, planned, write_config
from train.pair_command import pairs_of
from train.pair_command import read_settings as read_pair_settings
from train.pair_preview import preview_pairs
from train.pairs import read_pairs
from train.preview import Preview, preview_sft, read_preview, written
from train.sft_settings import read_settings

_SECONDS = 900
"""After that a preview is given up."""
_EXAMPLE = """example:
  python -m train preview sft workspace/datasets/samples/export/VERSION --out workspace/models/tiny

The words behind the kind are those of the command that trains."""


def add_preview(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its words."""
    command = commands.add_parser(
        "preview",
        help="show what a run would learn and take, before it starts",
        description="Make the examples of a run, try a few steps, and tell what it would take.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("kind", choices=KINDS, help="what would be trained")
    command.add_argument("sources", nargs="*", type=Path, metavar="SOURCE", help="what to learn")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the model")
    command.add_argument("--config", type=Path, metavar="FILE", help="run.toml with settings")
    command.add_argument("--tests", type=Path, metavar="DATASET", help="more tests (sft)")
    command.add_argument("--pairs", type=int, default=8_000, metavar="N", help="at most so many")
    command.add_argument("--pairs-file", type=Path, metavar="FILE", help="take these pairs")
    command.add_argument("--json", action="store_true", help="everything, for programs")
    command.set_defaults(run=_run)


def preview_of(
    settings: Settings, kind: Kind, values: Mapping[str, Any], data: Mapping[str, Any]
) -> Preview:
    """What a run with these settings and data would be. Raises ``CallwrightError`` with what keeps
    it from starting.
    """
    models = settings.workspace / "models"
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".preview-") as folder:
        run = planned(kind, Path(folder), values, data)
        write_config(run)
        return read_preview(_output(["preview", *invocation(run), "--json"], settings))


def _output(words: list[str], settings: Settings) -> bytes:
    try:
        found = subprocess.run(
            [sys.executable, "-m", "train", *words],
            capture_output=True,
            env=environment(settings),
            cwd=Path.cwd(),
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise CallwrightError(
            f"The preview took longer than {_SECONDS // 60} minutes. Look at fewer rows (setting "
            "rows), or start without it."
        ) from error
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip()
        raise CallwrightError(said.splitlines()[-1] if said else "The preview ended unexpectedly.")
    return found.stdout.splitlines()[-1]


def _run(arguments: argparse.Namespace) -> None:
    preview = _preview(arguments)
    if arguments.json:
        sys.stdout.write(written(preview).decode() + "\n")
        return
    sys.stdout.write("\n".join(_lines(preview)) + "\n")


def _preview(arguments: argparse.Namespace) -> Preview:
    if arguments.kind == "sft":
        return _preview_sft(arguments)
    settings = read_pair_settings(arguments.kind, arguments.config)
    skipped: list[str] = []
    pairs = (
        read_pairs(arguments.pairs_file)
        if arguments.pairs_file
        else pairs_of(arguments.sources, count=arguments.pairs, seed=settings.seed, skipped=skipped)
    )
    for line in skipped:
        sys.stderr.write(f"left out: {line}\n")
    return preview_pairs(settings, pairs, arguments.out)


def _preview_sft(arguments: argparse.Namespace) -> Preview:
    if len(arguments.sources) != 1:
        raise CallwrightError("Name one exported dataset: the folder of a version, or a file.")
    data = read_dataset(arguments.sources[0])
    if arguments.tests:
        data = replace(data, tests=data.tests + read_dataset(arguments.tests).tests)
    return preview_sft(read_settings(arguments.config), data, arguments.out)


def _lines(preview: Preview) -> list[str]:
    """For people."""
    takes = preview.estimate
    found = [
        f"{preview.num_examples:,} examples, {preview.num_tokens:,} tokens, {preview.num_learnt:,} "
        f"of them learnt; {preview.num_steps:,} steps.",
        f"{preview.num_left_out:,} are too long and left out, {preview.num_shortened:,} shortened, "
        f"{preview.num_held_back:,} held back.",
        preview.guard,
        f"About {takes.seconds:,.0f} s (up to {takes.error:g} times more or less), "
        f"{takes.memory_bytes / 1e9:,.1f} GB of memory, {takes.disk_bytes / 1e9:,.1f} GB of disk, "
        f"on {takes.device}: {takes.rests_on}.",
        *preview.warnings,
    ]
    return [*found, "", *(f"{row.title}: {row.note}" for row in preview.rows)]
