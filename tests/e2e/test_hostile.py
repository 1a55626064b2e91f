"""Texts of strangers in a real browser: letters, and nothing else, on every page."""

from __future__ import annotations

import io
import json
import re
import zipfile
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


def as_json(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def zipped(name: str, document: dict[str, Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, json.dumps(document))
    return packed.getvalue()


def test_hostile_document_is_letters_on_every_page(visit: Callable[..., Any]) -> None:
    page = visit()
    inside = zipped(re.sub("[/\u202e]", "_", HOSTILE) + ".json", DOCUMENT)
    upload(page, "<img src=x onerror=alert(1)>.zip", inside)
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
    for address in ("/specs", "/", f"/check?document={key}"):
        is_harmless(visit(address))

    page = visit(f"/specs?document={key}")
    page.get_by_text("Where it comes from").click()
    page.get_by_text("SHA-256").wait_for()
    is_harmless(page)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Keep it").wait_for()
    is_harmless(page, within="stDialog")


def test_hostile_file_and_path_are_letters_among_the_jobs(visit: Callable[..., Any]) -> None:
    page = visit("/specs")
    paths = {f"/{HOSTILE}": {"get": {"summary": "Long " + LONG}, "put": 5}}
    document = {"openapi": "3.1.0", "info": {"title": "Z", "version": "1"}, "paths": paths}
    upload(page, "<img src=x onerror=alert(1)>[z](javascript:alert(1)).json", as_json(document))
    page.get_by_text("Added 1 document").wait_for()
    is_harmless(page)
    page = visit("/jobs")
    box = page.get_by_test_id("stVerticalBlock").filter(has_text="[z](javascript:alert(1))").last
    box.get_by_text("Details").click()
    page.get_by_text("One by one").first.click()
    page.get_by_text("PUT /").first.wait_for()
    is_harmless(page)


def test_call_that_could_turn_text_round_says_so(visit: Callable[..., Any]) -> None:
    page = visit()
    body = {"content": {"application/json": {"schema": {"const": "a \u202e b"}}}, "required": True}
    paths = {"/a": {"post": {"summary": "Turn", "requestBody": body}}}
    document = {"openapi": "3.1.0", "info": {"title": "Turning", "version": "1"}, "paths": paths}
    upload(page, "turning.json", as_json(document))
    page.wait_for_url(re.compile("/operations"))
    page.get_by_role("button", name="POST /a").click()
    page.get_by_test_id("stAlert").filter(has_text="turn text round").wait_for()


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


def is_harmless(page: Any, *, within: str = "stMain") -> None:
    """No picture, no link that leads away, no text that is turned round."""
    settle(page)
    main = page.get_by_test_id(within)
    assert main.locator("img").count() == 0
    links = main.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert [link for link in links if not link.startswith("http://127.0.0.1")] == []
    assert "\u202e" not in main.inner_text()
