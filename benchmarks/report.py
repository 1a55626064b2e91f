"""What a benchmark found, the one way it is printed, and the one way a share gets its interval."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

Cell = str | int | float
_Z = 1.959964
"""Standard deviations around the mean that hold 95 % of a normal distribution."""


@dataclass(frozen=True)
class Table:
    """Rows under named columns."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass
class Report:
    """Tables, sentences about them, and what must not be: a problem makes the command fail."""

    title: str
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score interval), which also holds near 0 and 1.

    >>> [round(bound, 3) for bound in interval(50, 100)]
    [0.404, 0.596]
    """
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, _Z * _Z / total
    middle = (share + spread / 2) / (1 + spread)
    reach = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def percent(hits: int, total: int) -> str:
    """A share in words: ``98.42 % (97.90–98.84)``; only a whole one is shown as 100."""
    if not total:
        return "–"
    low, high = (100 * bound for bound in interval(hits, total))
    share = f"{100 * hits / total:.2f}"
    if share == "100.00" and hits < total:
        share = ">99.99"
    return f"{share} % ({low:.2f}–{high:.2f})"


def print_report(report: Report, *, as_json: bool) -> None:
    """Prints a report for people, or as one JSON object."""
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False))
        return
    print(f"\n{report.title}\n{'=' * len(report.title)}")
    for table in report.tables:
        print(f"\n{table.title}")
        if table.rows:
            _print_rows([table.columns, *table.rows])
        else:
            print("  (nothing)")
    for note in report.notes:
        print(f"\n{note}")
    for problem in report.problems:
        print(f"\nPROBLEM: {problem}")


def _print_rows(rows: Sequence[Sequence[Cell]]) -> None:
    """Texts to the left, numbers to the right, columns as wide as they need."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(row[index]) for row in texts) for index in range(len(texts[0]))]
    numeric = [
        all(isinstance(row[index], int | float) for row in rows[1:]) for index in range(len(widths))
    ]
    for position, row in enumerate(texts):
        cells = [
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numeric, strict=True)
        ]
        print(("  " + "  ".join(cells)).rstrip())
        if position == 0:
            print("  " + "  ".join("-" * width for width in widths))


def _text(cell: Cell) -> str:
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.2f}" if isinstance(cell, float) else cell
