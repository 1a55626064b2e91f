"""Runs and the cells of boards, on both databases."""

from __future__ import annotations

import pytest

from core.errors import UnknownNameError
from core.store.database import Store
from core.store.jobs import add_job
from core.store.runs import (
    CellFigure,
    NewRun,
    Run,
    add_run,
    assign_job,
    delete_run,
    figures_of,
    find_run,
    finish_run,
    list_runs,
    note_done,
    note_progress,
)

NEW = NewRun("grounded", "bundled", "open", "as asked", "asked", {"seed": 1}, 40, data_size=None)


def figure(measure: str, value: float, language: str = "all", naming: str = "all") -> CellFigure:
    return CellFigure(1, language, naming, measure, value, value - 0.1, value + 0.1, 20)


def test_run_is_kept_as_it_was_asked_for(store: Store) -> None:
    run = add_run(store, NEW)
    assert find_run(store, run.id) == run
    assert (run.engine, run.plan, run.total, run.done) == ("grounded", {"seed": 1}, 40, 0)
    assert not run.is_complete
    with pytest.raises(UnknownNameError, match=str(run.id)):
        find_run(store, run.id + 1)


def test_figures_are_replaced_as_the_run_goes_on(store: Store) -> None:
    run = add_run(store, NEW)
    note_progress(store, run.id, 20, [figure("right", 0.5), figure("legal", 1.0)])
    note_progress(store, run.id, 40, [figure("right", 0.6)])
    assert find_run(store, run.id).done == 40
    assert figures_of(store, ["right", "legal"]) == {run.id: [figure("right", 0.6)]}
    note_done(store, run.id, 39)
    assert find_run(store, run.id).done == 39
    assert figures_of(store, ["right"]) == {run.id: [figure("right", 0.6)]}
    finish_run(store, run.id, {"seed": 1})
    assert find_run(store, run.id).is_complete


def test_figures_are_chosen_by_measure_language_naming_and_run(store: Store) -> None:
    first, second = add_run(store, NEW), add_run(store, NEW)
    listed = [
        figure("right", 0.5),
        figure("right", 0.4, "go"),
        figure("right", 0.3, "all", "named"),
        figure("legal", 0.9),
    ]
    for run in (first, second):
        note_progress(store, run.id, 1, listed)
    assert set(figures_of(store, ["right"])) == {first.id, second.id}
    one = {"numbers": [first.id]}
    assert figures_of(store, ["right"], **one, languages=["go"])[first.id] == [listed[1]]
    assert figures_of(store, ["right"], **one, namings=["named"])[first.id] == [listed[2]]


def test_deleted_run_is_off_the_boards_and_comes_back(store: Store) -> None:
    run = add_run(store, NEW)
    delete_run(store, run.id)
    assert list_runs(store) == []
    delete_run(store, run.id, is_deleted=False)
    assert [each.id for each in list_runs(store)] == [run.id]


def test_run_knows_its_job(store: Store) -> None:
    job = add_job(store, "count", "Count", {})
    listed: list[Run] = [add_run(store, NEW), add_run(store, NEW)]
    assign_job(store, [run.id for run in listed], job.id)
    assert {run.job for run in list_runs(store)} == {job.id}
