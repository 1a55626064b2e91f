"""Where training data comes from: the operations of documents, on disk or in the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import CallwrightError
from core.library import entries_of
from core.openapi.document import Document, read_documents
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.entry import Entry, entry_of
from core.settings import Settings
from core.store.database import open_store

_SUFFIXES = frozenset({".json", ".yaml", ".yml"})


def read_entries(sources: Iterable[Path], *, skipped: list[str] | None = None) -> Iterator[Entry]:
    """The operations of files, and of the files in folders; one document is open at a time.

    What cannot be read is left out and named in ``skipped``.
    """
    for path in _files(sources):
        try:
            for document in read_documents(path):
                yield from _entries(document)
        except CallwrightError as error:
            (skipped if skipped is not None else []).append(f"{path}: {error}")


def workspace_entries(settings: Settings) -> list[Entry]:
    """The operations of the workspace. Raises ``StoreError``."""
    store = open_store(settings)
    try:
        return list(entries_of(store))
    finally:
        store.close()


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            found = (path for path in source.rglob("*") if path.suffix in _SUFFIXES)
            yield from sorted(found)
        else:
            yield source


def _entries(document: Document) -> Iterator[Entry]:
    for found in operations(document):
        if isinstance(found, Operation):
            yield entry_of(found)
