"""What serves a trained model: it comes among the models when it answers, and goes with its owner.

A small server stands for vLLM here; ``test_serving_vllm.py`` starts the real one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from core.errors import CallwrightError, ModelError
from core.models.opening import Offer
from core.models.server import Server
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.model_servers import add_server, kept_servers
from core.store.training_runs import Kind, NewTrainingRun, TrainingRun, keep_run
from train import serving

STAND_IN = """
import time
from benchmarks.model_server import ModelServer
ModelServer(port={port}, model="tiny").start()
time.sleep({seconds})
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(Settings(tmp_path / "workspace", embedder="none"))) as opened:
        yield opened


def run_of(store: Store, kind: Kind = "sft", *, has_checkpoint: bool = True) -> TrainingRun:
    run = keep_run(store, NewTrainingRun(kind, "tiny", "models/tiny"))
    if has_checkpoint:
        folder = run.folder / "steps" / "checkpoint-1"
        folder.mkdir(parents=True)
        (folder / "trainer_state.json").write_text("{}")
    return run


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def words(run: TrainingRun, port: int) -> list[str]:
        return ["-c", STAND_IN.format(port=port, seconds=600)]

    monkeypatch.setattr(serving, "can_serve", lambda: True)
    monkeypatch.setattr(serving, "export_run", lambda run, watch: run.folder)
    monkeypatch.setattr(serving, "_words", words)
    monkeypatch.setattr(serving, "_LOOK_SECONDS", 0.05)
    return monkeypatch


def names(store: Store) -> list[str]:
    return [kept.offer.name for kept in kept_servers(store)]


def test_it_is_among_the_models_for_as_long_as_it_is_wanted(
    store: Store, stand_in: pytest.MonkeyPatch
) -> None:
    run, seen, told = run_of(store), list[list[str]](), list[str]()
    dead = Server("http://127.0.0.1:9/v1", "tiny")
    add_server(store, Offer("tiny@vllm", dead))  # left by one that was killed

    def goes_on() -> bool:
        seen.append(names(store))
        return len(seen) < 3

    serving.serve(store, run, told.append, goes_on)
    assert seen == [["tiny@vllm"]] * 3 and told[-1].startswith("serving tiny@vllm at http://127.")
    assert names(store) == []


def test_a_server_that_dies_is_told_and_forgotten(
    store: Store, stand_in: pytest.MonkeyPatch
) -> None:
    stand_in.setattr(
        serving, "_words", lambda run, port: ["-c", STAND_IN.format(port=port, seconds=3)]
    )
    with pytest.raises(ModelError, match="vLLM ended with 0"):
        serving.serve(store, run_of(store), lambda message: None, lambda: True)
    assert names(store) == []


def test_one_that_never_starts_is_told(store: Store, stand_in: pytest.MonkeyPatch) -> None:
    stand_in.setattr(serving, "_words", lambda run, port: ["-c", "raise SystemExit(3)"])
    with pytest.raises(ModelError, match="vLLM ended with 3"):
        serving.serve(store, run_of(store), lambda message: None, lambda: True)


def test_it_lives_as_long_as_who_asked_for_it() -> None:
    process = psutil.Process()
    assert serving._is_there(os.getpid(), process.create_time())
    assert not serving._is_there(os.getpid(), process.create_time() - 60)


@pytest.mark.parametrize(
    ("kind", "has_checkpoint", "installed", "message"),
    [
        ("retriever", True, True, "is a retriever: vLLM serves models that write"),
        ("sft", False, True, "no checkpoint yet that could be served"),
        ("sft", True, False, "Serving needs vLLM: pip install"),
    ],
)
def test_what_cannot_be_served_is_told(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    has_checkpoint: bool,
    installed: bool,
    message: str,
) -> None:
    monkeypatch.setattr(serving, "can_serve", lambda: installed)
    with pytest.raises(CallwrightError, match=message):
        serving.serve_run(store, run_of(store, kind, has_checkpoint=has_checkpoint))


def test_the_command_names_the_exported_folder(store: Store) -> None:
    run = run_of(store)
    said = serving.serving_command(run, 8001)
    assert f"--model {run.folder / 'served'} --served-model-name tiny" in said
    assert "--port 8001" in said
