"""Rows of one type ↔ a Parquet file: the type's fields are the columns.

>>> write_table(path, CallRow, rows)
>>> list(read_table(path, CallRow)) == rows
True

Files are written whole or not at all, and the same rows give the same bytes.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import StoreError
from core.workspace import whole_file

Row = TypeVar("Row")

_CHUNK = 2_000
"""Rows that are Python objects at a time."""
_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def schema_of(row_type: type[Any]) -> pa.Schema:
    """The Arrow schema of a row type."""
    hints = get_type_hints(row_type)
    return pa.schema([(field.name, _arrow_type(hints[field.name])) for field in fields(row_type)])


def write_table(path: Path, row_type: type[Row], rows: Iterable[Row]) -> int:
    """Write rows to a file; how many there were. Raises ``StoreError``."""
    waiting, count = iter(rows), 0
    with table_writer(path, row_type) as write:
        while chunk := list(islice(waiting, _CHUNK)):
            write(chunk)
            count += len(chunk)
    return count


@contextmanager
def table_writer(path: Path, row_type: type[Row]) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Something to write rows with, a row group at a time; the file has its name in the end.

    Raises ``StoreError``.
    """
    with whole_file(path) as file, parquet_writer(file, schema_of(row_type)) as writer:
        yield lambda rows: writer.write_table(table_of(row_type, rows))


def parquet_writer(file: Any, schema: pa.Schema) -> pq.ParquetWriter:
    """The one way in which Parquet is written here: zstd, which packs repeated texts to nothing."""
    return pq.ParquetWriter(file, schema, compression="zstd", store_schema=False)


def table_of(row_type: type[Row], rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table."""
    schema = schema_of(row_type)
    columns = [
        pa.array([_plain(getattr(row, column.name)) for row in rows], column.type)
        for column in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def read_table(path: Path, row_type: type[Row]) -> Iterator[Row]:
    """The rows of a file, in order. Raises ``StoreError``."""
    with open_parquet(path) as file:
        for batch in file.iter_batches(_CHUNK):
            yield from rows_of(row_type, batch)


def open_parquet(path: Path) -> pq.ParquetFile:
    """A Parquet file, open. Raises ``StoreError`` where it is missing or damaged."""
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(
            f"{path} cannot be read: {error}. Remove it and run its step again."
        ) from error


def rows_of(row_type: type[Row], table: pa.Table | pa.RecordBatch) -> Iterator[Row]:
    """The rows of an Arrow table."""
    make = _maker(row_type)
    for values in table.to_pylist():
        yield make(values)


def _plain(value: Any) -> Any:
    """A value as Arrow takes it."""
    if isinstance(value, tuple):
        return [asdict(inner) if is_dataclass(inner) else inner for inner in value]  # type: ignore[arg-type]
    return value


def _maker(row_type: Any) -> Any:
    """A function from a dict to a row."""
    hints = get_type_hints(row_type)
    lists = {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is tuple}
    nested = {name: _maker(inner) for name, inner in lists.items() if is_dataclass(inner)}

    def make(values: dict[str, Any]) -> Any:
        for name in lists:
            listed = values[name]
            values[name] = tuple(map(nested[name], listed) if name in nested else listed)
        return row_type(**values)

    return make


def _arrow_type(hint: Any) -> pa.DataType:
    """Texts, numbers, truth values, ``… | None``, and tuples of those or of other row types."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and is_dataclass(hint):
        return pa.struct(list(schema_of(hint)))
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _PLAIN[type(arguments[0])]
    if origin is tuple:
        return pa.list_(_arrow_type(arguments[0]))
    if origin in (Union, types.UnionType):
        return _arrow_type(arguments[0])
    raise TypeError(f"No column can hold {hint}.")
