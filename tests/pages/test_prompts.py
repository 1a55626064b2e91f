"""Reading, changing and taking back what language models are told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from core.prompts import PROMPTS, load_prompt, prompts_path, restore_prompt
from pages.components import resources
from tests.pages.screen import code_of, errors_of, open_page, words


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    yield
    for name in PROMPTS:
        restore_prompt(name, prompts_path(resources.store().workspace))


def button(screen: AppTest, label: str) -> Button:
    (found,) = [each for each in screen.button if each.label == label]
    return found


@pytest.mark.parametrize("name", ["answer", "choose", "judge-examples"])
def test_a_prompt_is_shown_as_a_model_would_read_it(name: str) -> None:
    screen = open_page("prompts", prompt=name)
    assert not screen.exception
    assert load_prompt(name).version in words(screen)
    assert "{{" not in code_of(screen)


def test_a_text_of_one_s_own_is_kept_and_taken_back() -> None:
    folder = prompts_path(resources.store().workspace)
    screen = open_page("prompts", prompt="choose")
    box = screen.text_area(key="prompts_text_choose")
    box.set_value("{# question, options #}\nPick for {{ question }}.").run()
    assert code_of(screen) == "Pick for cancel booking 8841, the guest is ill."
    button(screen, "Save").click().run()
    assert load_prompt("choose", folder).version != load_prompt("choose").version
    assert "your own text" in words(screen)
    button(screen, "Take it back").click().run()
    assert load_prompt("choose", folder).version == load_prompt("choose").version
    assert screen.text_area(key="prompts_text_choose").value == load_prompt("choose").text


def test_a_mistake_is_said_and_not_kept() -> None:
    screen = open_page("prompts", prompt="choose")
    screen.text_area(key="prompts_text_choose").set_value("{# question, options #}\n{{ a }}").run()
    assert "uses a, which" in errors_of(screen)[0]
    button(screen, "Save").click().run()
    assert not (prompts_path(resources.store().workspace) / "choose.txt").exists()
