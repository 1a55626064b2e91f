"""What the engine answers where a document is out of the ordinary."""

from __future__ import annotations

import json

import pytest

from core.openapi.document import upload_document
from core.request import Body, JsonBody, TextBody
from tests.core.shop import grounded

_TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("media_type", "schema", "body"),
    [
        ("text/plain", _TEXT, TextBody("buy milk", "text/plain")),
        ("application/json", _TEXT, JsonBody('"buy milk"')),
        ("application/json", {"type": "array", "items": _TEXT}, JsonBody('["buy milk"]')),
    ],
)
def test_a_body_without_names_is_filled(
    media_type: str, schema: dict[str, object], body: Body
) -> None:
    wanted = {"required": True, "content": {media_type: {"schema": schema}}}
    add = {"summary": "Add a note", "requestBody": wanted, "responses": {"200": {}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Notes", "version": "1"},
        "servers": [{"url": "https://notes.example.com"}],
        "paths": {"/notes": {"post": add}},
    }
    engine = grounded(upload_document("notes.json", json.dumps(document).encode()))
    call = engine.answer('add the note "buy milk"').call
    assert call is not None
    assert call.request.body == body
