"""Documents that are hard to make a schema of, and models that write rubbish: a call that comes out
is legal all the same.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from core.answer import Grounded
from core.arguments.form import form_of
from core.check import check
from core.engine_grounded import GroundedModel
from core.library import library_of
from core.models.local import LocalModel
from core.models.protocol import (
    Capability,
    Choice,
    Failure,
    Generate,
    Reply,
    Score,
    Scored,
    replies,
)
from core.openapi.document import Document, upload_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.retriever import Retriever
from tests.conftest import unavailable
from tests.fake_model import FakeModel

_NODE = {"$ref": "#/components/schemas/Node"}


def _nested(depth: int) -> dict[str, Any]:
    inner = {"type": "integer"} if depth == 0 else _nested(depth - 1)
    return {"type": "object", "required": ["a"], "properties": {"a": inner, "b": inner, "c": inner}}


SCHEMAS: dict[str, Any] = {
    "cycle": _NODE,
    "mutual": {"$ref": "#/components/schemas/Egg"},
    "itself": {"$ref": "#/components/schemas/Itself"},
    "gone": {"$ref": "#/components/schemas/Gone"},
    "any of": {"anyOf": [{"type": "integer", "minimum": 5}, {"enum": ["few", "many"]}, _NODE]},
    "one of": {"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, _NODE]},
    "none of": {"allOf": [{"type": "string"}, {"type": "integer"}]},
    "nullable": {"type": ["string", "null"], "maxLength": 3},
    "any type": {"type": ["integer", "string", "array", "null"]},
    "huge enum": {"enum": [f"value-{number}" for number in range(5000)]},
    "mixed enum": {"enum": [None, True, 1, 1.5, "1", [1], {"a": 1}]},
    "no enum": {"enum": []},
    "deep": _nested(7),
    "wide": {"type": "object", "properties": {f"p{n}": {"type": "string"} for n in range(400)}},
    "turned bounds": {"type": "integer", "minimum": 9, "maximum": 1},
    "turned lengths": {"type": "string", "minLength": 900, "maxLength": 1},
    "huge lengths": {"type": "string", "minLength": 10**12, "maxLength": 10**30},
    "odd bounds": {"type": "number", "minimum": -1e308, "maximum": 1e308, "multipleOf": 0.1},
    "bounds of other types": {"type": "integer", "minimum": "1", "maxLength": -4},
    "exclusive": {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 2},
    "pattern": {"type": "string", "pattern": "^(a+)+$"},
    "broken pattern": {"type": "string", "pattern": "(["},
    "names": {
        "type": "object",
        "properties": {
            name: {"type": "integer"}
            for name in ("$leaf", "", 'say "hi"', "a.b", "new\nline", "ünï", "[]", "$ref", "}{")
        },
        "required": ["$leaf"],
    },
    "anything": True,
    "nothing": False,
}


@cache
def hostile() -> Document:
    """An operation for each schema, which stands in the query and in the body."""
    paths = {
        f"/{name.replace(' ', '-')}": {
            "post": {
                "summary": f"Send {name}",
                "operationId": f"send {name}",
                "parameters": [{"name": "q", "in": "query", "schema": schema}],
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"200": {"description": "done"}},
            }
        }
        for name, schema in SCHEMAS.items()
    }
    schemas = {
        "Node": {"type": "object", "properties": {"next": _NODE, "name": {"type": "string"}}},
        "Egg": {"type": "object", "properties": {"hen": {"$ref": "#/components/schemas/Hen"}}},
        "Hen": {"type": "object", "properties": {"egg": {"$ref": "#/components/schemas/Egg"}}},
        "Itself": {"$ref": "#/components/schemas/Itself"},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Hostile", "version": "1"},
        "servers": [{"url": "https://hostile.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return upload_document("hostile.json", json.dumps(document).encode())


@cache
def engine() -> Grounded:
    library = library_of([hostile()])
    return Grounded(Retriever(library.entries), library.find)


@cache
def listed() -> dict[str, Operation]:
    found = [each for each in operations(hostile()) if isinstance(each, Operation)]
    return {each.summary.removeprefix("Send "): each for each in found}


TEXTS = ["few", "value-4999", "value-1", "a", "\x00", "\ud800", "../..", "REPLACE_q"]
NAMES = ["a", "b", "next", "name", "hen", "egg", "$leaf", "p0", ""]
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=12,
)
members = {"query": st.fixed_dictionaries({"q": values}), "body": values}
rubbish = st.fixed_dictionaries({}, optional=members) | values


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_form_is_small_and_a_schema(name: str) -> None:
    schema = form_of(listed()[name]).schema
    assert len(schema) < 20_000
    assert json.loads(schema)["type"] == "object"


@settings(max_examples=60)
@given(data=st.data(), name=st.sampled_from(sorted(SCHEMAS)))
def test_no_rubbish_makes_an_illegal_call(data: st.DataObject, name: str) -> None:
    found = engine().answer(f"send {name}").calls
    number = str(data.draw(st.integers(1, min(8, len(found)))))
    written = json.dumps(data.draw(rubbish))
    answer = GroundedModel(engine(), FakeModel([number, written])).answer(f"send {name}")
    assert answer.call is not None
    assert answer.call.operation.label == found[int(number) - 1].operation.label
    assert check(answer.call.request, hostile()).is_legal


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_real_model_is_kept_to_every_form(name: str, tiny_model: Path) -> None:
    """Its words are random, and nothing but the constraint makes JSON of them."""
    if not importlib.util.find_spec("llguidance"):
        unavailable("llguidance is not installed")
    found = engine().answer(f"send {name}")
    labels = [call.operation.summary for call in found.calls]
    number = str(labels.index(f"Send {name}") + 1) if f"Send {name}" in labels else "1"
    answer = GroundedModel(engine(), _Picks(number, _model(tiny_model))).answer(f"send {name}")
    assert answer.call is not None
    assert check(answer.call.request, hostile()).is_legal
    form = form_of(answer.call.operation)
    if form.slots:
        _, written = answer.written.split("\n", 1)
        problems = Draft202012Validator(json.loads(form.schema)).iter_errors(json.loads(written))
        assert [each.message for each in problems] == []


@dataclass
class _Picks:
    """A model whose choice is fixed, so that it has to fill the operation that is looked at."""

    number: str
    model: LocalModel
    name: str = "picks"
    identity: str = "picks"

    @property
    def capabilities(self) -> frozenset[Capability]:
        return self.model.capabilities

    def generate(self, tasks: Sequence[Generate]) -> Iterator[tuple[int, Reply | Failure]]:
        for position, task in enumerate(tasks):
            if isinstance(task.constraint, Choice):
                yield position, Reply(self.number)
            else:
                yield position, replies(self.model, [task])[0]

    def stream(self, task: Generate) -> Generator[str, None, Reply]:
        return (yield from self.model.stream(task))

    def score(self, tasks: Sequence[Score]) -> Iterator[tuple[int, Scored | Failure]]:
        return self.model.score(tasks)


@cache
def _model(folder: Path) -> LocalModel:
    return LocalModel(str(folder))
