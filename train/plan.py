"""What a run would do, found out before it starts: mistakes are told here, in words.

>>> plan = make_plan(SftSettings(), read_dataset(folder), Path("out"))
>>> len(plan.rows), plan.base.num_parameters
(196, 786048)
"""

from __future__ import annotations

import hashlib
import importlib.util
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.errors import CallwrightError
from core.shots import Shot
from train.base_model import FOUR_BITS, Base, check_base
from train.dataset import Dataset, Row
from train.example import Example, Examples
from train.general import read_general
from train.leak_guard import guard
from train.mix import choose
from train.processes import num_processes
from train.sft_settings import SftSettings
from train.shot_pool import ShotPool

_BYTES = 4
"""Of a number of 32 bits."""
_STATES = 3
"""Weights, and two moments of each that AdamW keeps."""
_COPIES = 2
"""Checkpoints that are on the disk while the newer one is being written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be trained on, and with what."""

    base: Base
    rows: tuple[Row, ...]
    tasks: tuple[Shot, ...]
    data_hash: str
    """The same for the same rows and tasks in the same order."""


@dataclass(frozen=True, slots=True)
class Division:
    """The rows of a plan: those to learn from, and those to be measured with."""

    training: list[Row]
    held_back: list[Row]
    pool: ShotPool
    """What prompts show examples from."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples as tokens, in the order in which they are drawn from."""

    training: list[Example]
    held_back: list[Example]
    """For the loss on what was not trained on."""
    too_long: int
    """Of the training, left out."""


def make_plan(settings: SftSettings, data: Dataset, out: Path) -> Plan:
    """Choose the rows and look for everything that can go wrong.

    Raises ``CallwrightError`` for an empty mix, leaks, an unknown base, examples longer than it
    reads, a missing GPU, and a disk that is too full.
    """
    _check_device(settings)
    rows = choose(settings.recipe, data.training, settings.mix)
    tasks = read_general(Path(settings.mixed_with)) if settings.mixed_with else []
    if settings.eval_rows >= len(rows):
        raise CallwrightError(
            f"eval_rows is {settings.eval_rows:,}, and the mix has {len(rows):,} rows: none is "
            "left to train on. Make it smaller."
        )
    rows = [each for row in rows for each in _worded(row, settings.wordings)]
    guard(rows, tasks, data.tests)
    base = check_base(settings.base)
    if base.longest and settings.max_tokens > base.longest:
        raise CallwrightError(
            f"max_tokens is {settings.max_tokens:,}, and {base.name} reads {base.longest:,} tokens "
            "at most. Make it smaller, or choose another base."
        )
    _check_disk(settings, base, out)
    return Plan(base, tuple(rows), tuple(tasks), _hash(rows, tasks))


def prepare(plan: Plan, settings: SftSettings, tokenizer: Any) -> Prepared:
    """The examples of a plan. Raises ``CallwrightError`` where none is short enough."""
    division = divide(plan, settings)
    examples = Examples(division.pool, tokenizer, max_tokens=settings.max_tokens)

    def made(some: Iterable[Row]) -> list[Example | None]:
        return [examples.of_row(row, kind) for row in some for kind in settings.kinds]

    training = made(division.training) + [examples.of_task(task) for task in plan.tasks]
    found = [example for example in training if example]
    if not found:
        raise CallwrightError(
            f"None of {len(training):,} examples is as short as max_tokens, "
            f"{settings.max_tokens:,}. Make it larger."
        )
    evaluated = [example for example in made(division.held_back) if example]
    return Prepared(found, evaluated, len(training) - len(found))


def divide(plan: Plan, settings: SftSettings) -> Division:
    """Which rows are trained on, and which are kept from it."""
    calls = list(dict.fromkeys(map(_name, plan.rows)))
    kept = set(random.Random(settings.seed).sample(calls, settings.eval_rows))
    rows = [row for row in plan.rows if _name(row) not in kept]
    held_back = {_name(row): row for row in reversed(plan.rows) if _name(row) in kept}
    # What is held back is no example in a prompt either, and no call is shown in two wordings.
    shown = {_name(row): row for row in reversed(rows)}
    pool = ShotPool([shown[name] for name in calls if name in shown], seed=settings.seed)
    return Division(rows, [held_back[name] for name in sorted(held_back)], pool)


def disk_needed(num_parameters: int, *, is_adapter: bool) -> int:
    """Bytes that a run writes at most: checkpoints, and the model at the end."""
    if is_adapter:
        return num_parameters * _BYTES  # an adapter is a few percent of the model
    return num_parameters * _BYTES * (_STATES * _COPIES + 1)


def _worded(row: Row, count: int) -> list[Row]:
    """A row in so many of its wordings, its own first."""
    others = row.wordings[: count - 1 if count else None]
    return [row, *(replace(row, instruction=words) for words in others)]


def _name(row: Row) -> tuple[str, str]:
    return row.id, row.language


def _check_device(settings: SftSettings) -> None:
    if importlib.util.find_spec("trl") is None:
        raise CallwrightError("Training needs trl: pip install -r requirements.txt")
    import torch

    if settings.device == "cuda" and not torch.cuda.is_available():
        raise CallwrightError(
            f"This machine has no GPU that PyTorch can use (CUDA), and the run (preset "
            f'{settings.preset}) asks for one. Set device = "auto", or take a smaller preset.'
        )
    if settings.quantize == FOUR_BITS:
        _check_quantizing(has_gpu=torch.cuda.is_available())
    together = settings.batch_size * num_processes()
    if settings.global_batch % together:
        raise CallwrightError(
            f"global_batch is {settings.global_batch}, which is not a multiple of the {together} "
            f"examples that {num_processes()} processes take at once. Change it, or batch_size."
        )


def _check_quantizing(*, has_gpu: bool) -> None:
    if not has_gpu:
        raise CallwrightError(
            f"quantize is {FOUR_BITS}, which needs a GPU that PyTorch can use (CUDA), and this "
            "machine has none. Leave it out: lora_rank alone trains an adapter here too."
        )
    if importlib.util.find_spec("bitsandbytes") is None:
        raise CallwrightError(
            f"quantize is {FOUR_BITS}, which needs bitsandbytes: pip install -r "
            "requirements-gpu.txt"
        )


def _check_disk(settings: SftSettings, base: Base, out: Path) -> None:
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    needed = disk_needed(base.num_parameters, is_adapter=settings.lora_rank > 0)
    if free < needed:
        raise CallwrightError(
            f"The disk of {out} has {free / 1e9:,.1f} GB left, and the run needs "
            f"{needed / 1e9:,.1f}. Choose another folder, a smaller base, or lora_rank."
        )


def _hash(rows: Sequence[Row], tasks: Sequence[Shot]) -> str:
    digest = hashlib.sha256()
    for one in (*rows, *tasks):
        digest.update(repr(one).encode())
    return digest.hexdigest()[:16]
