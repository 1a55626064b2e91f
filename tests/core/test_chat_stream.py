"""Answers that a model writes: read while they come, and stopped together with its server."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

import orjson
import pytest

from benchmarks.model_server import model_server
from core.chat import Chat
from core.engines import parts_of
from core.models.opening import Offer
from core.store.conversations import StoredAnswer, messages_of, new_conversation
from core.store.database import Store
from core.store.model_servers import add_server
from core.uploads import import_uploads
from tests.core.shop import DOCUMENT

ENGINE = "free-0+tiny"


@pytest.fixture(autouse=True)
def shop_in(store: Store) -> None:
    import_uploads(store, {"shop.json": orjson.dumps(DOCUMENT)})


def answer_of(store: Store, conversation: str) -> StoredAnswer:
    (message,) = messages_of(store, conversation)
    return message.answer


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_is_written_can_be_read_while_it_comes_and_stopping_stops_the_server(
    store: Store,
) -> None:
    with model_server(seconds=0.02) as server, closing(Chat(parts_of(store))) as chat:
        add_server(store, Offer("tiny", server.server()))
        where = new_conversation(store, "hello").id
        question = "delete pet 7 " + "and think long about it " * 60
        answer = chat.ask(where, question, engine=ENGINE)
        until(lambda: "you said" in chat.message(answer).answer.partial)
        chat.stop(answer)
        assert server.hung_up.wait(20)
        chat.wait(answer, seconds=20)
    found = answer_of(store, where)
    assert (found.state, found.answer) == ("stopped", None)


def test_an_answer_that_is_only_chosen_and_filled_can_be_watched_and_stopped_too(
    store: Store,
) -> None:
    with model_server(seconds=0.05) as server, closing(Chat(parts_of(store))) as chat:
        add_server(store, Offer("tiny", server.server()))
        where = new_conversation(store, "hello").id
        answer = chat.ask(where, "delete pet 7", engine="grounded+tiny")
        until(lambda: "you said" in chat.message(answer).answer.partial)
        assert "Found:\n1. " in chat.message(answer).answer.partial
        assert "Chosen: 1" in chat.message(answer).answer.partial
        chat.stop(answer)
        assert server.hung_up.wait(20)
        chat.wait(answer, seconds=20)
        assert server.aborted == 1
    assert answer_of(store, where).state == "stopped"


def test_a_stop_frees_the_server_before_its_first_word(store: Store) -> None:
    """The server thinks for long: nothing has come that could be read between two words."""
    with model_server(seconds=3) as server, closing(Chat(parts_of(store))) as chat:
        add_server(store, Offer("tiny", server.server()))
        where = new_conversation(store, "hello").id
        answer = chat.ask(where, "delete pet 7", engine=ENGINE)
        until(lambda: bool(server.calls))
        chat.stop(answer)
        began = time.monotonic()
        assert chat.wait(answer, seconds=20)
        assert time.monotonic() - began < 2
        assert server.hung_up.wait(20)


def test_the_whole_of_it_is_kept_with_the_answer(store: Store) -> None:
    with model_server() as server, closing(Chat(parts_of(store))) as chat:
        add_server(store, Offer("tiny", server.server()))
        where = new_conversation(store, "hello").id
        assert chat.wait(chat.ask(where, "delete pet 7", engine=ENGINE), seconds=30)
    found = answer_of(store, where)
    assert found.answer is not None
    assert found.answer.written.startswith("you said **api_description**")
    work = found.answer.work
    assert (work.replies, work.prompt_tokens, work.completion_tokens) == (1, 7, 3)
    assert [name for name, _ in work.prompts] == ["answer"]
    assert "makes no call of Pet Shop" in found.answer.reason
