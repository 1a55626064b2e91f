"""Calls of the examples really run, and what arrives is the request that they are read as."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.build import Choices, build
from core.openapi.document import read_document
from core.openapi.listing import operations
from core.openapi.operation import MediaType, Operation, Parameter, SecurityScheme
from core.openapi.sample import Sample
from core.parse import LANGUAGES, parse
from core.render import CLIENTS, render
from core.request import Json, Request
from core.values import ExampleValues
from tests.core.arrival import (
    RUNNERS,
    Server,
    arrivals,
    request_received,
    require_client,
    serving,
)
from tests.core.render.requests import HOSTILE, LINES, UNICODE

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
DOCUMENTS = ("clinicdesk.yaml", "fleetwatch.yaml", "parcelroute.json")
"""Those that have forms, parts, files, XML and cookies between them."""
TEXTS = (HOSTILE, UNICODE, LINES, "@file", "&a=b;c,d", "null", "007", "../..", "--", "%41", "{{x}}")
READ = [name for name in RUNNERS if CLIENTS[name].language in LANGUAGES]


class HostileValues:
    """The examples' values, most of their texts replaced by what some language stumbles over."""

    def __init__(self, examples: ExampleValues, draw: random.Random) -> None:
        self.examples = examples
        self.draw = draw

    def parameter(self, parameter: Parameter) -> Sample:
        return Sample(self.spoilt(self.examples.parameter(parameter).value))

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        sample = self.examples.body(media_type, required_only=required_only)
        return Sample(self.spoilt(sample.value))

    def credential(self, scheme: SecurityScheme) -> str:
        return HOSTILE.replace(";", "").replace("=", "")  # which no cookie can hold

    def spoilt(self, value: Json) -> Json:
        if isinstance(value, dict):
            return {name: self.spoilt(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.spoilt(item) for item in value]
        return self.draw.choice((*TEXTS, value)) if isinstance(value, str) else value


def calls(document_name: str, base: str) -> Iterator[Request]:
    """Every operation in every media type, with the examples' values and with hostile ones; each
    under a server of its own, which is how the arrivals are told apart.
    """
    document = read_document(EXAMPLES / document_name)
    examples = ExampleValues(document)
    number = 0
    for operation in operations(document):
        assert isinstance(operation, Operation)
        media_types = tuple(each.name for each in operation.media_types)
        for media_type in media_types or (None,):
            for values in (examples, HostileValues(examples, random.Random(operation.label))):
                choices = Choices(media_type=media_type, server=f"{base}-{number}")
                yield build(operation, values, choices=choices).request
                number += 1


def is_able(client_name: str, request: Request) -> bool:
    """Whether the client's library can send such a request, however it is asked."""
    if client_name == "node-fetch":
        return request.body is None or request.method not in ("GET", "HEAD")
    if client_name == "ruby-nethttp":  # gives a body that is not there a content type
        return request.body is not None or request.method not in ("POST", "PUT", "PATCH")
    return True


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize("document_name", DOCUMENTS)
@pytest.mark.parametrize("client_name", READ)
def test_server_receives_what_the_call_is_read_as(
    client_name: str, document_name: str, server: Server, tmp_path: Path
) -> None:
    require_client(client_name)
    base = f"http://{server.host}/{client_name}-{document_name}"
    able = [request for request in calls(document_name, base) if is_able(client_name, request)]
    read = {
        f"{request.method} {request.url}": parse(
            render(request, client_name), CLIENTS[client_name].language
        ).request
        for request in able
    }
    received = arrivals(dict(zip(read, able, strict=True)), client_name, server, tmp_path)
    arrived = {
        name: found and request_received(request, found)
        for request, (name, found) in zip(able, received.items(), strict=True)
    }
    assert None not in read.values()
    assert arrived == read
