"""Adding, testing and removing a server of language models on the page Models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.model_server import free_port, model_server
from core.engines import engine_names
from core.jobs import control
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.protocol import Generate, replies
from core.store.model_servers import kept_servers, remove_server
from pages.components import resources
from tests.fake_model import FakeModel
from tests.pages.screen import errors_of, open_page, words


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No job starts, and no server is left behind."""
    monkeypatch.setattr(control, "start", lambda store, kind, arguments: None)
    yield
    for kept in kept_servers(resources.store()):
        remove_server(resources.store(), kept.id)


def fill_in(screen: AppTest, url: str, model: str = "echo", key: str = "") -> AppTest:
    screen.text_input(key="models_url").set_value(url)
    screen.text_input(key="models_served").set_value(model)
    screen.text_input(key="models_called").set_value("tiny")
    screen.text_input(key="models_key").set_value(key)
    (button,) = [each for each in screen.button if each.label == "Try it and add it"]
    return button.click().run()


def test_a_server_is_tried_and_added_with_what_it_can_do() -> None:
    with model_server() as server:
        screen = fill_in(open_page("models"), server.url)
    assert not screen.exception
    (kept,) = kept_servers(resources.store())
    assert kept.offer.name == "tiny"
    assert kept.offer.server.capabilities == {"generate", "stream", "score", "json", "choice"}
    assert ":green-badge[keep to a JSON schema]" in words(screen)
    assert ":green-badge[answered in" in words(screen)
    assert "grounded+tiny" in engine_names(resources.store())


def test_a_server_that_does_not_answer_is_not_added() -> None:
    screen = fill_in(open_page("models"), f"http://127.0.0.1:{free_port()}/v1")
    assert "cannot be reached" in errors_of(screen)[0]
    assert kept_servers(resources.store()) == []


@pytest.mark.parametrize(
    ("url", "key", "says"),
    [
        ("localhost", "", "is no base URL"),
        ("http://127.0.0.1:1/v1", "sk-123 456", "Put the key into a variable"),
        ("http://127.0.0.1:1/v1", "NO_SUCH_KEY", "environment variable NO_SUCH_KEY"),
    ],
)
def test_what_is_wrong_with_the_form_is_said(url: str, key: str, says: str) -> None:
    screen = fill_in(open_page("models"), url, key=key)
    assert says in errors_of(screen)[0]
    assert kept_servers(resources.store()) == []


def test_a_server_is_tested_again_and_removed() -> None:
    with model_server() as server:
        screen = fill_in(open_page("models"), server.url)
    (kept,) = kept_servers(resources.store())
    screen.button(key=f"models_test_{kept.id}").click().run()
    assert ":red-badge[does not answer]" in words(screen)
    screen.button(key=f"models_remove_{kept.id}").click().run()
    assert kept_servers(resources.store()) == []
    assert not screen.exception


def test_what_was_asked_is_counted_by_step() -> None:
    with ReplyCache(replies_path(resources.store().workspace)) as cache:
        replies(CachedModel(FakeModel(), cache, step="judge"), [Generate("a")])
    screen = open_page("models")
    tables = [frame.value for frame in screen.dataframe]
    assert any("judge" in table.get("Step", []).tolist() for table in tables)
