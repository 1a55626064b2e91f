"""The page that turns words and values into a call, run without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.render import CLIENTS
from core.store.operations import operations_of
from pages.components import resources
from tests.pages.screen import NAMES, code_of, errors_of, open_page, sample, words

HARBOR = {"document": sample("harbor-bookings")}
CANCEL = {**HARBOR, "operation": "DELETE /bookings/{bookingId}"}


def fields(screen: AppTest, kind: str) -> dict[str, object]:
    """The widgets of a kind by the parameter that they are for."""
    return {widget.key.rpartition(".")[2]: widget for widget in screen.get(kind) if widget.key}


def test_page_without_an_api_lists_what_is_in_all_of_them() -> None:
    screen = open_page("operations")
    assert not screen.exception
    assert "operations" in screen.caption[0].value
    assert any("**ChargeGrid**" in caption.value for caption in screen.caption)


@pytest.mark.parametrize("name", NAMES)
def test_page_lists_the_operations_of_every_sample(name: str) -> None:
    screen = open_page("operations", document=sample(name))
    assert not screen.exception
    assert not errors_of(screen)
    assert any("-badge[" in button.label for button in screen.button)


@pytest.mark.parametrize("name", NAMES)
def test_page_makes_the_call_of_every_operation_of_a_sample(name: str) -> None:
    row = resources.find(sample(name))
    screen = open_page("operations", document=sample(name))
    for operation in operations_of(resources.store(), row.sha256):
        screen.query_params["operation"] = operation.label
        screen.run()
        assert not screen.exception
        assert not errors_of(screen), operation.label
        assert operation.method in code_of(screen)


def test_question_puts_the_meant_operation_first_and_a_click_opens_it() -> None:
    screen = open_page("operations", **HARBOR)
    screen.text_input(key="question").set_value("cancel a booking").run()
    first = next(button for button in screen.button if "-badge[" in button.label)
    assert first.label == ":red-badge[DELETE] `/bookings/{bookingId}`"
    first.click().run()
    assert screen.query_params["operation"] == "DELETE /bookings/{bookingId}"
    assert "--request DELETE" in code_of(screen)


def test_question_that_nothing_answers_says_what_to_do() -> None:
    screen = open_page("operations", **HARBOR)
    screen.text_input(key="question").set_value("xylophone").run()
    assert "Try others" in words(screen)


def test_entered_value_stands_in_the_call_at_once() -> None:
    screen = open_page("operations", **CANCEL)
    fields(screen, "number_input")["bookingId"].set_value(77).run()
    assert "/bookings/77" in code_of(screen)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('{"path.bookingId": [77], "query.reason": ["illness"]}', "/bookings/77?reason=illness"),
        ('{"path.bookingId": ["seventy"], "query.reason": ["<no such>"]}', "/bookings/8841"),
        ('{"path.bookingId": 7, "query.nothing": [1]}', "/bookings/8841"),
        ("[1]", "/bookings/8841"),
        ("{", "/bookings/8841"),
    ],
)
def test_values_of_the_address_stand_in_the_form(given: str, expected: str) -> None:
    assert expected in code_of(open_page("operations", **CANCEL, values=given))


@pytest.mark.parametrize("name", CLIENTS)
def test_every_client_shows_the_entered_value(name: str) -> None:
    screen = open_page("operations", **CANCEL, client=name)
    fields(screen, "number_input")["bookingId"].set_value(4711).run()
    assert "4711" in code_of(screen)
    assert screen.query_params["client"] == name


def test_language_is_remembered_for_the_next_operation() -> None:
    screen = open_page("operations", **CANCEL)
    screen.get("button_group")[0].set_value("python").run()
    assert "requests.delete(" in code_of(screen)
    screen.query_params.clear()
    screen.query_params.update({**HARBOR, "operation": "GET /bookings"})
    screen.run()
    assert "requests.get(" in code_of(screen)


def test_unknown_operation_says_what_there_is() -> None:
    screen = open_page("operations", **HARBOR, operation="GET /booking")
    assert "There is no operation “GET /booking”" in errors_of(screen)[0]


def test_unknown_document_says_what_to_do() -> None:
    screen = open_page("operations", document="nothing")
    assert "Import it again" in errors_of(screen)[0]
