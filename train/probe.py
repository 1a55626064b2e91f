"""A few steps of a training that is not begun: how fast it is, and in how much memory.

>>> step = causal_step(model, in_halves=False)
>>> try_steps(step, examples, batch_size=4, device=device_of(), seed=1).seconds_per_token
0.0000731
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import psutil

from train.example import Example

_MOST_STEPS = 8
_SECONDS = 3.0
_SIDE = 2_048
_TIMES = 4
_KILO = 1 if sys.platform == "darwin" else 1024
_T = TypeVar("_T")


class Sized(Protocol):
    """Something to learn."""

    @property
    def num_tokens(self) -> int: ...


_S = TypeVar("_S", bound=Sized)
Step = Callable[[Sequence[_T]], None]
"""Learns from a batch, and waits until that is done."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen of this machine."""

    device: str
    memory_there: int
    rests_on: str
    """What was measured, in words."""
    operations_per_second: float = 0.0
    """Of multiplying large matrices; 0 where steps were tried."""
    seconds_per_token: float = 0.0
    """Of training; 0 where no steps were tried."""
    memory_bytes: int = 0
    """At the longest batch; 0 where no steps were tried."""


def try_steps(
    step: Step[_S], examples: Sequence[_S], *, batch_size: int, device: Any, seed: int
) -> Measured:
    """Take a step on the longest examples, which is slow as the first one always is and needs the
    most memory, and then some on any.
    """
    step(sorted(examples, key=lambda example: -example.num_tokens)[:batch_size])
    drawn = random.Random(seed).choices(examples, k=batch_size * _MOST_STEPS)
    num_tokens, num_steps, began = 0, 0, time.monotonic()
    while num_steps < _MOST_STEPS and time.monotonic() - began < _SECONDS:
        batch = drawn[num_steps::_MOST_STEPS]
        step(batch)
        num_tokens += sum(example.num_tokens for example in batch)
        num_steps += 1
    seconds = time.monotonic() - began
    return Measured(
        device=_called(device),
        memory_there=_memory_there(device),
        rests_on=f"{num_steps} of its steps that were tried on this machine just now, and one of "
        "the longest examples",
        seconds_per_token=seconds / num_tokens,
        memory_bytes=_memory_taken(device),
    )


def measure_machine(device: Any, *, in_halves: bool) -> Measured:
    """How fast this machine multiplies matrices, for models that are too large to be tried."""
    import torch

    dtype = torch.bfloat16 if in_halves else torch.float32
    matrix = torch.ones(_SIDE, _SIDE, dtype=dtype, device=device)
    (matrix @ matrix).sum().item()
    began = time.monotonic()
    for _ in range(_TIMES):
        (matrix @ matrix).sum().item()  # waits until it is done
    speed = _TIMES * 2 * _SIDE**3 / (time.monotonic() - began)
    return Measured(
        device=_called(device),
        memory_there=_memory_there(device),
        rests_on=f"arithmetic: this machine multiplies at {speed / 1e12:,.2f} TFLOP/s, measured "
        "now; the model was not tried",
        operations_per_second=speed,
    )


def device_of(wanted: str = "auto") -> Any:
    """Where training would happen."""
    import torch

    return torch.device("cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu")


def causal_step(model: Any, *, in_halves: bool) -> Step[Example]:
    """Steps of a model that writes; they change nothing, for their rate is 0."""
    import torch

    device = next(model.parameters()).device
    optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=0.0)

    def step(batch: Sequence[Example]) -> None:
        longest = max(example.num_tokens for example in batch)
        rows = [(each.tokens, each.labels, longest - each.num_tokens) for each in batch]
        tokens = torch.tensor([tokens + [0] * pad for tokens, _, pad in rows], device=device)
        labels = torch.tensor([labels + [-100] * pad for _, labels, pad in rows], device=device)
        seen = torch.tensor([[1] * len(each) + [0] * pad for each, _, pad in rows], device=device)
        with torch.autocast(device.type, torch.bfloat16, enabled=in_halves):
            loss = model(input_ids=tokens, attention_mask=seen, labels=labels).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        loss.item()  # waits until it is done

    return step


def _called(device: Any) -> str:
    import torch

    if device.type == "cuda":
        return str(torch.cuda.get_device_name(device))
    return f"processor, {torch.get_num_threads()} of {psutil.cpu_count() or 1} cores"


def _memory_there(device: Any) -> int:
    import torch

    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available)


def _memory_taken(device: Any) -> int:
    """At its highest: of the GPU, or of this process."""
    import torch

    if device.type == "cuda":
        return int(torch.cuda.max_memory_allocated(device))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO
