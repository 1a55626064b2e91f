"""Choosing who answers in the chat."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from benchmarks.model_server import ModelServer, model_server
from core.models.opening import Offer
from core.store.model_servers import add_server, kept_servers, remove_server
from pages.components import resources
from tests.pages.screen import open_page


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        number = add_server(resources.store(), Offer("tiny", running.server()))
        yield running
        if number in [kept.id for kept in kept_servers(resources.store())]:
            remove_server(resources.store(), number)
        resources.chat().reopen_engines()


def test_without_a_language_model_there_is_no_choice() -> None:
    screen = open_page("chat")
    assert not screen.exception
    assert "chat_engine" not in [each.key for each in screen.selectbox]


def test_an_engine_of_the_address_answers(server: ModelServer) -> None:
    screen = open_page("chat", engine="free-0+tiny")
    assert screen.selectbox(key="chat_engine").value == "free-0+tiny"
    screen.chat_input[0].set_value("cancel booking 8841").run()
    deadline = time.monotonic() + 60
    while len(server.calls) < 1 or not any(
        each.label == "What the model wrote" for each in screen.expander
    ):
        assert time.monotonic() < deadline
        time.sleep(0.3)
        screen.run()
    assert not screen.exception
    assert server.calls[0]["prompt"].endswith("### ASSISTANT:")
    assert "What the model wrote" in [each.label for each in screen.expander]


def test_an_engine_that_is_not_there_is_the_usual_one() -> None:
    screen = open_page("chat", engine="grounded+gone")
    assert not screen.exception
