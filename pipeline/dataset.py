"""A dataset: a folder that holds a recipe, a subfolder for each step, and what was exported.

datasets/NAME/
    recipe.json                     what it is made of and how
    kept.json                       what a person keeps although a filter dropped it
    STEP/00000.TABLE.parquet        the rows that a step made of the first shard
    STEP/00000.drops.parquet        what it left out, with the reason
    STEP/00000.json                 the shard's receipt, written last: what it counted
    export/VERSION/                 a version for people and programs, see pipeline.export

>>> for row in read_rows(version.path, "train", "curl"):
...     print(row.instruction, row.api_call)
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from core.errors import DatasetError
from core.workspace import whole_file
from pipeline.recipe import Recipe, read_recipe, written
from pipeline.row import SPLITS, DatasetRow
from pipeline.table import read_table

_is_name = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}").fullmatch


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset in the making, or made."""

    path: Path
    recipe: Recipe

    @property
    def name(self) -> str:
        """Unique in its workspace."""
        return self.path.name

    @property
    def num_shards(self) -> int:
        """Batches of documents that steps work on, one at a time."""
        return len(self.recipe.shards)

    @property
    def shard_names(self) -> list[str]:
        """The shards by the names that their files have."""
        return [f"{number:05d}" for number in range(self.num_shards)]

    def table_path(self, step: str, part: str, table: str) -> Path:
        """Where a step's rows of one part of its work are."""
        return self.path / step / f"{part}.{table}.parquet"

    def receipt_path(self, step: str, part: str) -> Path:
        """Where it says that a step has done a part of its work."""
        return self.path / step / f"{part}.json"


@dataclass(frozen=True, slots=True)
class Version:
    """What was exported of a dataset at one time."""

    path: Path
    manifest: dict[str, Any]
    """``rows`` by language and split, ``files`` with their hashes, and how it was made."""
    created_at: float
    """Seconds since 1970; not in the manifest, which is the same for the same content."""

    @property
    def name(self) -> str:
        """The same for the same content: the beginning of a hash."""
        return self.path.name


def datasets_path(workspace: Path) -> Path:
    """Where the datasets of a workspace are."""
    return workspace / "datasets"


def create_dataset(workspace: Path, name: str, recipe: Recipe) -> Dataset:
    """Make a dataset, or take up the one of that name with another recipe.

    Shards that the new recipe makes in the same way are not made again. Raises ``DatasetError``,
    ``StoreError``.
    """
    path = _path(workspace, name)
    with whole_file(path / "recipe.json") as file:
        file.write(written(recipe))
    return Dataset(path, recipe)


def open_dataset(workspace: Path, name: str) -> Dataset:
    """The dataset of that name. Raises ``DatasetError``."""
    path = _path(workspace, name)
    try:
        data = (path / "recipe.json").read_bytes()
    except OSError as error:
        there = ", ".join(dataset_names(workspace)) or "none yet"
        raise DatasetError(
            f"There is no dataset “{name}”. There are: {there}. Make one with “curate”."
        ) from error
    return Dataset(path, read_recipe(data, str(path / "recipe.json")))


def dataset_names(workspace: Path) -> list[str]:
    """The datasets of a workspace."""
    return sorted(path.parent.name for path in datasets_path(workspace).glob("*/recipe.json"))


def delete_dataset(workspace: Path, name: str) -> None:
    """Remove a dataset with all of its versions, for good."""
    shutil.rmtree(open_dataset(workspace, name).path)


def versions_of(dataset: Dataset) -> list[Version]:
    """What was exported of a dataset, the last one first; only what is complete."""
    found = [
        Version(path.parent, orjson.loads(path.read_bytes()), path.stat().st_mtime)
        for path in dataset.path.glob("export/*/manifest.json")
    ]
    return sorted(found, key=lambda version: (-version.created_at, version.name))


def delete_version(version: Version) -> None:
    """Remove one version, for good; the next export writes again what it needs."""
    for receipt in version.path.parent.glob("*.json"):
        receipt.unlink(missing_ok=True)
    shutil.rmtree(version.path)


def read_rows(folder: Path, split: str, language: str) -> Iterator[DatasetRow]:
    """The rows of an exported version's split in one language, streamed.

    A split that has no rows has no file. Raises ``DatasetError`` where the folder is no version.
    """
    if not (folder / "manifest.json").exists():
        raise DatasetError(
            f"{folder} is no exported dataset: it has no manifest.json. Run “export” to its end."
        )
    path = split_path(folder, split, language)
    if path.exists():
        yield from read_table(path, DatasetRow)


def split_path(folder: Path, split: str, language: str) -> Path:
    """The Parquet file of a version's split in one language. Raises ``DatasetError``."""
    if split not in SPLITS:
        raise DatasetError(f"There is no split “{split}”. There are: {', '.join(SPLITS)}.")
    return folder / "data" / language / f"{split}.parquet"


def kept_keys(dataset: Dataset, step: str, part: str = "") -> frozenset[str]:
    """What a person keeps although a filter of a step dropped it: of one part, or of all."""
    kept = _kept(dataset).get(step, {})
    return frozenset(key for key, where in kept.items() if part in ("", where))


def keep_anyway(dataset: Dataset, step: str, part: str, key: str, *, keep: bool = True) -> None:
    """Keep what a step dropped from a part, from the next run of the step on; or no longer."""
    kept = _kept(dataset)
    if keep:
        kept.setdefault(step, {})[key] = part
    else:
        kept.get(step, {}).pop(key, None)
    with whole_file(dataset.path / "kept.json") as file:
        file.write(orjson.dumps(kept, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))


def _kept(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Keys with the part that they were dropped from, by step."""
    path = dataset.path / "kept.json"
    kept: dict[str, dict[str, str]] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return kept


def _path(workspace: Path, name: str) -> Path:
    if not _is_name(name):
        raise DatasetError(
            f"“{name[:80]}” cannot be the name of a dataset. Use up to 64 letters of English, "
            "digits, “.”, “_” and “-”, beginning with a letter or digit."
        )
    return datasets_path(workspace) / name
