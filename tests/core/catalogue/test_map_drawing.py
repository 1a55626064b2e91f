"""The bundled catalogue and its questions, judged with jsonschema alone."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[3] / "examples" / "catalogues"
FUNCTIONS = {
    f"{each['module']}.{each['name']}": each
    for each in json.loads((FOLDER / "map-drawing.json").read_text())["functions"]
}
QUESTIONS = [
    json.loads(line) for line in (FOLDER / "map-drawing.questions.jsonl").read_text().splitlines()
]


def test_ten_functions_of_several_modules() -> None:
    assert len(FUNCTIONS) == 10
    assert len({each["module"] for each in FUNCTIONS.values()}) >= 5


def test_each_function_is_asked_for_often_enough() -> None:
    counts = Counter(f"{each['module']}.{each['function']}" for each in QUESTIONS)
    assert counts.keys() == FUNCTIONS.keys()
    assert sum(counts.values()) >= 60 and min(counts.values()) >= 5


def test_no_question_is_there_twice_or_says_the_name_of_its_function() -> None:
    assert len({each["id"] for each in QUESTIONS}) == len(QUESTIONS)
    assert len({each["question"].casefold() for each in QUESTIONS}) == len(QUESTIONS)
    assert not [each for each in QUESTIONS if each["function"] in each["question"]]


def test_arguments_are_legal_and_said() -> None:
    for each in QUESTIONS:
        function = FUNCTIONS[f"{each['module']}.{each['function']}"]
        Draft202012Validator(function["parameters"]).validate(each["arguments"])
        for value in each["arguments"].values():
            said = str(value).casefold().removesuffix("s")
            assert value is True or said in each["question"].casefold(), each["id"]
