"""Rows found by words and author, a page at a time, across row groups."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from core.errors import DatasetError
from pipeline.browse import find_rows
from pipeline.dataset import Version, read_rows, versions_of
from tests.pipeline.small import folder_of, made, shop


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    path = tmp_path_factory.mktemp("browse")
    documents = {f"{number}.json": shop(number, 9) for number in range(3)}
    (version,) = versions_of(made(path / "w", folder_of(path / "in", documents)))
    return version


def test_pages_together_are_all_rows_in_their_order(version: Version) -> None:
    rows = list(read_rows(version.path, "train", "go"))
    found = [find_rows(version.path, "train", "go", start=at, count=5) for at in range(0, 40, 5)]
    assert [row for page in found for row in page.rows] == rows
    assert {page.total for page in found} == {len(rows)}


def test_rows_hold_every_word_in_any_case_and_place(version: Version) -> None:
    every = list(read_rows(version.path, "train", "curl"))
    wanted = [row for row in every if row.api_name == "Warehouse B" and "candle" in row.path]
    found = find_rows(version.path, "train", "curl", words="CANDLES warehouse  b")
    assert wanted and list(found.rows) == wanted
    assert find_rows(version.path, "train", "curl", words="candle zebra").total == 0


def test_words_are_no_pattern(version: Version) -> None:
    assert find_rows(version.path, "train", "curl", words=".*").total == 0


def test_authors_are_counted_and_chosen(version: Version) -> None:
    found = find_rows(version.path, "train", "python", count=0)
    assert not found.rows and found.provenances == {"template": found.total}
    assert find_rows(version.path, "train", "python", provenance="model:x").total == 0


def test_a_split_without_rows_has_none_and_an_unknown_one_is_told(version: Version) -> None:
    assert find_rows(version.path, "train", "swift").total == 0
    with pytest.raises(DatasetError, match="no split"):
        find_rows(version.path, "exam", "curl")


def test_only_the_row_groups_of_a_page_matter(version: Version, tmp_path: Path) -> None:
    source = version.path / "data" / "curl" / "train.parquet"
    target = tmp_path / "data" / "curl" / "train.parquet"
    target.parent.mkdir(parents=True)
    pq.write_table(pq.read_table(source), target, row_group_size=4)
    whole = find_rows(version.path, "train", "curl", start=3, count=6)
    assert find_rows(tmp_path, "train", "curl", start=3, count=6).rows == whole.rows
