"""Runs a step: part after part, going on where it was interrupted.

>>> run_step(STEPS["curate"], dataset, settings)

A part is done when its receipt is there and names the same input; nothing else is remembered, so a
process may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import resource
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from core.errors import DatasetError
from core.settings import Settings
from pipeline.dataset import Dataset, kept_keys
from pipeline.document_source import look_anew
from pipeline.drop import Tally
from pipeline.processes import MakeAll, one_by_one
from pipeline.receipt import read_receipt, write_receipt
from pipeline.share import ALL, Share

Progress = Callable[[int, int, str], None]
"""Parts done, of how many, and what is being done; may raise to stop."""
_NAMED = 5
"""Missing parts that a sentence names."""


def _nothing(_dataset: Dataset, _part: str) -> None:
    """Most steps depend on nothing outside of their dataset."""


def _no_end(_dataset: Dataset) -> None:
    """Most steps are done when their parts are."""


@dataclass(frozen=True)
class Step:
    """One step of the pipeline."""

    name: str
    title: str
    make: Callable[[Task, Tally], dict[str, Path]]
    """Makes one part: writes its tables and returns their paths. It may be killed at any moment
    and called again."""
    parts: Callable[[Dataset], list[str]]
    reads: tuple[Step, ...] = ()
    """Steps whose tables it reads: those of the same part, where they have one, else all."""
    uses: tuple[str, ...] = ()
    """Fields of the recipe that its rows depend on, besides what it reads."""
    version: int = 1
    """Raised whenever the same input gives other rows."""
    finish: Callable[[Dataset], None] = _no_end
    """What is left to do when all parts are done, also where they were done before."""
    watches: Callable[[Dataset, str], object] = _nothing
    """Something outside of the dataset that its rows depend on, as a JSON value."""


@dataclass(frozen=True)
class Task:
    """One part of a step's work."""

    dataset: Dataset
    settings: Settings
    part: str

    def table(self, step: str, table: str, part: str = "") -> Path:
        """A table's path, of this part unless another one is named."""
        return self.dataset.table_path(step, part or self.part, table)


@dataclass(frozen=True, slots=True)
class Ran:
    """What running a step came to."""

    made: int
    """Parts that were made now; the others were there."""
    parts: int
    seconds: float
    """Of processors, for what was made now."""
    peak_bytes: int


def run_step(
    step: Step,
    dataset: Dataset,
    settings: Settings,
    *,
    make_all: MakeAll = one_by_one,
    share: Share = ALL,
    progress: Progress = lambda done, total, message: None,
) -> Ran:
    """Bring a step's parts up to date, or a share of them. Raises ``DatasetError`` where a step
    before it is missing, ``StoreError`` where the disk is full.
    """
    run = uuid.uuid4().hex
    look_anew(run)
    parts = share.of(step.parts(dataset))
    waiting = [part for part in parts if not is_done(step, dataset, part)]
    progress(len(parts) - len(waiting), len(parts), step.title)
    tasks = [Task(dataset, settings, part) for part in waiting]
    with closing(make_all(partial(_make, step, run), tasks)) as made:
        for number, _ in enumerate(made, len(parts) - len(waiting) + 1):
            progress(number, len(parts), step.title)
    if share == ALL:  # else other processes are at work on what this one does not know
        _remove_others(step, dataset, parts)
        step.finish(dataset)
    receipts = [read_receipt(dataset.receipt_path(step.name, part)) for part in waiting]
    found = [receipt for receipt in receipts if receipt]
    return Ran(
        made=len(waiting),
        parts=len(parts),
        seconds=sum(receipt.seconds for receipt in found),
        peak_bytes=max((receipt.peak_bytes for receipt in found), default=0),
    )


def is_done(step: Step, dataset: Dataset, part: str) -> bool:
    """Whether a part is there, made from what there is now."""
    receipt = read_receipt(dataset.receipt_path(step.name, part))
    return receipt is not None and receipt.input == input_hash(step, dataset, part)


def input_hash(step: Step, dataset: Dataset, part: str) -> str:
    """A hash over all that a part's rows depend on. Raises ``DatasetError``."""
    read = {other.name: _outputs(dataset, other, part) for other in step.reads}
    recipe = {name: getattr(dataset.recipe, name) for name in step.uses}
    kept = sorted(kept_keys(dataset, step.name, part))
    said = [step.name, step.version, part, read, recipe, kept, step.watches(dataset, part)]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _outputs(dataset: Dataset, step: Step, part: str) -> list[dict[str, str]]:
    """What another step has made of the same part, if it has such parts, else of all of them."""
    parts = step.parts(dataset)
    found = {
        each: read_receipt(dataset.receipt_path(step.name, each))
        for each in ([part] if part in parts else parts)
    }
    missing = [each for each, receipt in found.items() if receipt is None]
    if missing:
        raise DatasetError(_says_missing(dataset, step, missing, len(found)))
    return [receipt.outputs for receipt in found.values() if receipt]


def _says_missing(dataset: Dataset, step: Step, missing: Sequence[str], total: int) -> str:
    some = ", ".join(missing[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
    return (
        f"“{step.name}” of dataset “{dataset.name}” has not come to its end: {len(missing)} of "
        f"{total} parts are missing ({some}). Run it first; where several processes make it by "
        "shards, wait for all of them."
    )


def _make(step: Step, run: str, task: Task) -> str:
    """One part and its receipt; its name."""
    look_anew(run)
    input_ = input_hash(step, task.dataset, task.part)
    tally = Tally(kept_keys(task.dataset, step.name))
    started = time.process_time()
    tables = step.make(task, tally)
    write_receipt(
        task.dataset.receipt_path(step.name, task.part),
        input_=input_,
        tables=tables,
        tally=tally,
        seconds=time.process_time() - started,
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )
    return task.part


def _remove_others(step: Step, dataset: Dataset, parts: Iterable[str]) -> None:
    """Files of parts that the recipe no longer has, and what killed processes half wrote."""
    wanted = set(parts)
    for path in (dataset.path / step.name).glob("*"):
        if path.is_file() and path.name.split(".")[0] not in wanted:
            path.unlink(missing_ok=True)


def shards(dataset: Dataset) -> list[str]:
    """The parts of a step that works on one shard after the other."""
    return dataset.shard_names
