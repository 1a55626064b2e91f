"""One contract for SQLite and PostgreSQL: where documents came from, and what that brought."""

from __future__ import annotations

from core.store.database import Store
from core.store.documents import delete_document
from core.store.sources import Source, SourceFigures, known_places, source_figures, sources_of
from tests.core.store.documents import import_bytes, pets

HUB = Source("hub", "https://hub.example/pets.json", "APIs.guru")
URL = Source("url", "https://zoo.example/pets.json")


def test_a_document_may_come_from_several_places(store: Store) -> None:
    data = pets("GET /pets")
    for source in (URL, HUB, URL):
        (document,) = import_bytes(store, data, source=source).documents
    assert sources_of(store, document.sha256) == [URL, HUB]


def test_known_places_are_those_of_a_kind_and_hub(store: Store) -> None:
    import_bytes(store, pets("GET /pets"), source=HUB)
    import_bytes(store, pets("GET /pets"), source=URL)
    assert known_places(store, "hub", "APIs.guru") == {HUB.place}
    assert known_places(store, "hub", "Other") == set()
    assert known_places(store, "url") == {URL.place}


def test_figures_count_versions_of_an_api_once(store: Store) -> None:
    import_bytes(store, pets("GET /a", "GET /b"), source=HUB)
    import_bytes(store, pets("GET /a", "GET /c", version="2"), source=HUB)
    import_bytes(store, pets("GET /a", title="Other"), source=HUB)
    import_bytes(store, pets("GET /a", "GET /b"), source=URL)
    assert source_figures(store) == [
        SourceFigures("hub", "APIs.guru", 3, 2, 5, 4),
        SourceFigures("url", "", 1, 1, 2, 2),
    ]


def test_figures_leave_out_what_is_deleted(store: Store) -> None:
    (document,) = import_bytes(store, pets("GET /a"), source=HUB).documents
    delete_document(store, document.sha256)
    assert source_figures(store) == []


def test_a_document_without_operations_counts(store: Store) -> None:
    import_bytes(store, pets(), source=URL)
    assert source_figures(store) == [SourceFigures("url", "", 1, 1, 0, 0)]


def test_a_very_long_place_is_cut(store: Store) -> None:
    long = Source("url", "https://zoo.example/" + "x" * 100_000)
    (document,) = import_bytes(store, pets("GET /a"), source=long).documents
    (found,) = sources_of(store, document.sha256)
    assert found.place.endswith("x…") and len(found.place.encode()) <= 2_000
