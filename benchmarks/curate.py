"""A dataset of the whole archive: how many rows, how fast, in how much memory, and what was lost.

All steps from documents to exported Parquet in ten languages, beside the figures that API Pack
gives for APIs.guru. ``--kills 3`` makes the same dataset a second time, kills all of it at so many
random moments, resumes it, and compares every byte.

``--workspace`` keeps what is made; run again, the command goes on there, and the processor times
and the memory are still those of all parts. Wall time is only that of this run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks import archive
from benchmarks.report import Cell, Report, Table
from core.settings import Settings
from pipeline.curation import command_of, run_steps
from pipeline.dataset import Dataset, create_dataset, versions_of
from pipeline.drop import FILTERS
from pipeline.export import version_path
from pipeline.funnel import funnel, receipts, stages, unaccounted
from pipeline.recipe import Recipe, folder_documents
from pipeline.split import leaks_of
from pipeline.steps import STEPS

_NAME = "archive"
_MB = 1_000_000
_TABLES = {
    "curate": "calls",
    "instruct": "candidates",
    "validate": "calls",
    "judge": "verdicts",
    "score": "measures",
    "select": "instructions",
    "split": "placements",
}
"""The table whose rows tell how much a step makes."""
_API_PACK = {"curate": 500_160, "validate": 499_250, "select": 495_533}
"""Instances of APIs.guru after each step (arXiv 2402.09615, Table 5)."""
_API_PACK_APIS, _API_PACK_ENDPOINTS = 1_980, 37_097
"""Of the last of them (Table 2)."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--workspace", type=Path, metavar="DIR", help="keep it, and go on there")
    parser.add_argument(
        "--kills", type=int, default=0, metavar="N", help="make it twice, see above"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the moments of the kills")


def run(arguments: argparse.Namespace) -> Report:
    folder = archive.archive(arguments.data)
    recipe = Recipe(
        folder_documents(folder, "APIs.guru", every=arguments.every),
        folder=str(folder),
        jsonl=False,
    )
    with ExitStack() as stack:
        temporary = stack.enter_context(tempfile.TemporaryDirectory())
        workspace = arguments.workspace or Path(temporary)
        dataset = create_dataset(workspace, _NAME, recipe)
        wall = _made(dataset, Settings(workspace), arguments.workers)
        report = Report(
            title=f"A dataset of {len(recipe.documents):,} documents",
            tables=[
                _steps(dataset, wall),
                _beside_api_pack(dataset),
                _funnel(dataset),
                _rows(dataset),
            ],
            notes=[_total(dataset)],
            problems=[*unaccounted(dataset), *leaks_of(dataset)],
        )
        if arguments.kills:
            wild = create_dataset(Path(temporary) / "wild", _NAME, recipe)
            report.notes.append(_killed(wild, arguments))
            if digests(wild) != digests(dataset):
                report.problems.append("The dataset that was killed and resumed has other bytes.")
        return report


def _made(dataset: Dataset, settings: Settings, workers: int) -> dict[str, float]:
    """Seconds of the wall clock that each step took now."""
    wall: dict[str, float] = {}
    for name in STEPS:
        started = time.perf_counter()
        run_steps(dataset, settings, [name], workers=workers)
        wall[name] = time.perf_counter() - started
        print(f"{name}: {wall[name]:.0f} s", file=sys.stderr)
    return wall


def _steps(dataset: Dataset, wall: dict[str, float]) -> Table:
    rows = []
    for name in STEPS:
        found = receipts(dataset, name)
        seconds = sum(receipt.seconds for receipt in found)
        count = _num_rows(dataset, name)
        peak = max(receipt.peak_bytes for receipt in found)
        speed = round(count / seconds) if seconds else 0
        rows.append((name, count, seconds, speed, wall[name], round(peak / _MB)))
    columns = ("step", "rows", "CPU s", "rows per CPU s", "s, now", "peak MB of a process")
    return Table("Steps", columns, rows)


def _num_rows(dataset: Dataset, step: str) -> int:
    if step == "export":
        return sum(sum(rows.values()) for rows in _manifest_rows(dataset).values())
    paths = (dataset.path / step).glob(f"*.{_TABLES[step]}.parquet")
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _manifest_rows(dataset: Dataset) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = versions_of(dataset)[0].manifest["rows"]
    return rows


def _beside_api_pack(dataset: Dataset) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for stage in stages(dataset):
        if not stage.source:
            is_last = stage.step == "select"
            theirs: tuple[Cell, ...] = (
                _API_PACK_APIS if is_last else "",
                _API_PACK_ENDPOINTS if is_last else "",
                _API_PACK[stage.step],
            )
            rows.append((stage.step, stage.apis, stage.operations, stage.calls, *theirs))
    columns = ("after", "APIs", "operations", "calls", "its APIs", "endpoints", "instances")
    return Table("Beside API Pack's APIs.guru (its Tables 2 and 5)", columns, rows)


def _funnel(dataset: Dataset) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            FILTERS[bar.filter].step,
            FILTERS[bar.filter].title,
            bar.before,
            bar.lost,
            FILTERS[bar.filter].unit,
        )
        for bar in funnel(dataset)
    ]
    return Table("What the filters took", ("step", "filter", "before", "lost", "of"), rows)


def _rows(dataset: Dataset) -> Table:
    found = _manifest_rows(dataset)
    splits = list(dict.fromkeys(split for rows in found.values() for split in rows))
    rows: list[tuple[Cell, ...]] = [
        (language, *(counts.get(split, 0) for split in splits))
        for language, counts in found.items()
    ]
    return Table("Exported rows", ("language", *splits), rows)


def _total(dataset: Dataset) -> str:
    seconds = sum(receipt.seconds for name in STEPS for receipt in receipts(dataset, name))
    rows = _num_rows(dataset, "export")
    size = sum(path.stat().st_size for path in version_path(dataset).rglob("*") if path.is_file())
    return (
        f"{rows:,} rows in {seconds:,.0f} CPU seconds, {rows / seconds:,.0f} rows per CPU second "
        f"over all steps; {size / _MB:,.0f} MB of Parquet."
    )


def _killed(dataset: Dataset, arguments: argparse.Namespace) -> str:
    """Makes a dataset by the command, killing it again and again."""
    words = command_of(dataset.recipe, dataset.name, workers=arguments.workers).split()
    command = [
        sys.executable,
        *words[1 : words.index("--folder")],
        "--workers",
        str(arguments.workers),
    ]
    environment = {**os.environ, "CALLWRIGHT_WORKSPACE": str(dataset.path.parents[1])}
    parts = sum(len(step.parts(dataset)) for step in STEPS.values())
    draw = random.Random(arguments.seed)
    moments = sorted(draw.sample(range(1, parts), arguments.kills))
    for moment in moments:
        process = subprocess.Popen(
            command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        while process.poll() is None and _num_done(dataset) < moment:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    told = ", ".join(map(str, moments))
    return f"Made once more, killed when {told} of {parts} parts were done, and resumed: compared."


def _num_done(dataset: Dataset) -> int:
    return sum(1 for _ in dataset.path.glob("*/*.json"))


def digests(dataset: Dataset) -> Counter[str]:
    """The files of a version, each with a hash of its bytes."""
    folder = version_path(dataset)
    return Counter(
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in folder.rglob("*")
        if path.is_file()
    )
