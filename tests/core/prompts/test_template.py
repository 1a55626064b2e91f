"""Prompts: every place is filled, nothing that fills one is obeyed, and texts are versions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from core.errors import PromptError, UnknownNameError
from core.prompts import JUDGES, PROMPTS, load_prompt, restore_prompt, save_prompt
from core.prompts.example import EXAMPLE
from core.prompts.excerpt import excerpt
from core.prompts.template import parse_template


def places_used(name: str) -> set[str]:
    text = load_prompt(name).text.partition("\n")[2]
    return {place for place in EXAMPLE if re.search(rf"{{[{{%][^}}]*\b{place}\b", text)}


def filled(name: str, **values: Any) -> str:
    template = load_prompt(name)
    known = {**EXAMPLE, **values}
    return template.fill(**{place: known[place] for place in template.placeholders})


@pytest.mark.parametrize("name", PROMPTS)
def test_every_prompt_uses_all_that_it_is_given(name: str) -> None:
    template = load_prompt(name)
    assert template.placeholders <= places_used(name)


@pytest.mark.parametrize("name", PROMPTS)
def test_every_prompt_can_be_filled(name: str) -> None:
    text = filled(name)
    assert "{{" not in text and "{%" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("name", PROMPTS)
def test_what_fills_a_place_is_only_data(name: str) -> None:
    hostile = "{{ 7 * 7 }} {% for x in y %} {# #} {{ question.__class__ }}"
    template = load_prompt(name)
    texts = {place: hostile for place in template.placeholders if type(EXAMPLE[place]) is str}
    assert filled(name, **texts).count(hostile) >= len(texts)


def test_there_are_several_judges() -> None:
    assert len({load_prompt(name).version for name in JUDGES}) == len(JUDGES) >= 3


SHOT = """\
**instruction**
Which bookings has guest 4711 made with Harbor Bookings?
**output**
curl --request GET --url https://api.harbor.example/v1/guests/4711/bookings

"""
HEAD = """\
**api_description**:Rooms of a small hotel by the harbour: search, book, pay, cancel.
**lang**:cURL

"""
TAIL = """\
Your actual task:

**instruction**
Please cancel booking 8841 with Harbor Bookings.
**output**

### ASSISTANT:"""


def test_answers_are_asked_for_in_the_paper_s_layout() -> None:
    """arXiv 2402.09615, Listing 5: fields, order and markers."""
    assert filled("answer") == f"{HEAD}Given the following examples:\n\n{SHOT * 3}{TAIL}"
    assert filled("answer", examples=[]) == f"{HEAD}{TAIL}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Say {{ name }}.", "does not begin with a line that names its places"),
        ("{# name #}\nSay {{ nam }}.", "uses nam, which"),
        ("{# name #}\nSay {{ name }", "line 2"),
        ("{# name #}\n{% for x in name %}", "line 2"),
    ],
)
def test_a_template_with_a_mistake_is_said(text: str, says: str) -> None:
    with pytest.raises(PromptError, match=says):
        parse_template("greet", text)


@pytest.mark.parametrize("values", [{}, {"name": "Rex", "age": 7}, {"nam": "Rex"}])
def test_places_are_filled_exactly(values: dict[str, Any]) -> None:
    with pytest.raises(PromptError, match="filled with other places"):
        parse_template("greet", "{# name #}\nSay {{ name }}.").fill(**values)


def test_a_template_cannot_reach_into_the_program() -> None:
    template = parse_template("bad", "{# name #}\n{{ name.__class__.__mro__ }}")
    with pytest.raises(PromptError):
        template.fill(name="Rex")


def test_a_folder_replaces_texts_that_fit(tmp_path: Path) -> None:
    (tmp_path / "classify-named.txt").write_text("{# question, functions #}\n{{ question }}")
    own = load_prompt("classify-named", tmp_path)
    assert own.version != load_prompt("classify-named").version
    assert own.fill(question="a", functions=[]) == "a"
    assert load_prompt("choose", tmp_path) == load_prompt("choose")


def test_a_folder_s_text_must_take_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "choose.txt").write_text("{# question #}\n{{ question }}")
    with pytest.raises(PromptError, match="options"):
        load_prompt("choose", tmp_path)


def test_an_unknown_prompt_is_said() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean refine"):
        load_prompt("refin")


def test_an_excerpt_ends_after_so_many_tokens() -> None:
    assert excerpt("word " * 1000, 512).split() == ["word"] * 512
    assert excerpt("a short text") == "a short text"
    assert len(excerpt("x" * 10_000_000, 512)) <= 512 * 40


def test_a_text_of_one_s_own_is_used_until_it_is_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    own = save_prompt("classify-named", "{# question, functions #}\n{{ question }}?", folder)
    assert load_prompt("classify-named", folder) == own
    restore_prompt("classify-named", folder)
    restore_prompt("classify-named", folder)
    assert load_prompt("classify-named", folder) == load_prompt("classify-named")


@pytest.mark.parametrize(
    "text",
    ["{{ question }}", "{# question #}\n{{ question }}", "{# question, functions #}\n{{ a }}",
     "{# question, functions #}\n{{ question.a.b }}",
     "{# question, functions #}\n{{ question + 1 }}", "{# question, functions #}\n{{ 1 / 0 }}"],
)  # fmt: skip
def test_a_text_with_a_mistake_is_not_kept(text: str, tmp_path: Path) -> None:
    with pytest.raises(PromptError):
        save_prompt("classify-named", text, tmp_path)
    assert list(tmp_path.iterdir()) == []
