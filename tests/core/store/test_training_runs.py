"""Rows of training runs, on both databases."""

from __future__ import annotations

import pytest

from core.errors import StoreError, UnknownNameError
from core.store.database import Store
from core.store.training_runs import (
    NewTrainingRun,
    assign_training_job,
    forget_run,
    keep_run,
    note_made_with,
    note_run,
    run_named,
    star_run,
    training_run,
    training_runs,
)

NEW = NewTrainingRun("sft", "pets", "models/pets", {"epochs": 2}, {"path": "rows"}, {"every": 5})


def test_a_run_is_kept_as_it_was_asked_for(store: Store) -> None:
    run = keep_run(store, NEW)
    assert (run.kind, run.name, run.settings, run.data) == ("sft", "pets", NEW.settings, NEW.data)
    assert run.measuring == {"every": 5}
    assert run.folder == store.workspace.absolute() / "models/pets"
    assert (run.note, run.is_starred, run.job) == ("", False, None)
    assert run_named(store, "pets") == training_run(store, run.id) == run


def test_what_is_said_of_a_run_is_kept(store: Store) -> None:
    run = keep_run(store, NEW)
    note_run(store, run.id, "twice the rows\0")
    star_run(store, run.id, True)
    assign_training_job(store, run.id, 7)
    note_made_with(store, run.id, "abc", "def")
    found = training_run(store, run.id)
    assert (found.note, found.is_starred, found.job) == (
        "twice the rows\N{REPLACEMENT CHARACTER}",
        True,
        7,
    )
    assert (found.data_hash, found.code_version) == ("abc", "def")


def test_stars_come_first_then_the_newest(store: Store) -> None:
    names = ("a", "b", "c")
    ids = [keep_run(store, NewTrainingRun("sft", name, name)).id for name in names]
    star_run(store, ids[0], True)
    assert [run.name for run in training_runs(store)] == ["a", "c", "b"]
    forget_run(store, ids[0])
    assert [run.name for run in training_runs(store)] == ["c", "b"]


def test_what_cannot_be_is_told(store: Store) -> None:
    run = keep_run(store, NEW)
    with pytest.raises(StoreError, match="There is a run “pets” already"):
        keep_run(store, NEW)
    with pytest.raises(UnknownNameError, match="Did you mean pets"):
        run_named(store, "pet")
    forget_run(store, run.id)
    with pytest.raises(UnknownNameError, match="no training run"):
        training_run(store, run.id)
    with pytest.raises(StoreError, match="not there any more"):
        note_run(store, run.id, "too late")
