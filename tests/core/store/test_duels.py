"""Questions for several engines, on both databases."""

from __future__ import annotations

import pytest

from core.errors import StoreError
from core.kept_answer import KeptAnswer
from core.store.conversations import (
    add_message,
    begin_answer,
    end_answer,
    list_conversations,
    new_conversation,
    unanswered,
)
from core.store.database import Store
from core.store.duels import Duel, Side, add_duel, find_duel, list_duels


def asked(store: Store, question: str = "list pets") -> Duel:
    """A duel of two engines, neither of which has answered."""
    sides = []
    for engine in ("one", "two"):
        own = new_conversation(store, question).id
        sides.append(Side(engine, own, add_message(store, own, question, engine=engine, server="")))
    return add_duel(store, question, sides, api="pets", conversation=None)


def test_duel_is_found_again_with_its_sides_in_order(store: Store) -> None:
    first, second = asked(store), asked(store, "delete pet 7")
    assert find_duel(store, first.id) == first
    assert [side.engine for side in first.sides] == ["one", "two"]
    assert list_duels(store) == [(second.id, "delete pet 7"), (first.id, "list pets")]


def test_unknown_duel_says_what_to_do(store: Store) -> None:
    with pytest.raises(StoreError, match="Ask for the link again"):
        find_duel(store, "nobody")


def test_side_is_a_conversation_once_somebody_goes_on(store: Store) -> None:
    chat = new_conversation(store, "hello")
    duel = asked(store)
    assert [each.id for each in list_conversations(store)] == [chat.id]
    gone_on = duel.sides[1].conversation
    add_message(store, gone_on, "with limit 5", engine="two", server="")
    assert {each.id for each in list_conversations(store)} == {chat.id, gone_on}


def test_what_no_side_answers_is_no_wish(store: Store) -> None:
    duel = asked(store)
    for side in duel.sides:
        begin_answer(store, side.answer, "")
        end_answer(store, side.answer, "", "answered", said=KeptAnswer("list pets", reason="No."))
    assert unanswered(store) == []
