"""Calls read back: broken rows and changed documents are dropped, counted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.dataset import Dataset
from pipeline.funnel import losses, unaccounted
from pipeline.row import CallRow
from pipeline.steps import STEPS
from pipeline.table import read_table, write_table
from pipeline.validate import ValidCall
from pipeline.work import run_step
from tests.pipeline.small import SAMPLES, folder_of, made, shop


def valid(dataset: Dataset) -> list[ValidCall]:
    return list(read_table(dataset.table_path("validate", "00000", "calls"), ValidCall))


def test_every_call_of_the_samples_is_valid(tmp_path: Path) -> None:
    dataset = made(tmp_path, SAMPLES, "curate", "validate")
    calls = list(read_table(dataset.table_path("curate", "00000", "calls"), CallRow))
    assert [found.call for found in valid(dataset)] == list(range(len(calls)))
    assert unaccounted(dataset) == []


@pytest.mark.parametrize(
    ("filter_", "spoil"),
    [
        ("unread", lambda code: "not a call at all"),
        ("other-request", lambda code: code[: len(code) // 2]),
        ("unread", lambda code: "(" * 50_000),
        ("other-request", lambda code: code.replace("GET", "DELETE")),
        ("other-request", lambda code: code.replace("/v1/", "/v2/")),
    ],
)
def test_broken_rows_are_dropped_and_the_others_stay(
    tmp_path: Path, filter_: str, spoil: Callable[[str], str]
) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": shop(0, 3)})
    dataset = made(tmp_path, folder, "curate", languages=("curl",))
    path = dataset.table_path("curate", "00000", "calls")
    calls = list(read_table(path, CallRow))
    calls[1] = replace(calls[1], code=spoil(calls[1].code))
    write_table(path, CallRow, calls)
    run_step(STEPS["validate"], dataset, Settings(tmp_path))
    assert [found.call for found in valid(dataset)] == [0, 2]
    (lost,) = losses(dataset, filter_)
    assert lost.drop.label == "GET /breads1/{id} in cURL"
    assert unaccounted(dataset) == []


def test_document_that_changes_between_steps_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": shop(0, 3), "b.json": shop(1, 3)})
    dataset = made(tmp_path, folder, "curate", languages=("curl",))
    folder_of(folder, {"a.json": shop(0, 4)})
    run_step(STEPS["validate"], dataset, Settings(tmp_path))
    assert len(valid(dataset)) == 3
    assert len(list(losses(dataset, "changed"))) == 3
    assert unaccounted(dataset) == []
    run_steps(dataset, Settings(tmp_path), ["curate", "validate"])
    assert len(valid(dataset)) == 7
    assert list(losses(dataset, "changed")) == []


def test_document_that_is_gone_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {"a.json": shop(0, 3), "b.json": shop(1, 3)})
    dataset = made(tmp_path, folder, "curate", languages=("curl",))
    (folder / "a.json").write_bytes(orjson.dumps({"openapi": "3.0.0"}) + b"}")
    run_step(STEPS["validate"], dataset, Settings(tmp_path))
    assert len(list(losses(dataset, "changed"))) == 3
