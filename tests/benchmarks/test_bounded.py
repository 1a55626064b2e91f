"""Work that hangs, fails or dies costs its own task and no other."""

from __future__ import annotations

import os
import time

from benchmarks.bounded import run_bounded


def work(task: str) -> str:
    if task == "hang":
        time.sleep(60)
    if task == "fail":
        raise ValueError("no good")
    if task == "die":
        os._exit(1)
    return task.upper()


def test_each_task_has_its_outcome() -> None:
    tasks = ["a", "hang", "b", "fail", "die", "c"]
    found = {
        outcome.task: outcome.result or outcome.failure.splitlines()[-1]
        for outcome in run_bounded(work, tasks, workers=2, seconds=1.0)
    }
    assert found == {
        "a": "A",
        "b": "B",
        "c": "C",
        "hang": "no answer within 1 s",
        "fail": "ValueError: no good",
        "die": "the process died",
    }


def test_no_task_is_no_work() -> None:
    assert list(run_bounded(work, [], workers=2, seconds=1.0)) == []
