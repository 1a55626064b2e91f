"""The documents themselves: bytes in files that are named by their hash, opened when wanted."""

from __future__ import annotations

from sqlalchemy import select

from core.errors import StoreError
from core.openapi.bundle import Bundle, stored_bundle
from core.openapi.document import Document, bundled_document
from core.store.database import Store
from core.store.documents import find_document
from core.store.tables import sources
from core.workspace import converted_path, original_path, write_once


def keep_original(store: Store, bundle: Bundle, converted: bytes | None) -> None:
    """Write a document's bytes, and what it was converted to. Raises ``StoreError``."""
    write_once(original_path(store.workspace, bundle.sha256), bundle.data)
    if converted is not None:
        write_once(converted_path(store.workspace, bundle.sha256), converted)


def load_document(store: Store, sha256: str) -> Document:
    """Read and parse a document. Raises ``StoreError`` where it is not there.

    Large ones take a second and much memory: see :mod:`core.document_cache`.
    """
    bundle = read_original(store, sha256)
    converted = converted_path(store.workspace, sha256)
    return bundled_document(
        bundle, converted.read_bytes() if converted.exists() else None, _address(store, sha256)
    )


def read_original(store: Store, sha256: str) -> Bundle:
    """The bytes of a document as they were imported. Raises ``StoreError``."""
    row = find_document(store, sha256)
    path = original_path(store.workspace, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"{path} cannot be read: {error.strerror}. Import {row.name} again, or set "
            "CALLWRIGHT_WORKSPACE to the folder that holds it."
        ) from error
    return stored_bundle(row.name, data, row.num_files)


def _address(store: Store, sha256: str) -> str | None:
    """Where on the web it came from, first: its relative servers stand there."""
    places = (
        select(sources.c.place)
        .where(sources.c.document == sha256, sources.c.kind.in_(("url", "hub")))
        .order_by(sources.c.added_at, sources.c.place)
        .limit(1)
    )
    with store.reading() as connection:
        return connection.scalar(places)
