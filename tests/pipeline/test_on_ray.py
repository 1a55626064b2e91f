"""A real Ray beside the process pool: the same bytes, also where workers die or a job ends."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from core.errors import CallwrightError, DatasetError, SettingsError, UnknownNameError
from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.dataset import Dataset
from pipeline.export import version_path
from pipeline.funnel import unaccounted
from pipeline.on_ray import keeps_to_one_machine, objection_to, what_workers_need
from pipeline.steps import STEPS
from pipeline.work import is_done
from pipeline.workers import engines_here, hired
from tests.conftest import REPOSITORY, unavailable
from tests.pipeline.small import dataset_of, folder_of, made, shop
from tests.pipeline.test_export import snapshot

SMALL: dict[str, Any] = {"shard_bytes": 4_000, "languages": ("curl", "go")}
_SLOW_SECONDS = 30

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


@pytest.fixture
def cluster(ray: None, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Starts a Ray that is none of this process's, and says its address; it may be started by
    another command.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(*prefix: str) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = f"--head --node-ip-address 127.0.0.1 --port {port} --num-cpus 2 --block"
        options += f" --include-dashboard false --object-store-memory 80000000 --temp-dir {folder}"
        command = [sys.executable, "-m", "ray.scripts.scripts", "start", *options.split()]
        environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}
        process = subprocess.Popen(
            [*prefix, *command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        started.append(process)
        return f"127.0.0.1:{port}"

    folder = tempfile.mkdtemp(prefix="ray")  # its sockets need a short path
    yield start
    for process in started:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def command(dataset: Dataset, *more: str) -> subprocess.CompletedProcess[str]:
    """Makes a dataset by the command, in a process of its own."""
    words = ["-m", "pipeline", "run", "--dataset", dataset.name, "--engine", "ray", *more]
    workspace = str(dataset.path.parents[1])
    return subprocess.run(
        [sys.executable, *words],
        cwd=REPOSITORY,
        env={**os.environ, "CALLWRIGHT_WORKSPACE": workspace, "RAY_AUTH_MODE": "disabled"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.usefixtures("ray")
class TestOnRay:
    pytestmark = needs_ray

    def test_ray_and_processes_give_the_same_bytes(self, tmp_path: Path, documents: Path) -> None:
        wanted = version_path(made(tmp_path / "here", documents, **SMALL))
        dataset = dataset_of(tmp_path / "there", documents, **SMALL)
        ran = run_steps(dataset, Settings(tmp_path / "there"), workers=2, engine="ray")
        assert {name: each.made for name, each in ran.items()} == {
            name: len(step.parts(dataset)) for name, step in STEPS.items()
        }
        assert snapshot(version_path(dataset)) == snapshot(wanted)
        assert unaccounted(dataset) == []

    def test_cancelling_does_not_wait_for_the_workers(
        self, tmp_path: Path, documents: Path
    ) -> None:
        dataset = dataset_of(tmp_path, documents, **SMALL)

        def cancel(done: int, total: int, message: str) -> None:
            if done:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_steps(dataset, Settings(tmp_path), workers=2, engine="ray", progress=cancel)
        assert not all(is_done(STEPS["curate"], dataset, part) for part in dataset.shard_names)
        run_steps(dataset, Settings(tmp_path))
        assert unaccounted(dataset) == []

    def test_workers_that_fail_die_or_are_not_wanted(self, tmp_path: Path, documents: Path) -> None:
        dataset = dataset_of(tmp_path, documents, **SMALL)
        with hired("ray", dataset, Settings(tmp_path), 2) as make_all:
            assert sorted(make_all(_said, "abc")) == ["a", "b", "c"]
            assert list(make_all(_said, "")) == []
            with pytest.raises(DatasetError, match=r"^No letter: 7$"):
                list(make_all(_said, "ab7"))
            assert sorted(make_all(partial(_killed_once, tmp_path), "ab")) == ["a", "b"]
            with pytest.raises(DatasetError, match="run again with fewer workers"):
                list(make_all(_killed, "a"))
            began = time.monotonic()
            with closing(make_all(_slow, "01")) as said:
                assert next(said) == "0"
            assert time.monotonic() - began < _SLOW_SECONDS

    def test_cluster_gives_the_same_bytes(
        self, tmp_path: Path, documents: Path, cluster: Callable[..., str]
    ) -> None:
        wanted = version_path(made(tmp_path / "here", documents, **SMALL))
        dataset = dataset_of(tmp_path / "there", documents, **SMALL)
        ended = command(dataset, "--workers", "2", "--ray-address", cluster())
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.splitlines()[-1] == str(version_path(dataset))
        assert snapshot(version_path(dataset)) == snapshot(wanted)

    def test_machine_that_does_not_see_the_dataset_is_named(
        self, tmp_path: Path, documents: Path, cluster: Callable[..., str]
    ) -> None:
        dataset = dataset_of(tmp_path / "there", documents, **SMALL)
        hide = f'mount -t tmpfs none "{dataset.path}" && exec "$@"'
        elsewhere = ["unshare", "--mount", "sh", "-c", hide, "sh"]
        if subprocess.run([*elsewhere, "true"], capture_output=True, check=False).returncode:
            pytest.skip("hiding a folder from some processes needs the right to mount")
        ended = command(dataset, "--ray-address", cluster(*elsewhere))
        assert ended.returncode == 1
        assert f"does not see {dataset.path}/recipe.json. Put CALLWRIGHT_WORKSPACE" in ended.stderr


def test_what_a_machine_lacks_is_said(tmp_path: Path, documents: Path) -> None:
    dataset = dataset_of(tmp_path, documents)
    wanted = what_workers_need(dataset, Settings(tmp_path))
    assert objection_to(wanted) == ""
    recipe = dataset.path / "recipe.json"
    assert objection_to({**wanted, str(recipe): "0" * 64}) == f"sees another {recipe}."
    assert objection_to({**wanted, "/nowhere": ""}) == "does not see /nowhere."


def test_a_database_in_a_file_keeps_some_datasets_to_one_machine(
    tmp_path: Path, documents: Path
) -> None:
    of_folder = dataset_of(tmp_path, documents)
    of_workspace = replace(of_folder, recipe=replace(of_folder.recipe, folder=""))
    by_model = replace(of_folder, recipe=replace(of_folder.recipe, writer="tiny"))
    for dataset, in_file in ((of_folder, False), (of_workspace, True), (by_model, True)):
        assert keeps_to_one_machine(dataset, Settings(tmp_path)) == in_file
        shared = Settings(tmp_path, database="postgresql+psycopg://host/name")
        assert not keeps_to_one_machine(dataset, shared)


def test_missing_ray_is_said_with_what_to_type(
    tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.on_ray.importlib.util.find_spec", lambda name: None)
    assert engines_here() == ["local"]
    dataset = dataset_of(tmp_path, documents)
    with pytest.raises(SettingsError, match=r"Run: pip install -r requirements-ray\.txt"):
        run_steps(dataset, Settings(tmp_path), engine="ray")
    with pytest.raises(UnknownNameError, match="There is no engine “spark”"):
        run_steps(dataset, Settings(tmp_path), engine="spark")


def _said(letter: str) -> str:
    if letter.isdigit():
        raise UnknownLetterError(letter, "somewhere")
    return letter


class UnknownLetterError(CallwrightError):
    """As other errors of ours, it is not made of what ``pickle`` keeps of it."""

    def __init__(self, letter: str, where: str) -> None:
        super().__init__(f"No letter: {letter}")


def _killed(_letter: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def _killed_once(folder: Path, letter: str) -> str:
    mark = folder / letter
    if not mark.exists():
        mark.touch()
        _killed(letter)
    return letter


def _slow(letter: str) -> str:
    time.sleep(_SLOW_SECONDS * (letter != "0"))
    return letter
