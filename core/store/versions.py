"""Which documents are versions of one another: of one API, and with much the same operations.

The same provider and title are not enough: Azure has one title for 68 parts of one API.
"""

from __future__ import annotations

from sqlalchemy import or_, select

from core.openapi.difference import without_names
from core.store.database import Store
from core.store.documents import LIVE, StoredDocument, find_document, live_documents
from core.store.tables import documents, operations

_LEAST_SHARED = 0.5
"""Share of the smaller document's operations that the other one must have."""

_Places = set[tuple[str, str]]


def likely_versions(store: Store, sha256: str) -> list[StoredDocument]:
    """Live documents that look like versions of this one, the most alike first.

    Raises ``StoreError`` where there is no such document.
    """
    places = _places_by_document(store, find_document(store, sha256))
    own = places.pop(sha256, set())
    shares = {other: _share(own, theirs) for other, theirs in places.items()}
    alike = [
        other for other in live_documents(store) if shares.get(other.sha256, 0) >= _LEAST_SHARED
    ]
    return sorted(alike, key=lambda other: (-shares[other.sha256], -other.added_at))


def _share(one: _Places, other: _Places) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _places_by_document(store: Store, document: StoredDocument) -> dict[str, _Places]:
    """Methods and paths of a document, and of each live one of its API."""
    found = (
        select(operations.c.document, operations.c.method, operations.c.path)
        .join(documents, documents.c.sha256 == operations.c.document)
        .where(
            operations.c.api == document.api,
            or_(LIVE, operations.c.document == document.sha256),
        )
    )
    places: dict[str, _Places] = {}
    with store.reading() as connection:
        for sha256, method, path in connection.execute(found):
            places.setdefault(sha256, set()).add((method, without_names(path)))
    return places
