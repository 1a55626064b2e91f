"""Adding, testing and removing a model of this machine on the page Models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.engines import engine_names
from core.store.model_weights import kept_weights, remove_weights
from pages.components import resources
from tests.pages.screen import errors_of, open_page, words


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """No model is left behind."""
    yield
    for kept in kept_weights(resources.store()):
        remove_weights(resources.store(), kept.id)


def test_weights_are_added_tried_and_removed(tiny_model: Path) -> None:
    screen = open_page("models")
    screen.text_input(key="weights_path").set_value(str(tiny_model))
    screen.text_input(key="weights_name").set_value("mine")
    (button,) = [each for each in screen.button if each.label == "Add it"]
    button.click().run()
    assert not screen.exception
    assert "**mine** :green-badge[here]" in words(screen)
    assert "grounded+mine" in engine_names(resources.store())
    assert "`free-0+mine` :green-badge[ready]" in words(screen)
    assert "`free-3-reranked+mine` :orange-badge[not ready]" in words(screen)
    assert "Choose one on the page Models" in words(screen)
    (kept,) = kept_weights(resources.store())
    screen.button(key=f"weights_test_{kept.id}").click().run(timeout=120)
    assert "loaded and answered in" in screen.success[0].value
    screen.button(key=f"weights_remove_{kept.id}").click().run()
    assert kept_weights(resources.store()) == []
    assert not screen.exception


def test_weights_that_are_not_here_say_how_to_get_them() -> None:
    screen = open_page("models")
    screen.text_input(key="weights_path").set_value("some-one/tiny-model")
    (button,) = [each for each in screen.button if each.label == "Add it"]
    button.click().run()
    assert "**tiny-model** :gray-badge[not here]" in words(screen)
    assert any("hf download some-one/tiny-model" in code.value for code in screen.code)
    (kept,) = kept_weights(resources.store())
    assert screen.button(key=f"weights_test_{kept.id}").disabled


def test_a_name_that_cannot_be_one_is_said() -> None:
    screen = open_page("models")
    screen.text_input(key="weights_path").set_value("some-one/tiny")
    screen.text_input(key="weights_name").set_value("a b")
    (button,) = [each for each in screen.button if each.label == "Add it"]
    button.click().run()
    assert "cannot be a model's name" in errors_of(screen)[0]
