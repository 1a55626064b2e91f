"""Questions of the chat as examples, and synthetic ones beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from core.catalogue.folder import open_catalogue, read_questions
from core.catalogue.function import Catalogue, document_of
from core.chat import Chat
from core.engines import parts_of
from core.settings import NONE, Settings
from core.store.conversations import new_conversation, vote
from core.store.database import Store, open_store
from core.uploads import import_uploads
from pipeline.catalogue import Plan, make_questions, run_plan
from pipeline.chat_questions import chat_questions, liked_questions
from pipeline.question_profile import profiles


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(tmp_path / "workspace", embedder=NONE))
    yield opened
    opened.close()


@pytest.fixture
def catalogue(store: Store) -> Catalogue:
    """A catalogue that can be talked to in the chat."""
    found = open_catalogue(store.workspace, "map-drawing")
    data = orjson.dumps(document_of([found]).root)
    assert import_uploads(store, {"map-drawing.json": data}).documents
    return found


@pytest.fixture
def asked(store: Store, catalogue: Catalogue) -> dict[str, int]:
    """Answers in the chat, by their questions; the first one is liked."""
    words = [
        "draw a red circle of 5 km around Oslo",
        "zoom to level 12",
        "what is for lunch",
        "curl https://elsewhere.example/pets",
    ]
    with closing(Chat(parts_of(store))) as chat:
        found = {}
        for each in words:
            found[each] = chat.ask(new_conversation(store, each).id, each)
            assert chat.wait(found[each], seconds=60)
    vote(store, found[words[0]], "up")
    vote(store, found[words[1]], "down")
    return found


def test_liked_answer_is_the_right_one(
    store: Store, catalogue: Catalogue, asked: dict[str, int]
) -> None:
    (liked,) = liked_questions(store, catalogue)
    assert (liked.function, liked.origin) == ("shapes.draw_circle", "chat")
    assert liked.arguments == {"place": "Oslo", "radius_km": 5, "color": "red"}
    everything = {each.question: each.function for each in chat_questions(store, catalogue)}
    assert everything.keys() == {"draw a red circle of 5 km around Oslo", "zoom to level 12"}
    assert everything["zoom to level 12"] == ""


def test_engines_are_measured_on_what_people_liked(
    store: Store, catalogue: Catalogue, asked: dict[str, int]
) -> None:
    plan = Plan("map-drawing", ("grounded",), (10,), words_only=True, origin="chat")
    (run,) = run_plan(store, plan, lambda *_: None)
    assert run.origins == ("chat",) and run.entirely_right().hits == 1 == len(run.outcomes)


def test_synthetic_questions_are_profiled_beside_real_ones(
    store: Store, catalogue: Catalogue, asked: dict[str, int]
) -> None:
    make_questions(store, "map-drawing", per_function=4, seed=1)
    kept = read_questions(store.workspace, "map-drawing").examples
    found = profiles(catalogue, [*kept, *chat_questions(store, catalogue)])
    assert [(each.origin, each.count, each.num_labelled) for each in found] == [
        ("chat", 2, 1),
        ("hand", 65, 65),
        ("template", 40, 40),
    ]
    chat, hand, template = found
    assert chat.figures["words"].value == 6.5
    for each in found:
        for figure in each.figures.values():
            assert figure.low <= figure.value <= figure.high
        assert 0 < each.figures["shared"].value < 1
    assert template.figures["words"].value > hand.figures["words"].value


def test_without_the_other_kind_nothing_is_said_of_it(store: Store, catalogue: Catalogue) -> None:
    people = read_questions(store.workspace, "map-drawing").examples
    (alone,) = profiles(catalogue, people)
    assert alone.figures.keys() == {"words", "ambiguous"}
    assert profiles(catalogue, []) == []
