"""Which statements of a program are reached, for readers that follow it without running it.

Functions are read where they are called. Where a condition is not known, all branches are read as
if they ran one after the other, and what a function returns within them is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from core.parse.value import UnreadableCodeError

_MAX_BYTES = 1_000_000
"""Of code that is followed: what stands in loops and functions counts each time."""

_MEMBERS_PER_BYTE = 16
"""Members of lists, or characters, that are handled as fast as a byte of code is followed."""

_MAX_CALLS = 2_000


class Place(Protocol):
    """A piece of code, such as a node of a syntax tree."""

    @property
    def id(self) -> int:
        """Which tells it from others."""

    @property
    def start_byte(self) -> int: ...

    @property
    def end_byte(self) -> int: ...


@dataclass
class _Frame:
    """One call of a function: what it has returned so far."""

    returned: list[object] = field(default_factory=list)
    num_doubts: int = 0
    is_over: bool = False


class Flow:
    """Where in the program its reader is."""

    def __init__(self) -> None:
        self._frame = _Frame()
        self._active: set[int] = set()
        self._num_bytes = 0
        self._num_calls = 0

    def reaches(self, statement: Place) -> bool:
        """Whether a statement is reached; counts it."""
        self._count(statement)
        return not self._frame.is_over

    def handle(self, *values: object) -> None:
        """Counts values that are about to be copied or searched, by their length."""
        for value in values:
            if isinstance(value, Sized):
                self._spend(len(value) // _MEMBERS_PER_BYTE)

    def _count(self, place: Place) -> None:
        self._spend(place.end_byte - place.start_byte)

    def _spend(self, num_bytes: int) -> None:
        self._num_bytes += num_bytes
        if self._num_bytes > _MAX_BYTES:
            raise UnreadableCodeError("This code has too many steps to be followed.")

    def give(self, value: object) -> None:
        """``return`` with a value."""
        self._frame.returned.append(value)
        self._frame.is_over = self._frame.num_doubts == 0

    @contextmanager
    def doubt(self) -> Iterator[None]:
        """Statements that may not be reached when the program runs."""
        self._frame.num_doubts += 1
        yield
        self._frame.num_doubts -= 1

    def call(self, function: Place, read: Callable[[], None], unknown: object) -> object:
        """What a function returns when ``read`` follows its statements; ``unknown`` if in doubt.

        It is not followed into itself: then it is unknown what it returns.
        """
        self._count(function)
        self._num_calls += 1
        if function.id in self._active or self._num_calls > _MAX_CALLS:
            return unknown
        outer, self._frame = self._frame, _Frame()
        self._active.add(function.id)
        read()
        self._active.remove(function.id)
        frame, self._frame = self._frame, outer
        return frame.returned[0] if frame.is_over and len(frame.returned) == 1 else unknown
