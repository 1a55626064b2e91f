"""What a training run tells while it goes on.

>>> train_sft(settings, data, out, lambda step, total, measured: print(step, measured))
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import psutil

Report = Callable[[int, int, dict[str, float]], None]
"""Called after some steps: which one, of how many, and what was measured (``loss``, ...)."""


def silent(step: int, total: int, measured: dict[str, float]) -> None:
    """A report to nobody."""


def both(first: Report, second: Report) -> Report:
    """A report to two."""

    def report(step: int, total: int, measured: dict[str, float]) -> None:
        first(step, total, measured)
        second(step, total, measured)

    return report


def reporter(report: Report) -> Any:
    """A callback of transformers that hands on what its trainer logs, and how fast it is.

    Only the first of several processes reports.
    """
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        """Hands on what the trainer logs."""

        def __init__(self) -> None:
            self._step = 0
            self._tokens = 0.0
            self._at = 0.0

        def on_train_begin(self, args: Any, state: Any, control: Any, **found: Any) -> None:
            self._begin(state.global_step, 0.0)

        def on_log(self, args: Any, state: Any, control: Any, **found: Any) -> None:
            logs = dict(found.get("logs") or {})
            if "loss" in logs:
                logs |= self._speed(args, state, logs)
                self._begin(state.global_step, logs.get("num_tokens", 0.0))
            if state.is_world_process_zero:
                report(state.global_step, state.max_steps, logs)

        def on_evaluate(self, args: Any, state: Any, control: Any, **found: Any) -> None:
            self._at = time.monotonic()  # what evaluation took is not training

        def _begin(self, step: int, tokens: float) -> None:
            self._step, self._tokens, self._at = step, tokens, time.monotonic()

        def _speed(self, args: Any, state: Any, logs: dict[str, float]) -> dict[str, float]:
            seconds, steps = time.monotonic() - self._at, state.global_step - self._step
            examples = steps * args.train_batch_size * args.gradient_accumulation_steps
            found = {"memory_bytes": _memory()}
            if examples and seconds > 0:
                found["device_seconds_per_example"] = seconds / examples
                if tokens := logs.get("num_tokens", 0.0) - self._tokens:
                    found["tokens_per_second"] = tokens / seconds
            return found

    return Reporter()


def stopper(step: int) -> Any:
    """A callback of transformers that keeps a checkpoint after a step, and stops there."""
    from transformers import TrainerCallback

    class Stopper(TrainerCallback):
        """Stops on its way."""

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if state.global_step >= step:
                control.should_save = control.should_training_stop = True

    return Stopper()


def _memory() -> float:
    """At most so far, in bytes: of the GPU where there is one, else of this process."""
    import torch

    if torch.cuda.is_available():
        return float(torch.cuda.max_memory_allocated())
    return float(psutil.Process().memory_info().rss)
