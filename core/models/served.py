"""A model on servers that speak the protocol of OpenAI: vLLM, Ollama, llama.cpp, hosted ones.

>>> model = ServedModel("tiny", [Server("http://127.0.0.1:8001/v1", "tiny")])
>>> reply(model, Generate("GET /pets", max_tokens=4)).text

Many tasks are under way at once, shared out among the servers. A server that is away is asked again
until :class:`core.models.sharing.Patience` ends; then the task fails, and only that one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial, reduce
from typing import TypeVar

from core.errors import ModelError
from core.models.protocol import Capability, Failure, Generate, Reply, Score, Scored
from core.models.server import Connection, Server
from core.models.sharing import PATIENCE, Patience, Sharing
from core.models.trouble import Refused, Unreachable, Unusable
from core.models.watched import Ending, Write, watched

AT_ONCE = 16
"""Tasks under way at one server: enough for it to batch them."""
SCORES_AT_ONCE = 4
"""The same for scores, which take a server's memory."""
WATCHED_SECONDS = 8.0
"""How long an answer that somebody waits for is tried: long enough for a hiccup."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class ServedModel:
    """One model, on one server or several. Safe to share between threads."""

    def __init__(
        self,
        name: str,
        servers: Sequence[Server],
        *,
        patience: Patience = PATIENCE,
        at_once: int = AT_ONCE,
    ) -> None:
        """Raises ``ModelError`` where a key is not set, or there is no server."""
        if not servers:
            raise ModelError(f"No server has the model “{name}”. Add one on the page Models.")
        self.name = name
        self._patience = patience
        self._watched_patience = replace(patience, seconds=min(patience.seconds, WATCHED_SECONDS))
        self._at_once = at_once * len(servers)
        self._scores_at_once = min(SCORES_AT_ONCE, at_once) * len(servers)
        self._servers = tuple(servers)
        self._connections = [Connection(server) for server in servers]
        self._sharing = Sharing(self._connections, patience)

    @property
    def identity(self) -> str:
        """The name, and what the servers call the model."""
        served = sorted({server.model for server in self._servers})
        return " ".join([self.name, *served])

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What every one of its servers can do."""
        return reduce(frozenset.intersection, (each.capabilities for each in self._servers))

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        """A reply to each task, as they come."""
        yield from _concurrently(
            tasks, self._at_once, partial(self._persist, ask=Connection.generate)
        )

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        """How likely the text of each task is, as they come."""
        yield from _concurrently(
            tasks, self._scores_at_once, partial(self._persist, ask=Connection.score)
        )

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        """A reply piece by piece. Once it has begun it is not begun again. Raises
        ``ModelError``.
        """
        return (yield from watched(partial(self._stream, task)))

    def _stream(self, task: Generate, write: Write, ending: Ending) -> Reply:
        began, attempt, written = time.monotonic(), 0, 0

        def count(piece: str) -> None:
            nonlocal written
            written += 1
            write(piece)

        while True:
            attempt += 1
            try:
                with self._sharing.turn() as connection:
                    return connection.stream(task, count, ending)
            except (Unreachable, Unusable, Refused) as error:
                is_over = written or ending.has_come
                if is_over or not self._again(error, attempt, began, self._watched_patience):
                    raise ModelError(f"{self.name} gave no answer: {error}") from error

    def close(self) -> None:
        """Hang up."""
        self._sharing.stop()
        for connection in self._connections:
            connection.close()

    def _persist(
        self,
        task: _Task,
        abandoned: threading.Event,
        *,
        ask: Callable[[Connection, _Task], _Result],
    ) -> _Result | Failure:
        began = time.monotonic()
        attempt = 0
        while True:
            attempt += 1
            try:
                with self._sharing.turn() as connection:
                    if abandoned.is_set():  # while it waited for a server to come back
                        return Failure("nobody wants it any more")
                    return ask(connection, task)
            except (Unreachable, Unusable, Refused) as error:
                if abandoned.is_set() or not self._again(error, attempt, began, self._patience):
                    tries = f" ({attempt} tries)" if attempt > 1 else ""
                    return Failure(f"{error}{tries}", is_passing=isinstance(error, Unreachable))
                if isinstance(error, Unusable):
                    abandoned.wait(self._patience.rest(attempt - 1))

    def _again(self, error: Exception, attempt: int, began: float, patience: Patience) -> bool:
        """Whether a task is worth another attempt."""
        if isinstance(error, Refused):
            return False
        if isinstance(error, Unusable) and attempt >= patience.attempts:
            return False
        return time.monotonic() - began < patience.seconds


def _concurrently(
    tasks: Sequence[_Task], at_once: int, run: Callable[[_Task, threading.Event], _Result]
) -> Iterator[tuple[int, _Result]]:
    """Results as they are done, each with its task's position. Whoever stops asking starts no
    further task, and tells those under way.
    """
    abandoned = threading.Event()
    pool = ThreadPoolExecutor(max_workers=min(at_once, max(1, len(tasks))))
    pending: dict[Future[_Result], int] = {}
    positions = iter(range(len(tasks)))
    try:
        while True:
            for position in positions:
                pending[pool.submit(run, tasks[position], abandoned)] = position
                if len(pending) >= at_once:
                    break
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield pending.pop(future), future.result()
    finally:
        abandoned.set()
        pool.shutdown(wait=False, cancel_futures=True)
