"""A model that picks and fills: what it may say, and what becomes of what it should not."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from core.answer import Answer
from core.check import check
from core.engine_grounded import GroundedModel
from core.errors import ModelError
from core.kept_answer import kept
from core.models.local import LocalModel
from core.models.protocol import Choice, Failure, JsonSchema
from tests.conftest import unavailable
from tests.core.shop import grounded
from tests.fake_model import EVERYTHING_IT_CAN, FakeModel, prompt_of

QUESTION = "delete pet 7"


def number_of(label: str, question: str = QUESTION) -> str:
    calls = grounded().answer(question).calls
    return str([call.operation.label for call in calls].index(label) + 1)


def test_the_model_picks_among_what_search_found_and_fills_it() -> None:
    model = FakeModel([number_of("GET /pets"), '{"query": {"limit": 7, "kind": "dog"}}'])
    answer = GroundedModel(grounded(), model).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.operation.label == "GET /pets"
    assert answer.call.request.target == "/v1/pets?limit=7&kind=dog"
    assert answer.call.verdict.status == "valid"
    [said, unsaid] = answer.call.evidence
    assert QUESTION[said.start : said.end] == "7"
    assert unsaid.start == unsaid.end
    assert answer.call.notes == (
        "query kind is the model's: the question does not say it in these words.",
    )


def test_the_model_is_constrained_to_numbers_and_to_the_operation_s_schema() -> None:
    model = FakeModel([number_of("DELETE /pets/{petId}"), "{}"])
    GroundedModel(grounded(), model).answer(QUESTION)
    choosing, filling = model.asked
    assert isinstance(choosing.constraint, Choice)
    assert choosing.constraint.options[-1] == "none"
    assert isinstance(filling.constraint, JsonSchema)
    assert json.loads(filling.constraint.text)["properties"].keys() == {"path"}
    assert "DELETE /pets/{petId} (Pet Shop)" in prompt_of(choosing)


def test_none_of_them_is_an_answer_too() -> None:
    answer = GroundedModel(grounded(), FakeModel(["none"])).answer(QUESTION)
    assert answer.call is None
    assert answer.alternatives


@pytest.mark.parametrize(
    "written",
    [
        '{"path": {"petId": -7}}',
        '{"path": {"petId": "seven"}}',
        '{"path": {"petId": "../admin"}}',
        '{"query": {"force": true}}',
        '{"path": {"petId": 7}, "body": {"a": 1}}',
        "[]",
        "7",
        "null",
        "no JSON",
        '{"path": {"petId": [7]}}',
        '{"path": {"petId": {"$ne": 1}}}',
    ],
)
def test_no_illegal_call_comes_out_whatever_is_written(written: str) -> None:
    model = FakeModel([number_of("DELETE /pets/{petId}"), written])
    answer = GroundedModel(grounded(), model).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.operation.label == "DELETE /pets/{petId}"
    assert check(answer.call.request, answer.call.operation.document).is_legal


def test_whoever_watches_sees_what_is_found_chosen_and_filled() -> None:
    model = FakeModel([number_of("DELETE /pets/{petId}"), '{"path":\n{"petId": 7}}'])
    engine = GroundedModel(grounded(), model)
    *pieces, answer = engine.stream(QUESTION)
    shown = "".join(map(str, pieces))
    assert shown.startswith("Found:\n1. ")
    number = number_of("DELETE /pets/{petId}")
    assert f"Chosen: {number}\nDELETE /pets/{{petId}}\n" in shown
    assert shown.endswith('{"path":\n{"petId": 7}}')
    assert len(pieces) == 5
    model.texts = [number, '{"path":\n{"petId": 7}}']
    assert isinstance(answer, Answer)
    assert kept(engine.answer(QUESTION)) == kept(answer)
    assert [name for name, _ in answer.work.prompts] == ["choose", "fill"]
    assert answer.work.replies == 2


def test_values_that_fail_are_those_of_the_search() -> None:
    model = FakeModel([number_of("DELETE /pets/{petId}"), Failure("it hung up")])
    answer = GroundedModel(grounded(), model).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.request.path == "/v1/pets/7"
    assert "it hung up" in answer.call.notes[-1]


def test_no_choice_is_no_answer() -> None:
    with pytest.raises(ModelError, match="it hung up"):
        GroundedModel(grounded(), FakeModel([Failure("it hung up")])).answer(QUESTION)


@pytest.mark.parametrize("said", ["{}", "I think it is {}.", "**{}**\n"])
def test_a_model_that_cannot_be_constrained_is_read_as_well_as_can_be(said: str) -> None:
    filled = 'Here you are: ```json\n{"path": {"petId": 9}}\n```'
    model = FakeModel([said.format(number_of("DELETE /pets/{petId}")), filled])
    model.capabilities = EVERYTHING_IT_CAN - {"json", "choice"}
    answer = GroundedModel(grounded(), model).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.request.path == "/v1/pets/9"
    assert model.asked[0].constraint is None


@pytest.mark.parametrize("said", ["99", "0", "", "maybe", "9" * 5000, "١"])
def test_what_is_no_number_of_theirs_is_none(said: str) -> None:
    model = FakeModel([said], capabilities=EVERYTHING_IT_CAN - {"json", "choice"})
    assert GroundedModel(grounded(), model).answer(QUESTION).call is None


def test_a_question_that_finds_nothing_asks_no_model() -> None:
    model = FakeModel()
    assert GroundedModel(grounded(), model).answer("").call is None
    assert model.asked == []


def test_a_real_model_that_knows_nothing_still_makes_legal_calls(tiny_model: Path) -> None:
    if not importlib.util.find_spec("llguidance"):
        unavailable("llguidance is not installed")
    engine = GroundedModel(grounded(), LocalModel(str(tiny_model)))
    for question in ("delete pet 7", "add a dog called Rex", "show 20 cats"):
        answer = engine.answer(question)
        again = engine.answer(question)
        assert answer.confidence == again.confidence
        for call in answer.calls:
            assert check(call.request, call.operation.document).is_legal
        if answer.call:
            assert again.call is not None
            assert answer.call.request == again.call.request
