"""What a server shows that it can do."""

from __future__ import annotations

import socket

import pytest

from benchmarks.model_server import free_port, model_server
from core.models.examination import Health, examine, look_at
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


def test_a_look_asks_for_nothing_that_costs() -> None:
    with model_server() as server:
        assert look_at(Server(server.url, "echo")) == Health(True)
        assert "serves no model “other”" in look_at(Server(server.url, "other")).reason
        assert server.calls == []


def test_a_look_says_why_a_server_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = look_at(Server(f"http://127.0.0.1:{free_port()}/v1", "echo"))
    assert not gone.is_up
    assert "cannot be reached" in gone.reason
    monkeypatch.delenv("ECHO_KEY", raising=False)
    unset = look_at(Server("http://127.0.0.1:1/v1", "echo", "ECHO_KEY"))
    assert "environment variable ECHO_KEY" in unset.reason


def test_a_look_at_a_server_that_hangs_is_short() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        found = look_at(Server(url, "echo"), seconds=0.2)
    assert "did not answer in time" in found.reason
