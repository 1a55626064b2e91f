"""The best good candidate, and a second one in other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.settings import Settings
from pipeline.curation import run_steps
from pipeline.dataset import keep_anyway
from pipeline.funnel import losses, unaccounted
from pipeline.row import Judged
from pipeline.select import Selected, choose
from pipeline.table import read_table
from tests.pipeline.small import document, folder_of, made, operation

BAD_SUMMARY = "Import the the pets"


def judged(idx: int, text: str, label: str = "good", score: float | None = 0.5) -> Judged:
    return Judged(idx, text, "template", label, (), "rules", score)


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], []),
        ([judged(1, "List pets")], [1]),
        ([judged(1, "List pets"), judged(2, "list pets!")], [1]),
        ([judged(1, "A"), judged(2, "B", score=0.9), judged(3, "C", score=0.7)], [2, 3]),
        ([judged(1, "A", "bad", 1.0), judged(2, "B"), judged(3, "C")], [2, 3]),
        ([judged(1, "A", score=None), judged(2, "B", score=0.1)], [2, 1]),
        ([judged(2, "B"), judged(1, "A")], [1, 2]),
    ],
)
def test_best_first_and_the_second_says_it_otherwise(
    candidates: list[Judged], chosen: list[int]
) -> None:
    assert [each.idx for each in choose(candidates)] == chosen


def test_operations_with_few_good_candidates_wait_for_a_person(tmp_path: Path) -> None:
    paths = {
        "/pets": {"get": operation("List all pets")},
        "/pets/import": {"post": operation(BAD_SUMMARY)},
    }
    folder = folder_of(tmp_path / "documents", {"a.json": document("Pets", paths)})
    steps = ("curate", "instruct", "validate", "judge", "score", "select")
    dataset = made(tmp_path, folder, *steps)
    (lost,) = losses(dataset, "few-good")
    assert lost.drop.label == "POST /pets/import" and "grammar" in lost.drop.reason
    assert lost.drop.text.count("\n") == 4
    assert unaccounted(dataset) == []
    keep_anyway(dataset, "select", lost.part, lost.drop.key)
    run_steps(dataset, Settings(tmp_path), steps)
    rows = list(read_table(dataset.table_path("select", "00000", "instructions"), Selected))
    assert [row.operation for row in rows] == [0, 1]
    assert rows[1].candidates[0].label == "bad" and "import" in rows[1].instruction.lower()
