"""Forms: a bounded schema on any operation, and values back from what was written by it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from core.arguments.filling import arguments_of
from core.arguments.form import MOST_PLACES, form_of
from core.openapi.document import read_documents
from core.openapi.listing import find_operation, operations
from core.openapi.operation import Operation
from core.samples import SAMPLES
from tests.core.shop import shop


def schema_of(label: str) -> dict[str, object]:
    schema: dict[str, object] = json.loads(form_of(find_operation(shop(), label)).schema)
    return schema


def test_places_and_names_nest_as_arguments_do() -> None:
    assert schema_of("GET /pets") == {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "query": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "limit": {"type": "integer", "minimum": 1, "maximum": 100},
                    "kind": {"enum": ["dog", "cat"]},
                },
            }
        },
    }


ROUND = {
    "path": {"petId": 7},
    "body": {"name": "Rex", "kind": "dog", "tags": ["small", "brown"], "owner": {"email": "a@b.c"}},
}


def test_what_is_written_by_the_schema_is_read_back() -> None:
    form = form_of(find_operation(shop(), "PATCH /pets/{petId}"))
    jsonschema.validate(ROUND, json.loads(form.schema))
    evidence = form.read(json.dumps(ROUND), "pet 7 is Rex")
    assert arguments_of(evidence) == ROUND
    assert [each.value for each in evidence if each.end] == [7, "Rex"]


@pytest.mark.parametrize(
    ("question", "said"), [("pet 7", True), ("pet 17", False), ("pet number seven", False)]
)
def test_a_value_is_said_where_it_stands_alone(question: str, said: bool) -> None:
    form = form_of(find_operation(shop(), "DELETE /pets/{petId}"))
    [evidence] = form.read('{"path": {"petId": 7}}', question)
    assert (evidence.end > 0) is said


@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", "1", '{"path": 7}', '{"path": {"petId": "x"}}', '{"header": {"petId": 7}}',
     '{"path": {"petId": "REPLACE_petId"}}', '{"path": {"petId": {"petId": 7}}}'],
)  # fmt: skip
def test_what_does_not_fit_is_passed_over(written: str) -> None:
    assert form_of(find_operation(shop(), "DELETE /pets/{petId}")).read(written, "pet 7") == ()


def samples() -> list[Operation]:
    documents = read_documents(Path(SAMPLES))
    return [each for one in documents for each in operations(one) if isinstance(each, Operation)]


@pytest.mark.parametrize("operation", samples(), ids=lambda each: f"{each.document.title} {each}")
def test_every_sample_operation_has_a_bounded_schema_that_is_one(operation: Operation) -> None:
    form = form_of(operation)
    schema = json.loads(form.schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({}, schema) if form.slots else None
    assert len(form.slots) <= MOST_PLACES
    assert len(form.schema) < 20_000
