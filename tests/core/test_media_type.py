"""What can be done with a media type is read off its name."""

from __future__ import annotations

import pytest

from core import media_type


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("application/json", "json textual members"),
        ("application/json; charset=utf-8", "json textual members"),
        ("APPLICATION/JSON", "json textual members"),
        ("application/vnd.api+json", "json textual members"),
        ("text/json", "json textual members"),
        ("application/x-json", "json textual members"),
        ("application/xml", "xml textual"),
        ("text/xml", "xml textual"),
        ("application/soap+xml; action=x", "xml textual"),
        ("multipart/form-data", "multipart members"),
        ("multipart/mixed", "multipart members"),
        ("application/x-www-form-urlencoded", "members"),
        ("text/plain", "textual"),
        ("text/csv", "textual"),
        ("application/yaml", "textual"),
        ("application/x-yaml", "textual"),
        ("application/openapi+yaml", "textual"),
        ("application/graphql", "textual"),
        ("application/octet-stream", ""),
        ("application/pdf", ""),
        ("image/png", ""),
        ("image/svg+xml", "xml textual"),
        ("application/jsonp", ""),
        ("json", ""),
    ],
)
def test_kinds(name: str, kinds: str) -> None:
    found = {
        "json": media_type.is_json(name),
        "xml": media_type.is_xml(name),
        "multipart": media_type.is_multipart(name),
        "textual": media_type.is_textual(name),
        "members": media_type.has_members(name),
    }
    assert " ".join([kind for kind, is_so in found.items() if is_so]) == kinds


@pytest.mark.parametrize("name", ["application/json", "*/*", "text/*", "a/b; c=d", "a/b ;c"])
def test_media_types(name: str) -> None:
    assert media_type.is_media_type(name)


@pytest.mark.parametrize(
    "name", ["", "json", "a/", "/b", "a b/c", "a/b c", "é/x", "a/b\n", "a/b/c"]
)
def test_what_is_no_media_type(name: str) -> None:
    assert not media_type.is_media_type(name)


def test_essence_is_the_name_alone() -> None:
    assert media_type.essence(" Application/JSON ; charset=utf-8") == "application/json"
