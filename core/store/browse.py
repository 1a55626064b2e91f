"""What people ask for who browse: what there is to filter by, and an operation by its label."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import Column, Text, and_, cast, func, select

from core.errors import UnknownNameError
from core.store.database import Store
from core.store.documents import LIVE
from core.store.operations import StoredOperation, find_operation
from core.store.tables import documents, operations


def count_methods(store: Store, document: str = "") -> Counter[str]:
    """How many operations have each method, of one document or of all that are live."""
    counted = select(operations.c.method, func.count()).group_by(operations.c.method)
    if document:
        counted = counted.where(operations.c.document == document)
    else:
        counted = counted.join(documents).where(LIVE)
    with store.reading() as connection:
        return Counter(dict(connection.execute(counted).all()))


def count_tags(store: Store, document: str) -> Counter[str]:
    """How many operations of a document have each tag."""
    return _count_entries(store, document, operations.c.tags)


def count_warnings(store: Store, document: str) -> Counter[str]:
    """How many operations of a document come with each warning."""
    return _count_entries(store, document, operations.c.warnings)


def find_labelled(store: Store, document: str, label: str) -> StoredOperation:
    """The operation of a document that people call so. Raises ``UnknownNameError``."""
    method, _, path = label.partition(" ")
    found = select(operations.c.pointer).where(
        and_(
            operations.c.document == document,
            operations.c.method == method,
            operations.c.path == path,
        )
    )
    with store.reading() as connection:
        pointer = connection.scalar(found.order_by(operations.c.position).limit(1))
    if pointer is None:
        raise UnknownNameError("operation", label, _labels(store, document))
    return find_operation(store, (document, pointer))


def _count_entries(store: Store, document: str, column: Column[Any]) -> Counter[str]:
    """How many operations have each entry of a column of lists."""
    listed = cast(column, Text)
    found = select(listed, func.count()).where(operations.c.document == document).group_by(listed)
    entries: Counter[str] = Counter()
    with store.reading() as connection:
        for text, count in connection.execute(found):
            entries.update(dict.fromkeys(json.loads(text), count))
    return entries


def _labels(store: Store, document: str) -> list[str]:
    found = select(operations.c.method, operations.c.path).where(operations.c.document == document)
    with store.reading() as connection:
        return [f"{method} {path}" for method, path in connection.execute(found)]
