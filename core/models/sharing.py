"""Several servers share the load, and those that fail rest for a while.

>>> with sharing.turn() as connection:
...     connection.generate(task)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from core.models.server import Connection
from core.models.trouble import Refused, Unreachable


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try, in seconds."""

    seconds: float = 180.0
    """From the first attempt on: long enough for a server to be started again."""
    attempts: int = 4
    """Times that a server may answer nonsense, or too late, to one task."""
    first_rest: float = 0.25
    longest_rest: float = 10.0

    def rest(self, failures: int) -> float:
        """Before the next attempt, after so many that failed in a row."""
        return min(self.first_rest * float(2 ** min(failures, 30)), self.longest_rest)


PATIENCE = Patience()


@dataclass
class _Seat:
    connection: Connection
    under_way: int = 0
    failures: int = 0
    rests_until: float = 0.0


class Sharing:
    """Hands out the server that has least to do. Safe to share between threads."""

    def __init__(self, connections: Sequence[Connection], patience: Patience) -> None:
        self._seats = [_Seat(connection) for connection in connections]
        self._patience = patience
        self._changed = threading.Condition()
        self._stopped = False

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """A server for one attempt; one that is away rests. Raises ``Refused`` once :meth:`stop`
        was called.
        """
        seat = self._take()
        rest: float | None = None
        try:
            yield seat.connection
        except Unreachable as error:
            rest = error.rest_seconds
            raise
        finally:
            self._give_back(seat, rest)

    def stop(self) -> None:
        """Nobody is to wait any longer."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _take(self) -> _Seat:
        with self._changed:
            while not self._stopped:
                now = time.monotonic()
                awake = [seat for seat in self._seats if seat.rests_until <= now]
                if awake:
                    seat = min(awake, key=lambda each: each.under_way)
                    seat.under_way += 1
                    return seat
                self._changed.wait(min(seat.rests_until for seat in self._seats) - now)
        raise Refused("stopped")

    def _give_back(self, seat: _Seat, rest: float | None) -> None:
        with self._changed:
            seat.under_way -= 1
            now = time.monotonic()
            if rest is None:
                seat.failures = 0
            elif seat.rests_until <= now:  # what was under way fails with it, and counts once
                seat.rests_until = now + max(rest, self._patience.rest(seat.failures))
                seat.failures += 1
            self._changed.notify_all()
