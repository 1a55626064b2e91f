"""Runs and their figures as the rows of a board, and a board as text to take along.

>>> print(as_markdown(rows, [1, 2, 3]))
| Engine | Setting | Level 1 | Level 2 | Level 3 |
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.metrics.measure import LATENCIES, MEASURES
from core.store.runs import CellFigure, Run
from pipeline.evaluation.plan import Plan

LEVELS = {
    1: "Level 1: seen operation, new words",
    2: "Level 2: unseen operation",
    3: "Level 3: unseen API",
    0: "No answer exists",
}
"""What people read for each level."""
SHORT_LEVELS = {1: "Level 1", 2: "Level 2", 3: "Level 3", 0: "No answer"}


@dataclass(frozen=True)
class BoardRow:
    """One run on a board."""

    run: Run
    engine: str
    setting: str
    test_set: str
    is_trained: bool
    """Whether the engine was trained; the levels of others are strata only."""
    cells: Mapping[int, CellFigure]
    """By level; a level without a row is missing."""


def board_rows(
    runs: Iterable[Run],
    figures: Mapping[int, Sequence[CellFigure]],
    *,
    language: str,
    naming: str,
    is_every_run: bool = False,
) -> list[BoardRow]:
    """A row for each run; of runs that differ in their seed only, the newest one."""
    rows: dict[object, BoardRow] = {}
    for run in runs:
        plan = Plan.from_record(run.plan)
        repeated = (run.id,) if is_every_run else (run.engine, run.test_set, *_settings(plan))
        if repeated in rows:
            continue
        cells = {
            figure.level: figure
            for figure in figures.get(run.id, ())
            if figure.language == language and figure.naming == naming
        }
        setting = plan.title.removeprefix(plan.engine).removeprefix(" · ")
        rows[repeated] = BoardRow(run, run.engine, setting, run.test_set, bool(run.model), cells)
    return sorted(rows.values(), key=lambda row: (row.test_set, row.engine, row.setting))


def _settings(plan: Plan) -> tuple[object, ...]:
    return (
        plan.pool,
        plan.naming,
        plan.policy,
        plan.languages,
        plan.limit,
        plan.may_abstain,
        plan.words_only,
        plan.embedder,
        plan.reranker,
        plan.repeats,
        plan.data_size,
        plan.mixture,
    )


def is_share(measure: str) -> bool:
    """Whether a measure is shown in percent."""
    return measure not in LATENCIES and MEASURES[measure].is_share


def shown(figure: CellFigure | None, *, with_interval: bool = True) -> str:
    """``74.2 (68.1-79.0)``, in percent where it is a share."""
    if figure is None:
        return ""
    factor, digits = (100, 1) if is_share(figure.measure) else (1, 3)
    value, low, high = (
        f"{factor * number:.{digits}f}" for number in (figure.value, figure.low, figure.high)
    )
    return f"{value} ({low}-{high})" if with_interval else value


def as_markdown(rows: Sequence[BoardRow], levels: Sequence[int]) -> str:
    """The board as a table for a README or an issue."""
    head = ["Engine", "Setting", *(SHORT_LEVELS[level] for level in levels)]
    lines = [head, ["---"] * len(head)]
    lines += [
        [row.engine, row.setting, *(shown(row.cells.get(level)) for level in levels)]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(cell.replace('|', '∣') for cell in line)} |" for line in lines)


def as_csv(rows: Sequence[BoardRow]) -> str:
    """Every figure of the board in a line of its own."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = ("value", "low", "high", "count")
    writer.writerow(
        ["run", "engine", "setting", "set", "level", "language", "naming", "measure", *names]
    )
    for row in rows:
        for level, figure in sorted(row.cells.items()):
            where = [figure.language, figure.naming, figure.measure]
            numbers = [getattr(figure, name) for name in names]
            writer.writerow(
                [row.run.id, row.engine, row.setting, row.test_set, level, *where, *numbers]
            )
    return text.getvalue()
