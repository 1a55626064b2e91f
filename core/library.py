"""Where answers come from: operations that can be found, and the documents that prove them.

>>> library = read_library([Path("examples/documents")])
>>> len(library.entries)
237
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.document_cache import DocumentCache
from core.errors import UnknownNameError
from core.openapi.document import Document, read_documents
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.entry import Entry, Key, entry_of
from core.store.database import Store
from core.store.documents import live_documents
from core.store.operations import operations_of_all

FindOperation = Callable[[Key], Operation]
"""Opens an operation; may raise ``CallwrightError``."""


@dataclass(frozen=True)
class Library:
    """Operations by their rows, and the way to open each."""

    entries: tuple[Entry, ...]
    find: FindOperation

    def apis_called(self, name: str) -> frozenset[str]:
        """The APIs whose title or identity holds a name. Raises ``UnknownNameError``."""
        wanted = name.casefold()
        titles = {entry.api: entry.title for entry in self.entries}
        exact = {api for api, title in titles.items() if wanted in (api, title.casefold())}
        found = exact or {
            api for api, title in titles.items() if wanted in api or wanted in title.casefold()
        }
        if not found:
            raise UnknownNameError("API", name, sorted(set(titles.values())))
        return frozenset(found)


def read_library(sources: Iterable[Path]) -> Library:
    """The library of files and folders, all of it in memory. Raises ``CallwrightError``."""
    return library_of(document for source in sources for document in read_documents(source))


def library_of(documents: Iterable[Document]) -> Library:
    """The library of open documents."""
    opened = {
        found.key: found
        for document in documents
        for found in operations(document)
        if isinstance(found, Operation)
    }
    return Library(tuple(map(entry_of, opened.values())), opened.__getitem__)


def workspace_library(store: Store, cache: DocumentCache) -> Library:
    """The library of a workspace: rows in memory, documents opened where they are wanted."""
    return Library(tuple(entries_of(store)), lambda key: cache.operation(*key))


def entries_of(store: Store) -> Iterator[Entry]:
    """Every live operation of a workspace, those of one document together."""
    titles = {document.sha256: document.title for document in live_documents(store)}
    for row in operations_of_all(store, list(titles)):
        yield Entry(
            key=row.key,
            method=row.method,
            path=row.path,
            operation_id=row.operation_id,
            summary=row.summary,
            description=row.description,
            tags=row.tags,
            deprecated=row.deprecated,
            api=row.api,
            title=titles[row.document],
        )
