"""A shard's tables put together in one language: calls, operations, instructions and splits.

All of it in Arrow: the rows of an archive are a million, and none becomes a Python object but for
its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.dataset import Dataset
from pipeline.instruct import TEMPLATE
from pipeline.placement import Placement
from pipeline.row import LEVELS, PUBLISHED, ApiCall, DatasetRow, Split
from pipeline.table import open_parquet, schema_of

Numbers = npt.NDArray[np.int64]

_OF_OPERATION = ("api", "document", "pointer", "tags", "source")
_OF_CALL = ("language", "client", "media_type", "values", "origin")
"""Columns of ours that go out as they are named here."""


@dataclass(frozen=True)
class Shard:
    """One shard's tables as they are needed for each language."""

    dataset: Dataset
    part: str
    operations: pa.Table
    instructions: pa.Table
    instruction_of: Numbers
    """For each operation its row in ``instructions``; -1 where it has none."""
    split_of: list[str]
    """For each operation its split; empty where it has none."""
    is_asked_again: npt.NDArray[np.bool_]
    valid: Numbers
    """Numbers of the calls that may be used, in order."""


def open_shard(dataset: Dataset, part: str, placements: list[Placement]) -> Shard:
    """A shard with the placements that are its own."""
    operations = _table(dataset, "curate", part, "operations")
    instructions = _table(dataset, "select", part, "instructions")
    count = operations.num_rows
    instruction_of = np.full(count, -1, dtype=np.int64)
    instruction_of[instructions["operation"].to_numpy()] = np.arange(instructions.num_rows)
    split_of = [""] * count
    is_asked_again = np.zeros(count, dtype=np.bool_)
    for one in placements:
        split_of[one.operation] = one.split
        is_asked_again[one.operation] = one.is_asked_again
    valid = _table(dataset, "validate", part, "calls")["call"].to_numpy()
    return Shard(
        dataset, part, operations, instructions, instruction_of, split_of, is_asked_again, valid
    )


def valid_calls(shard: Shard, language: str) -> pa.Table:
    """The calls of a shard in one language that may be used; only its row groups are read."""
    with open_parquet(shard.dataset.table_path("curate", shard.part, "calls")) as file:
        return _calls(file, shard.valid, language)


def _calls(file: pq.ParquetFile, valid: Numbers, language: str) -> pa.Table:
    found: list[pa.Table] = [file.schema_arrow.empty_table()]
    first = 0
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        if _language(file, number) == language:
            low, high = np.searchsorted(valid, (first, first + group.num_rows))
            found.append(file.read_row_group(number).take(valid[low:high] - first))
        first += group.num_rows
    return pa.concat_tables(found)


def _language(file: pq.ParquetFile, number: int) -> str:
    """The language of a row group: ``curate`` writes one for each."""
    column = file.schema_arrow.get_field_index("language")
    statistics = file.metadata.row_group(number).column(column).statistics
    return str(statistics.min)


def api_calls(shard: Shard, calls: pa.Table) -> pa.Table:
    """Calls as rows of the API database."""
    operations = shard.operations.take(calls["operation"])
    columns = {
        theirs: (calls if ours in ("code", "lang") else operations)[ours]
        for ours, theirs in PUBLISHED.items()
    }
    columns |= {name: calls[name] for name in _OF_CALL}
    columns |= {name: operations[name] for name in _OF_OPERATION}
    return _ordered(columns, ApiCall)


def examples(shard: Shard, calls: pa.Table, split: Split) -> pa.Table:
    """Calls as examples of one split, with their instructions."""
    numbers = calls["operation"].to_numpy()
    chosen = np.flatnonzero(_is_in(shard, split)[numbers])
    calls = calls.take(chosen)
    again = split == "test_level_1"
    rows = shard.instructions.take(shard.instruction_of[numbers[chosen]])
    known = api_calls(shard, calls)
    provenance = rows["test_provenance" if again else "provenance"]
    count = calls.num_rows
    columns = {name: known[name] for name in known.column_names}
    columns |= {
        "id": pa.array(_ids(known, split), pa.string()),
        "split": pa.array([split] * count, pa.string()),
        "level": pa.array([LEVELS[split]] * count, pa.int64()),
        "instruction": rows["instruction_test" if again else "instruction"],
        "instruction_test": (
            rows["instruction_test"] if split == "train" else pa.array([""] * count, pa.string())
        ),
        "instruction_candidates": rows["candidates"],
        "input_tokens_mean": _means(shard, rows, "instruction_test" if again else "instruction"),
        "provenance": provenance,
        "reportable": pc.not_equal(provenance, TEMPLATE),
    }
    return _ordered(columns, DatasetRow)


def _means(shard: Shard, rows: pa.Table, column: str) -> pa.Array:
    """The score that a language model gave each row's instruction; null where it gave none."""
    if not shard.dataset.recipe.scorer:
        return pa.nulls(rows.num_rows, pa.float64())
    candidates = rows["candidates"].combine_chunks()
    row_of, each = pc.list_parent_indices(candidates), pc.list_flatten(candidates)
    is_chosen = pc.equal(pc.struct_field(each, "candidate"), rows[column].take(row_of))
    means = np.full(rows.num_rows, np.nan)
    scores = pc.struct_field(each, "input_tokens_mean")
    means[row_of.filter(is_chosen)] = scores.filter(is_chosen).to_numpy(zero_copy_only=False)
    return pa.array(means, from_pandas=True)


def _is_in(shard: Shard, split: Split) -> npt.NDArray[np.bool_]:
    """Which operations of a shard are in a split."""
    if split == "test_level_1":
        return shard.is_asked_again
    return np.array([found == split for found in shard.split_of], dtype=np.bool_)


def _ids(calls: pa.Table, split: Split) -> Iterator[str]:
    """See :class:`pipeline.row.DatasetRow`."""
    names = ("document", "pointer", "media_type", "language", "client", "api_call", "origin")
    for *named, code, origin in zip(*(calls[name].to_pylist() for name in names), strict=True):
        said = [split == "test_level_1", *named, code if origin == "document" else ""]
        yield hashlib.sha256("\0".join(map(str, said)).encode()).hexdigest()[:16]


def _ordered(columns: dict[str, pa.ChunkedArray | pa.Array], row_type: type[object]) -> pa.Table:
    schema = schema_of(row_type)
    return pa.table([columns[name] for name in schema.names], schema=schema)


def _table(dataset: Dataset, step: str, part: str, table: str) -> pa.Table:
    with open_parquet(dataset.table_path(step, part, table)) as file:
        return file.read()
