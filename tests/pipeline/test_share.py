"""Several processes that each make a share: in any order the same bytes, and words before that."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from core.errors import DatasetError
from core.settings import Settings
from pipeline.__main__ import main
from pipeline.curation import run_steps
from pipeline.export import version_path
from pipeline.share import Share, read_share
from pipeline.steps import WHOLE
from tests.pipeline.small import dataset_of, folder_of, made, shop
from tests.pipeline.test_export import snapshot

SMALL: dict[str, Any] = {"shard_bytes": 4_000, "languages": ("curl", "go")}


def test_shares_are_all_parts_and_none_twice() -> None:
    parts = [f"{number:05d}" for number in range(11)]
    for count in range(1, 14):
        shares = [Share(number, count).of(parts) for number in range(1, count + 1)]
        assert sorted(itertools.chain(*shares)) == parts
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1/0", "1", "a/b", "1/3/5", "-1/3", "1.0/3"])
def test_what_is_no_share_is_said(text: str) -> None:
    with pytest.raises(DatasetError, match="is no share of the work"):
        read_share(text)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_shards_in_any_order_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]
) -> None:
    documents = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(5)})
    wanted = version_path(made(tmp_path / "one", documents, **SMALL))
    dataset = dataset_of(tmp_path / "three", documents, **SMALL)
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "three"))
    run = ["run", "--dataset", dataset.name]
    for number in order:
        assert main([*run, "--shard", f"{number}/3"]) == 0
        assert not (version_path(dataset) / "manifest.json").exists()
    assert main(run) == 0
    assert snapshot(version_path(dataset)) == snapshot(wanted)


def test_steps_that_need_all_shards_say_which_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(5)})
    dataset = dataset_of(tmp_path, documents, **SMALL)
    assert dataset.num_shards == 5 and WHOLE == ["split", "export"]
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path))
    assert main(["run", "--dataset", "small", "--shard", "2/3"]) == 0
    assert "split and export need what all 3 shards make" in capsys.readouterr().out
    assert main(["split", "--dataset", "small"]) == 1
    said = capsys.readouterr().err
    assert "“curate” of dataset “small” has not come to its end: 3 of 5 parts are missing" in said
    assert "(00000, 00002, 00003)" in said
    assert main(["run", "--dataset", "small", "--shard", "1/3", "--job"]) == 1
    assert "A job makes all shards" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["run", "--dataset", "small", "--shard", "4/3"])
    assert "“4/3” is no share of the work" in capsys.readouterr().err


def test_export_can_be_shared_by_language(tmp_path: Path) -> None:
    documents = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(3)})
    wanted = version_path(made(tmp_path / "one", documents, **SMALL))
    before = ("curate", "instruct", "validate", "judge", "score", "select", "split")
    dataset = made(tmp_path / "two", documents, *before, **SMALL)
    settings = Settings(tmp_path / "two")
    for number in (2, 1):
        ran = run_steps(dataset, settings, ["export"], share=Share(number, 2))
        assert ran["export"].made == 1
    run_steps(dataset, settings, ["export"])
    assert snapshot(version_path(dataset)) == snapshot(wanted)


def test_shares_leave_alone_what_others_write(tmp_path: Path) -> None:
    documents = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(3)})
    dataset = dataset_of(tmp_path, documents, **SMALL)
    half_written = dataset.path / "curate" / ".00001.calls.parquet.abc"
    half_written.parent.mkdir()
    half_written.touch()
    run_steps(dataset, Settings(tmp_path), ["curate"], share=Share(1, 3))
    assert half_written.exists()
