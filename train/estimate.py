"""What a run will take before it starts: time, memory and disk, and what that rests on.

>>> estimate(sft_demand(settings), shape, work, measured, out).seconds
94.0

Small models are tried: a few steps of the very examples on this machine (:mod:`train.probe`). For
large ones there is arithmetic: how much there is to multiply, and how fast this machine multiplies.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.base_model import FOUR_BITS
from train.pair_run import PairSettings
from train.plan import disk_needed
from train.probe import Measured
from train.sft_settings import SftSettings

TRIED = 100_000_000
"""Parameters of the largest model that is tried."""
_WORK_ALL = 6
"""Operations for each weight and token: 2 forward, 2 for each weight's gradient, 2 backward."""
_WORK_ADAPTER = 4
"""The base's own gradients are not needed."""
_WORK_AGAIN = 2
"""Gradient checkpointing goes forward twice."""
_BYTES = 4
_HALF = 2
_QUARTER = 0.5
_SHARE_OF_PEAK = 0.4
"""Of what the machine multiplies in large matrices, a training step reaches about so much."""
_ADAPTER_SHARE = 0.02
"""Weights of an adapter by those of its base, about."""
_KEPT = 18
"""Numbers that a layer keeps of a token for the way back, by the size of its hidden state."""
_OWN_BYTES = 900_000_000
"""What the process takes before there is a model: PyTorch and the libraries around it."""
_TRIED_ERROR, _COUNTED_ERROR = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a model time and memory hang on."""

    num_parameters: int
    hidden: int
    num_layers: int
    num_words: int


@dataclass(frozen=True, slots=True)
class Demand:
    """What of a run's settings they hang on."""

    batch_size: int
    """Examples that are on the device at once."""
    max_tokens: int
    is_adapter: bool
    moments: int = 2
    """Numbers that the optimizer keeps of each weight."""
    goes_forward_twice: bool = False
    """Gradient checkpointing: less is kept for the way back, and counted again."""
    in_halves: bool = False
    """Numbers of 16 bits on the way, as ``bf16`` has them."""
    scores_words: bool = True
    """Whether the model scores every word behind every token."""
    weight_bytes: float = _BYTES
    """Of a weight of the base: 4, or a half where it is held in 4 bits beside an adapter."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much there is to learn."""

    num_tokens: int
    """Of one epoch."""
    num_steps: int
    num_passes: float
    """Times that each example is seen."""
    longest: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will take."""

    device: str
    num_parameters: int
    num_learnt: int
    """Parameters that change."""
    seconds: float
    error: float
    """It may take so many times longer, or shorter."""
    memory_bytes: int
    memory_there: int
    disk_bytes: int
    disk_there: int
    rests_on: str

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may go wrong, in words."""
        found = []
        if self.memory_bytes > self.memory_there:
            found.append(
                f"The run may need {self.memory_bytes / 1e9:,.1f} GB of memory, and "
                f"{self.memory_there / 1e9:,.1f} GB are free. Take a smaller base, max_tokens or "
                "batch_size, gradient_checkpointing, or an adapter (lora_rank)."
            )
        if self.disk_bytes > 0.8 * self.disk_there:
            found.append(
                f"The run may fill the disk: it writes {self.disk_bytes / 1e9:,.1f} GB, and "
                f"{self.disk_there / 1e9:,.1f} GB are free."
            )
        return tuple(found)


def sft_demand(settings: SftSettings) -> Demand:
    """Of supervised fine-tuning."""
    return Demand(
        batch_size=settings.batch_size,
        max_tokens=settings.max_tokens,
        is_adapter=settings.lora_rank > 0,
        moments=0 if settings.optimizer == "adafactor" else 2,
        goes_forward_twice=settings.gradient_checkpointing,
        in_halves=settings.precision == "bf16",
        weight_bytes=_QUARTER if settings.quantize == FOUR_BITS else _BYTES,
    )


def pair_demand(settings: PairSettings, max_tokens: int, *, in_halves: bool) -> Demand:
    """Of training on pairs, whose texts have so many tokens together at most."""
    return Demand(
        batch_size=settings.batch_size,
        max_tokens=max_tokens,
        is_adapter=settings.lora_rank > 0,
        in_halves=in_halves,
        scores_words=False,
    )


def work_of(
    num_examples: int,
    num_tokens: int,
    longest: int,
    *,
    of_step: int,
    epochs: int,
    max_steps: int = 0,
) -> Work:
    """So many examples of so many tokens in all, ``of_step`` to one step of the optimizer."""
    of_epoch = -(-num_examples // of_step)
    steps = max_steps or of_epoch * epochs
    return Work(num_tokens, steps, steps / of_epoch if of_epoch else 0.0, longest)


def shape_of(config: Any, num_parameters: int) -> Shape:
    """The shape of a model by its configuration."""
    inner = config.get_text_config()
    return Shape(num_parameters, inner.hidden_size, inner.num_hidden_layers, inner.vocab_size)


def estimate(demand: Demand, shape: Shape, work: Work, measured: Measured, out: Path) -> Estimate:
    """What a run takes, from what was measured on this machine."""
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    was_tried = measured.seconds_per_token > 0
    each = measured.seconds_per_token or _seconds_counted(demand, shape, measured)
    return Estimate(
        device=measured.device,
        num_parameters=shape.num_parameters,
        num_learnt=_num_learnt(demand, shape),
        seconds=work.num_tokens * work.num_passes * each,
        error=_TRIED_ERROR if was_tried else _COUNTED_ERROR,
        memory_bytes=measured.memory_bytes or memory_counted(demand, shape, work.longest),
        memory_there=measured.memory_there,
        disk_bytes=disk_needed(shape.num_parameters, is_adapter=demand.is_adapter),
        disk_there=shutil.disk_usage(there).free,
        rests_on=measured.rests_on,
    )


def memory_counted(demand: Demand, shape: Shape, longest: int) -> int:
    """Bytes at the longest batch: weights, gradients, the optimizer's moments, what layers keep
    for the way back, and three copies of the scores over all words.
    """
    learnt = _num_learnt(demand, shape)
    weights = shape.num_parameters * demand.weight_bytes + learnt * _BYTES * (1 + demand.moments)
    tokens = min(longest, demand.max_tokens) * demand.batch_size
    full_layers = 1 if demand.goes_forward_twice else shape.num_layers
    kept = shape.hidden * (full_layers * _KEPT + shape.num_layers)
    words = 3 * shape.num_words * _BYTES if demand.scores_words else 0
    width = _HALF if demand.in_halves else _BYTES
    return int(_OWN_BYTES + weights + tokens * (kept * width + words))


def _seconds_counted(demand: Demand, shape: Shape, measured: Measured) -> float:
    """Of a token."""
    work = _WORK_ADAPTER if demand.is_adapter else _WORK_ALL
    work += _WORK_AGAIN if demand.goes_forward_twice else 0
    return work * shape.num_parameters / (_SHARE_OF_PEAK * measured.operations_per_second)


def _num_learnt(demand: Demand, shape: Shape) -> int:
    return int(shape.num_parameters * (_ADAPTER_SHARE if demand.is_adapter else 1))
