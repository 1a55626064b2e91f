"""Texts of strangers in a real browser: letters, and nothing else, on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.conftest import settle, upload

pytestmark = pytest.mark.e2e

HOSTILE = (
    "<img src=x onerror=alert(1)>[x](javascript:alert(1)) ![](https://evil.example/p.png) "
    "www.evil.example me@evil.example \u202eright to left :material/delete: $x^2$ `tick"
)
LONG = "long " * 200_000
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": HOSTILE, "version": HOSTILE, "description": HOSTILE + LONG},
    "servers": [
        {"url": "https://a.example", "description": HOSTILE},
        {"url": "https://b.example", "description": HOSTILE},
    ],
    "components": {"securitySchemes": {HOSTILE: {"type": "http", "scheme": "bearer"}}},
    "security": [{HOSTILE: []}],
    "paths": {
        "/a": {
            "get": {
                "summary": HOSTILE,
                "description": HOSTILE + LONG,
                "operationId": HOSTILE,
                "tags": [HOSTILE],
                "parameters": [
                    {
                        "name": HOSTILE,
                        "in": "query",
                        "required": True,
                        "description": HOSTILE,
                        "schema": {"enum": [HOSTILE, LONG, "b"]},
                    }
                ],
                "x-codeSamples": [{"lang": HOSTILE, "label": HOSTILE, "source": HOSTILE}],
            },
            "put": 5,
        }
    },
}


def test_hostile_document_is_letters_on_every_page(visit: Callable[..., Any]) -> None:
    page = visit()
    upload(page, "<img src=x onerror=alert(1)>.json", json.dumps(DOCUMENT).encode())
    page.wait_for_url(re.compile("/operations"))
    row = page.get_by_role("button", name="GET /a")
    row.wait_for()
    key = re.search("document=([0-9a-f]+)", page.url)[1]  # type: ignore[index]
    is_harmless(page)
    row.click()
    page.get_by_test_id("stCode").first.wait_for()
    page.get_by_text("Server and credentials").click()
    is_harmless(page)
    heading = page.get_by_test_id("stMain").get_by_role("heading", level=3)
    assert "<img src=x onerror=alert(1)>" in heading.inner_text()
    addresses = [f"/specs?document={key}", "/specs", "/jobs", "/", f"/check?document={key}"]
    for address in addresses:
        is_harmless(visit(address))


@pytest.mark.parametrize(
    "address",
    [
        f"/operations?document={quote(HOSTILE)}",
        f"/operations?question={quote(HOSTILE)}",
        f"/specs?document={quote(HOSTILE)}",
    ],
)
def test_hostile_address_is_letters(visit: Callable[..., Any], address: str) -> None:
    is_harmless(visit(address))


def is_harmless(page: Any) -> None:
    """No picture, no link that leads away, no text that is turned round."""
    settle(page)
    main = page.get_by_test_id("stMain")
    assert main.locator("img").count() == 0
    links = main.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert [link for link in links if not link.startswith("http://127.0.0.1")] == []
    assert "\u202e" not in main.inner_text()
