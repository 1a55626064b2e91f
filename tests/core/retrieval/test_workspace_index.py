"""Search in a workspace, on SQLite and PostgreSQL: always what is live, whenever it came."""

from __future__ import annotations

import os
import threading
from typing import Any

import pytest

from core.retrieval import workspace_index
from core.retrieval.workspace_index import Filter, WorkspaceIndex, build_index, is_stale
from core.store.database import Store
from core.store.documents import delete_document, replace_document, restore_document
from core.store.operations import StoredOperation
from core.workspace import index_path
from tests.core.store.documents import imported, pets

FARM = pets("GET /cows", "POST /cows", "DELETE /cows/{id}", title="Farm")
ZOO = pets("GET /lions", "DELETE /lions/{id}", title="Zoo", version="1")
ZOO_2 = pets("GET /lions", "GET /tigers", title="Zoo", version="2")


def labels(index: WorkspaceIndex, query: str = "", *only: Filter, **page: Any) -> list[str]:
    return [hit.operation.label for hit in index.search(query, *only, **page).hits]


@pytest.fixture(params=["file", "memory", "both"])
def index(request: pytest.FixtureRequest, store: Store) -> WorkspaceIndex:
    """The farm and the zoo, in an index that was built before, between or after both came."""
    imported(store, FARM)
    if request.param == "both":
        build_index(store)
    imported(store, ZOO)
    if request.param == "file":
        build_index(store)
    return WorkspaceIndex(store)


def test_an_empty_workspace_finds_nothing(store: Store) -> None:
    index = WorkspaceIndex(store)
    for query in ("", "pets"):
        assert index.search(query).total == 0 and labels(index, query) == []
    build_index(store)
    assert labels(index, "pets") == []


def test_without_a_question_everything_is_listed_in_order(index: WorkspaceIndex) -> None:
    found = index.search("")
    assert [hit.operation.label for hit in found.hits] == [
        "GET /cows",
        "POST /cows",
        "DELETE /cows/{id}",
        "GET /lions",
        "DELETE /lions/{id}",
    ]
    assert found.total == 5 and {hit.score for hit in found.hits} == {0.0}


def test_the_best_operation_comes_first(index: WorkspaceIndex) -> None:
    found = index.search("remove a lion")
    assert found.hits[0].operation.label == "DELETE /lions/{id}"
    assert isinstance(found.hits[0].operation, StoredOperation)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert found.total == len(found.hits) == 3, "two about lions, two that delete"


@pytest.mark.parametrize("query", ["", "cows"])
def test_pages_follow_each_other(index: WorkspaceIndex, query: str) -> None:
    whole = labels(index, query)
    pages = [labels(index, query, offset=at, limit=2) for at in range(0, 8, 2)]
    assert [label for page in pages for label in page] == whole
    assert index.search(query, offset=2, limit=2).total == len(whole)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(methods={"DELETE"}), ["DELETE /cows/{id}", "DELETE /lions/{id}"]),
        (Filter(methods={"DELETE", "POST"}, apis={"farm"}), ["POST /cows", "DELETE /cows/{id}"]),
        (Filter(apis={"zoo"}), ["GET /lions", "DELETE /lions/{id}"]),
        (Filter(apis={"none"}), []),
        (Filter(methods={"PATCH"}), []),
        (Filter(tags={"none"}), []),
        (Filter(deprecated=True), []),
    ],
)
def test_filters_let_pass_what_they_name(
    index: WorkspaceIndex, only: Filter, found: list[str]
) -> None:
    assert labels(index, "", only) == found
    assert set(labels(index, "delete a cow or a lion, does for you", only)) == set(found)


def test_tags_and_deprecated_operations_are_filtered(store: Store) -> None:
    raw = {
        "/a": {"get": {"tags": ["Public  API", "x"]}, "put": {"deprecated": True}},
        "/b": {"get": {"tags": ["y"]}},
    }
    sha256 = imported(store, pets(paths=raw)).sha256
    index = WorkspaceIndex(store)
    assert labels(index, "", Filter(tags={"public api"})) == ["GET /a"]
    assert labels(index, "", Filter(tags={"x", "y"})) == ["GET /a", "GET /b"]
    assert labels(index, "", Filter(deprecated=True)) == ["PUT /a"]
    assert labels(index, "", Filter(deprecated=False)) == ["GET /a", "GET /b"]
    assert len(labels(index, "", Filter(documents={sha256}))) == 3
    assert labels(index, "", Filter(documents={"none"})) == []


def test_what_was_just_imported_is_found_at_once(index: WorkspaceIndex, store: Store) -> None:
    assert labels(index, "tigers") == []
    imported(store, ZOO_2)
    assert labels(index, "tigers")[0] == "GET /tigers"
    imported(store, pets("GET /bears", title="Arctic"))
    assert labels(index, "bears")[0] == "GET /bears"
    assert labels(index)[0] == "GET /bears", "in order of titles, not of coming"
    assert len(labels(index)) == 8


def test_what_was_deleted_is_not_found_until_it_is_restored(
    index: WorkspaceIndex, store: Store
) -> None:
    sha256 = index.search("lions").hits[0].operation.document
    delete_document(store, sha256)
    assert labels(index, "lions") == [] and len(labels(index)) == 3
    restore_document(store, sha256)
    assert labels(index, "lions")[0] == "GET /lions" and len(labels(index)) == 5


def test_what_a_newer_version_replaced_is_not_found(index: WorkspaceIndex, store: Store) -> None:
    old = index.search("lions").hits[0].operation.document
    new = imported(store, ZOO_2).sha256
    replace_document(store, old=old, new=new)
    assert labels(index, "lions") == ["GET /lions"]
    delete_document(store, new)
    assert labels(index, "lions")[0] == "GET /lions"


def test_building_the_file_changes_nothing_that_is_found(
    index: WorkspaceIndex, store: Store
) -> None:
    queries = ["", "lions", "delete a cow"]
    before = [labels(index, query) for query in queries]
    told: list[tuple[int, int, str]] = []
    assert build_index(store, progress=lambda *at: told.append(at))
    for opened in (index, WorkspaceIndex(store)):
        after = [labels(opened, query) for query in queries]
        assert [found[0] for found in after] == [found[0] for found in before]
        assert [set(found) for found in after] == [set(found) for found in before]
    assert told == [(0, 5, "Farm"), (3, 5, "Zoo"), (5, 5, "")]


def test_a_build_that_is_cancelled_leaves_the_old_file(store: Store) -> None:
    imported(store, FARM)
    build_index(store)
    before = index_path(store.workspace).read_bytes()
    imported(store, ZOO)
    assert not build_index(store, is_cancelled=lambda: True)
    assert index_path(store.workspace).read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"Callwright arrays 1\n{}\n"])
def test_a_file_that_cannot_be_read_is_as_none(store: Store, damage: bytes) -> None:
    imported(store, FARM)
    build_index(store)
    index_path(store.workspace).write_bytes(damage)
    assert len(labels(WorkspaceIndex(store))) == 3
    build_index(store)
    assert len(labels(WorkspaceIndex(store))) == 3


def test_a_file_of_another_version_is_as_none(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(store, FARM)
    with monkeypatch.context() as patch:
        patch.setattr("core.retrieval.segment._VERSION", 0)
        build_index(store)
    delete_document(store, imported(store, ZOO).sha256)
    assert len(labels(WorkspaceIndex(store))) == 3


def test_what_takes_too_long_waits_for_the_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_index, "MOST_AT_ONCE", 4)
    imported(store, FARM)
    imported(store, ZOO)
    index = WorkspaceIndex(store)
    assert labels(index) == ["GET /lions", "DELETE /lions/{id}"], "the newest first"
    assert index.num_waiting() == 3
    build_index(store)
    assert len(labels(index)) == 5 and index.num_waiting() == 0


def test_the_index_is_stale_after_enough_has_come_or_gone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace_index, "_STALE", 3)
    farm = imported(store, FARM).sha256
    assert not is_stale(store), "three operations are no more than three"
    zoo = imported(store, ZOO).sha256
    assert is_stale(store)
    build_index(store)
    assert not is_stale(store)
    delete_document(store, farm)
    assert not is_stale(store)
    delete_document(store, zoo)
    assert is_stale(store)


def test_searches_go_on_while_documents_come(index: WorkspaceIndex, store: Store) -> None:
    stop = threading.Event()
    failures: list[str] = []

    def search() -> None:
        while not stop.is_set():
            if "GET /cows" not in labels(index, "cows"):
                failures.append("the cows were gone for a moment")

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        imported(store, pets(f"GET /new{number}", title=f"New {number}"))
        if number % 2:
            build_index(store)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert labels(index, "new5")[0] == "GET /new5"


def test_names_of_operations_may_hold_anything(store: Store) -> None:
    paths = {"/a~b/{ä}\n\u2028": {"get": {"summary": "odd", "tags": ["\n", "a\nb", ""]}}}
    imported(store, pets(paths=paths))
    build_index(store)
    (hit,) = WorkspaceIndex(store).search("odd", Filter(tags={"a b"})).hits
    assert hit.operation.path == "/a~b/{ä}\n\u2028"


def test_the_file_may_be_deleted(index: WorkspaceIndex, store: Store) -> None:
    if index_path(store.workspace).exists():
        os.remove(index_path(store.workspace))
    assert len(labels(index)) == 5
