"""Questions from templates, and what is checked before they are kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from core.catalogue.asking import Example
from core.catalogue.function import document_of
from core.catalogue.source import read_catalogue
from pipeline.synthesize import checked, names_function, synthesize

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCES = ["catalogues/map-drawing.json", "documents/harbor-bookings.yaml"]
TOOLS = read_catalogue(
    "tools.json",
    json.dumps(
        [
            {
                "name": "boil_egg",
                "description": "Boil an egg.",
                "parameters": {
                    "properties": {"minutes": {"type": "integer", "maximum": 9}},
                    "required": ["minutes"],
                },
            },
            {
                "name": "bake",
                "description": "Bakes a cake, of course; with love.",
                "parameters": {
                    "properties": {"layers": {"type": "array", "items": {"type": "string"}}},
                    "required": ["layers"],
                },
            },
        ]
    ).encode(),
)


@pytest.mark.parametrize("source", SOURCES)
def test_questions_are_legal_distinct_and_say_their_arguments(source: str) -> None:
    catalogue = read_catalogue(source, (EXAMPLES / source).read_bytes())
    made = synthesize(catalogue, per_function=6, seed=3)
    assert len({each.question.casefold() for each in made.examples}) == len(made.examples)
    counts = Counter(each.function for each in made.examples)
    assert max(counts.values()) == made.provenance["most_of_a_function"] <= 6
    for each in made.examples:
        function = catalogue.by_label[each.function]
        Draft202012Validator(dict(function.parameters)).validate(dict(each.arguments))
        assert not names_function(each.question, function)
        for value in each.arguments.values():
            assert value is True or str(value) in each.question


def test_the_same_seed_makes_the_same_questions() -> None:
    one, other, third = (synthesize(TOOLS, per_function=6, seed=seed) for seed in (1, 1, 2))
    assert one == other
    assert one.examples != third.examples


def test_what_cannot_be_said_is_counted() -> None:
    made = synthesize(TOOLS, per_function=6, seed=1)
    assert {each.function for each in made.examples} == {"tools.boil_egg"}
    assert made.provenance["dropped"]["needs what cannot be said"] == 6
    assert made.provenance["fewest_of_a_function"] == 0


def test_each_check_leaves_out_what_it_should() -> None:
    def example(question: str, function: str = "tools.boil_egg", minutes: object = 4) -> Example:
        return Example(question, question, function, {"minutes": minutes}, "template")

    examples = [
        example("Four minutes, please"),
        example("four minutes, please"),
        example("Call boil_egg with 4"),
        example("Ninety minutes", minutes=90),
        example("No minutes", minutes="none"),
        example(" "),
        example("Fry it", function="tools.fry"),
        example("Make something", function="tools.bake"),
        example("Make something"),
        Example("x", "An egg", "tools.boil_egg", {}, "template"),
    ]
    kept, dropped = checked(examples, TOOLS, document_of([TOOLS]))
    assert [each.question for each in kept] == ["Four minutes, please"]
    assert dropped == {
        "empty": 1,
        "duplicate": 1,
        "names its function": 1,
        "illegal arguments": 2,
        "unknown function": 1,
        "asks for several functions": 2,
        "needs what cannot be said": 1,
    }
