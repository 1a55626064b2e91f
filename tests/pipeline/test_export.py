"""Versions: what they hold, who can read them, and that the same dataset gives the same bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import datasets
import orjson
import pandas as pd
import pytest

from core.candidate import REASONS
from core.parse import parse
from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.dataset import Dataset, Version, delete_version, read_rows, versions_of
from pipeline.export import version_path
from pipeline.row import PUBLISHED, SPLITS, ApiCall, DatasetRow, OperationRow
from pipeline.table import read_table
from tests.pipeline.small import SAMPLES, dataset_of, folder_of, made, shop

LANGUAGE = "go"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The twelve sample documents, with some APIs and operations held out."""
    return made(tmp_path_factory.mktemp("w"), SAMPLES, level_1=0.2, level_2=0.1, level_3=0.2)


@pytest.fixture
def version(samples: Dataset) -> Version:
    (only,) = versions_of(samples)
    return only


def rows(version: Version, split: str, language: str = LANGUAGE) -> list[DatasetRow]:
    return list(read_rows(version.path, split, language))


def test_rows_have_the_published_keys_and_ours(version: Version) -> None:
    with gzip.open(version.path / "jsonl" / "go" / "train.jsonl.gz") as lines:
        row = orjson.loads(lines.readline())
    published = set(PUBLISHED.values()) | {"instruction", "instruction_candidates"}
    assert published | {"instruction_test", "input_tokens_mean", "level", "provenance"} <= set(row)
    assert {"method", "media_type", "document", "pointer", "origin"} <= set(row)
    candidate = row["instruction_candidates"][0]
    assert {"idx", "candidate", "input_tokens_mean"} <= set(candidate)
    assert set(candidate["reasons"]) <= set(REASONS)


def test_splits_are_shared_by_all_languages(version: Version) -> None:
    for split in SPLITS:
        keys = {
            language: {(row.document, row.pointer) for row in rows(version, split, language)}
            for language in version.manifest["rows"]
        }
        assert len(set(map(frozenset, keys.values()))) == 1
        assert keys[LANGUAGE]


def test_levels_know_what_they_may(version: Version) -> None:
    by_split = {split: rows(version, split) for split in SPLITS}
    training = by_split["train"]
    operations = {row.pointer + row.document for row in training}
    apis = {row.api for row in training}
    for level, split in enumerate(SPLITS):
        assert {row.level for row in by_split[split]} == {level}
        assert {row.split for row in by_split[split]} == {split}
    first, second, third = (by_split[split] for split in SPLITS[1:])
    assert {row.pointer + row.document for row in first} <= operations
    assert {row.instruction for row in first}.isdisjoint(row.instruction for row in training)
    assert {row.pointer + row.document for row in second}.isdisjoint(operations)
    assert {row.api for row in second} <= apis
    assert {row.api for row in third}.isdisjoint(apis)


def test_template_rows_say_so_and_are_not_reportable(version: Version) -> None:
    for split in SPLITS:
        assert {(row.provenance, row.reportable) for row in rows(version, split)} == {
            ("template", False)
        }
    card = (version.path / "README.md").read_text("utf-8")
    assert "a test on them must not be reported" in card


def test_training_holds_a_second_wording_and_tests_do_not(version: Version) -> None:
    for row in rows(version, "train"):
        assert row.instruction_test and row.instruction_test != row.instruction
        texts = [each.candidate for each in row.instruction_candidates if each.label == "good"]
        assert {row.instruction, row.instruction_test} <= set(texts)
    assert {row.instruction_test for row in rows(version, "test_level_2")} == {""}


def test_ids_are_unique_and_stay(samples: Dataset, version: Version, tmp_path: Path) -> None:
    ids = [row.id for split in SPLITS for row in rows(version, split)]
    assert len(ids) == len(set(ids))
    other = made(tmp_path, SAMPLES, name="other", languages=("go",), level_3=0.0)
    others = {row.id for split in SPLITS for row in rows(versions_of(other)[0], split)}
    assert {row.id for row in rows(version, "train")} <= others


def test_calls_are_those_of_their_language(version: Version) -> None:
    for row in rows(version, "train")[:40]:
        request = parse(row.api_call, row.language).request
        assert request is not None and request.method == row.method
        assert row.lang == "Go"


def test_api_database_holds_every_valid_call(samples: Dataset, version: Version) -> None:
    calls = list(read_table(version.path / "api_db" / "go.parquet", ApiCall))
    path = samples.table_path("curate", "00000", "operations")
    operations = {row.pointer + row.document for row in read_table(path, OperationRow)}
    assert {row.pointer + row.document for row in calls} == operations
    assert set(PUBLISHED.values()) <= set(calls[0].__dataclass_fields__)


def test_pandas_reads_both_formats(version: Version) -> None:
    table = pd.read_parquet(version.path / "data" / "go" / "train.parquet")
    lines = pd.read_json(version.path / "jsonl" / "go" / "train.jsonl.gz", lines=True)
    assert len(table) == len(lines) == version.manifest["rows"]["go"]["train"]
    assert list(table["instruction"]) == list(lines["instruction"])


def test_datasets_library_reads_the_card(version: Version, tmp_path: Path) -> None:
    for split in SPLITS:
        loaded = datasets.load_dataset(
            str(version.path), LANGUAGE, split=split, cache_dir=str(tmp_path)
        )
        assert loaded.num_rows == version.manifest["rows"][LANGUAGE][split]
    assert datasets.get_dataset_config_names(str(version.path)) == ["curl", "go", "python"]


def test_manifest_counts_and_names_no_place(version: Version) -> None:
    text = (version.path / "manifest.json").read_text("utf-8")
    assert str(SAMPLES.parent) not in text
    for name, told in version.manifest["files"].items():
        assert (version.path / name).stat().st_size == told["bytes"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(4)})
    one = made(tmp_path / "one", folder, shard_bytes=10_000)
    two = dataset_of(tmp_path / "two", folder, shard_bytes=10_000)
    run_steps(two, Settings(tmp_path / "two"), workers=2)
    assert snapshot(version_path(one)) == snapshot(version_path(two))
    assert version_path(one).name == version_path(two).name


def test_deleted_version_is_written_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(2)})
    dataset = made(tmp_path, folder, languages=("curl",))
    before = snapshot(version_path(dataset))
    delete_version(versions_of(dataset)[0])
    assert versions_of(dataset) == []
    run_steps(dataset, Settings(tmp_path), ["export"])
    assert snapshot(version_path(dataset)) == before


def test_other_recipes_are_other_versions(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(3)})
    first = version_path(made(tmp_path, folder, languages=("curl",)))
    second = made(tmp_path, folder, languages=("curl",), seed=5, jsonl=False)
    assert [version.path for version in versions_of(second)] == [
        version_path(second),
        first,
    ]
    assert not (version_path(second) / "jsonl").exists()
