"""Datasets as folders: made, listed, opened, deleted; recipes; what people keep."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import CallwrightError, DatasetError, UnknownNameError
from pipeline.dataset import (
    create_dataset,
    dataset_names,
    delete_dataset,
    keep_anyway,
    kept_keys,
    open_dataset,
    read_rows,
)
from pipeline.recipe import DocumentRef, Recipe, folder_documents
from tests.conftest import REPOSITORY

RECIPE = Recipe(tuple(DocumentRef(f"{n}.json", "here", 700_000) for n in range(7)), folder="specs")


def test_dataset_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = create_dataset(tmp_path, "pets-1", RECIPE)
    assert open_dataset(tmp_path, "pets-1") == made
    assert dataset_names(tmp_path) == ["pets-1"]
    delete_dataset(tmp_path, "pets-1")
    assert dataset_names(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a" * 65, "ü", "a\n"])
def test_names_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(DatasetError, match="cannot be the name"):
        create_dataset(tmp_path, name, RECIPE)


def test_missing_dataset_says_which_there_are(tmp_path: Path) -> None:
    create_dataset(tmp_path, "pets", RECIPE)
    with pytest.raises(DatasetError, match="There are: pets"):
        open_dataset(tmp_path, "pest")


def test_shards_hold_documents_up_to_a_size() -> None:
    assert [len(shard) for shard in RECIPE.shards] == [2, 2, 2, 1]
    large = replace(RECIPE, shard_bytes=1)
    assert [len(shard) for shard in large.shards] == [1] * 7


def test_every_field_of_a_recipe_changes_its_hash() -> None:
    others = [
        replace(RECIPE, seed=1),
        replace(RECIPE, values="example"),
        replace(RECIPE, folder=""),
    ]
    assert len({RECIPE.sha256, *(other.sha256 for other in others)}) == 4


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"languages": ("perl",)}, UnknownNameError),
        ({"languages": ()}, DatasetError),
        ({"documents": ()}, DatasetError),
        ({"values": "random"}, UnknownNameError),
        ({"level_3": 1.0}, DatasetError),
    ],
)
def test_recipe_refuses_what_cannot_be(values: dict[str, object], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        replace(RECIPE, **values)  # type: ignore[arg-type]


def test_damaged_recipe_is_told(tmp_path: Path) -> None:
    made = create_dataset(tmp_path, "pets", RECIPE)
    for text in ("{", "[]", '{"documents": 5}', '{"documents": [], "languages": [], "x": 1}'):
        (made.path / "recipe.json").write_text(text)
        with pytest.raises(CallwrightError, match=r"recipe|chosen"):
            open_dataset(tmp_path, "pets")


def test_documents_of_a_folder_come_largest_first() -> None:
    found = folder_documents(REPOSITORY / "examples" / "documents", "samples")
    assert len(found) == 12
    sizes = [document.num_bytes for document in found if "/" not in document.name]
    assert sizes == sorted(sizes, reverse=True)
    assert len(folder_documents(REPOSITORY / "examples" / "documents", every=5)) == 3


def test_what_is_kept_is_remembered_and_forgotten(tmp_path: Path) -> None:
    dataset = create_dataset(tmp_path, "pets", RECIPE)
    keep_anyway(dataset, "curate", "00001", "b")
    keep_anyway(dataset, "curate", "00000", "a")
    assert kept_keys(dataset, "curate") == {"a", "b"}
    assert kept_keys(dataset, "curate", "00001") == {"b"}
    assert kept_keys(dataset, "select") == frozenset()
    keep_anyway(dataset, "curate", "00001", "b", keep=False)
    assert kept_keys(dataset, "curate") == {"a"}


def test_rows_are_read_of_complete_versions_only(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no exported dataset"):
        list(read_rows(tmp_path, "train", "curl"))
    (tmp_path / "manifest.json").write_text("{}")
    assert list(read_rows(tmp_path, "train", "curl")) == []
    with pytest.raises(DatasetError, match="no split “test”"):
        list(read_rows(tmp_path, "test", "curl"))
