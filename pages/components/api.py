"""One document as the pages use it: listed as far as somebody looks, indexed once somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from core.errors import UnknownNameError
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Dropped, Operation
from core.retrieval.lexical import LexicalIndex


class Api:
    """A document, its operations and its word index. Shared by all sessions, hence the lock."""

    def __init__(self, key: str, document: Document) -> None:
        self.key = key
        """What the address of a page calls it."""
        self.document = document
        self._unread: Iterator[Operation | Dropped] = operations(document)
        self._read: list[Operation] = []
        self._dropped: list[Dropped] = []
        self._by_label: dict[str, Operation] = {}
        self._index: LexicalIndex[Operation] | None = None
        self._lock = threading.RLock()
        self.is_complete = False
        """Whether every operation has been read."""

    @property
    def title(self) -> str:
        """The API's name, from the document: a stranger's text."""
        return self.document.title

    def first(self, count: int) -> list[Operation]:
        """The first operations in document order; reads no further than it must."""
        with self._lock:
            while len(self._read) < count and not self.is_complete:
                self._read_one()
            return self._read[:count]

    def operations(self) -> list[Operation]:
        """Every operation, in document order."""
        with self._lock:
            while not self.is_complete:
                self._read_one()
            return self._read

    def dropped(self) -> list[Dropped]:
        """What cannot be used, and why."""
        self.operations()
        return self._dropped

    def find(self, label: str) -> Operation:
        """The operation of that label. Raises ``UnknownNameError``."""
        self.operations()
        found = self._by_label.get(label)
        if found is None:
            raise UnknownNameError("operation", label, self._by_label)
        return found

    def index(self) -> LexicalIndex[Operation]:
        """The word index; made when it is first wanted."""
        with self._lock:
            if self._index is None:
                self._index = LexicalIndex(self.operations())
            return self._index

    @property
    def is_indexed(self) -> bool:
        """Whether a search answers at once."""
        return self._index is not None

    def _read_one(self) -> None:
        found = next(self._unread, None)
        if found is None:
            self.is_complete = True
        elif isinstance(found, Dropped):
            self._dropped.append(found)
        else:
            self._read.append(found)
            self._by_label.setdefault(found.label, found)
