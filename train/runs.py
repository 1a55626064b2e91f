"""The life of a training run: started, stopped, gone on with, judged, deleted.

>>> run = start_run(store, "sft", "pets", {"preset": "tiny"}, {"path": "…/export/69e2"})
>>> state_of(store, run).sentence
'Training: step 40 of 60.'

The row (:mod:`core.store.training_runs`) says what was asked for, the folder holds what came of it,
a job does the work. Everything here may be called by pages: nothing imports torch.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from core.errors import CallwrightError
from core.jobs import control
from core.models.opening import BACKENDS
from core.models.trained import is_done, model_path, newest
from core.settings import CHOICES, Settings
from core.store.database import Store
from core.store.jobs import UNFINISHED, Job, find_job, list_jobs
from core.store.model_servers import model_offers
from core.store.preferences import with_preferences
from core.store.training_runs import (
    Kind,
    NewTrainingRun,
    TrainingRun,
    assign_training_job,
    forget_run,
    keep_run,
    note_made_with,
    training_run,
    training_runs,
)
from train.invocation import SETTINGS, check, write_config
from train.lock import holder
from train.measuring import Measuring, plan_of
from train.metrics import read_metrics

StateName = Literal["waiting", "training", "measuring", "stopped", "done", "failed"]
_FOLDER = "models"
_name = re.compile(r"[A-Za-z0-9][\w.-]{0,59}", re.ASCII)
_BUSY = ("waiting", "training", "measuring")
MEASURING = "measuring"
"""What the message of a job begins with while it measures."""
JOB_KINDS: Mapping[Kind, str] = {
    "sft": "train-sft",
    "retriever": "train-retriever",
    "reranker": "train-reranker",
}


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run is."""

    name: StateName
    sentence: str
    """For people; where it failed, why."""
    step: int
    of: int
    """0 where nobody knows yet."""

    @property
    def is_busy(self) -> bool:
        """Whether somebody works on it, or will."""
        return self.name in _BUSY


def start_run(
    store: Store,
    kind: Kind,
    name: str,
    values: Mapping[str, Any],
    data: Mapping[str, Any],
    measuring: Measuring = Measuring(),  # noqa: B008  # frozen
) -> TrainingRun:
    """Check everything, keep the run, and ask for its job; heavy jobs wait for one another.

    ``values`` are the settings that were chosen, ``data`` is what :mod:`train.invocation` says.
    Takes the seconds in which torch is loaded, in another process. Raises ``CallwrightError`` with
    what to change.
    """
    _check_name(store, name)
    if kind != "sft" and measuring.every:
        raise CallwrightError("Only language models are asked questions while they are trained.")
    wanted = NewTrainingRun(
        kind, name, f"{_FOLDER}/{name}", SETTINGS[kind](values), dict(data), asdict(measuring)
    )
    run = keep_run(store, wanted)
    try:
        write_config(run)
        told = check(run, store.settings)
    except CallwrightError:
        forget_run(store, run.id)
        shutil.rmtree(run.folder, ignore_errors=True)
        raise
    note_made_with(store, run.id, told["data_hash"], told["code_version"])
    _ask_for_job(store, run)
    return training_run(store, run.id)


def is_in_workspace(settings: Settings, out: Path) -> bool:
    """Whether a folder is one of the workspace's models."""
    return out.absolute().parent == (settings.workspace / _FOLDER).absolute()


def register_run(
    store: Store, kind: Kind, out: Path, settings: Mapping[str, Any], data: Mapping[str, Any]
) -> TrainingRun:
    """The run of a folder that a command trains in; a new row where there is none yet."""
    folder = f"{_FOLDER}/{out.name}"
    for run in training_runs(store):
        if run.name == out.name:
            return run
    _check_word(store, out.name)
    run = keep_run(store, NewTrainingRun(kind, out.name, folder, dict(settings), dict(data)))
    write_config(run)
    return run


def stop_run(store: Store, run: TrainingRun) -> None:
    """Stop a run within seconds, or take it out of the queue; its last checkpoint stays."""
    job = _job(store, run)
    if job is not None and not job.is_over:
        control.cancel(store, job.id)
    elif (process := holder(run.folder)) is not None:  # a command of somebody's
        os.kill(process, signal.SIGTERM)


def resume_run(store: Store, run: TrainingRun) -> None:
    """Go on at the last checkpoint, however the run was ended. Raises ``CallwrightError``."""
    if state_of(store, run).name in ("done", *_BUSY):
        raise CallwrightError(
            f"{run.name} is not one that was stopped: there is nothing to resume."
        )
    _ask_for_job(store, run)


def delete_run(store: Store, run: TrainingRun) -> int:
    """Stop a run, remove its folder and its row; the bytes that are free now.

    Raises ``CallwrightError`` while the workspace searches with it.
    """
    settings = with_preferences(store).settings
    for choice in CHOICES:
        if Path(getattr(settings, choice)).absolute().is_relative_to(run.folder):
            raise CallwrightError(
                f"{run.name} is the {choice} that is in use. Choose another one on the page Models "
                "first."
            )
    stop_run(store, run)
    for job in jobs_on(store, run):
        control.cancel(store, job.id)
    freed = sum(path.lstat().st_size for path in run.folder.rglob("*") if not path.is_dir())
    shutil.rmtree(run.folder, ignore_errors=True)
    forget_run(store, run.id)
    return freed


def state_of(store: Store, run: TrainingRun) -> RunState:
    """How far a run is, whoever works on it."""
    measured = read_metrics(run.folder)
    step, of = (measured[-1].step, measured[-1].of) if measured else (0, 0)
    name, sentence = _state(store, run, f"step {step:,} of {of:,}" if of else "getting ready")
    return RunState(name, sentence, step, of)


def _state(store: Store, run: TrainingRun, at: str) -> tuple[StateName, str]:
    job = _job(store, run)
    if is_done(run.folder):
        if job is None or job.is_over:
            return "done", f"Done: {at}."
        return "measuring", f"Measuring: {at}."
    if job is not None and job.state in ("queued", "starting"):
        return "waiting", "Waiting for the jobs before it."
    if job is not None and job.state == "running":
        if job.message.startswith(MEASURING):
            return "measuring", f"Measuring: {at}."
        return "training", f"Training: {at}."
    if holder(run.folder) is not None:
        return "training", f"Training, by a command: {at}."
    if job is not None and job.state == "failed":
        return "failed", f"Failed: {job.error}"
    kept = newest(run.folder)
    return "stopped", f"Stopped: {at}, {f'with {kept.name}' if kept else 'without a checkpoint'}."


def evaluate_run(store: Store, run: TrainingRun, measuring: Measuring | None = None) -> Job:
    """Ask a run's newest weights the questions of its tests, as a run of the scoreboard.

    Raises ``CallwrightError`` where there is nothing to ask yet.
    """
    if not (is_done(run.folder) or (run.kind == "sft" and newest(run.folder))):
        raise CallwrightError(f"{run.name} has no weights yet that could be asked.")
    asked = measuring or Measuring(**run.measuring)
    plan = plan_of(run, asked)
    return control.start(store, "evaluate", {"plans": [plan]}, f"Evaluate {run.name}")


def searchers(store: Store, kind: Kind) -> list[str]:
    """The folders of the retrievers or rerankers that were trained here, ready to be used."""
    found = [run for run in training_runs(store) if run.kind == kind and is_done(run.folder)]
    return [str(model_path(run.folder)) for run in found]


def jobs_on(store: Store, run: TrainingRun) -> list[Job]:
    """The jobs that are not over and work with a run's weights: those that serve them, ..."""
    found = list_jobs(store, UNFINISHED)
    return [job for job in found if job.arguments.get("training_run") == run.id]


def _check_name(store: Store, name: str) -> None:
    _check_word(store, name)
    if (folder := store.workspace / _FOLDER / name).exists():
        raise CallwrightError(f"{folder} is there already. Choose another name, or remove it.")


def _check_word(store: Store, name: str) -> None:
    if not _name.fullmatch(name) or name in BACKENDS:
        raise CallwrightError(
            f"“{name}” cannot be a run's name, for models are asked by it. Use letters, digits and "
            "any of . - _, 60 at most, beginning with a letter or digit."
        )
    if any(offer.name == name for offer in model_offers(store)):
        raise CallwrightError(f"There is a model “{name}” already. Choose another name.")


def _ask_for_job(store: Store, run: TrainingRun) -> None:
    job = control.start(store, JOB_KINDS[run.kind], {"training_run": run.id}, f"Train {run.name}")
    assign_training_job(store, run.id, job.id)


def _job(store: Store, run: TrainingRun) -> Job | None:
    return None if run.job is None else find_job(store, run.job)
