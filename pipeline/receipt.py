"""What a step writes last for each part of its work: what it was made from, and what it counted.

A part whose receipt names the same input is not made again; one without a receipt was interrupted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from core.workspace import whole_file
from pipeline.drop import DropRow, Tally
from pipeline.table import write_table

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Receipt:
    """A part of a step's work, done."""

    input: str
    """A hash over all that the rows depend on."""
    outputs: dict[str, str]
    """SHA-256 of each table's file."""
    entered: dict[str, dict[str, int]]
    left: dict[str, dict[str, int]]
    lost: dict[str, dict[str, int]]
    apis: dict[str, list[str]]
    seconds: float
    """Processor time."""
    peak_bytes: int
    """The most memory that the process has had until then."""
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What language models were asked for, and how."""


def read_receipt(path: Path) -> Receipt | None:
    """The receipt, if there is a whole one."""
    try:
        values: dict[str, Any] = orjson.loads(path.read_bytes())
        return Receipt(**values)
    except (FileNotFoundError, orjson.JSONDecodeError, TypeError):  # or one of an older program
        return None


def write_receipt(
    path: Path, *, input_: str, tables: dict[str, Path], tally: Tally, seconds: float, peak: int
) -> None:
    """Say that a part is done. Raises ``StoreError``."""
    drops = path.with_name(f"{path.stem}.drops.parquet")
    write_table(drops, DropRow, tally.drops)
    receipt = Receipt(
        input=input_,
        outputs={name: file_hash(table) for name, table in sorted(tables.items())},
        entered=_plain(tally.entered),
        left=_plain(tally.left),
        lost=_plain(tally.lost),
        apis={source: sorted(apis) for source, apis in sorted(tally.apis.items())},
        seconds=seconds,
        peak_bytes=peak,
        asked=tally.asked,
    )
    with whole_file(path) as file:
        file.write(orjson.dumps(asdict(receipt), option=orjson.OPT_SORT_KEYS))


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _plain(counters: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {source: dict(counter) for source, counter in sorted(counters.items())}
