"""A version of a dataset for people and programs: Parquet and JSON Lines (``export``).

export/VERSION/
    README.md                      the dataset card, which ``datasets.load_dataset`` reads
    data/LANGUAGE/SPLIT.parquet    the examples: an instruction and the call that answers it
    api_db/LANGUAGE.parquet        every valid call, also of operations without an instruction
    jsonl/…/….jsonl.gz             the same as JSON Lines
    splits.parquet                 the split of each operation
    manifest.json                  counts, hashes and how it was made; written last

One language is made at a time, shard by shard, so that memory stays flat. The same dataset gives
the same bytes, and its version is named by a hash over all that they are made of.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from core.workspace import whole_file
from pipeline import curate, select, split, validate
from pipeline.card import card_of
from pipeline.dataset import Dataset, split_path
from pipeline.drop import Tally
from pipeline.joining import Shard, api_calls, examples, open_shard, valid_calls
from pipeline.placement import Placement
from pipeline.receipt import file_hash, read_receipt
from pipeline.row import SPLITS, ApiCall, DatasetRow
from pipeline.table import open_parquet, parquet_writer, read_table, schema_of
from pipeline.usage import asked
from pipeline.work import Step, Task

_ROW_GROUP = 5_000
"""Rows that wait in memory until they are written."""
_READS = (curate.STEP, validate.STEP, select.STEP, split.STEP)

Write = Callable[[pa.Table], None]


def version_path(dataset: Dataset) -> Path:
    """Where the version is, or will be, that a dataset's shards make as they are now."""
    outputs = [
        receipt.outputs if receipt else None
        for step in _READS
        for part in step.parts(dataset)
        for receipt in [read_receipt(dataset.receipt_path(step.name, part))]
    ]
    said: list[object] = [STEP.version, outputs, dataset.recipe.languages, dataset.recipe.jsonl]
    said += [models] if (models := asked(dataset)) else []
    name = hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]
    return dataset.path / "export" / name


def _make(task: Task, _tally: Tally) -> dict[str, Path]:
    """One language."""
    folder, language = version_path(task.dataset), task.part
    paths: dict[str, Path] = {name: split_path(folder, name, language) for name in SPLITS}
    paths["api_db"] = folder / "api_db" / f"{language}.parquet"
    jsonl = task.dataset.recipe.jsonl
    written: dict[str, Path] = {}
    with ExitStack() as stack:
        writes = {
            name: stack.enter_context(
                _files(folder, path, ApiCall if name == "api_db" else DatasetRow, jsonl, written)
            )
            for name, path in paths.items()
        }
        for shard in _shards(task.dataset):
            calls = valid_calls(shard, language)
            writes["api_db"](api_calls(shard, calls))
            for name in SPLITS:
                writes[name](examples(shard, calls, name))
    return written


def _shards(dataset: Dataset) -> Iterator[Shard]:
    """The shards, each with its placements."""
    placements = read_table(dataset.table_path("split", split.PART, "placements"), Placement)
    by_part = {part: list(found) for part, found in groupby(placements, lambda one: one.part)}
    for part in dataset.shard_names:
        yield open_shard(dataset, part, by_part.get(part, []))


@contextmanager
def _files(
    folder: Path,
    path: Path,
    row_type: type[object],
    jsonl: bool,
    written: dict[str, Path],
) -> Iterator[Write]:
    """Something to write tables with, to all formats; without rows there is no file."""
    schema = schema_of(row_type)
    waiting: list[pa.Table] = []
    opened: list[Write] = []
    with ExitStack() as stack:

        def write(*, least: int) -> None:
            if sum(table.num_rows for table in waiting) >= least:
                if not opened:
                    opened.extend(_open(stack, folder, path, schema, jsonl, written))
                for each in opened:
                    each(pa.concat_tables(waiting))
                waiting.clear()

        def wait(table: pa.Table) -> None:
            waiting.append(table)
            write(least=_ROW_GROUP)

        yield wait
        write(least=1)


def _open(
    stack: ExitStack,
    folder: Path,
    path: Path,
    schema: pa.Schema,
    jsonl: bool,
    written: dict[str, Path],
) -> Iterator[Write]:
    """The files of one table."""
    file = stack.enter_context(whole_file(path))
    written[path.relative_to(folder).as_posix()] = path
    yield stack.enter_context(parquet_writer(file, schema)).write_table
    if jsonl:
        inner = path.relative_to(folder).with_suffix(".jsonl.gz")
        lines = folder / "jsonl" / Path(*inner.parts[inner.parts[0] == "data" :])
        file = stack.enter_context(whole_file(lines))
        packed = stack.enter_context(
            gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0)
        )
        written[lines.relative_to(folder).as_posix()] = lines
        yield lambda table: _write_lines(packed, table)


def _write_lines(packed: gzip.GzipFile, table: pa.Table) -> None:
    for batch in table.to_batches(1_000):
        packed.write(
            b"".join(
                orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in batch.to_pylist()
            )
        )


def _finish(dataset: Dataset) -> None:
    """What stands beside the files of a version, the manifest last."""
    folder = version_path(dataset)
    if (folder / "manifest.json").exists():
        return
    placements = dataset.table_path("split", split.PART, "placements")
    with placements.open("rb") as source, whole_file(folder / "splits.parquet") as target:
        shutil.copyfileobj(source, target)
    manifest = _manifest(dataset, folder)
    with whole_file(folder / "README.md") as file:
        file.write(card_of(manifest).encode())
    with whole_file(folder / "manifest.json") as file:
        file.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))


def _manifest(dataset: Dataset, folder: Path) -> dict[str, Any]:
    """What a version holds and how it was made; nothing that tells whose machine made it."""
    recipe = dataset.recipe
    rows: dict[str, dict[str, int]] = {}
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(found for found in folder.rglob("*") if found.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".parquet":
            with open_parquet(path) as file:
                files[name] = {"rows": file.metadata.num_rows}
            if name.startswith("data/"):
                rows.setdefault(path.parent.name, {})[path.stem] = files[name]["rows"]
        elif not name.startswith("jsonl/"):
            continue
        files.setdefault(name, {}).update(bytes=path.stat().st_size, sha256=file_hash(path))
    return {
        "name": dataset.name,
        "version": folder.name,
        "rows": rows,
        "files": files,
        "num_documents": len(recipe.documents),
        "recipe": {
            name: getattr(recipe, name)
            for name in (
                "languages",
                "values",
                "own_calls",
                "english_only",
                "seed",
                "level_1",
                "level_2",
                "level_3",
                "jsonl",
            )
        },
        **({"models": models} if (models := asked(dataset)) else {}),
    }


def _languages(dataset: Dataset) -> list[str]:
    return list(dataset.recipe.languages)


STEP = Step(
    name="export",
    title="Files for people and programs",
    make=_make,
    parts=_languages,
    reads=_READS,
    uses=("languages", "jsonl"),
    finish=_finish,
)
