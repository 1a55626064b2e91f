"""A real Ray beside the process pool: the same bytes, also where workers die or a job ends."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.export import version_path
from pipeline.funnel import unaccounted
from pipeline.steps import STEPS
from tests.conftest import unavailable
from tests.pipeline.small import dataset_of, folder_of, made, shop
from tests.pipeline.test_export import snapshot

SMALL: dict[str, Any] = {"shard_bytes": 4_000, "languages": ("curl", "go")}

needs_ray = [
    pytest.mark.ray,
    pytest.mark.timeout(600),
    # Of Ray and what it brings.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(5)})


@pytest.fixture
def ray() -> None:
    if not importlib.util.find_spec("ray"):
        unavailable("Ray is not installed")


@pytest.mark.usefixtures("ray")
class TestOnRay:
    pytestmark = needs_ray

    def test_ray_and_processes_give_the_same_bytes(self, tmp_path: Path, documents: Path) -> None:
        wanted = version_path(made(tmp_path / "here", documents, **SMALL))
        dataset = dataset_of(tmp_path / "there", documents, **SMALL)
        settings = Settings(tmp_path / "there")
        ran = run_steps(dataset, settings, workers=2, engine="ray")
        assert {name: each.made for name, each in ran.items()} == {
            name: len(step.parts(dataset)) for name, step in STEPS.items()
        }
        assert snapshot(version_path(dataset)) == snapshot(wanted)
        assert unaccounted(dataset) == []
