"""The life of a run in a workspace: it waits, learns, is measured, answers, is killed, goes on."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core import uploads
from core.engines import engine_names, open_engine
from core.errors import CallwrightError
from core.jobs import control
from core.models.local import LocalModel
from core.models.protocol import Generate, reply
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.jobs import find_job
from core.store.model_servers import model_offers
from core.store.preferences import save_preference
from core.store.runs import find_run, list_runs
from core.store.training_runs import (
    NewTrainingRun,
    TrainingRun,
    keep_run,
    training_run,
    training_runs,
)
from pipeline.curation import run_steps
from pipeline.dataset import create_dataset, open_dataset
from pipeline.export import version_path
from pipeline.recipe import Recipe, workspace_documents
from tests.pipeline.small import document, operation
from tests.train.rows import sample_rows, written
from train.__main__ import main
from train.checkpoint import export_model
from train.invocation import command_of
from train.measuring import Measuring
from train.metrics import Measured, read_metrics
from train.row_loss import row_losses
from train.runs import (
    RunState,
    delete_run,
    evaluate_run,
    resume_run,
    searchers,
    start_run,
    state_of,
    stop_run,
)

pytestmark = pytest.mark.timeout(900)

PATIENCE = 400
OPERATIONS = {
    "/apples": "Weigh fresh fruit from every orchard",
    "/bread": "Bake crusty loaves before sunrise",
    "/candles": "Light wax tapers during dinner",
    "/drums": "Play loud rhythms at midnight",
    "/engines": "Repair rusty motors without tools",
    "/flutes": "Tune wooden pipes after rehearsal",
    "/gloves": "Knit warm mittens against frost",
    "/hammers": "Strike bent nails with force",
    "/lamps": "Dim bright bulbs until bedtime",
    "/maps": "Draw distant islands between oceans",
    "/needles": "Sew torn sails under decks",
    "/ovens": "Heat cold kitchens through winter",
}
SETTINGS = {
    "wordings": 0, "epochs": 20, "learning_rate": 1e-3, "max_tokens": 512, "save_steps": 20,
    "log_steps": 1, "device": "cpu",
}  # fmt: skip


TOLD = {"data_hash": "d", "code_version": "c"}


def things() -> bytes:
    """An API of twelve operations that have hardly a word in common."""
    paths = {path: {"get": operation(summary)} for path, summary in OPERATIONS.items()}
    return json.dumps(document("House", paths)).encode()


def wait_for(store: Store, run: TrainingRun, holds: Callable[[RunState], bool]) -> RunState:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = state_of(store, training_run(store, run.id))
        if holds(state):
            return state
        assert state.name != "failed", state
        time.sleep(0.2)
    raise AssertionError(f"still {state}")


def is_done(state: RunState) -> bool:
    return state.name == "done"


def curve(run: TrainingRun) -> list[tuple[int, float]]:
    return [(each.step, each.loss) for each in read_metrics(run.folder) if each.loss is not None]


def process_of(store: Store, run: TrainingRun) -> int:
    job = training_run(store, run.id).job
    assert job is not None
    pid = find_job(store, job).pid
    assert pid is not None
    return pid


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A workspace with an API, and a dataset of it."""
    settings = Settings(tmp_path_factory.mktemp("runs") / "workspace", embedder="none")
    with closing(open_store(settings)) as opened:
        kept = uploads.keep(opened, {"house.json": things()})
        uploads.import_uploads(opened, uploads.kept(opened, kept))
        recipe = Recipe(
            documents=workspace_documents(opened, ()),
            languages=("curl",),
            level_1=0.5,
            level_2=0.0,
            level_3=0.0,
        )
        run_steps(create_dataset(settings.workspace, "house", recipe), settings)
        yield opened


@pytest.fixture(scope="module")
def data(store: Store) -> dict[str, Any]:
    dataset = open_dataset(store.workspace, "house")
    return {"path": str(version_path(dataset)), "dataset": "house"}


@pytest.fixture(scope="module")
def whole(store: Store, data: dict[str, Any]) -> TrainingRun:
    """A run that nobody disturbed, measured before and after."""
    run = start_run(store, "sft", "whole", SETTINGS, data, Measuring(every=10_000, questions=6))
    wait_for(store, run, is_done)
    return training_run(store, run.id)


def at(run: TrainingRun, step: int) -> Measured:
    return next(each for each in read_metrics(run.folder) if each.step == step)


def test_it_learns_and_its_first_level_rises_above_the_untrained_model(
    store: Store, whole: TrainingRun
) -> None:
    losses = curve(whole)
    assert losses[-1][1] < losses[0][1] / 2
    last = at(whole, losses[-1][0])
    assert last.tokens_per_second and last.memory_bytes and last.device_seconds_per_example
    assert at(whole, 0).levels["1"].api_call < last.levels["1"].api_call
    assert last.levels["1"].n == 6
    assert whole.data_hash and whole.code_version


def test_what_it_was_made_with_is_in_the_record_of_its_evaluation(
    store: Store, whole: TrainingRun
) -> None:
    (run,) = [each for each in list_runs(store) if each.engine == "free-0+whole"]
    assert (run.base_model, run.mixture, run.test_set) == ("tiny", "ladder", "dataset:house")
    assert run.data_size and run.template
    assert run.provenance is not None
    assert run.provenance["trained"]["data_hash"] == whole.data_hash
    assert run.provenance["trained"]["seed"] == 1
    base = [each for each in list_runs(store) if each.model == "whole@0"]
    assert base == [], "what was asked on the way is beside the losses, not on the board"


def test_it_answers_in_the_chat_and_leaves_the_program(
    store: Store, whole: TrainingRun, tmp_path: Path
) -> None:
    assert {"free-0+whole", "grounded+whole"} <= set(engine_names(store))
    answer = open_engine("free-0+whole", store).answer("Light wax tapers during dinner")
    assert "/candles" in answer.written
    export_model(whole.folder, tmp_path / "served")
    exported, own = (
        reply(LocalModel(str(folder)), Generate("GET /", max_tokens=8)).text
        for folder in (tmp_path / "served", whole.folder / "model")
    )
    assert exported == own


def test_killed_stopped_and_resumed_it_learns_the_same(
    store: Store, data: dict[str, Any], whole: TrainingRun
) -> None:
    run = start_run(store, "sft", "disturbed", SETTINGS, data)
    wait_for(store, run, lambda state: state.step >= 25)
    os.kill(process_of(store, run), signal.SIGKILL)
    control.advance(store)  # as any page does: what was interrupted goes on
    wait_for(store, run, lambda state: state.step >= 65)
    stop_run(store, training_run(store, run.id))
    stopped = state_of(store, training_run(store, run.id))
    assert stopped.name == "stopped" and "checkpoint-" in stopped.sentence
    assert any(offer.name == "disturbed" for offer in model_offers(store)), "it can be asked"
    resume_run(store, training_run(store, run.id))
    wait_for(store, run, is_done)
    assert [step for step, _ in curve(run)] == [step for step, _ in curve(whole)]
    assert [loss for _, loss in curve(run)] == pytest.approx([loss for _, loss in curve(whole)])


def test_a_run_is_evaluated_and_its_rows_are_looked_at(
    store: Store, whole: TrainingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(store.workspace))
    assert row_losses(whole) is None
    assert main(["row-losses", "whole"]) == 0
    found = row_losses(whole)
    assert found and [each.loss for each in found] == sorted((e.loss for e in found), reverse=True)
    assert all(each.label.startswith("GET /") and each.num_tokens > 5 for each in found)
    job = evaluate_run(store, whole, Measuring(questions=1))
    deadline = time.monotonic() + PATIENCE
    while not find_job(store, job.id).is_over and time.monotonic() < deadline:
        time.sleep(0.2)
    over = find_job(store, job.id)
    assert over.state == "done", over
    assert find_run(store, over.checkpoint[0]).is_complete


def test_a_second_run_waits_for_the_first_one(
    store: Store, data: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    monkeypatch.setattr(control, "_launch", lambda store, job: started.append(job.id))
    monkeypatch.setattr(control, "START_SECONDS", 3_600)
    monkeypatch.setattr("train.runs.check", lambda run, settings: TOLD)
    first = start_run(store, "sft", "first", SETTINGS, data)
    second = start_run(store, "sft", "second", SETTINGS, data)
    assert started == [first.job]
    for run in (first, second):
        state = state_of(store, run)
        assert (state.name, state.sentence) == ("waiting", "Waiting for the jobs before it.")
        with pytest.raises(CallwrightError, match="there is nothing to resume"):
            resume_run(store, run)
    stop_run(store, second)
    assert state_of(store, second).sentence.startswith("Stopped: getting ready, without a check")
    assert delete_run(store, first) > 0
    assert not first.folder.exists()
    assert [run.name for run in training_runs(store) if run.name in ("first", "second")] == [
        "second"
    ]
    delete_run(store, second)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("a b", {}, "cannot be a run's name"),
        ("../up", {}, "cannot be a run's name"),
        ("pets@4", {}, "cannot be a run's name"),
        ("vllm", {}, "cannot be a run's name"),
        ("bad", {"epochs": 0}, "epochs is 0. Give a number above 0"),
        ("bad", {"speed": 1}, "speed is no setting"),
        ("bad", {"language": "go"}, "The mix is empty: no training row is in go"),
    ],
)
def test_what_cannot_be_started_leaves_nothing(
    store: Store, data: dict[str, Any], name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(CallwrightError, match=message):
        start_run(store, "sft", name, {**SETTINGS, **values}, data)
    assert name not in {run.name for run in training_runs(store)}
    assert not (store.workspace / "models" / "bad").exists()


def test_only_language_models_are_asked_questions(store: Store) -> None:
    with pytest.raises(CallwrightError, match="Only language models"):
        start_run(store, "retriever", "found", {}, {}, Measuring(every=5))
    with pytest.raises(CallwrightError, match="with at least one question"):
        Measuring(every=5, questions=0)


def test_what_the_workspace_searches_with_is_not_deleted(store: Store) -> None:
    run = keep_run(store, NewTrainingRun("retriever", "finder", "models/finder"))
    (run.folder / "model").mkdir(parents=True)
    (run.folder / "run.json").write_text('{"is_done": true}')
    assert searchers(store, "retriever") == [str(run.folder / "model")]
    assert searchers(store, "reranker") == []
    save_preference(store, "embedder", str(run.folder / "model"))
    try:
        with pytest.raises(CallwrightError, match="is the embedder that is in use"):
            delete_run(store, run)
    finally:
        save_preference(store, "embedder", "")
    assert delete_run(store, run) == len('{"is_done": true}')
    assert not run.folder.exists()


def test_commands_train_list_and_delete_runs_of_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "workspace"
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(workspace))
    rows = written(tmp_path / "rows.jsonl", sample_rows(4))
    config = tmp_path / "run.toml"
    config.write_text('[sft]\nmax_tokens = 512\nmax_steps = 2\nlog_steps = 1\ndevice = "cpu"\n')
    out = workspace / "models" / "small"
    command = ["sft", str(rows), "--config", str(config), "--out", str(out)]
    assert main([*command, "--check"]) == 0
    assert "data_hash" in capsys.readouterr().out
    assert not out.exists()
    assert main([*command, "--until", "1"]) == 0
    with closing(open_store(Settings(workspace))) as opened:
        (run,) = training_runs(opened)
        assert run.name == "small" and run.data_hash
        assert state_of(opened, run).sentence == "Stopped: step 1 of 2, with checkpoint-1."
        assert command_of(run).startswith(f"python -m train sft {rows} --config")
    assert main(["sft", str(rows), "--config", str(out / "run.toml"), "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["runs"]) == 0
    assert "small" in (said := capsys.readouterr().out) and "2 of 2" in said and "done" in said
    assert main(["delete", "small"]) == 0
    assert not out.exists() and "MB are free again" in capsys.readouterr().err
    assert main(["stop", "small"]) == 1
    assert "There is no training run “small”" in capsys.readouterr().err
