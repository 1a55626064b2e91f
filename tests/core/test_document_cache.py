"""Parsed documents in memory: those used last, within the bytes, each parsed by one thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import document_cache
from core.document_cache import BYTES_PER_BYTE, DocumentCache
from core.errors import OperationError, StoreError
from core.openapi.document import Document
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.originals import load_document
from tests.core.store.documents import imported, pets

SIZE = len(pets("GET /0"))
ROOM = 2 * SIZE * BYTES_PER_BYTE + SIZE


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A workspace whose cache has room for two of the small documents."""
    with closing(open_store(Settings(tmp_path, document_cache_bytes=ROOM))) as opened:
        yield opened


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which documents were parsed, in order."""
    names: list[str] = []

    def load(store: Store, sha256: str) -> Document:
        names.append(sha256)
        return load_document(store, sha256)

    monkeypatch.setattr(document_cache, "load_document", load)
    return names


def test_documents_used_last_are_kept(store: Store, loaded: list[str]) -> None:
    first, second, third = (imported(store, pets(f"GET /{at}")).sha256 for at in range(3))
    cache = DocumentCache(store)
    one = cache.get(first)
    cache.get(second)
    assert cache.get(first) is one
    cache.get(third)
    assert cache.get(first) is one
    assert loaded == [first, second, third]
    cache.get(second)
    assert loaded == [first, second, third, second]


def test_a_document_that_is_larger_than_all_room_is_kept_alone(
    store: Store, loaded: list[str]
) -> None:
    small = imported(store, pets("GET /0")).sha256
    large = imported(store, pets(*(f"GET /{at}" for at in range(100)))).sha256
    cache = DocumentCache(store)
    cache.get(small)
    assert cache.get(large) is cache.get(large)
    cache.get(small)
    assert loaded == [small, large, small]


def test_a_document_is_parsed_once_however_many_want_it(store: Store, loaded: list[str]) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    cache = DocumentCache(store)
    start = threading.Barrier(8)
    found: list[Document] = []

    def get() -> None:
        start.wait()
        found.append(cache.get(sha256))

    threads = [threading.Thread(target=get) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(document) for document in found}) == 1 and len(found) == 8
    assert loaded == [sha256]


def test_a_failure_is_not_kept(store: Store) -> None:
    cache = DocumentCache(store)
    for _ in range(2):
        with pytest.raises(StoreError, match="no document"):
            cache.get("0" * 64)


def test_an_operation_is_read_with_all_that_its_document_says(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    cache = DocumentCache(store)
    operation = cache.operation(sha256, "/paths/~1pets/get")
    assert (operation.label, operation.key) == ("GET /pets", (sha256, "/paths/~1pets/get"))
    with pytest.raises(OperationError, match="no operation"):
        cache.operation(sha256, "/paths/~1cats/get")
