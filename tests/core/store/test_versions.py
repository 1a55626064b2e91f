"""One contract for SQLite and PostgreSQL: which documents look like versions of one another."""

from __future__ import annotations

import pytest

from core.errors import StoreError
from core.store.database import Store
from core.store.documents import delete_document, replace_document
from core.store.versions import likely_versions
from tests.core.store.documents import imported, pets

FIRST = ("GET /pets", "GET /pets/{id}", "POST /pets", "DELETE /pets/{id}")


def versions(store: Store, sha256: str) -> list[str]:
    return [document.api_version for document in likely_versions(store, sha256)]


def test_versions_share_most_operations_the_most_alike_first(store: Store) -> None:
    first = imported(store, pets(*FIRST, version="1")).sha256
    imported(store, pets("GET /pets", "GET /pets/{petId}", "GET /x", "GET /y", version="half"))
    imported(store, pets(*FIRST, "GET /new", version="all"))
    imported(store, pets("GET /pets", "GET /x", "GET /y", version="third"))
    imported(store, pets("GET /other", version="none"))
    imported(store, pets(version="empty"))
    imported(store, pets(*FIRST, title="Other API", version="other"))
    assert versions(store, first) == ["all", "half"]


def test_only_live_documents_count(store: Store) -> None:
    first, second, third = (
        imported(store, pets(*FIRST, version=version)).sha256 for version in "123"
    )
    replace_document(store, old=second, new=third)
    assert versions(store, first) == ["3"]
    delete_document(store, third)
    assert versions(store, first) == ["2"]
    assert versions(store, third) == ["2", "1"]


def test_a_document_that_is_not_there_is_explained(store: Store) -> None:
    with pytest.raises(StoreError, match="no document"):
        likely_versions(store, "0" * 64)
