"""The page of models, run without a browser: no model is loaded, no job is started for real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.engines import ENGINES, EngineKind
from core.jobs import control
from core.settings import Settings
from core.store.preferences import preference, save_preference, with_preferences
from pages.components import resources
from tests.pages.screen import open_page, words


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of jobs that would have been started."""
    kinds: list[str] = []
    monkeypatch.setattr(control, "start", lambda store, kind, arguments: kinds.append(kind))
    return kinds


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No environment variable says which models to use."""
    settings = resources.store().settings
    object.__setattr__(settings, "fixed", frozenset())
    yield
    object.__setattr__(settings, "fixed", Settings.from_environment().fixed)
    for kind in ("embedder", "reranker"):
        save_preference(resources.store(), kind, "")
    resources.chat().reopen_engines()


def choices(screen: AppTest, kind: str) -> dict[str, object]:
    """The switches of a kind."""
    return {
        each.key: each for each in screen.button if (each.key or "").startswith(f"models_{kind}_")
    }


def test_page_lists_engines_embedders_and_rerankers() -> None:
    screen = open_page("models")
    assert not screen.exception
    shown = words(screen)
    for name in (
        "`grounded`",
        "callwright-minilm",
        "all-MiniLM-L6-v2",
        "BAAI/bge-large-en-v1.5",
        "bge-reranker-large",
    ):
        assert name in shown


def test_environment_wins_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(resources.store().settings, "fixed", frozenset({"embedder"}))
    screen = open_page("models")
    assert "`CALLWRIGHT_EMBEDDER` sets it" in words(screen)
    assert all(each.disabled for each in choices(screen, "embedder").values())
    object.__setattr__(resources.store().settings, "fixed", Settings.from_environment().fixed)


def test_model_that_is_not_here_says_how_to_get_it(free: None) -> None:
    screen = open_page("models")
    assert any(code.value == ".venv/bin/hf download BAAI/bge-large-en-v1.5" for code in screen.code)
    assert any("Not on this machine" in box.label for box in screen.expander)


def test_click_switches_the_embedder(free: None, started: list[str]) -> None:
    screen = open_page("models")
    before = resources.chat().engine("grounded")
    switch = next(
        each
        for each in choices(screen, "embedder").values()
        if not each.disabled  # type: ignore[attr-defined]
    )
    switch.click().run()  # type: ignore[attr-defined]
    assert not screen.exception
    chosen = preference(resources.store(), "embedder")
    assert chosen in ("callwright-minilm", "all-MiniLM-L6-v2", "none")
    assert with_preferences(resources.store()).settings.embedder == chosen
    assert resources.chat().engine("grounded") is not before


def test_name_that_is_no_model_is_kept_and_its_problem_shown(free: None) -> None:
    screen = open_page("models")
    screen.text_input(key="models_name_reranker").set_value("no/such <b>model</b>")
    buttons = [each for each in screen.button if each.label == "Use it"]
    buttons[1].click().run()
    assert not screen.exception
    assert preference(resources.store(), "reranker") == "no/such <b>model</b>"
    assert not any("<b>" in each.value.replace("\\<b\\>", "") for each in screen.markdown)


def test_engine_that_lacks_something_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = EngineKind("Other", "Asks a server.", lambda _: None, lambda _: "Start the server.")  # type: ignore[arg-type,return-value]
    monkeypatch.setitem(ENGINES, "other", kind)
    shown = words(open_page("models"))
    assert "not ready" in shown and "Start the server" in shown


def test_meanings_that_are_missing_can_be_worked_out(
    monkeypatch: pytest.MonkeyPatch, free: None, started: list[str]
) -> None:
    save_preference(resources.store(), "embedder", "all-MiniLM-L6-v2")
    resources.chat().reopen_engines()
    screen = open_page("models")
    assert "found by their words only" in words(screen)
    next(each for each in screen.button if each.label == "Work them out").click().run()
    assert started == ["index-meanings"]
