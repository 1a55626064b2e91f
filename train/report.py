"""What a training run tells while it goes on.

>>> train_sft(settings, data, out, lambda step, total, measured: print(step, measured))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Report = Callable[[int, int, dict[str, float]], None]
"""Called after some steps: which one, of how many, and what was measured (``loss``, ...)."""


def silent(step: int, total: int, measured: dict[str, float]) -> None:
    """A report to nobody."""


def reporter(report: Report) -> Any:
    """A callback of transformers that hands on what its trainer logs."""
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):
        """Hands on what the trainer logs."""

        def on_log(self, args: Any, state: Any, control: Any, **found: Any) -> None:
            report(state.global_step, state.max_steps, dict(found.get("logs") or {}))

    return Reporter()
