"""The mock server takes what the documents allow, over a real socket, and refuses the rest."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from core.build import build
from core.check import check
from core.errors import CallwrightError
from core.mock import MockServer, example_reply, send, serving
from core.openapi.document import Document, read_documents
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.request import Request, json_body
from core.samples import SAMPLES
from core.values import ExampleValues
from tests.core.documents import PETS

DOCUMENTS = [*read_documents(SAMPLES)]
PETS_DOCUMENT = Document(PETS)
TOKEN = (("Authorization", "Bearer REPLACE_token"),)
BASE = "https://api.pets.example/v1"


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    with serving([*DOCUMENTS, PETS_DOCUMENT]) as running:
        yield running


def listed(document: Document) -> list[Operation]:
    return [each for each in operations(document) if isinstance(each, Operation)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.title)
def test_examples_of_the_sample_apis_are_taken(document: Document, server: MockServer) -> None:
    values = ExampleValues(document)
    for operation in listed(document):
        request = build(operation, values).request
        reply = send(request, server)
        assert reply.is_accepted == check(request, document).is_legal, (
            operation.label,
            reply.content,
        )


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        (Request.from_url("GET", f"{BASE}/cats", headers=TOKEN), 404, "unknown endpoint"),
        (Request.from_url("PUT", f"{BASE}/pets", headers=TOKEN), 405, "wrong method"),
        (Request.from_url("GET", f"{BASE}/pets?limit=99", headers=TOKEN), 422, "wrong type"),
        (Request.from_url("GET", f"{BASE}/pets"), 422, "missing credential"),
        (Request.from_url("POST", f"{BASE}/pets", headers=TOKEN), 422, "missing body"),
    ],
)
def test_what_is_forbidden_is_refused_with_its_finding(
    request_: Request, status: int, kind: str, server: MockServer
) -> None:
    reply = send(request_, server)
    assert reply.status == status and reply.media_type == "application/problem+json"
    assert kind in [finding["kind"] for finding in json.loads(reply.content)["findings"]]


def test_body_travels_as_it_is(server: MockServer) -> None:
    body = json_body({"name": "Réx – 犬"})
    request = Request.from_url("POST", f"{BASE}/pets", headers=TOKEN, body=body)
    assert send(request, server).is_accepted


def test_placeholders_are_taken(server: MockServer) -> None:
    for written in ("%7BpetId%7D", "REPLACE_petId"):
        request = Request.from_url("GET", f"{BASE}/pets/{written}", headers=TOKEN)
        assert send(request, server).is_accepted


def response(**described: object) -> Operation:
    document = Document(
        {
            "openapi": "3.0.3",
            "info": {"title": "A", "version": "1"},
            "paths": {"/a": {"get": {"responses": described}}},
            "components": {"responses": {"R": {"content": {"application/json": {"example": 7}}}}},
        }
    )
    return listed(document)[0]


JSON_SCHEMA = {"content": {"application/json": {"schema": {"type": "integer", "minimum": 3}}}}


@pytest.mark.parametrize(
    ("described", "status", "content"),
    [
        (
            {"404": {}, "201": {"content": {"application/json": {"example": {"a": 1}}}}},
            201,
            {"a": 1},
        ),
        ({"default": JSON_SCHEMA}, 200, 3),
        ({"2XX": {"$ref": "#/components/responses/R"}}, 200, 7),
        ({"204": {"description": "gone"}}, 204, None),
        ({}, 200, None),
    ],
)
def test_success_is_answered_with_the_example(
    described: dict[str, object], status: int, content: object
) -> None:
    reply = example_reply(response(**described))
    assert reply.status == status
    assert (json.loads(reply.content) if reply.content else None) == content


def test_nonsense_is_refused(server: MockServer) -> None:
    for nonsense in (b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\xff\xfe x HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(nonsense)
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")


def test_server_that_is_gone_is_said() -> None:
    with serving([PETS_DOCUMENT]) as gone:
        pass
    with pytest.raises(CallwrightError, match="did not answer"):
        send(Request.from_url("GET", BASE), gone)
