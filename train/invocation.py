"""A run as the command that trains it: what a page starts is what a person may type.

>>> invocation(run)
['sft', '…/pets/export/69e2', '--config', '…/models/pets/run.toml', '--out', '…/models/pets']

``data`` of a row says where its rows come from. ``sft``: ``path``, the folder of an exported
version or a file of rows, ``tests`` as for the command, and ``dataset``, the name of the version's
dataset in the workspace. ``retriever`` and ``reranker``: ``sources``, documents, folders or an
exported version (none: the documents of the workspace), ``pairs``, how many to make, or
``pairs_file``.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from core.errors import CallwrightError
from core.settings import Settings
from core.store.training_runs import Kind, TrainingRun
from core.workspace import whole_file
from train.run_file import make_settings
from train.sft_settings import settings_of

_CONFIG = "run.toml"


def _all_sft(values: Mapping[str, Any]) -> dict[str, Any]:
    return asdict(settings_of(values, "settings"))


def _all_of(module: str, name: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def made(values: Mapping[str, Any]) -> dict[str, Any]:
        return asdict(make_settings(getattr(import_module(module), name), dict(values), "settings"))

    return made


SETTINGS: Mapping[Kind, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "sft": _all_sft,
    "retriever": _all_of("train.retriever", "RetrieverSettings"),
    "reranker": _all_of("train.reranker", "RerankerSettings"),
}
"""All settings of a kind from those that somebody chose. Raises ``CallwrightError``."""


def invocation(run: TrainingRun) -> list[str]:
    """What stands behind ``python -m train``; the same words again go on with a stopped run."""
    where = _rows(run.data) if run.kind == "sft" else _sources(run.data)
    config, out = str(config_path(run.folder)), str(run.folder)
    return [run.kind, *where, "--config", config, "--out", out]


def planned(
    kind: Kind, folder: Path, values: Mapping[str, Any], data: Mapping[str, Any]
) -> TrainingRun:
    """A run that nobody has started. Raises ``CallwrightError`` for settings that make no sense."""
    return TrainingRun(
        id=0,
        kind=kind,
        name=folder.name,
        folder=folder,
        settings=SETTINGS[kind](values),
        data=data,
        measuring={},
        data_hash="",
        code_version="",
        note="",
        is_starred=False,
        job=None,
        created_at=0.0,
    )


def command_of(run: TrainingRun) -> str:
    """The command for a shell, in the folder of Callwright."""
    return shlex.join(["python", "-m", "train", *invocation(run)])


def config_path(folder: Path) -> Path:
    """Where a run keeps the settings that its command reads."""
    return folder / _CONFIG


def config_of(run: TrainingRun) -> str:
    """The settings of a run as its command reads them: TOML, whose simple values are JSON's."""
    lines = [f"[{run.kind}]", *(f"{name} = {_value(each)}" for name, each in run.settings.items())]
    return "\n".join([*lines, ""])


def write_config(run: TrainingRun) -> None:
    """Keep the settings of a run for its command."""
    with whole_file(config_path(run.folder)) as file:
        file.write(config_of(run).encode())


def check(run: TrainingRun, settings: Settings) -> dict[str, Any]:
    """Look for everything that can go wrong, in a process of its own, for that takes torch.

    What is told of the data and the code that the run will be made with. Raises
    ``CallwrightError``.
    """
    found = subprocess.run(
        [sys.executable, "-m", "train", *invocation(run), "--check"],
        capture_output=True,
        env=environment(settings),
        cwd=Path.cwd(),
    )
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip()
        raise CallwrightError(said.splitlines()[-1] if said else "The check ended without a word.")
    told: dict[str, Any] = orjson.loads(found.stdout.splitlines()[-1])
    return told


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that works in the same workspace."""
    paths = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "CALLWRIGHT_WORKSPACE": str(settings.workspace.absolute()),
        "CALLWRIGHT_DATABASE": settings.database,
        "PYTHONPATH": os.pathsep.join(paths),
    }


def _rows(data: Mapping[str, Any]) -> list[str]:
    if not data.get("path"):
        raise CallwrightError("A run needs rows. Name the folder of an exported version.")
    return [data["path"], *(["--tests", data["tests"]] if data.get("tests") else [])]


def _sources(data: Mapping[str, Any]) -> list[str]:
    options = {"--pairs": data.get("pairs"), "--pairs-file": data.get("pairs_file")}
    given = [word for name, value in options.items() if value for word in (name, str(value))]
    return [*map(str, data.get("sources") or ()), *given]


def _value(value: Any) -> str:
    return orjson.dumps(value).decode()
