"""Objects of libraries that code builds a request from, as the readers of Go, Ruby and Swift have
them, and the request that is sent first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from core.parse.call import Call
from core.parse.value import FileContent, Mixed, Unknown, UnreadableCodeError, Value

Folded: TypeAlias = object
"""What an expression stands for: a value, a ``Thing``, or a list or dictionary of such."""

Arguments: TypeAlias = list[Folded]

MAX_MEMBERS = 100_000
"""Of a value: the members of its lists and dictionaries, and of those in them."""


class Thing:
    """An object with methods and properties of its own; by default, unknown ones."""

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        """What a method returns; ``unknown`` is what stands for the call."""
        return unknown

    def get(self, name: str, unknown: Unknown) -> Folded:
        """A property; ``unknown`` is what stands for the expression."""
        return unknown

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        """Sets a property; ``unknown`` is what stands for a value that cannot be told."""

    def value(self, unknown: Unknown) -> Folded:
        """What it is in a text or in JSON; members may be things in turn."""
        return unknown


def plain(folded: Folded, unknown: Unknown) -> Value:
    """A value that a request can hold; ``unknown`` in the place of any object that is none."""
    return _Plain(unknown).of(folded)


class _Plain:
    """Counts what it makes: a few lines of code can put a list into itself sixty times."""

    def __init__(self, unknown: Unknown) -> None:
        self._unknown = unknown
        self._num_members = 0

    def of(self, folded: Folded) -> Value:
        if folded is None or isinstance(
            folded, bool | int | float | str | Unknown | Mixed | FileContent
        ):
            return folded
        if isinstance(folded, Thing):
            value = folded.value(self._unknown)
            return self._unknown if isinstance(value, Thing) else self.of(value)
        if not isinstance(folded, list | dict):
            return self._unknown
        self._num_members += len(folded)
        if self._num_members > MAX_MEMBERS:
            raise UnreadableCodeError("This code makes a value that is too large to be read.")
        if isinstance(folded, list):
            return [self.of(item) for item in folded]
        return {name: self.of(item) for name, item in folded.items()}


def argument(arguments: Arguments, index: int, unknown: Unknown) -> Value:
    """One argument as a value; ``None`` where there are fewer."""
    return plain(arguments[index], unknown) if index < len(arguments) else None


class Traffic:
    """The request that the code sends first, or else the first one that it builds."""

    def __init__(self) -> None:
        self.sent: Call | None = None
        self._built: Callable[[], Call] | None = None

    def build(self, request: Callable[[], Call]) -> None:
        """Remembers a request that may be changed until it is sent."""
        self._built = self._built or request

    def send(self, call: Call) -> None:
        """Sends a request as it is now."""
        self.sent = self.sent or call

    def first(self) -> Call:
        """What is sent, as far as the code tells."""
        return self.sent or (self._built() if self._built else Call())
