"""Rows from exported versions and files."""

from __future__ import annotations

import gzip
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest

from core.errors import DatasetError
from core.shots import Shot
from pipeline.dataset import versions_of
from tests.pipeline.small import folder_of, made, shop
from tests.train.rows import ROW, row, written
from train.dataset import TESTS, read_dataset
from train.general import read_general
from train.leak_guard import guard


def test_a_version_is_read_as_it_was_exported(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "d", {f"{each}.json": shop(each) for each in range(3)})
    dataset = made(tmp_path / "w", folder, level_1=0.2, level_2=0.2, level_3=0.3)
    (version,) = versions_of(dataset)
    data = read_dataset(version.path)
    counts = version.manifest["rows"].values()
    assert len(data.training) == sum(count["train"] for count in counts) > 0
    assert {each.split for each in data.tests} == set(TESTS)
    assert {each.language for each in data.training} == {"curl", "go", "python"}
    guard(data.training, [], data.tests)

    lines = version.path / "jsonl" / "curl" / "train.jsonl.gz"
    assert list(read_dataset(lines).training) == [
        each for each in data.training if each.language == "curl"
    ]


def test_files_hold_rows_of_any_split(tmp_path: Path) -> None:
    rows = [row(1), row(2, split="test_level_2")]
    data = read_dataset(written(tmp_path / "rows.jsonl", rows))
    assert (data.training, data.tests) == ((rows[0],), (rows[1],))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.jsonl", b"{", "line 1 is no JSON"),
        ("x.jsonl", b"\n[1]", "line 2 is no object"),
        ("x.jsonl", b'{"id": 1}', "has no text under id, split"),
        ("x.jsonl.gz", b"no gzip", "cannot be read"),
        ("x.parquet", b"no parquet", "cannot be read"),
    ],
)
def test_files_that_hold_no_rows_are_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DatasetError, match=message):
        read_dataset(tmp_path / name)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no exported dataset"):
        read_dataset(tmp_path)
    with pytest.raises(DatasetError, match=r"none\.jsonl cannot be read"):
        read_dataset(tmp_path / "none.jsonl")


def test_general_tasks_are_read_by_either_spelling(tmp_path: Path) -> None:
    lines = [{"problem": "a", "solution": "b"}, {"instruction": "c", "response": "d"}]
    path = tmp_path / "tasks.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(map(orjson.dumps, lines))))
    assert read_general(path) == [Shot("a", "b"), Shot("c", "d")]
    bad = written(tmp_path / "rows.jsonl", [row(1)])
    with pytest.raises(DatasetError, match="line 1 is no example"):
        read_general(bad)
    with pytest.raises(DatasetError, match="holds no examples"):
        read_general(written(tmp_path / "empty.jsonl", []))


def test_other_good_wordings_come_with_a_row_but_not_the_one_of_its_test(tmp_path: Path) -> None:
    said = [("Show pets", "good"), ("Show me the pets of the shop", "good"), ("Pets?", "bad")]
    said += [("List the pets", "good"), ("Kept for a test", "good")]
    found = {
        **asdict(ROW),
        "instruction_candidates": [{"candidate": words, "label": label} for words, label in said]
        + ["no candidate"],
        "instruction_test": "Kept for a test",
    }
    path = tmp_path / "rows.jsonl"
    path.write_bytes(orjson.dumps(found))
    (row,) = read_dataset(path).training
    assert row.wordings == ("Show pets", "List the pets")
