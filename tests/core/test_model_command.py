"""The command models: servers without the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.model_server import free_port, model_server
from core.__main__ import main


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("CALLWRIGHT_DATABASE", raising=False)


def test_a_server_is_added_listed_tested_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    with model_server() as server:
        assert main(["models", "add", "tiny", server.url, "echo"]) == 0
        assert main(["models", "test", "tiny"]) == 0
    line = f"tiny: echo at {server.url}: choice, generate, json, score, stream\n"
    assert main(["models"]) == 0
    assert capsys.readouterr().out == line * 3
    assert main(["models", "test", "tiny"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert main(["models", "remove", "tiny"]) == 0
    assert main(["models", "remove", "tiny"]) == 1
    assert "There is no model “tiny”" in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "add", "tiny", f"http://127.0.0.1:{free_port()}/v1", "echo"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert main(["models"]) == 0
    assert capsys.readouterr().out == ""


def test_weights_are_added_tried_listed_and_removed(
    tiny_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "add-weights", "mine", str(tiny_model)]) == 0
    assert main(["models", "test", "mine"]) == 0
    assert main(["models"]) == 0
    added, tried, listed = capsys.readouterr().out.splitlines()
    assert added == f"mine: {tiny_model}"
    assert "generate" in tried and "loaded and answered in" in tried and tried.endswith(" MB")
    assert listed == f"mine: {tiny_model} on this machine"
    assert main(["models", "remove", "mine"]) == 0
    assert main(["models", "test", "mine"]) == 1
    assert main(["models", "add-weights", "gone", "no/such-weights"]) == 0
    assert main(["models", "test", "gone"]) == 1
    assert "cannot be loaded" in capsys.readouterr().err
