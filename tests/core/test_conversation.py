"""Follow-ups: words, the answer before them, and what they mean together."""

from __future__ import annotations

from typing import Any

import pytest

from core.answer import Grounded
from core.arguments.filling import arguments_of
from core.conversation import (
    ChangedCall,
    NewQuestion,
    SameCall,
    Turn,
    understand,
    without_client,
)
from core.kept_answer import kept
from core.library import Library, read_library
from core.render import CLIENTS
from core.retrieval.retriever import Retriever
from core.samples import SAMPLES


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library([SAMPLES / "petshelter.json", SAMPLES / "harbor-bookings.yaml"])


@pytest.fixture(scope="module")
def engine(library: Library) -> Grounded:
    return Grounded(Retriever(library.entries), library.find)


@pytest.mark.parametrize(
    ("words", "rest", "client"),
    [
        ("in Go", "", "go-nethttp"),
        ("as curl please", "", "curl"),
        ("now in python", "", "python-requests"),
        ("Python", "", "python-requests"),
        ("and in node.js?", "", "node-fetch"),
        ("show it in Swift", "", "swift-urlsession"),
        ("the ruby version", "", "ruby-nethttp"),
        ("give me the java code please", "", "java-httpclient"),
        ("using okhttp", "", "java-okhttp"),
        ("as a node-request", "", "node-request"),
        ("list pets, in Go please", "list pets", "go-nethttp"),
        ("in php: delete pet 7", "delete pet 7", "php-curl"),
        ("delete pet 7 (in C)", "delete pet 7", "libcurl"),
        ("go to the next page", "go to the next page", ""),
        ("which rooms are in Java island", "which rooms are in Java island", ""),
        ("list python snakes", "list python snakes", ""),
        ("", "", ""),
    ],
)
def test_client_is_taken_out_of_the_words(words: str, rest: str, client: str) -> None:
    assert without_client(words) == (rest, client)


@pytest.mark.parametrize("name", CLIENTS)
def test_every_client_is_known_by_its_name(name: str) -> None:
    assert without_client(f"as {name}") == ("", name)


def turn_of(engine: Grounded, question: str) -> Turn:
    return Turn(kept(engine.answer(question)))


PETS = "list dogs, page 2"
PET = "show pet 7"


@pytest.mark.parametrize(
    ("before", "words", "wanted"),
    [
        (PETS, "now with 50 per page", {"page": 2, "perPage": 50, "species": ["dog"]}),
        (PETS, "page 3", {"page": 3, "species": ["dog"]}),
        (PETS, "cats instead", {"page": 2, "species": ["cat"]}),
        (PETS, "also cats", {"page": 2, "species": ["dog", "cat"]}),
        (PETS, "without the page", {"species": ["dog"]}),
        (PETS, "make it 4", {"page": 4, "species": ["dog"]}),
        (PETS, "only small ones", {"page": 2, "species": ["dog"], "size": ["small"]}),
        (PET, "for pet 8 instead", {"petId": 8}),
        (PET, "what about 9", {"petId": 9}),
        (PET, "and with vaccinations", {"petId": 7, "include": ["vaccinations"]}),
    ],
)
def test_follow_up_changes_values(
    engine: Grounded, library: Library, before: str, words: str, wanted: dict[str, Any]
) -> None:
    turn = turn_of(engine, before)
    meant = understand(words, turn, library.find)
    assert isinstance(meant, ChangedCall), meant
    values = {
        name: value
        for place in arguments_of(meant.evidence).values()
        for name, value in place.items()
    }
    assert values == wanted
    assert meant.at == 0


def test_words_of_each_value_are_where_they_are_said_to_be(
    engine: Grounded, library: Library
) -> None:
    meant = understand("now with 50 per page", turn_of(engine, PETS), library.find)
    assert isinstance(meant, ChangedCall)
    said = {each.slot.name: meant.asked[each.start : each.end] for each in meant.evidence}
    assert said == {"species": "dogs", "page": "2", "perPage": "50"}


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("the second one", 1),
        ("no, the 3rd", 2),
        ("number 2", 1),
        ("#3", 2),
        ("option 2 please", 1),
        ("the last one", -1),
        ("the other one", 1),
        ("the delete one", "DELETE /pets/{petId}"),
        ("I meant the DELETE one", "DELETE /pets/{petId}"),
        ("the one that deletes", "DELETE /pets/{petId}"),
        ("the patch version", "PATCH /pets/{petId}"),
    ],
)
def test_follow_up_picks_one_of_the_calls(
    engine: Grounded, library: Library, words: str, label: int | str
) -> None:
    turn = turn_of(engine, PET)
    calls = turn.answer.calls
    meant = understand(words, turn, library.find)
    assert isinstance(meant, SameCall), meant
    if isinstance(label, int):
        assert meant.at == label % len(calls)
    else:
        assert calls[meant.at].label == label


def test_a_client_alone_keeps_the_call_that_is_shown(engine: Grounded, library: Library) -> None:
    answer = kept(engine.answer(PET))
    assert understand("", Turn(answer, 2), library.find) == SameCall(2)


@pytest.mark.parametrize(
    "words",
    [
        "cancel booking 4711",
        "now cancel booking 4711",
        "which hotels are there in Visby?",
        "list all bookings",
        "the ninth one",
        "thanks!",
    ],
)
def test_another_question_is_one(engine: Grounded, library: Library, words: str) -> None:
    meant = understand(words, turn_of(engine, PET), library.find)
    assert meant == NewQuestion(words)


@pytest.mark.parametrize(
    ("words", "method"),
    [("now delete it", "DELETE"), ("and change that", "PATCH"), ("remove it please", "DELETE")],
)
def test_it_is_what_was_asked_about(
    engine: Grounded, library: Library, words: str, method: str
) -> None:
    turn = turn_of(engine, PET)
    meant = understand(words, turn, library.find)
    assert isinstance(meant, NewQuestion)
    assert meant.asked == f"{PET}\n{words}"
    assert method in meant.methods
    assert meant.apis == {turn.call.api}


def test_first_words_are_a_question(library: Library) -> None:
    assert understand("the second one", None, library.find) == NewQuestion("the second one")
