"""The parts of a step made on this machine: in this process, or in several beside it.

>>> with in_processes(dataset, settings, 2) as make_all:
...     run_step(step, dataset, settings, make_all=make_all)
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children, get_context
from typing import Any

from core.errors import DatasetError
from core.settings import Settings
from pipeline.dataset import Dataset

Made = Generator[str, None, None]
"""The names of what is made, in the order of the ends; to close it is to give up the rest."""
MakeAll = Callable[[Callable[[Any], str], Sequence[Any]], Made]
"""Calls a function with each of some tasks, wherever."""

KILLED = (
    "A worker process was killed, most often because memory ran out. What is done stays done; run "
    "again with fewer workers."
)


def one_by_one(make: Callable[[Any], str], tasks: Sequence[Any]) -> Made:
    """One after the other, in this process."""
    yield from map(make, tasks)


@contextmanager
def in_processes(_dataset: Dataset, _settings: Settings, workers: int) -> Iterator[MakeAll]:
    """So many processes for each step, which end with it. Raises ``DatasetError`` if one dies."""
    yield one_by_one if workers == 1 else partial(_in_pool, workers)


def _in_pool(workers: int, make: Callable[[Any], str], tasks: Sequence[Any]) -> Made:
    if len(tasks) < 2:
        yield from one_by_one(make, tasks)
        return
    # Not forked: a job has threads, and the copy of a lock that one of them holds stays shut.
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_end_with, initargs=(os.getpid(),)
    ) as pool:
        pending = [pool.submit(make, task) for task in tasks]
        try:
            yield from (done.result() for done in as_completed(pending))
        except BrokenProcessPool as error:
            raise DatasetError(KILLED) from error
        except BaseException:  # cancelled: a part may take minutes, and nobody waits for it
            for worker in active_children():
                worker.terminate()
            raise


def _end_with(parent: int) -> None:
    """A worker ends when the process that started it is gone, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
