"""The commands for runs of the workspace: ``runs``, ``stop``, ``resume``, ``delete``, ``serve`` …

>>> python -m train runs
  name      kind       state      steps       loss
* pets      sft        done       112 of 112  1.31
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from core.errors import CallwrightError
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.training_runs import TrainingRun, run_named, training_runs
from train.dataset import Dataset, read_dataset
from train.metrics import read_metrics
from train.row_loss import make_row_losses
from train.runs import delete_run, evaluate_run, resume_run, state_of, stop_run
from train.serving import serve, server_name
from train.sft_settings import settings_of
from train.terminal import say

_SHOWN = 20


def add_run_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """All of them."""
    listing = commands.add_parser("runs", help="list the runs of the workspace")
    listing.set_defaults(run=_list)
    for name, (do, about) in _COMMANDS.items():
        command = commands.add_parser(name, help=about, description=f"{about.capitalize()}.")
        command.add_argument("name", metavar="NAME", help="of a run, as “runs” lists it")
        command.set_defaults(run=_on_run, do=do)


def _list(_arguments: argparse.Namespace) -> None:
    with closing(open_store(Settings.from_environment())) as store:
        found = training_runs(store)
        for run in found:
            state, losses = state_of(store, run), [each.loss for each in read_metrics(run.folder)]
            loss = next((f"{each:.3f}" for each in reversed(losses) if each is not None), "")
            steps = f"{state.step:,} of {state.of:,}" if state.of else ""
            star = "*" if run.is_starred else " "
            _print(f"{star} {run.name:24} {run.kind:10} {state.name:10} {steps:16} {loss}")
        if not found:
            say("There is none yet: python -m train sft … --out workspace/models/NAME")


def _on_run(arguments: argparse.Namespace) -> None:
    with closing(open_store(Settings.from_environment())) as store:
        arguments.do(store, run_named(store, arguments.name))


def _stop(store: Store, run: TrainingRun) -> None:
    stop_run(store, run)
    say(state_of(store, run).sentence)


def _resume(store: Store, run: TrainingRun) -> None:
    resume_run(store, run)
    say(f"A job goes on with {run.name}.")


def _delete(store: Store, run: TrainingRun) -> None:
    freed = delete_run(store, run)
    say(f"{run.name} is deleted: {freed / 1e6:,.1f} MB are free again.")


def _evaluate(store: Store, run: TrainingRun) -> None:
    job = evaluate_run(store, run)
    say(f"Job {job.id} asks {run.name} the questions; the page Scoreboard shows what comes of it.")


def _serve(store: Store, run: TrainingRun) -> None:
    told = ""

    def watch(message: str) -> None:
        nonlocal told
        if message != told:
            say(message)
        told = message

    say(f"{server_name(run)} is among the models until Ctrl-C.")
    try:
        serve(store, run, watch, lambda: True)
    except KeyboardInterrupt:
        say("ended")


def _row_losses(store: Store, run: TrainingRun) -> None:
    if run.kind != "sft":
        raise CallwrightError(f"{run.name} is a {run.kind}: only language models have rows.")
    settings = settings_of(run.settings, f"the run {run.name}")
    found = make_row_losses(settings, _data(run), run.folder)
    for each in found[:_SHOWN]:
        _print(f"{each.loss:8.3f}  {each.label:40} {each.instruction[:80]}")


def _data(run: TrainingRun) -> Dataset:
    """The rows that a run was trained on. Raises ``DatasetError``."""
    return read_dataset(Path(run.data["path"]))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


_COMMANDS: dict[str, tuple[Callable[[Store, TrainingRun], None], str]] = {
    "stop": (_stop, "stop a run, and keep its last checkpoint"),
    "resume": (_resume, "go on with a run that was stopped, as a job"),
    "delete": (_delete, "remove a run with all of its weights"),
    "measure": (_evaluate, "ask a run's model the questions of its tests, as a job"),
    "serve": (_serve, "serve a run's model with vLLM until Ctrl-C"),
    "row-losses": (_row_losses, "how hard each training row is for the model: the hardest first"),
}
