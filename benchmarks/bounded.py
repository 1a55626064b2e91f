"""Work in processes that may hang, crash or be killed without taking the benchmark with them."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Outcome(Generic[Task, Result]):
    """What became of one task: a result, or the words for why there is none."""

    task: Task
    result: Result | None
    failure: str = ""
    """A traceback, ``no answer within … s``, or ``the process died``."""


def run_bounded(
    function: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int, seconds: float
) -> Iterator[Outcome[Task, Result]]:
    """Runs a function on every task, each in bounded time; outcomes as they come."""
    pool = [_Worker(function, seconds) for _ in range(workers)]
    waiting = iter(tasks)
    busy: list[_Worker] = []
    try:
        for worker, task in zip(pool, waiting, strict=False):
            worker.start(task)
            busy.append(worker)
        while busy:
            for worker in _ready(busy):
                yield worker.outcome()
                busy.remove(worker)
                for task in islice(waiting, 1):
                    worker.start(task)
                    busy.append(worker)
    finally:
        for worker in pool:
            worker.stop()


def _ready(busy: list[_Worker]) -> list[_Worker]:
    """Waits for workers that have an answer, or whose time is over."""
    patience = min(worker.deadline for worker in busy) - time.monotonic()
    answered = wait([worker.connection for worker in busy], timeout=max(patience, 0))
    now = time.monotonic()
    return [worker for worker in busy if worker.connection in answered or worker.deadline <= now]


class _Worker:
    """One process that takes tasks through a pipe, and its successors."""

    connection: Connection

    def __init__(self, function: Callable[[Any], Any], seconds: float) -> None:
        self.function = function
        self.seconds = seconds
        self.process: multiprocessing.Process | None = None
        self.task: Any = None
        self.deadline = 0.0

    def start(self, task: Any) -> None:
        """Hands a task over; a process that is gone gets a successor."""
        if self.process is None:
            self.connection, inner = multiprocessing.Pipe()
            self.process = multiprocessing.Process(
                target=_serve, args=(inner, self.function), daemon=True
            )
            self.process.start()
            inner.close()
        self.task = task
        self.deadline = time.monotonic() + self.seconds
        self.connection.send(task)

    def outcome(self) -> Outcome[Any, Any]:
        """What the process says, or why it says nothing; then it is stopped."""
        if not self.connection.poll():
            self.stop()
            return Outcome(self.task, None, f"no answer within {self.seconds:g} s")
        try:
            result, failure = self.connection.recv()
        except EOFError:
            self.stop()
            return Outcome(self.task, None, "the process died")
        return Outcome(self.task, result, failure)

    def stop(self) -> None:
        """Ends the process, whatever it is doing."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.connection.close()
            self.process = None


def _serve(connection: Connection, function: Callable[[Any], Any]) -> None:
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            connection.send((function(task), ""))
        except Exception:
            connection.send((None, traceback.format_exc()))
