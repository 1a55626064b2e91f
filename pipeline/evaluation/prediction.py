"""Every call that was judged, in files of a run: what was asked, wanted, given and found.

workspace/runs/NUMBER/00007.parquet     one batch of questions in all languages

A file is there whole or not at all, so that a run which is killed goes on behind its last batch and
loses no row that was finished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from core.errors import StoreError
from core.metrics.interval import Floats
from core.workspace import whole_file
from pipeline.table import parquet_writer, rows_of, table_of


@dataclass(frozen=True, slots=True)
class Found:
    """What the document says of one place of a call (:class:`core.verdict.Finding`)."""

    kind: str
    severity: str
    message: str
    pointer: str
    place: str


@dataclass(frozen=True, slots=True)
class Differs:
    """One place where a call is not the wanted one; empty texts stand for nothing there."""

    place: str
    got: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """One call that an engine gave, judged."""

    question: str
    level: int
    language: str
    is_named: bool
    repeat: int
    cluster: str
    api: str
    title: str
    text: str
    status: str = ""
    document: str = ""
    """SHA-256 of the wanted operation's document; empty where nothing answers the question."""
    pointer: str = ""
    operation: str = ""
    """The wanted operation's label."""
    wanted: str = ""
    given: str = ""
    called: str = ""
    """The label of the operation that the given code calls."""
    called_document: str = ""
    reason: str = ""
    """Why the code could not be read."""
    findings: tuple[Found, ...] = ()
    differences: tuple[Differs, ...] = ()
    retrieved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scored:
    """A prediction with its numbers (:func:`core.metrics.measure.columns_of`, and more)."""

    prediction: Prediction
    numbers: Mapping[str, float] = field(default_factory=dict)


KEYS = ("level", "language", "is_named", "cluster")
"""What cells are formed by."""
_PREFIX = "score_"


@dataclass(frozen=True)
class Columns:
    """What cells are made of: a value for each row."""

    keys: Mapping[str, NDArray[np.generic]]
    numbers: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(next(iter(self.keys.values())))


def run_folder(workspace: Path, run: int) -> Path:
    """Where the predictions of a run are."""
    return workspace / "runs" / str(run)


def shard_path(folder: Path, batch: int) -> Path:
    """The file of one batch."""
    return folder / f"{batch:05d}.parquet"


def write_shard(path: Path, rows: Sequence[Scored]) -> None:
    """Write a batch, whole or not at all. Raises ``StoreError``."""
    table = table_of(Prediction, [row.prediction for row in rows])
    for name in rows[0].numbers:
        values = pa.array([row.numbers[name] for row in rows], pa.float64())
        table = table.append_column(_PREFIX + name, values)
    with whole_file(path) as file, parquet_writer(file, table.schema) as writer:
        writer.write_table(table)


def read_columns(paths: Sequence[Path]) -> Columns:
    """What cells are made of, of several batches."""
    tables = [_columns_table(path) for path in paths]
    return columns_of_table(pa.concat_tables(tables))


def columns_of_table(table: pa.Table) -> Columns:
    """The keys and numbers of predictions."""
    keys = {name: table[name].to_numpy(zero_copy_only=False) for name in KEYS}
    numbers = {
        name.removeprefix(_PREFIX): table[name].to_numpy()
        for name in table.column_names
        if name.startswith(_PREFIX)
    }
    return Columns(keys, numbers)


def read_predictions(
    folder: Path,
    *,
    level: int | None = None,
    language: str | None = None,
    is_named: bool | None = None,
) -> Iterator[Scored]:
    """The judged calls of one cell, in the order they were asked. Raises ``StoreError``."""
    for path in sorted(folder.glob("*.parquet")):
        table = _table(path)
        for name, value in (("level", level), ("language", language), ("is_named", is_named)):
            if value is not None:
                table = table.filter(pc.equal(table[name], pa.scalar(value)))
        numbers = [name for name in table.column_names if name.startswith(_PREFIX)]
        values = table.select(numbers).to_pylist()
        for prediction, row in zip(
            rows_of(Prediction, table.drop_columns(numbers)), values, strict=True
        ):
            yield Scored(prediction, {name.removeprefix(_PREFIX): row[name] for name in numbers})


def _columns_table(path: Path) -> pa.Table:
    names = pq.read_schema(path).names
    return _table(path, [name for name in names if name in KEYS or name.startswith(_PREFIX)])


def _table(path: Path, names: list[str] | None = None) -> pa.Table:
    try:
        with path.open("rb") as file:
            return pq.read_table(file, columns=names)
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(
            f"{path} cannot be read: {error}. Remove it and resume its run."
        ) from error
