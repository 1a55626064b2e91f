"""The same dataset by processes of this machine and by Ray: the same bytes, and what each costs.

All steps from documents to exported files, for one in ``--every 5`` documents of the archive up to
2 MB (the few that are larger keep one worker busy while all others wait), which have about 10,000
operations; where there is no archive, for as many made-up operations.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks import archive
from benchmarks.curate import digests
from benchmarks.report import Report, Table
from core.errors import CallwrightError
from core.parse import LANGUAGES
from pipeline.dataset import Dataset, create_dataset
from pipeline.export import version_path
from pipeline.funnel import receipts, stages, unaccounted
from pipeline.on_ray import lacks_ray
from pipeline.recipe import Recipe, folder_documents
from pipeline.steps import STEPS
from pipeline.workers import ENGINES

_NAME = "scale"
_COLUMNS = (
    "engine", "operations", "rows", "s", "operations/s", "CPU s of parts", "CPU s in all"
)  # fmt: skip
_SAMPLED_SECONDS = 0.5
_DOCUMENTS, _OPERATIONS = 500, 100
"""Of the made-up archive, and of each document in it."""
_SHARD_BYTES = 250_000
"""So that made-up documents are several parts, too."""
_THINGS = ("apple", "bridge", "candle", "dragon", "engine", "forest", "garden", "harbor", "island")
_ACTIONS = {"get": "Show", "put": "Replace", "delete": "Drop", "post": "Repair", "patch": "Change"}


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.set_defaults(every=5)
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument(
        "--languages", default=",".join(LANGUAGES), metavar="A,B", help="default: all ten"
    )


def run(arguments: argparse.Namespace) -> Report:
    if missing := lacks_ray():
        raise CallwrightError(missing)
    with tempfile.TemporaryDirectory() as temporary:
        recipe, what = _recipe(arguments, Path(temporary))
        made = {
            engine: _made(create_dataset(Path(temporary, engine), _NAME, recipe), engine, arguments)
            for engine in ENGINES
        }
        problems = [each for one in made.values() for each in unaccounted(one.dataset)]
        if digests(made["ray"].dataset) != digests(made["local"].dataset):
            problems.append("Ray has made other bytes than processes have.")
        rows = [(engine, *one.figures) for engine, one in made.items()]
    title = f"{what}, {arguments.workers} workers, start and end included"
    return Report(
        "One dataset by processes and by Ray", [Table(title, _COLUMNS, rows)], problems=problems
    )


def _recipe(arguments: argparse.Namespace, temporary: Path) -> tuple[Recipe, str]:
    """What to make of the archive, else of documents that are made up; and what that is."""
    try:
        folder, every = archive.archive(arguments.data), arguments.every
        what, shard_bytes = f"one in {every} documents of the archive", Recipe.shard_bytes
    except CallwrightError as error:
        print(f"{error} Taking made-up documents.", file=sys.stderr)
        folder, every = _made_up(temporary / "documents", arguments.every), 1
        what, shard_bytes = "made-up documents", _SHARD_BYTES
    recipe = Recipe(
        tuple(
            each
            for each in folder_documents(folder, "scale", every=every)
            if each.num_bytes <= Recipe.shard_bytes
        ),
        folder=str(folder),
        languages=tuple(arguments.languages.split(",")),
        shard_bytes=shard_bytes,
    )
    return recipe, what


def _made_up(folder: Path, every: int) -> Path:
    folder.mkdir()
    for number in range(0, _DOCUMENTS, every):
        (folder / f"{number:03d}.json").write_text(json.dumps(_document(number)))
    return folder


def _document(number: int) -> dict[str, object]:
    paths: dict[str, dict[str, object]] = {}
    for each in range(_OPERATIONS):
        method, action = list(_ACTIONS.items())[each % len(_ACTIONS)]
        thing = f"{_THINGS[each % len(_THINGS)]}{each // len(_ACTIONS)}"
        paths.setdefault(f"/{thing}/{{id}}", {})[method] = {
            "summary": f"{action} the {thing} of region {number}",
            "operationId": f"{method}{thing.title()}",
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
            ],
            "responses": {"200": {"description": "ok"}},
        }
    host = f"https://api{number}.made-up.example/v1"
    info = {"title": f"Region {number}", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "servers": [{"url": host}], "paths": paths}


@dataclass(frozen=True)
class _Made:
    """A dataset, and what its making took."""

    dataset: Dataset
    seconds: float
    cpu_seconds: float

    @property
    def figures(self) -> tuple[int, int, float, float, float, float]:
        """The cells of its row."""
        count = next(each.operations for each in stages(self.dataset) if not each.source)
        manifest = json.loads((version_path(self.dataset) / "manifest.json").read_text())
        rows = sum(sum(splits.values()) for splits in manifest["rows"].values())
        parts = sum(each.seconds for name in STEPS for each in receipts(self.dataset, name))
        return count, rows, self.seconds, count / self.seconds, parts, self.cpu_seconds


def _made(dataset: Dataset, engine: str, arguments: argparse.Namespace) -> _Made:
    """Makes a dataset by the command, as a person would."""
    words = ["-m", "pipeline", "run", "--dataset", dataset.name, "--engine", engine]
    environment = {**os.environ, "CALLWRIGHT_WORKSPACE": str(dataset.path.parents[1])}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words, "--workers", str(arguments.workers)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with _sampled(process.pid) as spent:
        _, said = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise CallwrightError(f"The engine {engine} failed: {said.decode().splitlines()[-1]}")
    return _Made(dataset, seconds, sum(spent.values()))


@contextmanager
def _sampled(pid: int) -> Iterator[dict[tuple[int, float], float]]:
    """CPU seconds of a process and of all below it, by their ids and starts; looked at often, for
    Ray's processes are nobody's whom the system would ask when they have ended.
    """
    watch = _Watch(psutil.Process(pid))
    thread = threading.Thread(target=watch.look_often)
    thread.start()
    try:
        yield watch.spent
    finally:
        watch.is_over.set()
        thread.join()


@dataclass(frozen=True)
class _Watch:
    root: psutil.Process
    spent: dict[tuple[int, float], float] = field(default_factory=dict)
    is_over: threading.Event = field(default_factory=threading.Event)

    def look_often(self) -> None:
        """Until it is over."""
        while not self.is_over.wait(_SAMPLED_SECONDS):
            try:
                family = [self.root, *self.root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            for process in family:
                self._look(process)

    def _look(self, process: psutil.Process) -> None:
        try:
            times = process.cpu_times()
            self.spent[process.pid, process.create_time()] = times.user + times.system
        except psutil.NoSuchProcess:
            pass  # it has just ended; what it had spent half a second ago stays
