"""One contract for SQLite and PostgreSQL: what a conversation keeps, and who writes an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import StoreError
from core.kept_answer import KeptAnswer, KeptCall, KeptEvidence
from core.request import Request
from core.store.conversations import (
    Conversation,
    add_message,
    asked_questions,
    begin_answer,
    choose,
    delete_conversation,
    end_answer,
    find_conversation,
    find_message,
    is_stopped,
    list_conversations,
    messages_of,
    new_conversation,
    rename_conversation,
    restore_conversation,
    stop_answer,
    take_over,
    unanswered,
    vote,
)
from core.store.database import Store

CALL = KeptCall(
    document="ab",
    pointer="/paths/~1pets/get",
    method="GET",
    path="/pets",
    operation_id="listPets",
    summary="All pets",
    api="pets",
    title="Pets",
    request=Request.from_url("GET", "https://a.example/pets?limit=5"),
    evidence=(KeptEvidence("query", ("limit",), 5, 10, 11, 3.5),),
    words=1.0,
    notes=("A note.",),
)
SAID = KeptAnswer("list pets, 5", (CALL,), 0.9, notes=("Only words.",))
NOTHING = KeptAnswer("play chess", (CALL,), 0.1, reason="Nothing here does that.")


@pytest.fixture
def conversation(store: Store) -> Conversation:
    return new_conversation(store, "list pets, 5")


def ask(store: Store, conversation: Conversation, words: str, **options: object) -> int:
    options = {"engine": "grounded", "server": "one", **options}
    return add_message(store, conversation.id, words, **options)  # type: ignore[arg-type]


def answered(store: Store, conversation: Conversation, words: str, said: KeptAnswer = SAID) -> int:
    answer = ask(store, conversation, words)
    assert begin_answer(store, answer, "one")
    assert end_answer(store, answer, "one", "answered", said=said)
    return answer


def texts(store: Store, conversation: Conversation) -> list[str]:
    return [message.text for message in messages_of(store, conversation.id)]


def test_an_answer_comes_back_as_it_was(store: Store, conversation: Conversation) -> None:
    answer = answered(store, conversation, "list pets, 5")
    (message,) = messages_of(store, conversation.id)
    assert message.answer.answer == SAID
    assert message.answer.state == "answered" and not message.answer.is_open
    assert message.answer.finished_at is not None
    assert find_message(store, answer) == (conversation.id, message)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("list  pets\n5", "list pets 5"),
        ("list " * 30, "list " * 11 + "list …"),
        ("curl " + "x" * 99, "curl " + "x" * 55 + " …"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_a_conversation_is_called_by_its_first_words(store: Store, words: str, title: str) -> None:
    assert new_conversation(store, words).title == title


def test_conversations_are_listed_by_their_last_question(store: Store) -> None:
    one, two = new_conversation(store, "one"), new_conversation(store, "two")
    ask(store, one, "again")
    assert [each.id for each in list_conversations(store)] == [one.id, two.id]


def test_a_deleted_conversation_can_be_opened_and_brought_back(
    store: Store, conversation: Conversation
) -> None:
    delete_conversation(store, conversation.id)
    assert list_conversations(store) == []
    assert [each.id for each in list_conversations(store, deleted=True)] == [conversation.id]
    assert find_conversation(store, conversation.id).deleted_at is not None
    restore_conversation(store, conversation.id)
    assert [each.id for each in list_conversations(store)] == [conversation.id]


def test_a_conversation_gets_another_title_but_no_empty_one(
    store: Store, conversation: Conversation
) -> None:
    rename_conversation(store, conversation.id, " Pets \n of mine ")
    rename_conversation(store, conversation.id, "  ")
    assert find_conversation(store, conversation.id).title == "Pets of mine"


def test_what_is_not_there_says_what_to_do(store: Store) -> None:
    with pytest.raises(StoreError, match="begin a new one"):
        find_conversation(store, "nothing")
    with pytest.raises(StoreError, match="not in the workspace"):
        find_message(store, 7)


def test_an_edited_question_hides_itself_and_what_followed(
    store: Store, conversation: Conversation
) -> None:
    for words in ("one", "two", "three"):
        ask(store, conversation, words)
    second = messages_of(store, conversation.id)[1].id
    ask(store, conversation, "2", replaces=second)
    assert texts(store, conversation) == ["one", "2"]
    ask(store, conversation, "3")
    assert texts(store, conversation) == ["one", "2", "3"]
    edited = messages_of(store, conversation.id)[1].id
    ask(store, conversation, "II", replaces=edited)
    assert texts(store, conversation) == ["one", "II"]


def test_the_last_vote_and_choice_count(store: Store, conversation: Conversation) -> None:
    answer = answered(store, conversation, "list pets")
    vote(store, answer, "up")
    vote(store, answer, "down", " the wrong one ")
    choose(store, answer, 1)
    found = messages_of(store, conversation.id)[0].answer
    assert (found.vote, found.reason, found.choice) == ("down", "the wrong one", 1)
    assert found.shown == SAID.calls[0]  # there is only this one
    vote(store, answer, "")
    assert messages_of(store, conversation.id)[0].answer.vote == ""


def test_an_answer_is_taken_once(store: Store, conversation: Conversation) -> None:
    answer = ask(store, conversation, "list pets")
    assert not begin_answer(store, answer, "two")
    assert begin_answer(store, answer, "one")
    assert not begin_answer(store, answer, "one")


def test_what_was_stopped_stays_stopped(store: Store, conversation: Conversation) -> None:
    answer = ask(store, conversation, "list pets")
    begin_answer(store, answer, "one")
    assert stop_answer(store, answer) and not stop_answer(store, answer)
    assert is_stopped(store, answer)
    assert not end_answer(store, answer, "one", "answered", said=SAID)
    assert messages_of(store, conversation.id)[0].answer.state == "stopped"


def test_a_new_server_takes_what_another_left_and_the_old_one_writes_no_more(
    store: Store, conversation: Conversation
) -> None:
    begun, waiting = ask(store, conversation, "one"), ask(store, conversation, "two")
    done = answered(store, conversation, "three")
    begin_answer(store, begun, "one")
    assert take_over(store, "two") == [begun, waiting]
    assert done not in take_over(store, "three")
    assert not end_answer(store, begun, "one", "answered", said=SAID)
    assert begin_answer(store, begun, "three")


def test_an_answer_that_ends_servers_is_given_up(store: Store, conversation: Conversation) -> None:
    answer = ask(store, conversation, "one", server="server 0")
    for number in range(3):
        assert begin_answer(store, answer, f"server {number}")
        left = take_over(store, f"server {number + 1}")
        assert left == ([answer] if number < 2 else [])
    found = messages_of(store, conversation.id)[0].answer
    assert found.state == "failed" and "Ask in other words" in found.error


def test_questions_that_nothing_answers_are_listed(
    store: Store, conversation: Conversation
) -> None:
    answered(store, conversation, "list pets")
    answered(store, conversation, "play chess", NOTHING)
    ask(store, conversation, "still open")
    ((where, message),) = unanswered(store)
    assert (where.id, message.text) == (conversation.id, "play chess")
    assert message.answer.shown is None
    choose(store, message.answer.id, 0)
    assert messages_of(store, conversation.id)[1].answer.shown == CALL


def test_an_answer_that_no_request_can_hold_any_more_says_so(
    store: Store, conversation: Conversation
) -> None:
    broken = replace(CALL.request)
    object.__setattr__(broken, "method", "not one")
    answered(store, conversation, "x", replace(SAID, calls=(replace(CALL, request=broken),)))
    found = messages_of(store, conversation.id)[0].answer
    assert found.state == "failed" and "Ask again" in found.error


@pytest.mark.parametrize("words", ["\x00\ud800", "long " * 10_000])
def test_any_words_can_be_kept(store: Store, conversation: Conversation, words: str) -> None:
    ask(store, conversation, words)
    (message,) = messages_of(store, conversation.id)
    assert len(message.text.encode()) <= 20_000


def test_what_people_asked_comes_with_what_they_thought(
    store: Store, conversation: Conversation
) -> None:
    said = [ask(store, conversation, words) for words in ("list pets, 5", "play chess", "wait")]
    for answer, kept in zip(said, (SAID, NOTHING), strict=False):
        begin_answer(store, answer, "one")
        end_answer(store, answer, "one", "answered", said=kept)
    vote(store, said[0], "up")
    found = asked_questions(store)
    assert [(each.text, each.answer.vote) for each in found] == [
        ("play chess", ""),
        ("list pets, 5", "up"),
    ]
