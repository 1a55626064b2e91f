"""Runs: every call judged once, nothing lost by a kill, cells that fill."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.model_server import ModelServer, model_server
from core.errors import StoreError
from core.jobs import control
from core.metrics.measure import WITHOUT_ANSWER
from core.models.opening import Offer
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.jobs import find_job
from core.store.model_servers import add_server
from core.store.runs import CellFigure, Run, figures_of, find_run
from pipeline import evaluate
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.prediction import read_columns, read_predictions, run_folder

PLAN = Plan("grounded", words_only=True, languages=("curl", "python"), limit=10)
COPY = Plan("copy-nearest", languages=("curl",), limit=10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(Settings(tmp_path / "workspace"))
    yield opened
    opened.close()


def planned(store: Store, plan: Plan = PLAN) -> Run:
    (number,) = evaluate.plan_runs(store, [plan])
    return find_run(store, number)


def test_run_judges_every_question_in_every_language(store: Store) -> None:
    run = planned(store)
    evaluate.evaluate(store, run)
    done = find_run(store, run.id)
    assert done.is_complete and done.done == done.total == 80
    rows = list(read_predictions(run_folder(store.workspace, run.id)))
    assert len({(row.prediction.question, row.prediction.language) for row in rows}) == 80
    right = [row for row in rows if row.prediction.status == "right"]
    assert right and all(not row.prediction.differences for row in right)
    assert all(row.numbers["executed"] == 1 for row in right)
    assert done.provenance and done.provenance["split_hash"]


def test_cells_are_of_every_level_language_and_naming(store: Store) -> None:
    run = planned(store)
    evaluate.evaluate(store, run)
    found = figures_of(store, ["right", "abstained"], namings=["all", "named", "unnamed"])[run.id]
    cells = {(each.level, each.language) for each in found if each.naming == "all"}
    languages = ("all", "curl", "python")
    assert cells == {(level, language) for level in range(4) for language in languages}
    assert {each.measure for each in found if each.level == 0} <= WITHOUT_ANSWER
    for each in found:
        assert 0 <= each.low <= each.value <= each.high <= 1
    whole = next(each for each in found if (each.level, each.language) == (1, "all"))
    assert whole.count == 20


def test_killed_run_goes_on_and_asks_nothing_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = planned(store, COPY)
    asked: list[str] = []
    judged = evaluate._judged

    def counting(questions, *others):  # type: ignore[no-untyped-def]
        if len(asked) >= 30:
            raise KeyboardInterrupt
        asked.extend(question.id for question in questions)
        return judged(questions, *others)

    monkeypatch.setattr(evaluate, "_judged", counting)
    with pytest.raises(KeyboardInterrupt):
        evaluate.evaluate(store, run)
    folder = run_folder(store.workspace, run.id)
    before = {path: path.read_bytes() for path in folder.glob("*.parquet")}
    assert len(before) == 2 and not find_run(store, run.id).is_complete
    asked.clear()
    evaluate.evaluate(store, find_run(store, run.id))
    assert len(asked) == 10 and find_run(store, run.id).done == 40
    assert all(path.read_bytes() == data for path, data in before.items())


@pytest.mark.parametrize("has_another", [False, True], ids=["the only one", "one of two"])
def test_server_that_is_away_in_the_middle_changes_no_answer(
    tmp_path: Path, has_another: bool
) -> None:
    plan = Plan("free-0+tiny", words_only=True, languages=("curl", "python"), limit=6)
    calm, wild = (open_store(Settings(tmp_path / name)) for name in ("calm", "wild"))
    with (
        closing(calm),
        closing(wild),
        model_server(seconds=0.01) as steady,
        model_server(seconds=0.01) as leaving,
    ):
        add_server(calm, Offer("tiny", steady.server()))
        wanted = answers_of(calm, plan)
        for server in (leaving, steady)[: 1 + has_another]:
            add_server(wild, Offer("tiny", server.server()))
        away = threading.Thread(target=leave_for_a_while, args=(leaving,))
        away.start()
        assert answers_of(wild, plan) == wanted
        away.join()
    assert len(leaving.calls) >= 5 + (not has_another)  # another one does the rest alone


def leave_for_a_while(server: ModelServer) -> None:
    while len(server.calls) < 5:
        time.sleep(0.005)
    server.stop()
    time.sleep(1.5)
    server.start()


def answers_of(store: Store, plan: Plan) -> dict[tuple[str, str], tuple[str, str]]:
    """What each question was answered with in each language, and what became of it."""
    run = planned(store, plan)
    evaluate.evaluate(store, run)
    assert find_run(store, run.id).is_complete
    found = [row.prediction for row in read_predictions(run_folder(store.workspace, run.id))]
    return {(one.question, one.language): (one.given, one.status) for one in found}


def test_a_server_is_asked_several_questions_at_once(store: Store) -> None:
    lock = threading.Lock()
    second = threading.Event()
    inside = 0

    def say(_body: dict[str, Any]) -> str:
        nonlocal inside
        with lock:
            inside += 1
            if inside == 2:
                second.set()
        second.wait(5)  # for another question; one that is asked alone waits in vain
        with lock:
            inside -= 1
        return "curl https://api.example.com"

    plan = Plan("free-0+tiny", words_only=True, languages=("curl",), limit=4)
    with model_server(say=say) as server:
        add_server(store, Offer("tiny", server.server()))
        assert answers_of(store, plan)
    assert second.is_set()


def test_half_written_batch_is_no_batch(store: Store) -> None:
    run = planned(store, COPY)
    folder = run_folder(store.workspace, run.id)
    folder.mkdir(parents=True)
    (folder / ".00000.parquet.partial").write_bytes(b"PAR1")
    evaluate.evaluate(store, run)
    assert find_run(store, run.id).done == 40


def test_damaged_batch_says_what_to_do(store: Store) -> None:
    run = planned(store, COPY)
    evaluate.evaluate(store, run)
    path = run_folder(store.workspace, run.id) / "00001.parquet"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StoreError, match=r"00001\.parquet cannot be read.*resume its run"):
        list(read_predictions(path.parent))


def test_repeats_are_in_one_cell_and_make_it_no_surer(store: Store) -> None:
    once, thrice = planned(store, COPY), planned(store, replace(COPY, repeats=3))
    for run in (once, thrice):
        evaluate.evaluate(store, run)
    assert find_run(store, thrice.id).done == 120

    def cell(run: Run) -> CellFigure:
        found = figures_of(store, ["all_f1"], languages=["all"])[run.id]
        return next(each for each in found if each.level == 2)

    assert cell(thrice).count == 3 * cell(once).count
    assert (cell(thrice).low, cell(thrice).high) == pytest.approx(
        (cell(once).low, cell(once).high), abs=0.02
    )


def test_run_says_what_its_model_was_made_of(store: Store) -> None:
    plan = replace(COPY, data_size=20_000, mixture="curl", template="three-shot", base_model="B")
    run = planned(store, plan)
    assert (run.data_size, run.mixture, run.template) == (20_000, "curl", "three-shot")
    assert Plan.from_record(run.plan) == plan


def test_rows_of_one_cell_are_found(store: Store) -> None:
    run = planned(store)
    evaluate.evaluate(store, run)
    folder = run_folder(store.workspace, run.id)
    rows = list(read_predictions(folder, level=2, language="python"))
    assert len(rows) == 10
    assert {(row.prediction.level, row.prediction.language) for row in rows} == {(2, "python")}
    columns = read_columns(sorted(folder.glob("*.parquet")))
    assert len(columns) == 80 and (columns.numbers["right"] == 1).any()


def test_job_that_is_killed_is_taken_up_and_loses_nothing(store: Store) -> None:
    plan = Plan("grounded", words_only=True, languages=("curl",))
    numbers = evaluate.plan_runs(store, [plan])
    folder = run_folder(store.workspace, numbers[0])
    job = control.start(store, "evaluate", {"runs": numbers})
    wait_until(lambda: len(list(folder.glob("*.parquet"))) >= 2)
    pid = find_job(store, job.id).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    kept = {path: path.read_bytes() for path in folder.glob("*.parquet")}

    def is_over() -> bool:
        control.advance(store)
        return find_job(store, job.id).is_over

    wait_until(is_over)
    assert find_job(store, job.id).state == "done"
    assert find_job(store, job.id).attempt == 2
    run = find_run(store, numbers[0])
    assert run.is_complete and run.done == run.total and run.job == job.id
    assert all(path.read_bytes() == data for path, data in kept.items())


def wait_until(happened) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)
