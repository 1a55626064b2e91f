"""What a document is worth as a source: each fault counts the operations it costs."""

from __future__ import annotations

from typing import Any

import pytest

from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.openapi.quality import (
    DUPLICATE_ID,
    NO_EXAMPLE,
    NO_SUMMARY,
    NOT_ENGLISH,
    Assessment,
    Quality,
)

GOOD = {"summary": "List all the pets"}


def quality_of(*raw_operations: dict[str, Any], **components: Any) -> Quality:
    paths = {f"/pets{at}": {"post": raw} for at, raw in enumerate(raw_operations)}
    document = Document({"openapi": "3.1.0", "paths": paths, "components": components})
    assessment = Assessment()
    for found in operations(document):
        assert isinstance(found, Operation)
        assessment.add(found)
    return assessment.quality()


def query(schema: Any, **more: Any) -> dict[str, Any]:
    return {**GOOD, "parameters": [{"name": "q", "in": "query", "schema": schema, **more}]}


def body(schema: Any, **more: Any) -> dict[str, Any]:
    return {**GOOD, "requestBody": {"content": {"application/json": {"schema": schema, **more}}}}


def test_good_operations_cost_nothing() -> None:
    quality = quality_of(GOOD, {"description": "Adds a pet to the house"})
    assert quality == Quality(num_operations=2, num_good=2, language="en")
    assert quality.score == 1


def test_a_document_without_operations_is_worth_nothing() -> None:
    assert quality_of() == Quality()
    assert quality_of().score == 0


def test_every_fault_counts_its_operations_and_an_operation_is_lost_once() -> None:
    quality = quality_of(
        {**GOOD, "operationId": "a"},
        {"operationId": "a"},
        {"summary": "  "},
        {"summary": "Liste der Räume und ihrer Buchungen"},
        query({"type": "string"}, required=True),
    )
    assert quality.faults == {NO_SUMMARY: 2, DUPLICATE_ID: 1, NO_EXAMPLE: 1, NOT_ENGLISH: 1}
    assert quality.num_good == 1
    assert quality.score == 0.2


def test_operations_without_an_id_are_no_duplicates() -> None:
    document = Document(
        {"openapi": "3.1.0", "paths": {"/a-b": {"get": GOOD}, "/a/b": {"get": GOOD}}}
    )
    assessment = Assessment()
    for found in operations(document):
        assert isinstance(found, Operation)
        assessment.add(found)
    assert assessment.quality().faults == {}


@pytest.mark.parametrize(
    ("raw", "shows"),
    [
        (GOOD, True),
        (query({"type": "string"}), True),
        (query({"type": "string"}, required=True), False),
        (query({"type": "string", "enum": ["a"]}, required=True), True),
        (query({"type": "string", "default": ""}, required=True), True),
        (query({"type": "string"}, required=True, example="a"), True),
        (body({"type": "object"}), False),
        (body({"type": "object"}, example={"a": 1}), True),
        (body({"properties": {"a": {"type": "string"}}}), False),
        (body({"properties": {"a": {"type": "string", "example": "b"}}}), True),
        (body({"properties": {"a": {"items": {"example": "b"}}}}), True),
        (body({"allOf": [{}, {"properties": {"a": {"const": 1}}}]}), True),
        (body({"$ref": "#/components/schemas/Shown"}), True),
        (body({"$ref": "#/components/schemas/Silent"}), False),
        (body({"$ref": "#/components/schemas/Circle"}), False),
        (body({"$ref": "#/components/schemas/Missing"}), False),
        (body(True), False),
    ],
)
def test_an_operation_that_needs_values_shows_one(raw: dict[str, Any], shows: bool) -> None:
    schemas = {
        "Shown": {"properties": {"a": {"example": 1}}},
        "Silent": {"properties": {"example": {"type": "string"}}},
        "Circle": {"properties": {"a": {"$ref": "#/components/schemas/Circle"}}},
    }
    assert (NO_EXAMPLE not in quality_of(raw, schemas=schemas).faults) is shows


def test_short_texts_are_in_the_language_of_the_others() -> None:
    german = {"summary": "Liste der Räume und ihrer Buchungen"}
    short = {"summary": "Buchung"}
    assert quality_of(german, german, short).faults == {NOT_ENGLISH: 3}
    assert quality_of(GOOD, GOOD, german, short).faults == {NOT_ENGLISH: 1}
    assert quality_of(short).faults == {}


def test_what_says_nothing_is_in_no_language() -> None:
    german = {"summary": "Liste der Räume und ihrer Buchungen"}
    assert quality_of(german, {}).faults == {NO_SUMMARY: 1, NOT_ENGLISH: 1}
