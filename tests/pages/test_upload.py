"""Documents that people bring: kept by content, listed, and refused in words."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from core.errors import DocumentError
from pages.components import resources
from tests.pages.screen import code_of, errors_of, open_page

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) :material/delete:"
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": HOSTILE, "version": "1", "description": HOSTILE},
    "paths": {
        "/pets/{petId}": {
            "get": {
                "summary": HOSTILE,
                "description": HOSTILE,
                "tags": [HOSTILE],
                "parameters": [
                    {"name": "petId", "in": "path", "required": True, "description": HOSTILE},
                    {"name": HOSTILE, "in": "query", "schema": {"enum": [HOSTILE, "b"]}},
                ],
                "x-codeSamples": [{"lang": HOSTILE, "label": HOSTILE, "source": HOSTILE}],
            },
            "put": 5,
        }
    },
}


def zip_of(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_every_document_of_a_zip_can_be_chosen() -> None:
    data = zip_of({f"{name}.json": json.dumps(DOCUMENT) for name in ("cats", "dogs")})
    keys = resources.add_upload("zoo.zip", data)
    assert [key.partition("/")[2] for key in keys] == ["cats.json", "dogs.json"]
    assert resources.api(keys[1]).find("GET /pets/{petId}").path == "/pets/{petId}"


def test_broken_upload_is_refused_with_a_sentence() -> None:
    with pytest.raises(DocumentError, match=r"broken.json, line 1"):
        keys = resources.add_upload("broken.json", b'{"openapi": ')
        resources.api(keys[0])


def test_upload_has_no_file_beside_its_documents() -> None:
    (key,) = resources.add_upload("zoo.json", json.dumps(DOCUMENT).encode())
    with pytest.raises(DocumentError, match="holds no document"):
        resources.api(key.replace("zoo.json", "other.json"))


def test_hostile_document_is_shown_letter_by_letter() -> None:
    (key,) = resources.add_upload("zoo.json", json.dumps(DOCUMENT).encode())
    listed = open_page("operations", document=key)
    chosen = open_page("operations", document=key, operation="GET /pets/{petId}")
    assert "petId" in code_of(chosen)
    for screen in (listed, chosen):
        assert not screen.exception
        assert not errors_of(screen)
        shown = [*screen.markdown, *screen.caption, *screen.subheader, *screen.title]
        labels = [widget.label for widget in (*screen.button, *screen.selectbox, *screen.expander)]
        for markdown in [element.value for element in shown] + labels:
            assert "<img" not in markdown.replace("\\<", "")
            assert "](javascript" not in markdown
            assert ":material/delete:" not in markdown


def test_page_tells_what_was_left_out_and_why() -> None:
    (key,) = resources.add_upload("zoo.json", json.dumps(DOCUMENT).encode())
    captions = [caption.value for caption in open_page("operations", document=key).caption]
    assert any(":orange[1 left out]" in caption for caption in captions)
    assert any("`PUT /pets/{petId}`" in caption for caption in captions)
