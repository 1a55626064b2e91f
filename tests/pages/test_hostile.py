"""Documents of strangers on every page: their texts are letters and nothing else."""

from __future__ import annotations

import json

from tests.pages.screen import add, code_of, errors_of, open_page, words

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


def test_hostile_document_is_shown_letter_by_letter() -> None:
    key = add("zoo.json", json.dumps(DOCUMENT).encode())
    listed = open_page("operations", document=key)
    chosen = open_page("operations", document=key, operation="GET /pets/{petId}")
    assert "petId" in code_of(chosen)
    described = open_page("specs", document=key)
    assert "`PUT /pets/{petId}`" in words(described)
    for screen in (listed, chosen, described):
        assert not screen.exception
        assert not errors_of(screen)
        shown = [*screen.markdown, *screen.caption, *screen.subheader, *screen.title]
        labels = [widget.label for widget in (*screen.button, *screen.selectbox, *screen.expander)]
        for markdown in [element.value for element in shown] + labels:
            assert "<img" not in markdown.replace("\\<", "")
            assert "](javascript" not in markdown
            assert ":material/delete:" not in markdown
