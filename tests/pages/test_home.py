"""The first page that anybody sees."""

from __future__ import annotations

from core.openapi.document import read_document
from core.samples import SAMPLES
from tests.pages.screen import code_of, open_page, sample, words


def test_page_shows_every_sample_api() -> None:
    screen = open_page("home")
    assert not screen.exception
    links = [link.proto.label for link in screen.get("page_link")]
    titles = [read_document(path).title for path in SAMPLES.iterdir()]
    assert {f"**{title}**" for title in titles} <= set(links)


def test_example_question_fills_the_box_and_finds_operations() -> None:
    screen = open_page("home")
    screen.get("button_group")[0].set_value("cancel a booking").run()
    assert screen.text_input(key="home_question").value == "cancel a booking"
    assert (
        screen.button(key="home_operation_0").label == ":red-badge[DELETE] `/bookings/{bookingId}`"
    )


def test_click_on_an_answer_opens_its_call() -> None:
    screen = open_page("home")
    screen.text_input(key="home_question").set_value("cancel a booking").run()
    screen.button(key="home_operation_0").click().run()
    assert not screen.exception
    assert screen.query_params["document"] == sample("harbor-bookings")
    assert "/bookings/8841" in code_of(screen)


def test_question_goes_to_the_chat_and_is_answered_there() -> None:
    screen = open_page("home")
    assert next(each for each in screen.button if each.label == "Get the call").disabled
    screen.text_input(key="home_question").set_value("cancel booking 8841").run()
    next(each for each in screen.button if each.label == "Get the call").click().run()
    assert not screen.exception
    assert screen.title[0].value == "Chat"
    assert any("/bookings/8841" in code.value for code in screen.code)


def test_question_that_nothing_answers_says_what_to_do() -> None:
    screen = open_page("home")
    screen.text_input(key="home_question").set_value("xylophone").run()
    assert "Try others" in words(screen)


def test_page_says_how_much_is_here() -> None:
    assert "documents · " in words(open_page("home"))
