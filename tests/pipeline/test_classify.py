"""How often engines choose the right function: what is counted, and how a catalogue is filled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.catalogue.asking import Example
from core.catalogue.folder import hand_written
from core.catalogue.source import read_catalogue
from core.errors import UnknownNameError
from core.openapi.document import read_documents
from pipeline.chooser import ENGINES
from pipeline.classify import (
    Outcome,
    Rivals,
    Run,
    Setup,
    classify,
    filled,
    functions_of,
    run_of,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
PATH = EXAMPLES / "catalogues" / "map-drawing.json"
CATALOGUE = read_catalogue(PATH.name, PATH.read_bytes())
QUESTIONS = hand_written("q.jsonl", PATH.with_suffix(".questions.jsonl").read_bytes())
FILLERS = tuple(functions_of(read_documents(EXAMPLES / "documents" / "tunebox.json")))


def outcome(wanted: str, said: str, **others: object) -> Outcome:
    fields: dict[str, object] = {
        "id": "1",
        "question": "x",
        "is_sure": True,
        "arguments_wanted": {"a": 1},
        "arguments_said": {"a": 1},
        "rivals": 0,
        "origin": "hand",
        "is_tuned": False,
    }
    return Outcome(wanted=wanted, said=said, **{**fields, **others})  # type: ignore[arg-type]


RUN = Run(
    Setup(),
    3,
    "",
    "sha",
    (
        outcome("a.x", "a.x"),
        outcome("a.x", "a.y", is_tuned=True),
        outcome("a.x", "b.x"),
        outcome("b.x", "", arguments_said={}),
        outcome("b.x", "b.x", arguments_said={"a": 2}),
    ),
)


def test_functions_modules_and_arguments_are_counted_apart() -> None:
    assert (RUN.share("function").hits, RUN.share("module").hits) == (2, 3)
    assert RUN.entirely_right().hits == 1
    assert RUN.where(lambda each: each.is_tuned).share("function").value == 0
    low, high = RUN.share("function").interval
    assert 0 < low < 0.4 < high < 1
    assert str(RUN.share("function")).startswith("0.400 (")


def test_confusion_says_what_was_said_for_what() -> None:
    assert RUN.confusion("function")["a.x", "b.x"] == 1
    assert RUN.confusion("module") == {("a", "a"): 2, ("a", "b"): 1, ("b", ""): 1, ("b", "b"): 1}


def test_a_run_is_read_as_it_was_written() -> None:
    assert run_of(json.loads(json.dumps(RUN.as_json()))) == RUN


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_are_asked_every_question(engine: str) -> None:
    seen: list[tuple[int, int]] = []
    run = classify(
        CATALOGUE,
        QUESTIONS[:12],
        Setup(engine, size=20),
        FILLERS,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert run.size == 20 and len(run.outcomes) == 12 == len(seen)
    assert run.share("function").hits >= 4
    assert {each.wanted for each in run.outcomes} == {each.function for each in QUESTIONS[:12]}


def test_an_unknown_engine_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="grounded"):
        Setup("grounde")


def test_a_catalogue_is_filled_with_others_drawn_by_the_seed() -> None:
    one, again, other = (filled(CATALOGUE, 20, FILLERS, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert one.functions[:10] == CATALOGUE.functions and len(one.functions) == 20
    assert filled(CATALOGUE, 5, FILLERS, 1) == CATALOGUE
    assert len(filled(CATALOGUE, 10_000, FILLERS, 1).functions) == 10 + len(FILLERS)
    assert len(filled(CATALOGUE, 20, CATALOGUE.functions, 1).functions) == 10


def test_rivals_share_as_many_words_as_the_right_function() -> None:
    rivals = Rivals(CATALOGUE)
    clear = Example("1", "draw a circle of some radius", "shapes.draw_circle", {}, "hand")
    vague = Example("2", "Porto!", "markers.add_marker", {}, "hand")
    assert rivals.count(clear) == 0
    assert rivals.count(vague) == 9
