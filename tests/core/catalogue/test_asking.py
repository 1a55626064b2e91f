"""Questions to a catalogue: which function, with which arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.catalogue.asking import Example, GroundedFunctions, NearestExample
from core.catalogue.source import read_catalogue

PATH = Path(__file__).parents[3] / "examples" / "catalogues" / "map-drawing.json"
CATALOGUE = read_catalogue(PATH.name, PATH.read_bytes())
EXAMPLES = [
    Example("1", "go to level 3", "view.set_zoom", {"level": 3}, "hand"),
    Example("2", "a red circle, 5 km around Oslo", "shapes.draw_circle", {"place": "Oslo"}, "hand"),
    Example("3", "what is not in it", "gone.gone", {}, "hand"),
]


@pytest.mark.parametrize(
    ("question", "label", "arguments"),
    [
        (
            "draw a red circle of 5 km around Oslo",
            "shapes.draw_circle",
            {"place": "Oslo", "radius_km": 5, "color": "red"},
        ),
        ("set the zoom to 7", "view.set_zoom", {"level": 7}),
        ('remove the marker "Depot"', "markers.remove_marker", {"title": "Depot"}),
    ],
)
def test_a_question_gets_its_function_and_arguments(
    question: str, label: str, arguments: dict[str, object]
) -> None:
    answer = GroundedFunctions([CATALOGUE]).answer(question)
    assert answer.calls[0].function.label == label
    assert answer.calls[0].arguments == arguments
    assert answer.calls[0].missing == () and not answer.reason


def test_what_a_question_leaves_out_is_missing() -> None:
    call = GroundedFunctions([CATALOGUE]).answer("draw a circle around Oslo").calls[0]
    assert call.missing == ("radius_km",)


def test_what_fits_nothing_is_said() -> None:
    assert GroundedFunctions([CATALOGUE]).answer("what is for lunch").reason


def test_functions_of_several_catalogues_are_told_apart() -> None:
    other = read_catalogue("kitchen.json", b'[{"name": "boil_egg", "description": "Boil an egg."}]')
    engine = GroundedFunctions([CATALOGUE, other])
    assert engine.answer("boil an egg").calls[0].function.label == "kitchen.boil_egg"
    assert engine.answer("set the zoom to 7").calls[0].function.label == "view.set_zoom"


def test_the_nearest_example_is_copied() -> None:
    engine = NearestExample(CATALOGUE, EXAMPLES)
    call = engine.answer("a blue circle, 7 km around Oslo").calls[0]
    assert (call.function.label, call.arguments) == ("shapes.draw_circle", {"place": "Oslo"})
    assert call.missing == ("radius_km",)


def test_a_question_is_not_its_own_example() -> None:
    answer = NearestExample(CATALOGUE, EXAMPLES).answer("go to level 3")
    assert [call.function.label for call in answer.calls] == ["shapes.draw_circle"]


def test_without_examples_nothing_is_copied() -> None:
    assert NearestExample(CATALOGUE, []).answer("go to level 3").reason
