"""The page of the workspace's documents, run without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.openapi.validation import Finding, ValidationReport
from core.store import documents
from core.store.validations import save_validation
from pages.components import resources
from tests.pages.screen import NAMES, add, errors_of, open_page, sample, words


def zoo(version: str, paths: dict[str, Any], title: str = "Zoo") -> str:
    root = {"openapi": "3.1.0", "info": {"title": title, "version": version}, "paths": paths}
    return add(f"zoo-{version}.json", json.dumps(root).encode())


def press(screen: AppTest, label: str) -> AppTest:
    """Click the button of that label."""
    screen = next(button for button in screen.button if button.label == label).click().run()
    assert not screen.exception
    return screen


def test_page_lists_documents_and_what_sources_have_brought() -> None:
    screen = open_page("specs")
    assert not screen.exception
    listed, figures = (table.value for table in screen.dataframe)
    assert {"Harbor Bookings", "Tunebox"} <= set(listed["Title"])
    assert figures.set_index("Source").loc["Sample", "Unique operations"] > 200


def test_words_narrow_the_list() -> None:
    screen = open_page("specs")
    screen.text_input(key="specs_words").set_value("harbor").run()
    assert list(screen.dataframe[0].value["Title"]) == ["Harbor Bookings"]
    screen.text_input(key="specs_words").set_value("xylophone").run()
    assert "No document has these words" in words(screen)


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_has_its_page(name: str) -> None:
    screen = open_page("specs", document=sample(name))
    assert not screen.exception and not errors_of(screen)
    assert "Worth as a source" in words(screen)


def test_faults_are_told_with_the_rows_that_they_cost() -> None:
    key = zoo("1", {"/a": {"get": {}}, "/b": {"get": {"summary": "Show b"}}}, "Faulty Zoo")
    said = words(open_page("specs", document=key))
    assert ":orange-badge[1] **no summary**" in said


def test_what_is_left_out_is_told_with_its_reason() -> None:
    key = zoo("1", {"/a": {"get": {"summary": "Show"}, "put": 5}}, "Broken Zoo")
    said = words(open_page("specs", document=key))
    assert "**1** left out" in said and "`PUT /a`" in said and "not an object" in said


def test_findings_stand_together_with_their_places() -> None:
    key = zoo("1", {"/a": {"get": {"summary": "Show"}}}, "Odd Zoo")
    findings = tuple(Finding("'responses' is missing", f"/paths/~1{name}/get") for name in "ab")
    sha256 = resources.find(key).sha256
    save_validation(resources.store(), sha256, ValidationReport("invalid", findings, more=3))
    screen = open_page("specs", document=key)
    assert "5 places" in screen.warning[0].value
    assert "**2** 'responses' is missing" in words(screen)
    assert "`/paths/~1b/get`" in words(screen)


def test_newer_version_takes_the_place_and_its_changes_are_shown() -> None:
    show = {"get": {"summary": "Show"}}
    old = zoo("1", {"/lions": show, "/apes": show}, "Old Zoo")
    new = zoo("2", {"/lions": show, "/bears": show}, "Old Zoo")
    screen = open_page("specs", document=new)
    assert "Looks like a version of it: **Old Zoo 1**" in words(screen)
    screen = press(screen, "This is newer")
    said = words(screen)
    assert ":green-badge[1] added" in said and "`GET /bears`" in said
    assert ":red-badge[1] removed" in said and "`GET /apes`" in said
    assert old not in resources.live()
    assert "newer version has replaced" in open_page("specs", document=old).info[0].value
    press(screen, "Show both again")
    assert {old, new} <= set(resources.live())


def test_documents_that_share_little_are_not_taken_for_versions() -> None:
    zoo("1", {"/lions": {"get": {"summary": "Show"}}}, "Parted Zoo")
    other = zoo("2", {"/fish": {"get": {"summary": "Show"}}}, "Parted Zoo")
    assert "Looks like a version" not in words(open_page("specs", document=other))


def test_deleted_document_says_so_and_comes_back() -> None:
    key = zoo("1", {"/a": {"get": {"summary": "Show"}}}, "Lost Zoo")
    documents.delete_document(resources.store(), resources.find(key).sha256)
    screen = open_page("specs", document=key)
    assert "deleted" in screen.warning[0].value
    press(screen, "Undo")
    assert key in resources.live()


def test_unknown_document_is_answered_in_words() -> None:
    assert "Import it again" in errors_of(open_page("specs", document="0123456789abcdef"))[0]


def test_directory_that_cannot_be_read_is_answered_in_words() -> None:
    screen = open_page("specs")
    screen.get("button_group")[0].set_value("directory").run()
    screen.text_input[0].set_value("http://127.0.0.1:9/list.json")
    screen = press(screen, "Read the list")
    assert "private network" in errors_of(screen)[0]
