"""Operation rows: all that lists and search need, without opening a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from core.errors import StoreError
from core.openapi.operation import Dropped, Operation
from core.store.database import Store, insert_new
from core.store.tables import dropped, operations
from core.store.text import is_storable, storable

DESCRIPTION_CHARACTERS = 300
"""Of a description that a row holds: what an operation does stands at its beginning."""
_LONGEST_KEY = 2_000
"""Bytes of a pointer; PostgreSQL cannot look up rows by much longer texts."""
_SHORT, _LONG = 500, 2_000
_MOST_TAGS = 50

Key = tuple[str, str]
"""The SHA-256 of an operation's document, and its JSON pointer there."""


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """A row of ``operations``: an operation of a document that need not be open."""

    document: str
    pointer: str
    position: int
    """In its document, from 0; what had to be left out counts too."""
    method: str
    path: str
    operation_id: str
    summary: str
    description: str
    """The beginning of it."""
    tags: tuple[str, ...]
    deprecated: bool
    warnings: tuple[str, ...]
    api: str

    @property
    def label(self) -> str:
        """What people read and type: ``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"

    @property
    def key(self) -> Key:
        """The operation's identity."""
        return (self.document, self.pointer)


def storable_operation(found: Operation | Dropped) -> Operation | Dropped:
    """The operation, or why it cannot be a row: only hostile documents have such paths."""
    if isinstance(found, Dropped) or is_storable(found.pointer, _LONGEST_KEY):
        return found
    reason = (
        "Its path holds U+0000 or half of a surrogate pair, or is longer than "
        f"{_LONGEST_KEY:,} bytes, so that nothing could name it. Correct the path."
    )
    return Dropped(found.label, found.pointer, reason)


def add_operations(
    connection: Connection,
    document: str,
    api: str,
    found: Sequence[tuple[int, Operation | Dropped]],
) -> None:
    """Add rows for operations and for what had to be left out; rows that are there stay.

    Each comes with its position in its document.
    """
    rows = [
        {"document": document, "api": api, **_row(one, position)}
        for position, one in found
        if isinstance(one, Operation)
    ]
    lost = [
        {"document": document, **_dropped_row(one, position)}
        for position, one in found
        if isinstance(one, Dropped)
    ]
    insert_new(connection, operations, rows)
    insert_new(connection, dropped, lost)


def operations_of(store: Store, document: str) -> list[StoredOperation]:
    """The operations of a document, in its order."""
    return _operations(store, operations.c.document == document)


def operations_of_all(
    store: Store, documents: Sequence[str], *, at_once: int = 500
) -> Iterator[StoredOperation]:
    """The operations of many documents, those of one together and in its order."""
    for start in range(0, len(documents), at_once):
        yield from _operations(store, operations.c.document.in_(documents[start : start + at_once]))


def operations_by_key(store: Store, keys: Iterable[Key]) -> dict[Key, StoredOperation]:
    """The operations of these names that there are."""
    pointers: dict[str, list[str]] = {}
    for document, pointer in keys:
        pointers.setdefault(document, []).append(pointer)
    # Not a list of pairs: for those, SQLite reads the whole table.
    conditions = [
        and_(operations.c.document == document, operations.c.pointer.in_(listed))
        for document, listed in pointers.items()
    ]
    found = _operations(store, or_(*conditions)) if conditions else []
    return {operation.key: operation for operation in found}


def find_operation(store: Store, key: Key) -> StoredOperation:
    """One operation by its name. Raises ``StoreError``."""
    found = operations_by_key(store, [key]).get(key)
    if found is None:
        document, pointer = key
        raise StoreError(
            f"The workspace has no operation {pointer} of a document {document[:12]}…. "
            "Look for it in the list of operations."
        )
    return found


def dropped_of(store: Store, document: str) -> list[Dropped]:
    """What had to be left out of a document, in its order, with the reasons."""
    found = (
        select(dropped.c.label, dropped.c.pointer, dropped.c.reason)
        .where(dropped.c.document == document)
        .order_by(dropped.c.position)
    )
    with store.reading() as connection:
        return [Dropped(*row) for row in connection.execute(found)]


def _operations(store: Store, condition: ColumnElement[bool]) -> list[StoredOperation]:
    columns = [operations.c[field.name] for field in fields(StoredOperation)]
    found = select(*columns).where(condition)
    found = found.order_by(operations.c.document, operations.c.position)
    with store.reading() as connection:
        return [_stored(row) for row in connection.execute(found)]


def _stored(row: Row[Any]) -> StoredOperation:
    # By place: a start reads all rows, and their names would take longer than what they hold.
    found: tuple[Any, ...] = tuple(row)
    *told, tags, deprecated, warnings, api = found
    values = (*told, tuple(tags), deprecated, tuple(warnings), api)
    return StoredOperation(*values)


def _row(operation: Operation, position: int) -> dict[str, Any]:
    return {
        "pointer": operation.pointer,
        "position": position,
        "method": storable(operation.method, _SHORT),
        "path": storable(operation.path, _LONGEST_KEY),
        "operation_id": storable(operation.operation_id, _SHORT),
        "summary": storable(operation.summary, _LONG),
        "description": storable(operation.description[:DESCRIPTION_CHARACTERS], _LONG),
        "tags": [storable(tag, _SHORT) for tag in operation.tags[:_MOST_TAGS]],
        "deprecated": operation.deprecated,
        "warnings": [storable(warning, _LONG) for warning in operation.warnings],
    }


def _dropped_row(lost: Dropped, position: int) -> dict[str, Any]:
    return {
        "position": position,
        "label": storable(lost.where, _SHORT),
        "pointer": storable(lost.pointer, _LONGEST_KEY),
        "reason": storable(lost.reason, _LONG),
    }
