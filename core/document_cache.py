"""Parsed documents, as many as fit into memory.

>>> cache = DocumentCache(store)
>>> cache.get(sha256).title
'Petshelter'

Parsing a large document takes a second and five times its bytes, so those last used are kept, and
nobody parses one that somebody else is parsing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from core.openapi.document import Document
from core.openapi.listing import operation_at
from core.openapi.operation import Operation
from core.store.database import Store
from core.store.documents import find_document
from core.store.originals import load_document

BYTES_PER_BYTE = 5
"""Memory of a parsed document over the size of its file, about."""


class DocumentCache:
    """The documents that were used last. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._max_bytes = store.settings.document_cache_bytes
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Document, int]] = OrderedDict()
        """Documents with their memory, the one used last at the end."""
        self._loading: dict[str, threading.Lock] = {}

    def get(self, sha256: str) -> Document:
        """A document, from memory or from the workspace. Raises ``StoreError``."""
        with self._lock:
            if found := self._found(sha256):
                return found
            loading = self._loading.setdefault(sha256, threading.Lock())
        with loading:
            with self._lock:
                if found := self._found(sha256):
                    return found
            try:
                document = load_document(self._store, sha256)
                size = find_document(self._store, sha256).num_bytes * BYTES_PER_BYTE
                with self._lock:
                    self._keep(document, size)
            finally:
                with self._lock:
                    self._loading.pop(sha256, None)
        return document

    def operation(self, document: str, pointer: str) -> Operation:
        """An operation with all that its document says of it. Raises ``CallwrightError``."""
        return operation_at(self.get(document), pointer)

    def _found(self, sha256: str) -> Document | None:
        if sha256 not in self._kept:
            return None
        self._kept.move_to_end(sha256)
        return self._kept[sha256][0]

    def _keep(self, document: Document, size: int) -> None:
        """Make room, then keep a document; one that is larger than all room is kept alone."""
        while self._kept and size + sum(used for _, used in self._kept.values()) > self._max_bytes:
            self._kept.popitem(last=False)
        self._kept[document.sha256] = (document, size)
