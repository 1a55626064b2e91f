"""The page *Catalogues*: asked, filled with questions, measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue.folder import (
    keep_catalogue,
    keep_questions,
    list_catalogues,
    read_questions,
    remove_catalogue,
)
from core.catalogue.source import read_catalogue
from core.jobs import control
from core.models.opening import Offer
from core.models.server import Server
from core.retrieval.entry import Scope
from core.store.documents import delete_document
from pages.components import catalogue_questions, resources
from pages.components.catalogue_confusion import confusion
from pipeline.catalogue import Plan, make_questions, run_plan
from pipeline.classify import Outcome, Run, Setup
from tests.pages.screen import errors_of, open_page, words

HOSTILE = b"""[{
  "name": "b<b>",
  "module": "[x](http://evil.example)",
  "description": "**Boil** an egg.",
  "parameters": {"properties": {"a|b": {"type": "integer"}}, "required": ["a|b"]}
}]"""


@pytest.fixture
def kitchen() -> Iterator[str]:
    workspace = resources.store().workspace
    list_catalogues(workspace)
    name = keep_catalogue(workspace, read_catalogue("kitchen.json", HOSTILE))
    yield name
    if name in list_catalogues(workspace):
        remove_catalogue(workspace, name)


def test_a_question_gets_its_function_and_arguments() -> None:
    screen = open_page("catalogues", question="draw a red circle of 5 km around Oslo")
    assert not screen.exception and not errors_of(screen)
    assert screen.code[0].value == ('shapes.draw_circle(place="Oslo", radius_km=5, color="red")')
    assert "What else" in screen.expander[0].label


def test_an_offered_question_is_asked_by_a_click() -> None:
    screen = open_page("catalogues")
    screen.button(key="offer-0").click().run()
    assert screen.text_input(key="question").value == "center the map on Lisbon"
    assert screen.code[0].value.startswith(("view.", "base.", "markers."))


def test_what_fits_nothing_is_said() -> None:
    screen = open_page("catalogues", question="what is for lunch")
    assert "Nothing here" in screen.warning[0].value


def test_a_catalogue_is_talked_to_in_the_chat() -> None:
    screen = open_page("catalogues")
    press(screen, "Talk to it in Chat")
    row = next(row for row in resources.live().values() if row.title == "Map drawing")
    assert row.num_operations == 10
    found = resources.grounded().answer("set the zoom to 7", Scope(apis=frozenset({row.api})))
    assert found.call is not None
    assert found.call.operation.label == "POST /view/set_zoom"
    delete_document(resources.store(), row.sha256)


def test_functions_are_listed_with_their_arguments() -> None:
    screen = open_page("catalogues", view="Functions")
    table = screen.dataframe[0].value
    assert len(table) == 10
    assert table["Arguments"][0] == "place*"


def test_questions_are_made_and_counted(kitchen: str) -> None:
    screen = open_page("catalogues", view="Questions", catalogue=kitchen)
    assert "no questions yet" in words(screen)
    screen.number_input[0].set_value(3)
    press(screen, "Make questions")
    assert "3 questions kept" in screen.success[0].value
    assert [metric.value for metric in screen.metric] == ["3", "0", "3", "0", "3 to 3"]


def test_questions_of_people_come_from_a_file(kitchen: str) -> None:
    screen = open_page("catalogues", view="Questions", catalogue=kitchen)
    line = {
        "id": "1",
        "question": "Boil it for 4",
        "module": "[x](http://evil.example)",
        "function": "b<b>",
        "arguments": {"a|b": 4},
    }
    uploader = screen.file_uploader[-1]
    uploader.set_value(("mine.jsonl", json.dumps(line).encode(), "application/jsonl")).run()
    press(screen, "Add them")
    assert "1 questions kept" in screen.success[0].value
    assert [metric.value for metric in screen.metric] == ["1", "1", "0", "0", "1 to 1"]


def test_results_show_runs_confusion_and_errors() -> None:
    store = resources.store()
    plan = Plan("map-drawing", sizes=(10,), words_only=True)
    run_plan(store, plan, lambda done, total, message: None)
    screen = open_page("catalogues", view="Results")
    assert not screen.exception
    runs, errors = (each.value for each in screen.dataframe[:2])
    assert set(runs["Engine"]) == {"grounded", "copy-nearest"}
    assert runs["Function right"].between(0, 1).all()
    assert "GPT-4 0.996" in words(screen)
    assert len(errors) and set(errors["Wrong"]) <= {"arguments", "function"}
    assert len(screen.code) == 2


def test_every_model_can_be_measured_under_every_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    offer = Offer("tiny", Server("http://127.0.0.1:1/v1", "tiny"))
    monkeypatch.setattr(
        "pages.components.catalogue_results.model_offers", lambda store: [offer, offer]
    )
    screen = open_page("catalogues", view="Results")
    engines = next(each for each in screen.multiselect if each.label == "Engines")
    models = ["classify-described+tiny", "classify-named+tiny"]
    assert engines.options == ["grounded", "copy-nearest", *models]


@pytest.fixture
def templates() -> Iterator[None]:
    """Template questions of the bundled catalogue, for as long as a test lasts."""
    store = resources.store()
    before = read_questions(store.workspace, "map-drawing")
    make_questions(store, "map-drawing", per_function=2, seed=1)
    yield
    keep_questions(store.workspace, "map-drawing", before)


def test_board_of_functions_has_runs_and_questions_of_both_kinds(templates: None) -> None:
    store = resources.store()
    run_plan(
        store, Plan("map-drawing", sizes=(10,), words_only=True, origin="all"), lambda *_: None
    )
    screen = open_page("scoreboard", view="Functions")
    assert not screen.exception and not errors_of(screen)
    runs, questions = (each.value for each in screen.dataframe[:2])
    assert {"words decide", "1-2 rivals", "3 or more"} <= set(runs.columns)
    assert {10} <= set(runs["Functions"]) and "GPT-4 0.996" in words(screen)
    by_origin = questions.set_index("Questions")
    assert list(by_origin["Kind"]) == ["real", "synthetic"]
    assert by_origin.loc["written by people", "n"] == 65
    assert "n = 34" in by_origin.loc["written by people", "Function right (grounded)"]
    assert "(" in by_origin.loc["from templates", "Words"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The jobs that pages ask for; the script ends where one would begin."""
    found: list[tuple[str, dict[str, Any]]] = []

    class Started(Exception):
        """Ends the script."""

    def start(store: object, kind: str, arguments: dict[str, Any], title: str) -> None:
        found.append((kind, arguments))
        raise Started

    monkeypatch.setattr(control, "start", start)
    return found


def test_measuring_starts_a_job(started: list[tuple[str, dict[str, Any]]]) -> None:
    screen = open_page("catalogues", view="Results")
    press(screen, "Measure")
    wanted = {
        "catalogue": "map-drawing",
        "engines": ["grounded", "copy-nearest"],
        "sizes": [10, 50, 200],
        "origin": "hand",
    }
    assert started == [("classify", wanted)]


def test_a_model_writes_questions_in_a_job(
    started: list[tuple[str, dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = Offer("tiny", Server("http://127.0.0.1:1/v1", "tiny"))
    monkeypatch.setattr(catalogue_questions, "model_offers", lambda store: [offer])
    screen = open_page("catalogues", view="Questions")
    screen.selectbox(key="catalogue_writer").set_value("tiny")
    press(screen, "Make questions")
    wanted = {"catalogue": "map-drawing", "model": "tiny", "per_function": 8, "seed": 1}
    assert started == [("synthesize", wanted)]


def test_an_api_of_the_workspace_becomes_a_catalogue() -> None:
    screen = open_page("catalogues")
    choice = next(each for each in screen.selectbox if each.label == "Or an API of the workspace")
    harbor = next(name for name in choice.options if name.startswith("Harbor"))
    choice.select(harbor).run()
    press(screen, "Add this API")
    assert "harbor-bookings" in list_catalogues(resources.store().workspace)
    remove_catalogue(resources.store().workspace, "harbor-bookings")


def test_names_of_strangers_stay_text(kitchen: str) -> None:
    screen = open_page("catalogues", catalogue=kitchen, question="boil an egg")
    assert not screen.exception
    shown = "\n".join(element.value for element in screen.markdown)
    assert "[x](http" not in shown and "<b>" not in shown.replace("`b<b>`", "")
    assert "a|b=..." in screen.code[0].value


def test_a_catalogue_is_removed_for_good(kitchen: str) -> None:
    screen = open_page("catalogues", catalogue=kitchen)
    press(screen, "Remove it for good")
    assert kitchen not in list_catalogues(resources.store().workspace)


def test_an_unknown_catalogue_in_the_address_shows_the_first() -> None:
    screen = open_page("catalogues", catalogue="gone")
    assert not screen.exception and not errors_of(screen)


def test_the_map_shows_the_most_confused_and_what_fills_up_as_one() -> None:
    def outcome(wanted: str, said: str) -> Outcome:
        return Outcome("1", "x", wanted, said, True, {}, {}, 0, "hand", False)

    outcomes = [outcome(f"a.f{number}", f"a.f{number}") for number in range(50)]
    outcomes += [outcome("a.f49", "other.x"), outcome("a.f48", "")]
    cells = confusion(Run(Setup(), 60, "", "sha", tuple(outcomes)), "function")
    assert len({wanted for wanted, _ in cells}) == 40
    assert cells["a.f49", "another function"] == 1 == cells["a.f48", "no answer"]


def press(screen: AppTest, label: str) -> None:
    next(button for button in screen.button if button.label == label).click().run()
