"""What was measured while a run went on: ``metrics.jsonl`` in its folder, one object a line.

{"step":40,"of":60,"at":1795190000.0,"loss":0.71,"tokens_per_second":5210.3,"memory_bytes":611000000}
{"step":40,"of":60,"at":1795190009.5,"levels":{"1":{"api_call":0.4,"n":10,"low":0.1,"high":0.7}}}

>>> [(each.step, each.loss) for each in read_metrics(folder)]
[(5, 5.91), (10, 4.02), ...]

Lines are appended while a page reads them. A run that was killed and goes on takes the lines after
its checkpoint back before it writes them anew, so a curve never shows a step twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import orjson

from core.workspace import whole_file
from train.report import Report

_FILE = "metrics.jsonl"


@dataclass(frozen=True, slots=True)
class LevelFigure:
    """How often calls were right at one level, with the 95 % interval."""

    api_call: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All that is known of one step."""

    step: int
    of: int
    """Steps of the whole run."""
    at: float
    """Seconds since 1970 at which the last of it was known."""
    loss: float | None = None
    eval_loss: float | None = None
    """Of examples that are kept from training."""
    learning_rate: float | None = None
    tokens_per_second: float | None = None
    memory_bytes: float | None = None
    """At most so far: of the GPU where there is one, else of the process."""
    device_seconds_per_example: float | None = None
    levels: Mapping[str, LevelFigure] = field(default_factory=dict)
    """By ``1``, ``2`` and ``3``; empty where nothing was asked at this step."""


_KEPT = frozenset(each.name for each in fields(Measured)) - {"step", "of", "at"}


def read_metrics(folder: Path) -> list[Measured]:
    """The steps of a run at which something was measured, in order."""
    by_step: dict[int, dict[str, Any]] = {}
    for line in _lines(folder):
        by_step.setdefault(line["step"], {}).update(line)
    return [_measured(by_step[step]) for step in sorted(by_step)]


def append_metrics(folder: Path, step: int, of: int, measured: Mapping[str, Any]) -> None:
    """Note what was measured at a step; what is not among the fields is passed over."""
    kept = {name: value for name, value in measured.items() if name in _KEPT}
    if not kept:
        return
    line = orjson.dumps({"step": step, "of": of, "at": time.time(), **kept})
    with (folder / _FILE).open("ab") as file:
        file.write(line + b"\n")  # one write, so that nobody reads half a line for long


def recorder(folder: Path) -> Report:
    """A report to the file. Its first step takes back what a killed process wrote from there on."""
    begun = False

    def record(step: int, of: int, measured: dict[str, float]) -> None:
        nonlocal begun
        if not begun:
            begun = True
            _take_back(folder, step)
        append_metrics(folder, step, of, measured)

    return record


def _take_back(folder: Path, step: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [line for line in _lines(folder) if line["step"] < step]
    with whole_file(folder / _FILE) as file:
        file.write(b"".join(orjson.dumps(line) + b"\n" for line in lines))


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / _FILE
    if not path.exists():
        return
    for line in path.read_bytes().splitlines():
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            return  # the line that a killed process, or one that writes just now, has begun


def _measured(line: dict[str, Any]) -> Measured:
    levels = {level: LevelFigure(**found) for level, found in line.get("levels", {}).items()}
    return Measured(**{**line, "levels": levels})
