"""The judge of a dataset's recipe decides, and who judges is written beside what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UnknownNameError
from core.samples import SAMPLES
from core.settings import Settings
from pipeline.curation import command_of
from pipeline.rate import JudgedRow
from pipeline.steps import STEPS
from pipeline.table import read_table
from pipeline.work import Task
from tests.pipeline.small import dataset_of, folder_of, made

MADE = ("curate", "instruct", "judge")


def documents(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "in", {"pets.json": (SAMPLES / "petshelter.json").read_bytes()})


@pytest.mark.parametrize("judge", ["rules", "fitted"])
def test_the_judge_of_the_recipe_decides(tmp_path: Path, judge: str) -> None:
    dataset = made(tmp_path / "workspace", documents(tmp_path), *MADE, judge=judge)
    task = Task(dataset, Settings(tmp_path / "workspace"), STEPS["judge"].parts(dataset)[0])
    rows = list(read_table(task.table("judge", "verdicts"), JudgedRow))
    assert rows
    assert {row.judge for row in rows} == {judge}
    assert {row.label for row in rows} <= {"good", "bad"}


def test_an_unknown_judge_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="judge"):
        dataset_of(tmp_path / "workspace", documents(tmp_path), judge="oracle")


def test_the_command_names_the_judge(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path / "workspace", documents(tmp_path), judge="fitted")
    assert "--judge fitted" in command_of(dataset.recipe, "small")
