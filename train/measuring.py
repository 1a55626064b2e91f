"""How a run is measured while it goes on: questions of all three levels, asked of its checkpoints.

>>> Measuring(every=100, questions=20, test_set="dataset:pets").steps(250)
[0, 100, 200, 250]

Step 0 is the base before anything is learnt. Each measurement is an evaluation run like any other
(``python -m pipeline evaluate``), in a process of its own after training has left the memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import CallwrightError
from core.models.trained import at_step
from core.store.training_runs import TrainingRun

_LANGUAGE = "curl"
_BUNDLED = "bundled"


@dataclass(frozen=True)
class Measuring:
    """What is asked of checkpoints, and how often."""

    every: int = 0
    """Steps from one measurement to the next; 0 for none at all."""
    questions: int = 10
    """Of each level."""
    test_set: str = ""
    """``bundled`` or ``dataset:NAME``, as for ``python -m pipeline evaluate``; empty for the
    dataset that is trained on, where it is one of the workspace."""
    engine: str = "free-0"
    """The way in which the model is asked: what stands before the plus of an engine's name."""

    def __post_init__(self) -> None:
        if self.every < 0 or self.questions < 1:
            raise CallwrightError(
                "A run is measured every so many steps (0: never) with at least one question of "
                f"each level, not every {self.every} with {self.questions}."
            )

    def steps(self, total: int) -> list[int]:
        """The steps after which is measured, of a run of so many."""
        return [*range(0, total, self.every), total] if self.every else []


def plan_of(run: TrainingRun, measuring: Measuring, step: int | None = None) -> dict[str, Any]:
    """What ``pipeline.evaluate`` is asked for: the questions to a run's weights after a step.

    Asked as a model is trained, with the API given and in its own language (cURL, if it learns
    several), so that a figure beside a loss speaks of what that loss is about.
    """
    name = run.name if step is None else at_step(run.name, step)
    own = f"dataset:{run.data['dataset']}" if run.data.get("dataset") else _BUNDLED
    return {
        "engine": f"{measuring.engine}+{name}",
        "test_set": measuring.test_set or own,
        "pool": "given",
        "languages": [run.settings.get("language") or _LANGUAGE],
        "limit": measuring.questions,
        "words_only": True,
        "executes": False,
    }
