"""How soon a question is answered: after the first command, after a restart, among 100,000.

Workspaces of the archive's documents on SQLite; the questions are the summaries of their own
operations. Vectors are made once and kept in the cache folder. Limits at 100,000 operations: one
answer in 20 takes 200 ms at most, a restart 10 s, and no process more than 3,000 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import archive
from benchmarks.fresh import in_fresh_process
from benchmarks.imports import build, collect, counted_documents, import_folder
from benchmarks.report import Cell, Report, Table
from core.grounded import workspace_engine
from core.library import entries_of
from core.render import client
from core.retrieval.chroma import ChromaVectors, ensure_server, server_folder, stop_server
from core.retrieval.embed import load_embedder, passage_text
from core.retrieval.vectors import embed_missing, open_vectors, vectors_folder
from core.settings import Settings
from core.store.database import open_store

_SEED = 5
_MOST_MILLISECONDS = 200
_MOST_RESTART_SECONDS = 10
_MOST_MEGABYTES = 3_000
_FIRST = "cancel booking 8841, the guest got sick"


@dataclass(frozen=True)
class Restart:
    """Seconds from the start of a process on."""

    by_words: float
    """To the first answer, which goes by words."""
    by_meaning: float
    """To the first one that goes by meaning, too."""


@dataclass(frozen=True)
class Latency:
    """Milliseconds from a question to its call as code."""

    p50: float
    p95: float
    longest: float
    cpu_p50: float
    cpu_p95: float
    """Of all threads of the process."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[1_000, 10_000, 100_000],
        metavar="A,B",
        help="operations in the workspaces (default: 1000,10000,100000)",
    )
    parser.add_argument(
        "--questions", type=int, default=300, metavar="N", help="for each size (default: 300)"
    )
    parser.add_argument("--without-chroma", action="store_true", help="vectors in files only")


def run(arguments: argparse.Namespace) -> Report:
    counted = counted_documents(archive.documents(arguments))
    kept = vectors_folder(archive.cache_dir(arguments.data), load_embedder().name)
    report = Report(title="From a question to its call", tables=[_first_answers()])
    made: list[list[Cell]] = []
    rows: list[list[Cell]] = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="callwright-ask-") as temporary:
            folder, workspace = Path(temporary, "documents"), Path(temporary, "workspace")
            collect(folder, counted, size)
            num_operations = in_fresh_process(import_folder, workspace, folder).result
            in_fresh_process(build, workspace)
            made += _embedded(workspace, num_operations, kept)
            for place in ("files",) if arguments.without_chroma else ("files", "chroma"):
                rows.append(_asked(workspace, num_operations, place, arguments.questions, report))
    report.tables += [
        Table(
            "Vectors that were not in the cache yet",
            ("operations", "texts made", "CPU s", "per CPU s", "peak MB"),
            made,
        ),
        Table(
            f"{arguments.questions} questions, each answered with a call in curl",
            (
                *("operations", "vectors in", "by words after s", "by meaning after s"),
                *("p50 ms", "p95 ms", "longest", "CPU p50", "CPU p95", "peak MB", "Chroma MB"),
            ),
            rows,
        ),
    ]
    report.notes.append(
        "“After s”: from the start of a process in which nothing is loaded to its first answer. "
        "Documents are parsed where an answer needs them, and kept while memory lasts."
    )
    return report


def _first_answers() -> Table:
    """The command on the sample APIs, as somebody sees it who has just installed the program."""
    rows: list[list[Cell]] = []
    for name, options in (("words and meaning", []), ("--words-only", ["--words-only"])):
        before = _child_seconds()
        started = time.monotonic()
        subprocess.run(
            [sys.executable, "-m", "core", "ask", _FIRST, *options],
            check=True,
            capture_output=True,
            env={**os.environ, "CALLWRIGHT_WORKSPACE": tempfile.gettempdir() + "/callwright-none"},
        )
        rows.append([name, time.monotonic() - started, _child_seconds() - before])
    return Table("From the command ask to its answer", ("", "seconds", "CPU s"), rows)


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _embedded(workspace: Path, num_operations: int, kept: Path) -> list[list[Cell]]:
    """Makes the vectors that the cache lacks, and puts all of the cache into the workspace."""
    measured = in_fresh_process(_embed, workspace, kept)
    target = vectors_folder(workspace, load_embedder().name)
    shutil.copytree(
        kept, target, copy_function=os.link if _is_near(kept, workspace) else shutil.copy
    )
    if not measured.result:
        return []
    rate = round(measured.result / measured.cpu_seconds)
    return [[num_operations, measured.result, measured.cpu_seconds, rate, measured.megabytes]]


def _is_near(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _embed(workspace: Path, kept: Path) -> int:
    with closing(open_store(Settings(workspace))) as store:
        return embed_missing(kept, map(passage_text, entries_of(store)), load_embedder())


def _asked(
    workspace: Path, num_operations: int, place: str, num_questions: int, report: Report
) -> list[Cell]:
    settings = Settings(workspace, vectors=place)
    server_megabytes = 0.0
    if place == "chroma":
        in_fresh_process(_hand_over, settings)
    started = time.monotonic()
    restart = in_fresh_process(_restart, settings, started)
    asked = in_fresh_process(_ask, settings, num_questions)
    if place == "chroma":
        server_megabytes = _server_megabytes(workspace)
        stop_server(workspace)
    peak = max(restart.megabytes, asked.megabytes)
    latency = asked.result
    if latency.p95 > _MOST_MILLISECONDS:
        report.problems.append(
            f"One question in 20 among {num_operations:,} takes {latency.p95:.0f} ms or more, "
            f"with vectors in {place}."
        )
    if max(restart.result.by_words, restart.result.by_meaning) > _MOST_RESTART_SECONDS:
        report.problems.append(f"A restart with {num_operations:,} operations takes too long.")
    if peak > _MOST_MEGABYTES:
        report.problems.append(f"{num_operations:,} operations take {peak:,.0f} MB.")
    return [
        num_operations,
        place,
        restart.result.by_words,
        restart.result.by_meaning,
        latency.p50,
        latency.p95,
        latency.longest,
        latency.cpu_p50,
        latency.cpu_p95,
        round(peak),
        round(server_megabytes),
    ]


def _hand_over(settings: Settings) -> int:
    embedder = load_embedder(settings.embedder)
    vectors = open_vectors(vectors_folder(settings.workspace, embedder.name))
    with closing(ChromaVectors(ensure_server(settings), embedder.name)) as collection:
        return collection.add(vectors)


def _server_megabytes(workspace: Path) -> float:
    data = str(server_folder(workspace) / "data")
    found = [
        process.memory_info().rss
        for process in psutil.process_iter(["cmdline"])
        if data in (process.info["cmdline"] or [])
    ]
    return float(sum(found)) / 1e6


def _restart(settings: Settings, started: float) -> Restart:
    """``started`` is a moment of the parent's, which has the same clock."""
    with closing(open_store(settings)) as store:
        engine = workspace_engine(store)
        engine.answer(_FIRST)
        by_words = time.monotonic() - started
        engine.warm(wait=True)
        engine.answer(_FIRST)
        return Restart(by_words, time.monotonic() - started)


def _ask(settings: Settings, num_questions: int) -> Latency:
    with closing(open_store(settings)) as store:
        engine = workspace_engine(store, wait=True)
        entries = [entry for entry in engine.library().entries if entry.summary]
        chosen = random.Random(_SEED).choices(entries, k=num_questions)
        engine.answer(_FIRST)
        wall: list[float] = []
        cpu: list[float] = []
        for entry in chosen:
            started, cpu_started = time.perf_counter(), time.process_time()
            answer = engine.answer(entry.summary[:200])
            if answer.call:
                client("curl").render(answer.call.request)
            wall.append(1e3 * (time.perf_counter() - started))
            cpu.append(1e3 * (time.process_time() - cpu_started))
    return Latency(_at(wall, 0.5), _at(wall, 0.95), max(wall), _at(cpu, 0.5), _at(cpu, 0.95))


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]
