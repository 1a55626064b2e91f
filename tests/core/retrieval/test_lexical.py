"""Search by words: the right operation first, whatever synonym the person used."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from core.openapi.document import Document, read_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.lexical import LexicalIndex


def document_of(*labels_and_summaries: tuple[str, str]) -> Document:
    paths: dict = {}
    for label, summary in labels_and_summaries:
        method, path = label.split()
        paths.setdefault(path, {})[method.lower()] = {"summary": summary}
    return Document({"openapi": "3.1.0", "info": {"title": "Zoo", "version": "1"}, "paths": paths})


def index_of(document: Document) -> LexicalIndex:
    return LexicalIndex([found for found in operations(document) if isinstance(found, Operation)])


ZOO = index_of(
    document_of(
        ("GET /v1/pets", "All animals of the house"),
        ("POST /v1/pets", "Take an animal in"),
        ("GET /v1/pets/{petId}", "One animal"),
        ("PUT /v1/pets/{petId}", "Write a file anew"),
        ("DELETE /v1/pets/{petId}", "Close a file"),
        ("DELETE /v1/pets/{petId}/photos/{photoId}", "Take a picture down"),
        ("GET /v1/pets/{petId}/photos", "Pictures of one animal"),
        ("POST /v1/pets/{petId}/adoptions", "Give an animal away"),
        ("GET /v1/keepers", "People who feed"),
    )
)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("delete a pet", "DELETE /v1/pets/{petId}"),
        ("please remove that pet", "DELETE /v1/pets/{petId}"),
        ("delete a photo of my pet", "DELETE /v1/pets/{petId}/photos/{photoId}"),
        ("list pets", "GET /v1/pets"),
        ("show me all the pets", "GET /v1/pets"),
        ("add a new pet", "POST /v1/pets"),
        ("change a pet", "PUT /v1/pets/{petId}"),
        ("PICTURES OF A PET", "GET /v1/pets/{petId}/photos"),
        ("new adoption for an animal", "POST /v1/pets/{petId}/adoptions"),
        ("who are the keepers?", "GET /v1/keepers"),
        ("DELETE /v1/pets/{petId}", "DELETE /v1/pets/{petId}"),
    ],
)
def test_search_puts_the_meant_operation_first(query: str, label: str) -> None:
    assert ZOO.search(query)[0].operation.label == label


@pytest.mark.parametrize("query", ["", "the of and", "xylophone", "«»", "\u202e\x00"])
def test_search_for_nothing_known_finds_nothing(query: str) -> None:
    assert ZOO.search(query) == []


def test_search_of_no_operations_finds_nothing() -> None:
    assert LexicalIndex([]).search("pets") == []


def test_search_keeps_only_top_k_best_first() -> None:
    hits = ZOO.search("pets", 3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_finds_words_that_are_not_english() -> None:
    index = index_of(document_of(("GET /a", "Straße und Übersicht"), ("GET /b", "Курсы валют")))
    assert index.search("übersicht")[0].operation.label == "GET /a"
    assert index.search("курсы")[0].operation.label == "GET /b"


def test_search_of_twenty_thousand_operations_takes_well_under_a_tenth_of_a_second() -> None:
    nouns = ["invoice", "ticket", "room", "shelf", "driver", "parcel", "song", "meter"]
    index = index_of(
        document_of(
            *[
                (f"GET /{nouns[at % 8]}s/{{id}}/{nouns[at // 8 % 8]}s/n{at}", f"Read part {at}")
                for at in range(22_000)
            ]
        )
    )
    index.search("warm up the invoice")
    started = time.perf_counter()
    index.search("read the parcels of every invoice")
    assert time.perf_counter() - started < 0.1


@pytest.mark.parametrize(
    ("source", "query", "label"),
    [
        ("other-specs/openai.yaml", "list my files", "GET /files"),
        ("openapi-snippet/specs/petstore_swagger.json", "delete a pet", "DELETE /pet/{petId}"),
    ],
)
def test_search_answers_a_newcomers_first_question(
    shared: Path, source: str, query: str, label: str
) -> None:
    index = index_of(read_document(shared / source))
    assert index.search(query)[0].operation.label == label
