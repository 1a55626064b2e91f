"""The page that judges pasted code, run without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.build import build
from core.openapi.document import read_document
from core.openapi.listing import find_operation
from core.render import CLIENTS
from core.samples import SAMPLES
from core.values import ExampleValues
from tests.pages.screen import errors_of, open_page, sample, words

URL = "https://north.harbor-bookings.example/v1"


def pasted(code: str, document: str = "harbor-bookings") -> AppTest:
    screen = open_page("check", document=sample(document))
    screen.text_area[0].set_value(code).run()
    assert not screen.exception
    return screen


def test_page_without_an_api_names_the_next_step() -> None:
    screen = open_page("check")
    assert not screen.exception
    assert "Choose the API" in words(screen)


def test_page_without_code_says_what_to_paste() -> None:
    assert "The language is guessed" in words(
        open_page("check", document=sample("harbor-bookings"))
    )


def test_a_legal_call_is_allowed() -> None:
    screen = pasted(f"curl '{URL}/hotels?city=Visby'")
    assert [box.value for box in screen.success] == ["The document allows this call."]
    assert not screen.error


def test_an_illegal_call_shows_why_where_and_how_it_would_be_right() -> None:
    screen = pasted(f"import requests\nrequests.get('{URL}/hotels', params={{'cityy': name}})")
    assert errors_of(screen) == ["The document does not allow this call."]
    assert "unknown parameter" in words(screen) and "cityy" in words(screen)
    assert "`name` in line 2, column" in words(screen)
    assert any('+    params={"city":' in code.value for code in screen.code)
    labels = [expander.label.replace("\\", "") for expander in screen.expander]
    assert any(label.startswith("Proof: /paths/") for label in labels)


def test_code_without_a_call_says_so() -> None:
    screen = pasted("print('hello')")
    assert [box.value for box in screen.warning] == ["No call was found that could be checked."]


def test_hostile_code_is_shown_as_text() -> None:
    screen = pasted(f"curl '{URL}/hotels?<b>bold</b>=[x](javascript:alert(1))'")
    shown = [element.value for element in [*screen.markdown, *screen.caption]]
    assert not any("<b>" in markdown.replace("\\<b\\>", "") for markdown in shown)


@pytest.mark.parametrize("name", CLIENTS)
def test_a_call_of_every_client_is_allowed(name: str) -> None:
    document = read_document(SAMPLES / "harbor-bookings.yaml")
    operation = find_operation(document, "GET /hotels/{hotelId}")
    request = build(operation, ExampleValues(document)).request
    screen = pasted(CLIENTS[name].render(request))
    assert [box.value for box in screen.success] == ["The document allows this call."]
