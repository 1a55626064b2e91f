"""One contract for SQLite and PostgreSQL: validation reports by document."""

from __future__ import annotations

from core.openapi.validation import Finding, ValidationReport
from core.store.database import Store
from core.store.documents import delete_document
from core.store.validations import save_validation, unvalidated, validation_of
from tests.core.store.documents import imported, pets

REPORT = ValidationReport(
    "invalid", (Finding("is not a string", "/info/title"),), more=3, passed_over=1, reason="slow"
)


def test_a_report_is_kept_as_it_is(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    assert validation_of(store, sha256) is None
    save_validation(store, sha256, REPORT)
    assert validation_of(store, sha256) == REPORT


def test_a_later_report_takes_the_place_of_an_earlier_one(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    save_validation(store, sha256, REPORT)
    save_validation(store, sha256, ValidationReport("valid"))
    assert validation_of(store, sha256) == ValidationReport("valid")


def test_documents_without_a_report_are_listed_small_ones_first(store: Store) -> None:
    large, small, deleted = (
        imported(store, pets(*(f"GET /{count}/{at}" for at in range(count)))).sha256
        for count in (3, 1, 2)
    )
    delete_document(store, deleted)
    assert unvalidated(store) == [small, large]
    save_validation(store, small, REPORT)
    assert unvalidated(store) == [large]


def test_hostile_findings_are_stored(store: Store) -> None:
    sha256 = imported(store, pets("GET /pets")).sha256
    hostile = ValidationReport("invalid", (Finding("\x00\ud800", "/" + "x" * 10_000),))
    save_validation(store, sha256, hostile)
    found = validation_of(store, sha256)
    assert found is not None and found.findings[0].message == "\ufffd\ufffd"
