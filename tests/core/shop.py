"""A small shop that engines answer about in tests, and the engine that knows it by words."""

from __future__ import annotations

import json
from typing import Any

from core.answer import Grounded
from core.library import library_of
from core.openapi.document import Document, upload_document
from core.retrieval.retriever import Retriever

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "kind": {"enum": ["dog", "cat"]},
        "age": {"type": "integer", "minimum": 0, "maximum": 40},
        "tags": {"type": "array", "items": {"type": "string"}},
        "owner": {"type": "object", "properties": {"email": {"type": "string"}}},
    },
}


def _operation(summary: str, parameters: list[Any], body: Any = None) -> dict[str, Any]:
    return {
        "summary": summary,
        "operationId": summary.title().replace(" ", ""),
        "parameters": parameters,
        "responses": {"200": {"description": "done"}},
        **({"requestBody": {"content": {"application/json": {"schema": body}}}} if body else {}),
    }


def _parameter(name: str, place: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


_ID = _parameter("petId", "path", type="integer", minimum=1)
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Pet Shop", "version": "1", "description": "Buys and sells pets."},
    "servers": [{"url": "https://shop.example.com/v1"}],
    "paths": {
        "/pets": {
            "get": _operation(
                "List pets",
                [
                    _parameter("limit", "query", type="integer", minimum=1, maximum=100),
                    _parameter("kind", "query", enum=["dog", "cat"]),
                ],
            ),
            "post": _operation("Create a pet", [], PET),
        },
        "/pets/{petId}": {
            "get": _operation("Show one pet", [_ID]),
            "delete": _operation("Delete a pet", [_ID]),
            "patch": _operation("Change a pet", [_ID], PET),
        },
    },
}


def shop(**info: str) -> Document:
    """The document; ``info`` changes what it says of itself."""
    text = json.dumps({**DOCUMENT, "info": {**DOCUMENT["info"], **info}})  # type: ignore[dict-item]
    return upload_document("shop.json", text.encode())


def grounded(document: Document | None = None) -> Grounded:
    """The engine over it, which knows words only."""
    library = library_of([document or shop()])
    return Grounded(Retriever(library.entries), library.find)
