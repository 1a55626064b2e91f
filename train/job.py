"""Training as a job: one run to its end, measured on its way, from wherever it was left.

The work is done by the run's own command in a process of its own. Where the run is to be measured,
that process ends after so many steps and gives its memory back; the evaluation command asks the
checkpoint; then training goes on. So two models are never in memory, and a curve is the same
whether it was measured or not.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from core.errors import CallwrightError
from core.jobs.context import JobContext
from core.jobs.control import log_tail
from core.jobs.tether import tethered
from core.models.trained import is_done, step_of
from core.store.training_runs import TrainingRun, assign_training_job, training_run
from train.invocation import invocation
from train.measuring import Measuring, evaluation, keep_levels
from train.metrics import read_metrics
from train.runs import MEASURING

_LOOK_SECONDS = 0.5


def train(arguments: dict[str, Any], context: JobContext) -> Any:
    """Bring the ``training_run`` to its end. Raises ``CallwrightError`` with what went wrong."""
    run = training_run(context.store, arguments["training_run"])
    assign_training_job(context.store, run.id, context.job.id)  # also of a job that was retried
    measuring = Measuring(**run.measuring)
    while not is_done(run.folder):
        until = measuring.next_step(step_of(run.folder))
        _follow(run, context, "training", [*invocation(run), *until])
        _measure(run, measuring, context)
    _measure(run, measuring, context)
    seen = read_metrics(run.folder)
    return {"steps": seen[-1].step, "loss": seen[-1].loss} if seen else {}


def _measure(run: TrainingRun, measuring: Measuring, context: JobContext) -> None:
    """Ask what measurements lack: the base, and the step at which the run is."""
    seen = read_metrics(run.folder)
    if not measuring.every or not seen:
        return
    of = seen[-1].of
    at = of if is_done(run.folder) else step_of(run.folder)
    known = {each.step for each in seen if each.levels}
    for step in sorted({0, at} - known):
        asked = evaluation(run, measuring, step if step < of else None)
        _follow(run, context, f"{MEASURING} step {step:,}", asked, module="pipeline")
        keep_levels(context.store, run, measuring, step, of)


def _follow(
    run: TrainingRun, context: JobContext, message: str, words: list[str], module: str = "train"
) -> None:
    """Run a command to its end, and say meanwhile how far the run is."""
    with tethered([sys.executable, "-m", module, *words]) as process:
        while True:
            seen = read_metrics(run.folder)
            done, of = (seen[-1].step, seen[-1].of) if seen else (0, None)
            context.progress(done, of, message)
            try:
                process.wait(_LOOK_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
    if process.returncode:
        said = log_tail(context.store, context.job.id, num_bytes=2_000).strip().splitlines()
        raise CallwrightError(said[-1] if said else f"{module} ended with {process.returncode}.")
