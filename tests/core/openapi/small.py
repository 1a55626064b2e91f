"""Documents of one operation, and what is built for it: tables of cases are made of them."""

from __future__ import annotations

from typing import Any

from core.build import Built, Choices, build
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Dropped, Operation
from core.values import ExampleValues

SERVER = "https://api.example.com/v1"


def document(
    operation: Any, *, path: str = "/a", method: str = "get", version: str = "3.1.0", **root: Any
) -> Document:
    """A document with one operation; ``root`` are further members at its top."""
    if version == "2.0":
        top: dict[str, Any] = {"swagger": "2.0", "host": "api.example.com", "basePath": "/v1"}
    else:
        top = {"openapi": version, "servers": [{"url": SERVER}]}
    return Document({**top, "paths": {path: {method: operation}}, **root}, name="small.json")


def operation_of(document: Document) -> Operation:
    """The first operation of a document, which must be readable."""
    found = next(operations(document))
    assert isinstance(found, Operation), found
    return found


def dropped_of(document: Document) -> Dropped:
    """The first operation of a document, which must be unreadable."""
    found = next(operations(document))
    assert isinstance(found, Dropped), found
    return found


def built(document: Document, *, required_only: bool = False, **chosen: Any) -> Built:
    """What the example policy makes of the first operation; ``chosen`` are ``Choices`` and
    ``arguments``.
    """
    arguments = chosen.pop("arguments", {})
    return build(
        operation_of(document),
        ExampleValues(document),
        arguments=arguments,
        choices=Choices(required_only=required_only, **chosen),
    )


def with_body(schema: Any, media_type: str = "application/json", **root: Any) -> Document:
    """A document whose operation takes a required body of this schema."""
    content = {media_type: {"schema": schema}}
    operation = {"requestBody": {"required": True, "content": content}}
    return document(operation, method="post", **root)
