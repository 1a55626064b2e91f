"""What a server shows that it can do."""

from __future__ import annotations

import pytest

from benchmarks.model_server import free_port, model_server
from core.models.examination import examine
from core.models.server import Server

PLAIN = b'{"choices": [{"message": {"role": "assistant", "content": "Hello!"}, "text": "x"}]}'


def test_a_vllm_shows_all_that_it_can() -> None:
    with model_server() as server:
        found = examine(Server(server.url, "echo"))
    assert found.server is not None
    assert found.models == ("echo",)
    assert found.server.dialect == "structured_outputs"
    assert found.server.capabilities == {"generate", "stream", "score", "json", "choice"}


def test_what_a_server_silently_ignores_it_cannot_do() -> None:
    """It answers every request with 200 and the same text."""
    with model_server(spoil=lambda number: PLAIN) as server:
        found = examine(Server(server.url, "echo"))
    assert found.server is not None
    assert found.server.capabilities == {"generate", "stream"}


@pytest.mark.parametrize(
    ("model", "spoil", "reason"),
    [
        ("other", None, "serves no model “other”. It has: echo."),
        ("echo", 401, "it answered 401"),
        ("echo", b"<html>", "it sent something that is no reply"),
    ],
)
def test_what_is_wrong_is_said(model: str, spoil: bytes | int | None, reason: str) -> None:
    with model_server(spoil=lambda number: spoil) as server:
        found = examine(Server(server.url, model))
    assert found.server is None
    assert reason in found.reason


def test_nobody_there_is_said() -> None:
    found = examine(Server(f"http://127.0.0.1:{free_port()}/v1", "echo"))
    assert found.server is None
    assert "cannot be reached" in found.reason
