"""Pasting a call to have it judged, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import key, settle

pytestmark = pytest.mark.e2e

URL = "https://north.harbor-bookings.example/v1"


def test_a_wrong_call_is_pasted_judged_and_mended(visit: Callable[..., Any]) -> None:
    page = visit(f"/check?document={key('harbor-bookings.yaml')}")
    editor = page.get_by_label("The call, in any of ten languages")
    editor.fill(f"import requests\nrequests.get('{URL}/hotels', params={{'cityy': 'Visby'}})")
    editor.press("Control+Enter")
    page.get_by_text("The document does not allow this call.").wait_for()
    page.get_by_text("Proof: /paths/").click()
    page.get_by_text('"operationId"').first.wait_for()
    page.get_by_text("Whole call").click()
    page.get_by_text("+++ corrected").wait_for(state="detached")
    settle(page)
    mended = page.get_by_test_id("stCode").last.inner_text()
    assert '"city": "Visby"' in mended

    editor.fill(mended)
    editor.press("Control+Enter")
    page.get_by_text("The document allows this call.").wait_for()
    page.get_by_role("link", name="Open the operation").click()
    page.get_by_role("heading", name="Operations").wait_for()
    settle(page)
    assert "operation=GET" in page.url
