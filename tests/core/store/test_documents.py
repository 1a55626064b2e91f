"""One contract for SQLite and PostgreSQL: lists, versions, deleting and undoing it."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select, update

from core.errors import StoreError
from core.openapi.quality import Quality
from core.store import documents, tables
from core.store.database import Store
from tests.core.store.documents import imported, pets

NOWHERE = "0" * 64


def titles(found: list[documents.StoredDocument]) -> list[str]:
    return [document.title for document in found]


def live(store: Store) -> set[str]:
    return {document.sha256 for document in documents.live_documents(store)}


def test_a_row_holds_what_lists_show(store: Store) -> None:
    servers = [{"url": "https://api.zoo.org/v2"}]
    data = pets("GET /pets", "GET /x", title="Pets API v2", version="2.1", servers=servers)
    sha256 = imported(store, data).sha256
    row = documents.find_document(store, sha256)
    assert (row.sha256, row.state, row.name) == (sha256, "ready", "pets.json")
    assert (row.provider, row.api) == ("zoo.org", "zoo.org/pets api")
    assert (row.title, row.api_version, row.openapi_version) == ("Pets API v2", "2.1", "3.1")
    assert (row.num_bytes, row.num_files, row.num_operations) == (len(data), 1, 2)
    assert row.quality == Quality(num_operations=2, num_good=2, language="en")
    assert row.added_at <= row.changed_at <= time.time()
    assert documents.live_documents(store) == [row]


def test_lists_are_in_order_of_titles(store: Store) -> None:
    for title in ("b", "C", "a"):
        imported(store, pets("GET /x", title=title))
    assert titles(documents.live_documents(store)) == ["a", "b", "C"]


def test_hostile_texts_are_stored_harmlessly(store: Store) -> None:
    title = "\x00\u202e<script>alert(1)</script>' OR 1=1 --" + "é" * 1_000_000
    row = documents.find_document(store, imported(store, pets("GET /x", title=title)).sha256)
    assert row.title.startswith("\ufffd\u202e<script>alert(1)</script>' OR 1=1 --éé")
    assert len(row.title.encode()) <= 500 and row.title.endswith("…")


def test_deleting_hides_a_document_until_it_is_restored(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    documents.delete_document(store, sha256)
    assert live(store) == set()
    assert titles(documents.deleted_documents(store)) == ["Pets"]
    assert documents.find_document(store, sha256).deleted_at is not None
    documents.restore_document(store, sha256)
    assert live(store) == {sha256}
    assert documents.deleted_documents(store) == []


def test_a_newer_version_hides_the_older_one(store: Store) -> None:
    old = imported(store, pets("GET /pets")).sha256
    new = imported(store, pets("GET /pets", version="2")).sha256
    assert live(store) == {old, new}
    documents.replace_document(store, old=old, new=new)
    assert live(store) == {new}
    assert documents.find_document(store, new).replaces == old
    assert [row.sha256 for row in documents.versions_of(store, "pets")] == [new, old]


def test_deleting_a_newer_version_brings_the_older_one_back(store: Store) -> None:
    old = imported(store, pets("GET /pets")).sha256
    new = imported(store, pets("GET /pets", version="2")).sha256
    documents.replace_document(store, old=old, new=new)
    documents.delete_document(store, new)
    assert live(store) == {old}
    documents.restore_document(store, new)
    assert live(store) == {new}


def test_an_older_version_may_replace_a_newer_one(store: Store) -> None:
    first, second, third = (
        imported(store, pets("GET /pets", version=version)).sha256 for version in "123"
    )
    documents.replace_document(store, old=first, new=second)
    documents.replace_document(store, old=second, new=third)
    assert live(store) == {third}
    documents.replace_document(store, old=third, new=second)
    assert live(store) == {second}
    assert documents.find_document(store, third).replaces == first


def test_the_oldest_version_may_come_back_and_no_circle_forms(store: Store) -> None:
    first, second, third = (
        imported(store, pets("GET /pets", version=version)).sha256 for version in "123"
    )
    documents.replace_document(store, old=first, new=second)
    documents.replace_document(store, old=second, new=third)
    documents.replace_document(store, old=third, new=first)
    assert live(store) == {first}
    rows = {row.sha256: row.replaces for row in documents.versions_of(store, "pets")}
    assert rows == {first: third, third: second, second: None}


def test_a_document_that_replaces_a_second_one_keeps_both_hidden(store: Store) -> None:
    first, second, new = (
        imported(store, pets("GET /pets", version=version)).sha256 for version in "123"
    )
    documents.replace_document(store, old=first, new=new)
    documents.replace_document(store, old=second, new=new)
    assert live(store) == {new}
    documents.separate_document(store, new)
    assert live(store) == {new, second}


def test_a_document_does_not_replace_itself(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    with pytest.raises(StoreError, match="cannot replace itself"):
        documents.replace_document(store, old=sha256, new=sha256)


def test_what_is_not_there_is_explained(store: Store) -> None:
    for change in (documents.delete_document, documents.restore_document, documents.find_document):
        with pytest.raises(StoreError, match=r"no document 000000000000…\. Import it again"):
            change(store, NOWHERE)
    sha256 = imported(store, pets("GET /pets")).sha256
    with pytest.raises(StoreError, match="no document"):
        documents.replace_document(store, old=sha256, new=NOWHERE)


def test_the_revision_grows_with_every_change_of_what_people_see(store: Store) -> None:
    seen = [documents.revision(store)]
    sha256 = imported(store, pets("GET /pets")).sha256
    seen.append(documents.revision(store))
    imported(store, pets("GET /pets"))
    assert documents.revision(store) == seen[-1], "the same bytes again change nothing"
    documents.delete_document(store, sha256)
    seen.append(documents.revision(store))
    documents.restore_document(store, sha256)
    seen.append(documents.revision(store))
    assert seen == sorted(set(seen))


def test_what_imports_left_is_removed_after_a_while(store: Store) -> None:
    kept = imported(store, pets("GET /pets")).sha256
    left = imported(store, pets("GET /left")).sha256
    half = update(tables.documents).where(tables.documents.c.sha256 == left)
    store.write(half.values(state="importing", changed_at=time.time() - 100))
    assert live(store) == {kept}
    assert documents.remove_unfinished(store, untouched_seconds=200) == 0
    assert documents.remove_unfinished(store, untouched_seconds=50) == 1
    with store.reading() as connection:
        for column in (tables.documents.c.sha256, tables.operations.c.document):
            assert set(connection.scalars(select(column))) == {kept}
