"""A run as its command: settings that are written are the settings that are read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from core.errors import CallwrightError
from core.store.training_runs import Kind, TrainingRun
from train.invocation import SETTINGS, command_of, config_path, invocation, write_config
from train.run_file import read_table
from train.sft_settings import SftSettings, settings_of

ROWS = {"path": "/d/rows", "dataset": "pets"}


def run_of(folder: Path, kind: Kind = "sft", **changes: Any) -> TrainingRun:
    values: dict[str, Any] = {"settings": asdict(SftSettings()), "data": ROWS}
    return TrainingRun(
        1, kind, "pets", folder, measuring={}, data_hash="", code_version="", note="",
        is_starred=False, job=None, created_at=0.0, **{**values, **changes},
    )  # fmt: skip


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    odd = asdict(SftSettings(base='a "b" \\ ü\n', learning_rate=1e-05, gradient_checkpointing=True))
    write_config(run_of(tmp_path, settings=odd))
    assert settings_of(read_table(config_path(tmp_path), "sft"), "there") == SftSettings(**odd)


@pytest.mark.parametrize(
    ("kind", "data", "wanted"),
    [
        ("sft", ROWS, ["/d/rows"]),
        ("sft", {**ROWS, "tests": "/t"}, ["/d/rows", "--tests", "/t"]),
        ("retriever", {}, []),
        ("retriever", {"sources": ["/a", "/b"], "pairs": 9}, ["/a", "/b", "--pairs", "9"]),
        ("reranker", {"pairs_file": "/p"}, ["--pairs-file", "/p"]),
    ],
)
def test_data_stands_before_the_options(kind: Kind, data: Any, wanted: list[str]) -> None:
    words = invocation(run_of(Path("/w/pets"), kind, data=data))
    assert words == [kind, *wanted, "--config", "/w/pets/run.toml", "--out", "/w/pets"]


def test_the_command_is_for_a_shell() -> None:
    run = run_of(Path("/w/my pets"))
    assert command_of(run).startswith("python -m train sft /d/rows --config '/w/my pets/run.toml'")


def test_a_run_without_rows_is_told() -> None:
    with pytest.raises(CallwrightError, match="Name the folder of an exported version"):
        invocation(run_of(Path("/w"), data={}))


@pytest.mark.parametrize("kind", SETTINGS)
def test_all_settings_of_a_kind_come_from_a_few(kind: Kind) -> None:
    assert SETTINGS[kind]({"seed": 7})["seed"] == 7
    with pytest.raises(CallwrightError, match="speed is no setting"):
        SETTINGS[kind]({"speed": 7})
