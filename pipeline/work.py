"""Runs a step: part after part, in this process or in several, going on where it was interrupted.

>>> run_step(STEPS["curate"], dataset, settings, workers=2)

A part is done when its receipt is there and names the same input; nothing else is remembered, so a
process may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import os
import resource
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path

import orjson

from core.errors import DatasetError
from core.settings import Settings
from pipeline.dataset import Dataset, kept_keys
from pipeline.document_source import forget_files
from pipeline.drop import Tally
from pipeline.receipt import read_receipt, write_receipt

Progress = Callable[[int, int, str], None]
"""Parts done, of how many, and what is being done; may raise to stop."""


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
    workers: int = 1,
    progress: Progress = lambda done, total, message: None,
) -> Ran:
    """Bring a step's parts up to date. Raises ``DatasetError`` where a step before it is missing,
    ``StoreError`` where the disk is full.
    """
    forget_files()
    parts = step.parts(dataset)
    waiting = [part for part in parts if not is_done(step, dataset, part)]
    progress(len(parts) - len(waiting), len(parts), step.title)
    tasks = [(step, Task(dataset, settings, part)) for part in waiting]
    for number, _ in enumerate(_made(tasks, workers), len(parts) - len(waiting) + 1):
        progress(number, len(parts), step.title)
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
    read = {
        other.name: [_outputs(dataset, other, each) for each in _parts_read(dataset, other, part)]
        for other in step.reads
    }
    recipe = {name: getattr(dataset.recipe, name) for name in step.uses}
    kept = sorted(kept_keys(dataset, step.name, part))
    said = [step.name, step.version, part, read, recipe, kept, step.watches(dataset, part)]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _outputs(dataset: Dataset, step: Step, part: str) -> dict[str, str]:
    receipt = read_receipt(dataset.receipt_path(step.name, part))
    if receipt is None:
        raise DatasetError(
            f"“{step.name}” of dataset “{dataset.name}” has not come to its end. Run it first."
        )
    return receipt.outputs


def _parts_read(dataset: Dataset, step: Step, part: str) -> list[str]:
    """The parts of another step that a part reads: its own, or all of them."""
    parts = step.parts(dataset)
    return [part] if part in parts else parts


def _made(tasks: list[tuple[Step, Task]], workers: int) -> Iterator[str]:
    """Makes the parts; the name of each when it is done."""
    if workers == 1 or len(tasks) < 2:
        for task in tasks:
            yield _make(*task)
        return
    # Not forked: a job has threads, and the copy of a lock that one of them holds stays shut.
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_end_with, initargs=(os.getpid(),)
    ) as pool:
        pending = [pool.submit(_make, *task) for task in tasks]
        try:
            yield from (done.result() for done in as_completed(pending))
        except BrokenProcessPool as error:
            raise DatasetError(
                "A worker process was killed, most often because memory ran out. What is done "
                "stays done; run again with fewer workers."
            ) from error
        except BaseException:  # cancelled: a part may take minutes, and nobody waits for it
            for worker in active_children():
                worker.terminate()
            raise


def _make(step: Step, task: Task) -> str:
    """One part and its receipt; its name."""
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


def _end_with(parent: int) -> None:
    """A worker ends when the process that started it is gone, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def shards(dataset: Dataset) -> list[str]:
    """The parts of a step that works on one shard after the other."""
    return dataset.shard_names
