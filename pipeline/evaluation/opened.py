"""The rows behind a cell, alone or beside those of another run."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.prediction import Scored, read_predictions, run_folder


@dataclass(frozen=True)
class Row:
    """One judged call, and the other run's call for the same question where there is one."""

    mine: Scored
    other: Scored | None = None

    @property
    def is_right(self) -> bool:
        """Whether the call is the wanted one; where nothing is wanted, whether there is none."""
        return _is_right(self.mine)

    @property
    def other_is_right(self) -> bool:
        """The same of the other run."""
        return self.other is not None and _is_right(self.other)


FILTERS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "wrong": lambda row: not row.is_right,
    "illegal": lambda row: row.mine.prediction.status == "illegal",
    "abstained": lambda row: row.mine.prediction.status == "no answer",
    "right": lambda row: row.is_right,
}
"""What of a cell is shown."""
COMPARISONS: dict[str, Callable[[Row], bool]] = {
    "both wrong": lambda row: not row.is_right and not row.other_is_right,
    "only A wrong": lambda row: not row.is_right and row.other_is_right,
    "only B wrong": lambda row: row.is_right and not row.other_is_right,
    "both right": lambda row: row.is_right and row.other_is_right,
}
"""What is shown of two runs: A is the opened one, B the one beside it."""


def rows_of_cell(
    workspace: Path,
    run: int,
    level: int,
    language: str | None,
    *,
    against: int | None = None,
    naming: str = "all",
) -> list[Row]:
    """The judged calls of a cell. Raises ``StoreError``."""
    is_named = None if naming == "all" else naming == "named"
    mine = _cell(workspace, run, level, language, is_named)
    if against is None:
        return [Row(each) for each in mine]
    others = {_key(each): each for each in _cell(workspace, against, level, language, None)}
    return [Row(each, others[_key(each)]) for each in mine if _key(each) in others]


def one_of_each(rows: Iterable[Row]) -> list[Row]:
    """One language of each question: the first that is wrong, or else the first."""
    kept: dict[str, Row] = {}
    for row in rows:
        before = kept.setdefault(row.mine.prediction.question, row)
        if before.is_right and not row.is_right:
            kept[row.mine.prediction.question] = row
    return list(kept.values())


def code_diff(scored: Scored) -> str:
    """From the wanted call to the given one, as a unified diff; empty where they are the same."""
    prediction = scored.prediction
    lines = difflib.unified_diff(
        prediction.wanted.splitlines(),
        prediction.given.splitlines(),
        "wanted",
        "given",
        lineterm="",
        n=20,
    )
    return "\n".join(lines)


def _cell(
    workspace: Path, run: int, level: int, language: str | None, is_named: bool | None
) -> Iterator[Scored]:
    folder = run_folder(workspace, run)
    return read_predictions(folder, level=level, language=language, is_named=is_named)


def _key(scored: Scored) -> tuple[str, str, int]:
    prediction = scored.prediction
    return prediction.question, prediction.language, prediction.repeat


def _is_right(scored: Scored) -> bool:
    prediction = scored.prediction
    wanted_status = "right" if prediction.level else "no answer"
    return prediction.status == wanted_status
