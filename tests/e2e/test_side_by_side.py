"""Engines side by side in a real browser: a finished comparison, and a question of the chat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import running_app, settle

pytestmark = pytest.mark.e2e


@pytest.mark.timeout(600)
def test_newcomer_votes_at_once_and_takes_a_question_from_the_chat_and_back(
    visit: Callable[..., Any], tmp_path: Path
) -> None:
    with running_app(tmp_path / "workspace") as app:
        page = visit("/side_by_side", base=app.address)
        page.get_by_text("0 of 24 judged").wait_for()
        page.keyboard.press("2")
        page.get_by_text("1 of 24 judged").wait_for()
        page.get_by_text("By their verdicts").first.wait_for()
        page.get_by_text("The right call", exact=True).wait_for()
        page.get_by_role("link", name="Chat", exact=True).click()
        page.get_by_role("button", name="cancel booking 8841").click()
        page.get_by_text("The document allows this call.").wait_for()
        page.get_by_role("button", name="Side by side").click()
        page.get_by_role("heading", name="Side by side").wait_for()
        page.get_by_role("button", name="Grounded, words only is best").wait_for()
        calls = page.get_by_test_id("stCode").filter(has_text="/bookings/8841")
        calls.nth(1).wait_for()
        page.get_by_role("button", name="All are good").click()
        page.get_by_text("You said: All are good.").wait_for()
        page.reload()
        page.get_by_text("You said: All are good.").wait_for()
        calls.nth(1).wait_for()
        page.get_by_role("link", name="Back to the chat").click()
        page.get_by_role("heading", name="Chat").wait_for()
        calls.wait_for()
        settle(page)
