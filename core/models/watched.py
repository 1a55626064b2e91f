"""Work in a thread of its own, whose words are read while they come and which can be told to end.

>>> def work(write, ending):
...     write("Hel")
...     write("lo")
...     return Reply("Hello")
>>> list(watched(work))
['Hel', 'lo']

A model may say nothing for a long while: it loads, reads a prompt, waits for its turn. Whoever
reads is given an empty piece now and then, so that there is always a moment to close the iterator;
that ends the work, also where it waits for the network.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

from core.models.protocol import Reply

_LOOK_UP_SECONDS = 0.2
"""The longest that whoever reads is kept without a piece."""

Write = Callable[[str], None]


class Ending:
    """Says to work in another thread that nobody wants it any more."""

    def __init__(self) -> None:
        self._come = threading.Event()
        self._lock = threading.Lock()
        self._actions: list[Callable[[], None]] = []

    @property
    def has_come(self) -> bool:
        """Whether the work is to end."""
        return self._come.is_set()

    def wait(self, seconds: float) -> bool:
        """Rest; whether the end came meanwhile."""
        return self._come.wait(seconds)

    def then(self, action: Callable[[], None]) -> None:
        """Do this when the end comes, at once where it has: what wakes up a thread that waits."""
        with self._lock:
            if not self.has_come:
                self._actions.append(action)
                return
        action()

    def come(self) -> None:
        """Nobody wants the work any more."""
        with self._lock:
            self._come.set()
            actions, self._actions = self._actions, []
        for action in actions:
            action()


Work = Callable[[Write, Ending], Reply]


def watched(work: Work) -> Generator[str, None, Reply]:
    """The pieces that work writes, empty ones in between, and its reply as the generator's value.

    What the work raises is raised. Closing the iterator ends the work.
    """
    pieces: SimpleQueue[str | None] = SimpleQueue()
    ending = Ending()
    pool = ThreadPoolExecutor(1, thread_name_prefix="watched")
    done = pool.submit(work, pieces.put, ending)
    done.add_done_callback(lambda _: pieces.put(None))
    try:
        while True:
            try:
                piece = pieces.get(timeout=_LOOK_UP_SECONDS)
            except Empty:
                piece = ""
            if piece is None:
                return done.result()
            yield piece
    finally:
        ending.come()
        pool.shutdown(wait=False)
