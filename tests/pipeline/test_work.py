"""Steps that go on where they were: skipped when done, done again when their input changed, killed
at any moment without a trace.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from core.errors import DatasetError
from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.export import version_path
from pipeline.funnel import unaccounted
from pipeline.steps import STEPS
from pipeline.work import run_step
from tests.conftest import REPOSITORY
from tests.pipeline.small import dataset_of, folder_of, made, shop
from tests.pipeline.test_export import snapshot

SMALL: dict[str, Any] = {"shard_bytes": 4_000, "languages": ("curl",)}


def folder(tmp_path: Path, count: int = 4) -> Path:
    return folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(count)})


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    dataset = made(tmp_path, folder(tmp_path), **SMALL)
    before = snapshot(dataset.path)
    ran = run_steps(dataset, Settings(tmp_path))
    assert {step: each.made for step, each in ran.items()} == dict.fromkeys(STEPS, 0)
    assert snapshot(dataset.path) == before


def test_only_the_changed_document_is_done_again(tmp_path: Path) -> None:
    documents = folder(tmp_path)
    dataset = made(tmp_path, documents, **SMALL)
    assert dataset.num_shards == 4
    folder_of(documents, {"2.json": shop(2, 13)})
    ran = run_steps(dataset_of(tmp_path, documents, **SMALL), Settings(tmp_path))
    # It has become the largest, so it is another shard than before, and so are those behind it.
    assert 1 <= ran["curate"].made <= 3
    assert ran["validate"].made == ran["curate"].made
    assert ran["split"].made == 1


def test_steps_need_the_ones_before(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, folder(tmp_path))
    with pytest.raises(DatasetError, match="“curate” of dataset “small” has not come to its end"):
        run_step(STEPS["validate"], dataset, Settings(tmp_path))


def test_shards_that_the_recipe_no_longer_has_go_away(tmp_path: Path) -> None:
    documents = folder(tmp_path)
    made(tmp_path, documents, "curate", **SMALL)
    fewer = made(tmp_path, documents, "curate", **(SMALL | {"shard_bytes": 1_000_000}))
    names = {path.name.split(".")[0] for path in (fewer.path / "curate").iterdir()}
    assert names == {"00000"}


def test_worker_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = dataset_of(tmp_path, folder(tmp_path), **SMALL)
    monkeypatch.setattr("pipeline.work._make", _killed)
    with pytest.raises(DatasetError, match="run again with fewer workers"):
        run_steps(dataset, Settings(tmp_path), ["curate"], workers=2)


def _killed(*_: object) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def test_cancelling_does_not_wait_for_the_workers(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, folder(tmp_path, 6), **SMALL)

    def cancel(done: int, total: int, message: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_steps(dataset, Settings(tmp_path), ["curate"], workers=2, progress=cancel)
    run_steps(dataset, Settings(tmp_path))
    assert unaccounted(dataset) == []


def test_killed_at_three_moments_gives_the_same_bytes(tmp_path: Path) -> None:
    documents = folder(tmp_path, 5)
    wanted = version_path(made(tmp_path / "calm", documents, **SMALL))
    dataset = dataset_of(tmp_path / "wild", documents, **SMALL)
    command = [sys.executable, "-m", "pipeline", "run", "--dataset", dataset.name, "--workers", "2"]
    environment = {**os.environ, "CALLWRIGHT_WORKSPACE": str(tmp_path / "wild")}
    draw = random.Random(7)
    for killed_after in (draw.randrange(1, 6), draw.randrange(7, 20), draw.randrange(21, 33)):
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stderr=subprocess.DEVNULL
        )
        while process.poll() is None and _num_receipts(dataset.path) < killed_after:
            time.sleep(0.02)
        process.kill()
        process.wait()
    run_steps(dataset, Settings(tmp_path / "wild"))
    assert snapshot(version_path(dataset)) == snapshot(wanted)
    assert unaccounted(dataset) == []


def _num_receipts(path: Path) -> int:
    return sum(1 for _ in path.glob("*/*.json"))
