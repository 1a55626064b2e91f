"""What a server receives when a call is run is the request that it was rendered from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from core.request import Request
from tests.core.arrival import (
    RUNNERS,
    Received,
    Server,
    arrivals,
    request_received,
    require_client,
    serving,
)
from tests.core.render.requests import REQUESTS

UNABLE = {
    ("node-fetch", "get-json-body"): "fetch refuses to send a body with GET",
    ("node-fetch", "get-query-reserved"): "URL percent-encodes an apostrophe in a query",
    ("ruby-nethttp", "get-query-reserved"): "URI percent-encodes an apostrophe in a query",
    ("ruby-nethttp", "post-empty"): "Net::HTTP gives a POST without a body a content type",
    ("ruby-nethttp", "put-empty"): "Net::HTTP gives a PUT without a body a content type",
}
"""What a library cannot do, however it is asked."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module", params=RUNNERS)
def client_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    require_client(name)
    return name


@pytest.fixture(scope="module")
def arrived(
    client_name: str, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Request, Received | None]]:
    """Every request with what the server received for it."""
    local = {
        name: replace(
            request,
            scheme="http",
            host=server.host,
            path=f"/{client_name}-{number}{request.path}",
        )
        for number, (name, request) in enumerate(REQUESTS.items())
    }
    folder = tmp_path_factory.mktemp(client_name)
    received = arrivals(local, client_name, server, folder)
    return {name: (request, received[name]) for name, request in local.items()}


@pytest.mark.parametrize("request_name", REQUESTS)
def test_server_receives_the_request(
    client_name: str, request_name: str, arrived: dict[str, tuple[Request, Received | None]]
) -> None:
    if (client_name, request_name) in UNABLE:
        pytest.skip(UNABLE[client_name, request_name])
    wanted, received = arrived[request_name]
    assert received is not None, "Nothing arrived."
    assert request_received(wanted, received) == wanted
