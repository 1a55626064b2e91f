"""What people come for, in a real browser."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.build import Choices, build
from core.openapi.document import read_document
from core.openapi.listing import find_operation
from core.render import CLIENTS, render
from core.values import ExampleValues
from tests.e2e.conftest import EXAMPLES, key, running_app, settle, upload

pytestmark = pytest.mark.e2e

Visit = Callable[..., Any]

HARBOR = f"/operations?document={key('harbor-bookings.yaml')}"
CANCEL = f"{HARBOR}&operation=DELETE+/bookings/{{bookingId}}"


def ask(page: Any, question: str) -> None:
    """Type a question, and wait for the first answer to it."""
    page.get_by_placeholder("In your own words").press_sequentially(question, delay=10)
    page.wait_for_timeout(600)
    settle(page)


def rows(page: Any) -> Any:
    """The listed operations."""
    return page.get_by_role("button", name=re.compile(r"^(GET|POST|PUT|PATCH|DELETE) "))


def code(page: Any) -> str:
    """The call that the page shows."""
    settle(page)
    return page.get_by_test_id("stCode").locator("code").first.inner_text()


def copied(page: Any) -> str:
    """What the copy button of the call puts on the clipboard."""
    page.mouse.move(0, 0)  # a call that was redrawn under the mouse notices no hovering
    page.get_by_test_id("stCode").hover()
    page.get_by_role("button", name="Copy to clipboard").click()
    return page.evaluate("navigator.clipboard.readText()")


def folder_as_zip(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.rglob("*.yaml")):
            archive.write(path, path.relative_to(folder.parent))
    return packed.getvalue()


def test_newcomer_asks_a_sample_edits_a_value_and_copies_the_call(visit: Visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("cancel a booking").click()
    rows(page).first.click()
    page.get_by_role("heading", name="Cancel a booking").wait_for()
    field = page.get_by_label("bookingId (path)", exact=True)
    field.fill("4711")
    field.press("Enter")
    page.get_by_test_id("stCode").filter(has_text="4711").wait_for()
    assert copied(page) == expected_call("curl", 4711)


def expected_call(client: str, booking: int) -> str:
    path, label = EXAMPLES / "harbor-bookings.yaml", "DELETE /bookings/{bookingId}"
    return first_call(path, label, client, {"path": {"bookingId": booking}})


def first_call(
    path: Path, label: str, client: str = "curl", arguments: dict[str, Any] | None = None
) -> str:
    """What the page shows of an operation before anything is chosen."""
    document = read_document(path)
    built = build(
        find_operation(document, label),
        ExampleValues(document),
        arguments=arguments or {},
        choices=Choices(required_only=True),
    )
    return render(built.request, client)


def test_every_client_can_be_picked_and_copied(visit: Visit) -> None:
    address = CANCEL + "&client=swift-urlsession"
    page = visit(address, permissions=["clipboard-read", "clipboard-write"])
    for name, client in CLIENTS.items():
        language, _, library = client.title.partition(" · ")
        page.get_by_role("radio", name=language, exact=True).click()
        settle(page)
        if library and sum(other.language == client.language for other in CLIENTS.values()) > 1:
            page.get_by_role("radio", name=library, exact=True).click()
            settle(page)
        page.wait_for_url(re.compile(rf"client={name}\b"))
        settle(page)
        assert copied(page) == expected_call(name, 8841)


UPLOADS = {
    "petshelter.json": ("delete a pet", "DELETE /pets/{petId}"),
    "chargegrid.json": ("list charging stations", "GET /stations"),
    "ledgerly.yaml": ("list invoices", "GET /invoices"),
    "warehouse": ("list suppliers", "GET /suppliers"),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_upload_is_asked_and_its_call_copied(visit: Visit, name: str) -> None:
    question, label = UPLOADS[name]
    path = EXAMPLES / name
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    if path.is_dir():
        upload(page, f"{name}.zip", folder_as_zip(path))
    else:
        upload(page, name, path.read_bytes())
    page.wait_for_url(re.compile("/operations"))
    ask(page, question)
    rows(page).first.filter(has_text=label).wait_for()  # the answer to the last letter typed
    assert rows(page).first.inner_text() == label
    rows(page).first.click()
    page.get_by_test_id("stCode").first.wait_for()
    settle(page)
    assert copied(page) == first_call(path, label)


def test_upload_on_the_operations_page_replaces_the_api(visit: Visit) -> None:
    page = visit(CANCEL)
    page.get_by_role("button", name="Upload").click()
    upload(page, "petshelter.json", (EXAMPLES / "petshelter.json").read_bytes())
    page.get_by_role("button", name="/pets", exact=False).first.wait_for()
    assert key("petshelter.json") in page.url
    assert "operation=" not in page.url


def test_address_leads_when_people_go_back_and_forth(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name="Tunebox").click()
    page.get_by_role("button", name="/playlists", exact=False).first.wait_for()
    page.get_by_test_id("stSidebarNav").get_by_text("Start").click()
    page.get_by_role("link", name="Taskboard").click()
    page.get_by_role("button", name="/projects", exact=False).first.wait_for()
    assert key("taskboard.yaml") in page.url
    rows(page).first.click()
    page.get_by_test_id("stCode").wait_for()
    page.go_back()
    page.get_by_role("button", name="/projects", exact=False).first.wait_for()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("broken.json", b'{"openapi": "3.0.0", ', "broken.json, line 1"),
        ("page.json", b"<!DOCTYPE html><html></html>", "page.json"),
        ("notes.yaml", b"title: my notes", "not an OpenAPI document"),
        ("empty.zip", folder_as_zip(Path("/nowhere")), "empty.zip"),
    ],
)
def test_broken_upload_is_refused_in_words(
    visit: Visit, name: str, data: bytes, sentence: str
) -> None:
    page = visit()
    upload(page, name, data)
    page.get_by_test_id("stAlert").filter(has_text=sentence).wait_for()


def test_deep_link_first_on_a_fresh_server_shows_the_frame(visit: Visit, tmp_path: Path) -> None:
    with running_app(tmp_path) as fresh:
        page = visit(CANCEL + "&client=python-requests", base=fresh.address)
        menu = page.get_by_test_id("stSidebarNav")
        menu.get_by_text("Start", exact=True).wait_for()
        assert menu.get_by_text("app", exact=True).count() == 0  # Streamlit's automatic menu
        assert "requests.delete(" in code(page)


def test_link_to_a_call_survives_a_reload(visit: Visit) -> None:
    page = visit()
    upload(page, "petshelter.json", (EXAMPLES / "petshelter.json").read_bytes())
    page.wait_for_url(re.compile("/operations"))
    rows(page).first.click()
    page.get_by_role("radio", name="Go", exact=True).click()
    page.wait_for_url(re.compile("client=go-nethttp"))
    page.reload()
    page.get_by_test_id("stCode").wait_for()
    assert "package main" in code(page)


@pytest.mark.parametrize("path", ["/", HARBOR, CANCEL, "/specs", "/jobs", "/check"])
def test_page_fits_a_phone(visit: Visit, path: str) -> None:
    page = visit(path, width=390)
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    scrolled, seen = page.evaluate(widths)
    assert scrolled <= seen
    box = page.get_by_test_id("stMain").bounding_box()
    assert box["width"] <= 390


def test_newcomer_brings_a_large_yaml_document(visit: Visit, shared: Path) -> None:
    page = visit()
    upload(page, "openai.yaml", (shared / "other-specs" / "openai.yaml").read_bytes())
    page.wait_for_url(re.compile("/operations"))
    ask(page, "list my files")
    assert rows(page).first.inner_text() == "GET /files"
    rows(page).first.click()
    page.get_by_test_id("stCode").wait_for()
    assert "/files" in code(page)
