"""One question and several engines: asked at once, answered apart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.chat import Chat
from core.duel import MOST, ask_all, first_choice, rivals
from core.engines import parts_of
from core.errors import UnknownNameError
from core.models.opening import Offer
from core.models.server import Server
from core.samples import add_samples
from core.store.conversations import list_conversations, messages_of
from core.store.database import Store
from core.store.duels import find_duel
from core.store.model_servers import add_server

QUESTION = "Cancel booking 8841, the guest got sick"


def test_every_engine_answers_in_its_own_place(store: Store) -> None:
    add_samples(store)
    with closing(Chat(parts_of(store))) as chat:
        duel = ask_all(chat, store, QUESTION, ["grounded", "grounded-words"])
        for side in duel.sides:
            assert chat.wait(side.answer, seconds=60)
    assert find_duel(store, duel.id) == duel
    for side in duel.sides:
        (message,) = messages_of(store, side.conversation)
        assert (message.text, message.answer.engine) == (QUESTION, side.engine)
        shown = message.answer.shown
        assert shown is not None and shown.label == "DELETE /bookings/{bookingId}"


def test_engines_of_one_local_model_answer_at_once(store: Store, tiny_model: Path) -> None:
    add_samples(store)
    ways = ("grounded", "free-0", "free-3-random", "free-3-retrieved")
    with closing(Chat(parts_of(store))) as chat:
        engines = [f"{way}+transformers:{tiny_model}" for way in ways]
        duel = ask_all(chat, store, QUESTION, engines)
        for side in duel.sides:
            assert chat.wait(side.answer, seconds=120)
        found = [messages_of(store, side.conversation)[0].answer for side in duel.sides]
    problems = [each.error for each in found if each.state != "answered"]
    assert all("tokens long" in problem for problem in problems)
    assert any(each.answer is not None for each in found)


def test_unknown_engine_is_refused_before_anything_is_kept(store: Store) -> None:
    with closing(Chat(parts_of(store))) as chat, pytest.raises(UnknownNameError):
        ask_all(chat, store, QUESTION, ["grounded", "moon"])
    assert list_conversations(store) == []


def test_two_engines_are_there_without_a_model_and_four_with_one(store: Store) -> None:
    assert rivals(store) == ["grounded", "grounded-words"]
    assert first_choice(store, "grounded") == ["grounded", "grounded-words"]
    add_server(store, Offer("tiny", Server("http://127.0.0.1:1/v1", "tiny")))
    chosen = first_choice(store, "free-0+tiny")
    assert chosen[:2] == ["free-0+tiny", "grounded"] and len(chosen) == MOST
    assert first_choice(store, "gone") == first_choice(store, "grounded")
