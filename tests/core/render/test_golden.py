"""Every client's text for every request, held against the text that somebody read and agreed to.

``UPDATE_GOLDEN=1 pytest tests/core/render`` writes the files anew; read the difference before you
commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.render import CLIENTS, render
from core.request import Request
from tests.core.render.requests import REQUESTS

GOLDEN_DIR = Path(__file__).parent / "golden"


def golden_path(client_name: str, request_name: str) -> Path:
    return GOLDEN_DIR / client_name / f"{request_name}.{CLIENTS[client_name].extension}"


@pytest.mark.parametrize("client_name", CLIENTS)
@pytest.mark.parametrize("request_name", REQUESTS)
def test_call_is_as_agreed(client_name: str, request_name: str) -> None:
    text = render(REQUESTS[request_name], client_name)
    path = golden_path(client_name, request_name)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{text}\n".encode())
    assert path.exists(), f"{path} is missing. Run with UPDATE_GOLDEN=1 and read what it wrote."
    assert text == path.read_bytes().decode().removesuffix("\n")


def test_no_golden_file_is_left_over() -> None:
    wanted = {golden_path(client, request) for client in CLIENTS for request in REQUESTS}
    found = {path for path in GOLDEN_DIR.glob("*/*") if path.parent.name in CLIENTS}
    assert found <= wanted


@pytest.mark.parametrize("client_name", CLIENTS)
def test_different_requests_have_different_calls(client_name: str) -> None:
    calls: dict[str, Request] = {}
    for request in REQUESTS.values():
        assert calls.setdefault(render(request, client_name), request) == request
