"""What there is to filter by, and operations by their labels."""

from __future__ import annotations

import pytest

from core.errors import UnknownNameError
from core.samples import add_samples
from core.store.browse import count_methods, count_tags, count_warnings, find_labelled
from core.store.database import Store
from core.store.documents import delete_document, document_at, live_documents, restore_document
from core.store.sources import sources_by_document


@pytest.fixture
def store(store: Store) -> Store:
    add_samples(store)
    return store


def named(store: Store, title: str) -> str:
    return next(row.sha256 for row in live_documents(store) if row.title == title)


def test_methods_are_counted_for_one_and_for_all(store: Store) -> None:
    tunebox = named(store, "Tunebox")
    everywhere = count_methods(store)
    assert everywhere.total() == sum(row.num_operations for row in live_documents(store))
    here = count_methods(store, tunebox)
    delete_document(store, tunebox)
    assert count_methods(store) == everywhere - here


def test_tags_are_counted(store: Store) -> None:
    assert count_tags(store, named(store, "ChargeGrid"))["Stations"] == 7
    assert not count_warnings(store, named(store, "ChargeGrid"))


def test_operation_is_found_by_its_label(store: Store) -> None:
    found = find_labelled(store, named(store, "Harbor Bookings"), "DELETE /bookings/{bookingId}")
    assert found.summary == "Cancel a booking"


@pytest.mark.parametrize("label", ["GET /booking", "get /bookings", "", "GET"])
def test_label_that_is_not_there_is_answered_with_what_is(store: Store, label: str) -> None:
    with pytest.raises(UnknownNameError):
        find_labelled(store, named(store, "Harbor Bookings"), label)


def test_samples_come_once_and_deleted_ones_stay_deleted(store: Store) -> None:
    tunebox = named(store, "Tunebox")
    delete_document(store, tunebox)
    add_samples(store)
    assert len(live_documents(store)) == 11
    restore_document(store, tunebox)
    assert document_at(store, tunebox[:16]).title == "Tunebox"
    kinds = {source.kind for listed in sources_by_document(store).values() for source in listed}
    assert kinds == {"sample"}
