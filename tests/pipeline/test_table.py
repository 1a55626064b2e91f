"""Rows and Parquet files: what is written comes back, and always as the same bytes."""

from __future__ import annotations

import errno
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from core.errors import StoreError
from pipeline.row import ApiCall, DatasetRow, Judged, OperationRow
from pipeline.table import read_table, schema_of, write_table


def dataset_row(number: int = 1) -> DatasetRow:
    candidate = Judged(1, "How do I list pets?", "template", "bad", ("api-name",), "rules", 0.5)
    texts: dict[str, Any] = {field.name: f"{field.name} {number} é" for field in fields(DatasetRow)}
    return DatasetRow(
        **texts
        | {
            "level": 2,
            "instruction_candidates": (candidate, replace(candidate, idx=2, score=None)),
            "input_tokens_mean": None,
            "reportable": False,
            "tags": ("pets", "a"),
        }
    )


def test_rows_come_back(tmp_path: Path) -> None:
    rows = [dataset_row(number) for number in range(5_000)]
    assert write_table(tmp_path / "a.parquet", DatasetRow, iter(rows)) == 5_000
    assert list(read_table(tmp_path / "a.parquet", DatasetRow)) == rows


def test_no_rows_are_a_file_too(tmp_path: Path) -> None:
    assert write_table(tmp_path / "a.parquet", OperationRow, []) == 0
    assert list(read_table(tmp_path / "a.parquet", OperationRow)) == []


def test_same_rows_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table(tmp_path / name, DatasetRow, map(dataset_row, range(3_000)))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    write_table(path, DatasetRow, [dataset_row()])

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.workspace.os.fsync", no_space)
    with pytest.raises(StoreError, match="No space left on device"):
        write_table(path, DatasetRow, [dataset_row(2)])
    assert list(read_table(path, DatasetRow)) == [dataset_row()]
    assert [found.name for found in tmp_path.iterdir()] == ["a.parquet"]


def test_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(StoreError, match="Remove it and run its step again"):
        list(read_table(tmp_path / "a.parquet", ApiCall))


@dataclass(frozen=True)
class Odd:
    """A row type that no table can hold."""

    at: complex


def test_only_known_types_are_columns() -> None:
    assert schema_of(Judged).field("reasons").type == pa.list_(pa.string())
    with pytest.raises(TypeError, match="No column can hold"):
        schema_of(Odd)
