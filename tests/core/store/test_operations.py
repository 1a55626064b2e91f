"""One contract for SQLite and PostgreSQL: operation rows and what had to be left out."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from core.errors import StoreError
from core.store import operations
from core.store.database import Store
from tests.core.store.documents import imported, pets


def with_paths(paths: dict[str, Any]) -> bytes:
    return orjson.dumps({"openapi": "3.1.0", "info": {"title": "Zoo", "version": "1"}, **paths})


def test_a_row_holds_what_lists_and_search_need(store: Store) -> None:
    raw = {
        "operationId": "listPets",
        "summary": "All pets",
        "description": "D" * 1_000,
        "tags": ["pets", "öffentlich"],
        "deprecated": True,
        "parameters": [{"name": "no place"}],
    }
    data = with_paths({"paths": {"/pets/{petId}": {"get": raw}}})
    sha256 = imported(store, data).sha256
    (row,) = operations.operations_of(store, sha256)
    assert row == operations.StoredOperation(
        document=sha256,
        pointer="/paths/~1pets~1{petId}/get",
        position=0,
        method="GET",
        path="/pets/{petId}",
        operation_id="listPets",
        summary="All pets",
        description="D" * 300,
        tags=("pets", "öffentlich"),
        deprecated=True,
        warnings=row.warnings,
        api="zoo",
    )
    assert len(row.warnings) == 1 and "no usable" in row.warnings[0]
    assert row.label == "GET /pets/{petId}"
    assert operations.find_operation(store, row.key) == row


def test_operations_are_in_the_documents_order(store: Store) -> None:
    labels = [f"GET /{name}" for name in "zyxabc"]
    found = operations.operations_of(store, imported(store, pets(*labels)).sha256)
    assert [operation.label for operation in found] == labels
    assert [operation.position for operation in found] == list(range(6))


def test_operations_are_found_by_their_names_across_documents(store: Store) -> None:
    first = imported(store, pets("GET /a", "GET /b")).sha256
    second = imported(store, pets("GET /a", title="Other")).sha256
    keys = [(second, "/paths/~1a/get"), (first, "/paths/~1b/get"), (first, "/paths/~1none/get")]
    found = operations.operations_by_key(store, keys)
    assert {key: operation.label for key, operation in found.items()} == {
        keys[0]: "GET /a",
        keys[1]: "GET /b",
    }
    assert operations.operations_by_key(store, []) == {}


def test_an_operation_that_is_not_there_is_explained(store: Store) -> None:
    with pytest.raises(StoreError, match="no operation /paths/~1x/get of a document abc"):
        operations.find_operation(store, ("abc", "/paths/~1x/get"))


def test_what_had_to_be_left_out_is_kept_with_its_reason(store: Store) -> None:
    paths = {"/a": {"get": "no object"}, "/b": {"get": {}}, "/c": {"$ref": "#/nowhere"}}
    result = imported(store, with_paths({"paths": paths}))
    assert (result.num_operations, result.num_dropped) == (1, 2)
    lost = operations.dropped_of(store, result.sha256)
    assert [(one.where, one.pointer) for one in lost] == [
        ("GET /a", "/paths/~1a/get"),
        ("/c", "/paths/~1c"),
    ]
    assert "not an object but a text" in lost[0].reason
    assert "leads nowhere" in lost[1].reason


@pytest.mark.parametrize("path", ["/a\x00b", "/" + "x" * 5_000, "/" + "é" * 1_500])
def test_a_path_that_cannot_be_a_name_costs_its_operation(store: Store, path: str) -> None:
    result = imported(store, with_paths({"paths": {path: {"get": {}}, "/fine": {"get": {}}}}))
    assert (result.num_operations, result.num_dropped) == (1, 1)
    (lost,) = operations.dropped_of(store, result.sha256)
    assert "Correct the path" in lost.reason


def test_hostile_texts_are_stored_harmlessly(store: Store) -> None:
    hostile = "\x00\u202e'; DROP TABLE operations; --" + "\U0001f600" * 300_000
    raw = {
        "operationId": hostile,
        "summary": hostile,
        "description": hostile,
        "tags": [hostile, *"abc" * 1_000],
    }
    sha256 = imported(store, with_paths({"paths": {"/a": {"get": raw}}})).sha256
    (row,) = operations.operations_of(store, sha256)
    for text in (row.operation_id, row.summary, row.description, row.tags[0]):
        assert text.startswith("\ufffd\u202e'; DROP TABLE") and len(text.encode()) <= 2_000
    assert len(row.tags) == 50
