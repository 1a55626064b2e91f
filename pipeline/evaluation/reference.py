"""Figures of API Pack's paper and of its repository's logs: rows from elsewhere, beside ours.

They stand in ``references.csv``, each with its source, and with a note where the logs contradict
the print. Another test set, and another metric than most of ours: they are for orientation.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PATH = Path(__file__).with_name("references.csv")


@dataclass(frozen=True, slots=True)
class Reference:
    """One measured cell of somebody else's board; accuracies in percent."""

    view: str
    """The table or figure of the paper that it belongs to: ``table-3``, ``figure-6``."""
    source: str
    model: str
    template: str
    """Of the prompts that the model was trained on."""
    testing: str
    """``0-shot``, ``3-shot retrieved``, …"""
    data_size: int | None
    """Training rows; of combined sets, those of each half."""
    mixture: str
    language: str
    level: int
    intent: float | None
    call: float | None
    note: str = ""

    @property
    def is_printed(self) -> bool:
        """Whether it is from the paper, not from the logs."""
        return self.source.startswith("API Pack, arXiv")


@cache
def references() -> tuple[Reference, ...]:
    """All of them, in the order of the file."""
    with _PATH.open(encoding="utf-8", newline="") as file:
        return tuple(map(_reference, csv.DictReader(file)))


def references_of(view: str) -> list[Reference]:
    """Those of one table or figure."""
    return [each for each in references() if each.view == view]


def _reference(row: dict[str, str]) -> Reference:
    return Reference(
        view=row["view"],
        source=row["source"],
        model=row["model"],
        template=row["template"],
        testing=row["testing"],
        data_size=int(row["data_size"]) if row["data_size"] else None,
        mixture=row["mixture"],
        language=row["language"],
        level=int(row["level"]),
        intent=_share(row["intent"]),
        call=_share(row["call"]),
        note=row["note"],
    )


def _share(text: str) -> float | None:
    return float(text) if text else None
