"""Rows of an exported version that have certain words: what a person looks through.

>>> found = find_rows(version.path, "train", "curl", words="pets", count=50)
>>> found.total, found.rows[0].instruction
(3, 'Use Pet Hotel to list the pets that stay tonight')

Only the columns that are asked for are read of all rows, and whole rows only of one page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.dataset import split_path
from pipeline.row import DatasetRow
from pipeline.table import open_parquet, rows_of

_SEARCHED = ("instruction", "api_name", "method", "path")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the rows that fit."""

    rows: tuple[DatasetRow, ...]
    total: int
    """How many fit in all."""
    provenances: Counter[str]
    """Who wrote the instructions of all rows of the split, fitting or not."""


def find_rows(
    folder: Path,
    split: str,
    language: str,
    *,
    words: str = "",
    provenance: str = "",
    start: int = 0,
    count: int = 50,
) -> Found:
    """Rows of a version's split in one language that hold all words, in the order of the file.

    Raises ``DatasetError`` for a split that cannot be, ``StoreError`` for a damaged file.
    """
    path = split_path(folder, split, language)
    if not path.exists():
        return Found((), 0, Counter())
    with open_parquet(path) as file:
        table = file.read([*_SEARCHED, "provenance"])
        fitting = pc.indices_nonzero(_mask(table, words, provenance)).to_pylist()
        rows = _rows(file, fitting[start : start + count])
    return Found(rows, len(fitting), Counter(table["provenance"].to_pylist()))


def _mask(table: pa.Table, words: str, provenance: str) -> pa.ChunkedArray:
    """Which rows fit."""
    said = pc.binary_join_element_wise(*(table[name] for name in _SEARCHED), " ")
    mask = pc.is_valid(said)
    for word in words.split():
        mask = pc.and_(mask, pc.match_substring(said, word, ignore_case=True))
    return pc.and_(mask, pc.equal(table["provenance"], provenance)) if provenance else mask


def _rows(file: pq.ParquetFile, numbers: Sequence[int]) -> tuple[DatasetRow, ...]:
    """The rows of these numbers, ascending; only their row groups are read."""
    found: list[DatasetRow] = []
    first = 0
    for group in range(file.num_row_groups):
        size = file.metadata.row_group(group).num_rows
        inside = [number - first for number in numbers if first <= number < first + size]
        if inside:
            found += rows_of(DatasetRow, file.read_row_group(group).take(inside))
        first += size
    return tuple(found)
