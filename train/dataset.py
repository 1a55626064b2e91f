"""The rows of an exported dataset, by the keys that it publishes: what training is made from.

>>> data = read_dataset(Path("workspace/datasets/samples/export/69e226334e2c"))
>>> data.training[0].instruction
'Get shipments of the account, latest first using the Parcelroute API.'

A dataset is the folder of a version (``data/LANGUAGE/SPLIT.parquet``), or one file of rows in
Parquet or JSON Lines, packed by gzip or not.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import DatasetError

TRAINING = "train"
TESTS = ("test_level_1", "test_level_2", "test_level_3")
"""Splits by the level that they test; see the dataset card."""
_BATCH = 1_000
_MANIFEST = "manifest.json"
_ROWS = (".parquet", ".jsonl", ".jsonl.gz")
"""How the names of files of rows end."""


@dataclass(frozen=True, slots=True)
class Row:
    """An instruction, the API call that answers it, and what tells where both come from."""

    id: str
    split: str
    instruction: str
    api_name: str
    api_description: str
    functionality: str
    description: str
    method: str
    path: str
    api_call: str
    lang: str
    """API Pack's name of the language, which prompts use."""
    language: str
    """Ours."""
    api: str
    """The API's identity, the same for all its versions."""
    document: str
    pointer: str
    source: str
    endpoint_name: str = ""
    """The operation's id, which other people's rows may leave out."""
    wordings: tuple[str, ...] = ()
    """Other good instructions for the same call, without the one that is kept for a test."""

    @property
    def operation(self) -> tuple[str, str]:
        """The key of its operation."""
        return self.document, self.pointer

    @property
    def label(self) -> str:
        """What people read: ``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What may be trained on, and what tests ask."""

    training: tuple[Row, ...]
    tests: tuple[Row, ...]


_TEXTS = [field for field in fields(Row) if field.name != "wordings"]
_KEYS = [field.name for field in _TEXTS]
_DEFAULTS = {field.name: field.default for field in _TEXTS if field.default is not MISSING}
_CANDIDATES, _KEPT = "instruction_candidates", "instruction_test"


def read_dataset(path: Path) -> Dataset:
    """The rows of a version's folder or of one file. Raises ``DatasetError``."""
    if path.is_dir():
        if not (path / _MANIFEST).exists():
            raise DatasetError(
                f"{path} is no exported dataset: it has no {_MANIFEST}. Make one with "
                "“python -m pipeline run”, and give the folder of one version."
            )
        rows = tuple(row for file in sorted(path.glob("data/*/*.parquet")) for row in _rows(file))
    else:
        rows = tuple(_rows(path))
    return Dataset(
        tuple(row for row in rows if row.split not in TESTS),
        tuple(row for row in rows if row.split in TESTS),
    )


def is_dataset(path: Path) -> bool:
    """Whether a path holds rows, by what it is called: a version's folder or a file."""
    return (path / _MANIFEST).exists() or path.name.endswith(_ROWS)


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file in JSON Lines, with the numbers of their lines. Raises
    ``DatasetError``.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _object(line, f"{path}, line {number}")
    except (OSError, EOFError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.") from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DatasetError(f"{where} is no JSON: {error}. Give one object on each line.") from error
    if not isinstance(found, dict):
        raise DatasetError(f"{where} is no object. Give one object on each line.")
    return found


def _rows(path: Path) -> Iterator[Row]:
    if path.suffix == ".parquet":
        return _parquet_rows(path)
    return (_row(found, f"{path}, line {number}") for number, found in read_lines(path))


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        with pq.ParquetFile(path) as file:
            wanted = (*_KEYS, _CANDIDATES, _KEPT)
            known = [key for key in wanted if key in file.schema_arrow.names]
            for batch in file.iter_batches(_BATCH, columns=known):
                yield from _each(batch.to_pylist(), str(path))
    except (OSError, pa.ArrowInvalid) as error:
        raise DatasetError(f"{path} cannot be read: {error}.") from error


def _each(found: Iterable[dict[str, Any]], where: str) -> Iterator[Row]:
    return (_row(one, where) for one in found)


def _row(found: dict[str, Any], where: str) -> Row:
    found = {**_DEFAULTS, **found}
    wrong = [key for key in _KEYS if not isinstance(found.get(key), str)]
    if wrong:
        raise DatasetError(
            f"{where}: a row has no text under {', '.join(wrong)}. Give the rows of an exported "
            "dataset."
        )
    return Row(**{key: found[key] for key in _KEYS}, wordings=tuple(_wordings(found)))


def _wordings(found: dict[str, Any]) -> Iterator[str]:
    """The good candidates that are neither the row's own instruction nor kept for a test."""
    candidates = found.get(_CANDIDATES)
    for each in candidates if isinstance(candidates, list) else ():
        if isinstance(each, dict) and each.get("label") == "good":
            said = each.get("candidate")
            if isinstance(said, str) and said not in (found["instruction"], found.get(_KEPT)):
                yield said
