"""How fast calls are judged, and how fast a large board opens.

Judged are 10 languages × 3 levels × N calls for operations of real documents, half of them right;
the board has 200 runs with a million predictions. Times are CPU seconds of one process.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, literal, select

from benchmarks import archive
from benchmarks.report import Cell, Report, Table
from core.errors import CallwrightError
from core.metrics.request_score import Wanted
from core.openapi.document import read_document
from core.openapi.identity import identity_of
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.runs import add_run, figures_of, find_run, finish_run, list_runs, note_progress
from core.store.tables import cells
from pipeline.evaluation.board import board_rows
from pipeline.evaluation.cells import cell_figures
from pipeline.evaluation.contestant import Given
from pipeline.evaluation.opened import rows_of_cell
from pipeline.evaluation.plan import LANGUAGES, Plan
from pipeline.evaluation.prediction import (
    Scored,
    read_columns,
    run_folder,
    shard_path,
    write_shard,
)
from pipeline.evaluation.question import Question, QuestionSet, request_for
from pipeline.evaluation.scoring import Scorer

_LEVELS = (1, 2, 3)
_SHARD = 150
_MOST_OPERATIONS = 150
"""Of one document: no single one is to speak for all."""


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument("--rows", type=int, default=1000, metavar="N", help="of each level (1000)")
    parser.add_argument("--runs", type=int, default=200, metavar="N", help="of the board (200)")
    parser.add_argument(
        "--predictions", type=int, default=5000, metavar="N", help="of each run (5000)"
    )


def run(arguments: argparse.Namespace) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Settings(Path(folder) / "workspace"))
        try:
            scored, judging = _judge(arguments)
            opening = _open_board(store, scored, arguments)
        finally:
            store.close()
    return Report("Boards", [judging, opening])


def _judge(arguments: argparse.Namespace) -> tuple[list[Scored], Table]:
    asked = list(islice(_questions(arguments), arguments.rows * len(_LEVELS)))
    asked = [replace(each, level=_LEVELS[number % 3]) for number, each in enumerate(asked)]
    documents = tuple(dict.fromkeys(_wanted(each).operation.document for each in asked))
    scorer = Scorer(QuestionSet("archive", tuple(asked), documents[:1]), None)
    scored: list[Scored] = []

    def judge() -> None:
        for number, question in enumerate(asked):
            other = asked[number - 1] if number % 2 else question
            given = Given(_wanted(other).request, confidence=0.5)
            for language in LANGUAGES:
                scored.append(scorer.judge(question, given, language, seconds=0.0))

    cpu, wall = _timed(judge)
    rows = [[len(asked), len(documents), len(scored), cpu, wall, len(scored) / cpu]]
    columns = ("questions", "documents", "calls", "CPU s", "wall s", "calls per CPU second")
    return scored, Table("Judging calls in ten languages, one process", columns, rows)


def _questions(arguments: argparse.Namespace) -> Iterator[Question]:
    entries = archive.documents(arguments)
    random.Random(1).shuffle(entries)
    for entry in entries:
        document = read_document(entry.path)
        api = identity_of(document).api
        listed = (each for each in operations(document) if isinstance(each, Operation))
        for operation in islice(listed, _MOST_OPERATIONS):
            try:
                wanted = Wanted(operation, request_for(operation, "published", {}))
            except CallwrightError:
                continue
            name = f"{entry.name} {operation.label}"
            yield Question(name, operation.summary, 0, True, document.title, api, wanted)


def _wanted(question: Question) -> Wanted:
    assert question.wanted is not None
    return question.wanted


def _open_board(store: Store, scored: Sequence[Scored], arguments: argparse.Namespace) -> Table:
    kept = list(scored[: arguments.predictions])
    plan = Plan("grounded")
    first = _fill_first(store, plan, kept)
    _copy(store, plan, first, len(kept), arguments.runs)
    timed: dict[str, Callable[[], Any]] = {
        "list the runs": lambda: list_runs(store),
        "the board, one measure": lambda: board_rows(
            list_runs(store),
            figures_of(store, ["right"]),
            language="all",
            naming="all",
            is_every_run=True,
        ),
        "open a cell": lambda: rows_of_cell(store.workspace, first, 1, "python"),
        "open a cell, beside another run": lambda: rows_of_cell(
            store.workspace, first, 1, None, against=first + 1
        ),
    }
    with store.reading() as connection:
        count = len(connection.execute(select(cells.c.run)).all())
    rows: list[list[Cell]] = [[name, *_timed(work)] for name, work in timed.items()]
    title = f"{arguments.runs} runs, {arguments.runs * len(kept):,} predictions, {count:,} figures"
    return Table(title, ("", "CPU s", "wall s"), rows)


def _fill_first(store: Store, plan: Plan, scored: Sequence[Scored]) -> int:
    run_ = add_run(store, plan.as_run(len(scored)))
    folder = run_folder(store.workspace, run_.id)
    for batch, start in enumerate(range(0, len(scored), _SHARD)):
        write_shard(shard_path(folder, batch), scored[start : start + _SHARD])
    columns = read_columns(sorted(folder.glob("*.parquet")))
    note_progress(store, run_.id, len(scored), cell_figures(columns))
    finish_run(store, run_.id, {})
    return find_run(store, run_.id).id


def _copy(store: Store, plan: Plan, first: int, count: int, num_runs: int) -> None:
    names = [column.name for column in cells.columns if column.name != "run"]
    for _ in range(num_runs - 1):
        run_ = add_run(store, plan.as_run(count))
        copied = select(literal(run_.id), *(cells.c[name] for name in names)).where(
            cells.c.run == first
        )
        store.write(insert(cells).from_select(["run", *names], copied))
        finish_run(store, run_.id, {})
        shutil.copytree(run_folder(store.workspace, first), run_folder(store.workspace, run_.id))


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall
