"""Answers made in threads: rows that survive whoever asked, stopped work, and servers that end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from core import engines
from core.answer import Answer
from core.chat import Chat
from core.engines import EngineKind, parts_of
from core.errors import ModelError, UnknownNameError
from core.retrieval.entry import Scope
from core.store.conversations import Message, messages_of, new_conversation
from core.store.database import Store


class SlowEngine:
    """Answers when it is allowed to."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.asked: list[str] = []

    def answer(self, question: str, scope: Scope) -> Answer:
        self.asked.append(question)
        self.begun.set()
        assert self.may_end.wait(30)
        if question == "no model":
            raise ModelError("The model is not there. Start it.")
        if question == "defect":
            raise ZeroDivisionError
        return Answer(question, (), 0.0, "Nothing fits.")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowEngine]:
    made = SlowEngine()
    monkeypatch.setitem(engines.ENGINES, "slow", EngineKind("Slow", "", lambda _: made))
    yield made
    made.may_end.set()


def message(store: Store, conversation: str) -> Message:
    (found,) = messages_of(store, conversation)
    return found


def test_an_answer_is_a_row_when_it_is_there(store: Store, engine: SlowEngine) -> None:
    with closing(Chat(parts_of(store))) as chat:
        where = new_conversation(store, "hello").id
        answer = chat.ask(where, "hello", engine="slow")
        assert engine.begun.wait(10)
        assert not chat.wait(answer, seconds=0)
        assert message(store, where).answer.state == "answering"
        engine.may_end.set()
        assert chat.wait(answer, seconds=10)
    assert message(store, where).answer.state == "answered"
    assert engine.asked == ["hello"]


def test_a_stopped_answer_never_comes(store: Store, engine: SlowEngine) -> None:
    with closing(Chat(parts_of(store))) as chat:
        where = new_conversation(store, "hello").id
        answer = chat.ask(where, "hello", engine="slow")
        assert engine.begun.wait(10)
        chat.stop(answer)
        engine.may_end.set()
        chat.wait(answer, seconds=10)
    found = message(store, where).answer
    assert (found.state, found.answer) == ("stopped", None)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [("no model", "Start it."), ("defect", "the log has it under")],
)
def test_what_goes_wrong_is_a_sentence(
    store: Store, engine: SlowEngine, question: str, sentence: str
) -> None:
    engine.may_end.set()
    with closing(Chat(parts_of(store))) as chat:
        where = new_conversation(store, question).id
        assert chat.wait(chat.ask(where, question, engine="slow"), seconds=10)
    found = message(store, where).answer
    assert found.state == "failed" and sentence in found.error
    assert "ZeroDivision" not in found.error


def test_the_next_server_answers_what_was_left_open(store: Store, engine: SlowEngine) -> None:
    where = new_conversation(store, "hello").id
    first = Chat(parts_of(store))
    first.ask(where, "hello", engine="slow")
    assert engine.begun.wait(10)
    second = Chat(parts_of(store))  # as if the first had been killed
    engine.may_end.set()
    second.close()
    assert message(store, where).answer.state in ("asked", "answered")
    first.close()
    third = Chat(parts_of(store))
    third.close()
    found = message(store, where).answer
    assert found.state == "answered" and found.attempt >= 1


def test_an_unknown_engine_is_refused_before_anything_is_kept(store: Store) -> None:
    with closing(Chat(parts_of(store))) as chat:
        where = new_conversation(store, "hello").id
        with pytest.raises(UnknownNameError, match="grounded"):
            chat.ask(where, "hello", engine="groundhog")
    assert messages_of(store, where) == []
