"""The parts of a step made by Ray Data: on this machine, or on all machines of a cluster.

>>> with on_ray(dataset, settings, 64) as make_all:
...     run_step(step, dataset, settings, make_all=make_all)

Without ``CALLWRIGHT_RAY_ADDRESS`` Ray starts here and ends with the block. With one, the workers
are the cluster's: what they read and write they must see at the same paths, and that is asked of
each machine before anything begins. They run the code of this process, under their own Python.

Ray makes a part again whose worker died, three times at most.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import socket
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import CallwrightError, DatasetError, SettingsError
from core.settings import Settings
from pipeline.dataset import Dataset
from pipeline.processes import KILLED, Made, MakeAll
from pipeline.receipt import file_hash
from pipeline.recipe import without_models

_RETRIES = 3
_OBJECT_BYTES = 80_000_000
"""For what goes between processes, which are names only; Ray takes no less than 75 MB."""
_CODE = ("core", "pipeline")
_REPOSITORY = Path(__file__).resolve().parents[1]


def lacks_ray() -> str:
    """What to install; empty where Ray is there."""
    if importlib.util.find_spec("ray"):
        return ""
    return "Ray is not installed. Run: pip install -r requirements-ray.txt"


@contextmanager
def on_ray(dataset: Dataset, settings: Settings, workers: int) -> Iterator[MakeAll]:
    """So many parts at a time, wherever Ray has processors. Raises ``CallwrightError``."""
    if missing := lacks_ray():
        raise SettingsError(missing)
    with _connected(settings.ray_address, workers):
        _check_machines(dataset, settings)
        yield partial(_by_ray_data, workers)


@contextmanager
def _connected(address: str, workers: int) -> Iterator[None]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell the makers of Ray
    os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")  # it would start again by itself
    import ray
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what goes wrong is raised, too
    options = _cluster(address) if address else _own(workers)
    try:
        ray.init(log_to_driver=False, configure_logging=False, **options)
    except (OSError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise SettingsError(_no_ray(address, error)) from error
    try:
        yield
    finally:
        ray.shutdown()  # ends what the workers still do for this process


def _no_ray(address: str, error: Exception) -> str:
    if not address:
        return f"Ray cannot start here: {error}"
    return (
        f"The Ray cluster at {address} cannot be used: {error} Its machines need the Python and "
        "the requirements of this one. If the cluster asks for a token, set RAY_AUTH_MODE=token "
        "and copy its ~/.ray/auth_token to here."
    )


def _own(workers: int) -> dict[str, Any]:
    """A Ray of this process alone, also where somebody else has started one here."""
    return {
        "address": "local",
        "num_cpus": workers,
        "include_dashboard": False,
        "object_store_memory": _OBJECT_BYTES,
        "_node_ip_address": "127.0.0.1",
        # Ray would let its workers wait for everything else; jobs and people say that themselves.
        "_system_config": {"task_oom_retries": _RETRIES, "worker_niceness": 0},
    }


def _cluster(address: str) -> dict[str, Any]:
    code = [str(_REPOSITORY / name) for name in _CODE]
    return {"address": address, "runtime_env": {"py_modules": code, "excludes": ["__pycache__"]}}


def _by_ray_data(workers: int, make: Callable[[Any], str], tasks: Sequence[Any]) -> Made:
    if not tasks:
        return
    import ray

    ray.data.DataContext.get_current().enable_progress_bars = False
    numbers = ray.data.from_items(
        [{"task": number} for number in range(len(tasks))], override_num_blocks=len(tasks)
    )
    with warnings.catch_warnings():  # Ray 2.60 has no other word yet for how often is enough
        warnings.simplefilter("ignore", DeprecationWarning)
        said = numbers.map(
            partial(_said, make, tasks),
            compute=ray.data.TaskPoolStrategy(size=min(workers, len(tasks))),
            num_cpus=1,
            max_retries=_RETRIES,
        )
    try:
        for batch in said.iter_batches(batch_size=None, prefetch_batches=0):
            yield from _heard(batch)
    except (
        ray.exceptions.WorkerCrashedError,
        ray.exceptions.OutOfMemoryError,
        ray.exceptions.NodeDiedError,
    ) as error:
        raise DatasetError(KILLED) from error


def _said(make: Callable[[Any], str], tasks: Sequence[Any], row: dict[str, Any]) -> dict[str, str]:
    """On a worker: one task. A problem in words comes home as words, which Ray would bury."""
    try:
        return {"made": make(tasks[row["task"]]), "problem": ""}
    except CallwrightError as error:
        return {"made": "", "problem": str(error)}


def _heard(batch: dict[str, Any]) -> Iterator[str]:
    for made, problem in zip(batch["made"], batch["problem"], strict=True):
        if problem:
            raise DatasetError(problem)
        yield str(made)


def _check_machines(dataset: Dataset, settings: Settings) -> None:
    """Raises ``CallwrightError`` where a machine of the cluster cannot do its part."""
    import ray
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    machines = _machines(dataset, settings)
    wanted = what_workers_need(dataset, settings)
    ask = ray.remote(num_cpus=0)(objection_to)
    asked = [
        ask.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=False)).remote(
            wanted
        )
        for node in machines
    ]
    try:
        objections = ray.get(asked)
    except ray.exceptions.RayError as error:
        raise SettingsError(_no_ray(settings.ray_address, error)) from error
    for name, objection in zip(machines.values(), objections, strict=True):
        if objection:
            raise DatasetError(
                f"The machine {name} of the Ray cluster {objection} Put "
                "CALLWRIGHT_WORKSPACE, and the folder of the documents, on storage that all "
                "machines have at the same path."
            )


def _machines(dataset: Dataset, settings: Settings) -> dict[str, str]:
    """The names of the machines that can make parts, by their ids in the cluster."""
    import ray

    machines = {
        node["NodeID"]: node["NodeManagerHostname"]
        for node in ray.nodes()
        if node["Alive"] and node["Resources"].get("CPU")
    }
    if not machines:
        raise SettingsError("The Ray cluster has no machine with processors. Start one of them.")
    away = set(machines.values()) - {socket.gethostname()}
    if away and keeps_to_one_machine(dataset, settings):
        raise DatasetError(
            f"{min(away)} and this machine cannot share a SQLite file, in which the documents of "
            "the workspace and the servers of language models are listed. Set CALLWRIGHT_DATABASE "
            "to a PostgreSQL server, or make the dataset of a --folder without models."
        )
    return machines


def keeps_to_one_machine(dataset: Dataset, settings: Settings) -> bool:
    """Whether workers look something up in a database that only one machine can have open."""
    recipe = dataset.recipe
    looks_up = not recipe.folder or without_models(recipe) != recipe
    return looks_up and settings.database.startswith("sqlite")


def what_workers_need(dataset: Dataset, settings: Settings) -> dict[str, str]:
    """Paths that each machine must see, with the SHA-256 of those that are files."""
    recipe = dataset.path / "recipe.json"
    documents = Path(dataset.recipe.folder) if dataset.recipe.folder else settings.workspace
    return {str(recipe): file_hash(recipe), str(documents): ""}


def objection_to(wanted: dict[str, str]) -> str:
    """On a worker: the first thing that is wrong here with what it needs; empty if nothing is."""
    for path, digest in wanted.items():
        if not os.path.exists(path):
            return f"does not see {path}."
        if digest and file_hash(Path(path)) != digest:
            return f"sees another {path}."
        if digest and not os.access(os.path.dirname(path), os.W_OK):
            return f"may not write to {os.path.dirname(path)}."
    return ""
