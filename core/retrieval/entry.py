"""An operation as search knows it: a row, so that its document need not be open."""

from __future__ import annotations

from dataclasses import dataclass

from core.openapi.identity import identity_of
from core.openapi.operation import Operation

Key = tuple[str, str]
"""The SHA-256 of an operation's document, and its JSON pointer there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found, and what it is found by."""

    key: Key
    method: str
    path: str
    operation_id: str
    summary: str
    description: str
    tags: tuple[str, ...]
    deprecated: bool
    api: str
    """See :mod:`core.openapi.identity`: what filters mean by an API."""
    title: str
    """Of the API, as its document writes it: what people call it."""

    @property
    def label(self) -> str:
        """What people read and type: ``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look; an empty set leaves nothing out."""

    apis: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.apis or self.methods or self.tags)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry passes every filter; of several tags one is enough."""
        return (
            (not self.apis or entry.api in self.apis)
            and (not self.methods or entry.method in self.methods)
            and (not self.tags or not self.tags.isdisjoint(entry.tags))
        )


EVERYTHING = Scope()


def entry_of(operation: Operation) -> Entry:
    """The row of an operation whose document is open."""
    return Entry(
        key=operation.key,
        method=operation.method,
        path=operation.path,
        operation_id=operation.operation_id,
        summary=operation.summary,
        description=operation.description,
        tags=operation.tags,
        deprecated=operation.deprecated,
        api=identity_of(operation.document).api,
        title=operation.document.title,
    )
