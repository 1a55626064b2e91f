"""How a run is measured while it goes on: questions of all three levels, asked of its checkpoints.

>>> Measuring(every=100, questions=20, test_set="dataset:pets").next_step(130)
['--until', '200']

Step 0 is the base before anything is learnt. Each measurement is an evaluation run like any other
(``python -m pipeline evaluate``), in a process of its own after training has left the memory; what
the last one finds stays on the scoreboard, the others are kept beside the losses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.errors import CallwrightError
from core.models.trained import at_step, model_path
from core.store.database import Store
from core.store.runs import ALL, delete_run, figures_of, list_runs
from core.store.training_runs import TrainingRun
from train.metrics import append_metrics

_LANGUAGE = "curl"
_BUNDLED = "bundled"
_WITHOUT_MODEL = "grounded"
_CHOICES = {"retriever": "embedder", "reranker": "reranker"}
_MEASURE = "right"
"""The share of calls that send the very request that was wanted."""


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

    def next_step(self, step: int) -> list[str]:
        """How a command is told where to stop, to be measured after a step; empty for nowhere."""
        if not self.every:
            return []
        return ["--until", str((step // self.every + 1) * self.every)]


def plan_of(run: TrainingRun, measuring: Measuring, step: int | None = None) -> dict[str, Any]:
    """What an evaluation asks of a run's weights after a step, or of the newest ones.

    As a model is trained, with the API given, and in its own language (cURL, if it learns several),
    so that a figure beside a loss speaks of what that loss is about. A retriever or a reranker is
    judged by the engine that needs no language model and searches with it.
    """
    own = f"dataset:{run.data['dataset']}" if run.data.get("dataset") else _BUNDLED
    asked: dict[str, Any] = {"test_set": measuring.test_set or own, "pool": "given"}
    if run.kind != "sft":
        choice = _CHOICES[run.kind]
        return {**asked, "engine": _WITHOUT_MODEL, choice: str(model_path(run.folder))}
    name = run.name if step is None else at_step(run.name, step)
    return {
        **asked,
        "engine": f"{measuring.engine}+{name}",
        "languages": [run.settings.get("language") or _LANGUAGE],
        "limit": measuring.questions,
        "words_only": True,
    }


def evaluation(run: TrainingRun, measuring: Measuring, step: int | None) -> list[str]:
    """The same as what stands behind ``python -m pipeline``."""
    plan = plan_of(run, measuring, step)
    options = {"engine": plan["engine"], "set": plan["test_set"], "pool": plan["pool"]}
    options |= {"language": plan["languages"][0], "limit": str(plan["limit"])}
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return ["evaluate", *words, "--words-only"]


def keep_levels(store: Store, run: TrainingRun, measuring: Measuring, step: int, of: int) -> None:
    """Keep what the newest evaluation of a step found beside the losses of the run."""
    engine = plan_of(run, measuring, step if step < of else None)["engine"]
    newest = next(each for each in list_runs(store) if each.engine == engine)
    figures = figures_of(store, [_MEASURE], numbers=[newest.id], languages=[ALL])[newest.id]
    levels = {
        str(each.level): {
            "api_call": each.value,
            "n": each.count,
            "low": each.low,
            "high": each.high,
        }
        for each in figures
        if each.level
    }
    append_metrics(run.folder, step, of, {"levels": levels})
    if step < of:
        delete_run(store, newest.id)
