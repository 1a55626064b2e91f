"""The page *Training*: runs asked for, looked at before they start, watched, compared, used."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from core.errors import CallwrightError
from core.store.documents import live_documents
from core.store.jobs import add_job, change_state, find_job
from core.store.preferences import save_preference, with_preferences
from core.store.training_runs import (
    NewTrainingRun,
    TrainingRun,
    forget_run,
    keep_run,
    training_runs,
)
from pages.components import resources, training_fields
from pages.components.training_data import SAMPLES
from pipeline.curation import run_steps
from pipeline.dataset import create_dataset, dataset_names, delete_dataset, versions_of
from pipeline.recipe import Recipe, workspace_documents
from tests.pages.screen import errors_of, open_page, words
from tests.pages.test_curation import labelled, press
from train.__main__ import _parser
from train.checkpoint import Run, write_run
from train.estimate import Estimate
from train.metrics import append_metrics
from train.preview import Bin, Piece, Preview, TokenRow
from train.reranker import RerankerSettings
from train.retriever import RetrieverSettings
from train.row_loss import RowLoss
from train.runs import state_of
from train.sft_settings import SftSettings, settings_of

NAME = "learnable"
SEEN = Preview(
    num_examples=12,
    num_left_out=3,
    num_shortened=1,
    num_held_back=2,
    num_looked_at=12,
    num_steps=60,
    num_tokens=2_890,
    num_learnt=990,
    lengths=(Bin(100, 199, 5), Bin(200, 299, 7)),
    parts={"curl": 12},
    guard="None of 12 rows gives one of 5 tests away.",
    rows=(
        TokenRow(
            "GET /pets · cURL",
            "5 tokens",
            (
                Piece("read", ("Pets", " <b>", "\n"), (5, 6, 7)),
                Piece("learnt", ("curl", "</s>"), (8, 2)),
            ),
        ),
    ),
    estimate=Estimate(
        "processor", 770_944, 770_944, 47.0, 1.5, 10**9, 2 * 10**9, 10, 100, "6 steps"
    ),
    warnings=("The run may fill the disk.",),
)


@pytest.fixture(scope="module")
def version() -> Iterator[Path]:
    """An exported version of one small sample API."""
    store = resources.store()
    smallest = sorted(live_documents(store), key=lambda row: row.num_bytes)[:1]
    documents = workspace_documents(store, tuple(row.sha256 for row in smallest))
    recipe = Recipe(documents, languages=("curl", "python"), level_2=0.0, level_3=0.0)
    made = create_dataset(store.workspace, NAME, recipe)
    run_steps(made, store.settings)
    yield versions_of(made)[0].path
    delete_dataset(store.workspace, NAME)


@pytest.fixture
def runs(version: Path) -> Iterator[Any]:
    """Makes runs as training leaves them; they are gone afterwards, and so is what a page began."""

    def make(name: str, *, is_done: bool, note: str = "", **values: Any) -> TrainingRun:
        settings = settings_of(values, "a test")
        store = resources.store()
        run = keep_run(
            store,
            NewTrainingRun(
                "sft",
                name,
                f"models/{name}",
                {field: getattr(settings, field) for field in training_fields.names_of(settings)},
                {"path": str(version), "dataset": NAME},
                data_hash="abc",
            ),
        )
        state = run.folder / "steps" / "checkpoint-10" / "trainer_state.json"
        state.parent.mkdir(parents=True)
        state.write_text("{}")
        (run.folder / "model").mkdir()
        write_run(run.folder, Run(dict(run.settings), "abc", "v1", 12, 0, is_done=is_done))
        for step, loss in ((5, 6.5), (10, 2.5)):
            append_metrics(run.folder, step, 20, {"loss": loss, "learning_rate": 0.1 / step})
        level = {"api_call": 0.4, "n": 10, "low": 0.2, "high": 0.6}
        append_metrics(run.folder, 10, 20, {"eval_loss": 2.75, "levels": {"1": level}})
        return run

    yield make
    for run in training_runs(resources.store()):
        shutil.rmtree(run.folder, ignore_errors=True)
        forget_run(resources.store(), run.id)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any], str]]:
    """The jobs that would have been started; checks find nothing."""
    started: list[tuple[str, dict[str, Any], str]] = []

    def start(store: Any, kind: str, arguments: dict[str, Any], title: str = "") -> Any:
        started.append((kind, arguments, title))
        job = add_job(store, kind, title, arguments, is_heavy=True)
        with store.writing() as connection:
            change_state(connection, job.id, ("queued",), "cancelled", finished_at=1.0)
        return find_job(store, job.id)

    monkeypatch.setattr("core.jobs.control.start", start)
    told = {"data_hash": "abc", "code_version": "v1"}
    monkeypatch.setattr("train.runs.check", lambda run, settings: told)
    return started


def test_without_a_dataset_one_click_makes_one(begun: list[Any]) -> None:
    for name in dataset_names(resources.store().workspace):
        delete_dataset(resources.store().workspace, name)
    screen = open_page("training")
    assert not screen.exception and not errors_of(screen)
    assert "There is none yet" in words(screen)
    press(screen, "Make one from the samples")
    ((kind, arguments, _),) = begun
    assert kind == "curation" and arguments["dataset"] == SAMPLES
    delete_dataset(resources.store().workspace, SAMPLES)


def test_retrievers_need_no_dataset() -> None:
    screen = open_page("training", kind="retriever")
    assert not screen.exception and not errors_of(screen)
    assert "find the operation" in words(screen)
    assert screen.code[0].value.startswith("python -m train retriever --pairs 2000 --config ")
    assert (
        open_page("training", kind="reranker").code[0].value.startswith("python -m train reranker")
    )


def test_one_click_starts_a_run_with_the_settings_that_are_shown(
    version: Path, begun: list[Any], runs: Any
) -> None:
    screen = open_page("training")
    assert not screen.exception and not errors_of(screen)
    labelled(screen.number_input, "rows").set_value(4).run()
    labelled(screen.number_input, "Questions of each level").set_value(2).run()
    line, config = shlex.split(screen.code[0].value), screen.code[1].value
    assert line[:4] == ["python", "-m", "train", "sft"] and line[4] == str(version)
    assert _parser().parse_args(line[3:]).out == resources.store().workspace / "models" / "model-1"
    assert "rows = 4\n" in config
    press(screen, "Start")
    (run,) = training_runs(resources.store())
    assert (run.name, run.kind, run.data["dataset"]) == ("model-1", "sft", NAME)
    assert run.settings["rows"] == 4 and run.settings["language"] == "curl"
    assert run.measuring["questions"] == 2 and run.measuring["every"] == 7  # of twenty steps
    assert begun[0][0] == "train-sft" and begun[0][1] == {"training_run": run.id}
    assert (run.folder / "run.toml").read_text().strip() == config


def test_a_preset_changes_the_settings(version: Path) -> None:
    screen = open_page("training")
    labelled(screen.selectbox, "Preset").set_value("small").run()
    assert labelled(screen.number_input, "lora_rank").value == 16
    assert 'preset = "small"' in screen.code[1].value


@pytest.mark.parametrize(
    ("label", "value", "says"),
    [
        ("global_batch", 6, "not a multiple of batch_size"),
        ("epochs", 0, "Give a number above 0"),
        ("rows", -1, "Give 0 or more"),
    ],
)
def test_bad_settings_are_told_in_words(version: Path, label: str, value: int, says: str) -> None:
    screen = open_page("training")
    labelled(screen.number_input, label).set_value(value).run()
    assert says in errors_of(screen)[0]
    assert not any(button.label == "Start" for button in screen.button)


def test_names_that_cannot_be_are_refused(version: Path, begun: list[Any]) -> None:
    screen = open_page("training")
    labelled(screen.text_input, "Name").set_value("../up").run()
    press(screen, "Start")
    assert "cannot be a run's name" in errors_of(screen)[0]
    assert not begun and not training_runs(resources.store())


def test_what_a_check_finds_is_shown_and_nothing_is_kept(
    version: Path, begun: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(run: Any, settings: Any) -> None:
        raise CallwrightError("The mix would give tests away, so nothing is trained.")

    monkeypatch.setattr("train.runs.check", check)
    screen = press(open_page("training"), "Start")
    assert "give tests away" in errors_of(screen)[0]
    assert not begun and not training_runs(resources.store())


def test_preview_shows_tokens_losses_and_what_it_takes(
    version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.components.training_form.preview_of", lambda *_: SEEN)
    screen = press(open_page("training"), "Preview")
    assert not screen.exception and not errors_of(screen)
    figures = {each.label: each.value for each in screen.metric}
    assert figures["Examples"] == "12" and figures["Time"] == "47 s"
    assert figures["Memory"] == "1.0 GB"
    assert "fill the disk" in screen.warning[0].value
    assert "gives one of 5 tests away" in screen.success[0].value
    drawn = [each.value for each in screen.markdown if "-background[" in each.value]
    assert "green-background[curl]" in drawn[1] and "gray-background" in drawn[0]
    assert "\\<b\\>" in drawn[0] and "<b>" not in drawn[0]  # a stranger's text stays text
    losses, table = screen.dataframe[0].value, screen.dataframe[1].value
    assert dict(zip(losses[""], losses["Examples"], strict=True))["left out, too long"] == 3
    assert list(table["Number"]) == [5, 6, 7, 8, 2]
    assert [value for value in table["Label"] if value == value] == [8, 2]
    labelled(screen.number_input, "rows").set_value(2).run()
    assert not screen.metric  # another run than the one that was looked at


def test_what_keeps_a_preview_from_being_made_is_said(
    version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def preview_of(*_: Any) -> Preview:
        raise CallwrightError("There is no base model x/y that writes text.")

    monkeypatch.setattr("pages.components.training_form.preview_of", preview_of)
    screen = open_page("training")
    labelled(screen.text_input, "source").set_value(
        "another preview than the one that is kept"
    ).run()
    assert "no base model" in errors_of(press(screen, "Preview"))[0]


def test_runs_are_listed_and_compared(runs: Any) -> None:
    first = runs("first", is_done=True, rows=12)
    second = runs("second", is_done=False, rows=24)
    screen = open_page("training")
    assert not screen.exception and not errors_of(screen)
    table = screen.dataframe[0].value
    assert list(table["Name"]) == ["second", "first"]
    assert list(table["State"]) == ["stopped", "done"]
    assert list(table["Loss"]) == [2.5, 2.5] and list(table["Level 1"]) == [0.4, 0.4]
    screen = open_page("training", compare=f"{first.id},{second.id}")
    differing = screen.dataframe[1].value
    assert dict(zip(differing["Setting"], differing["first"], strict=True)) == {"rows": "12"}


def test_a_run_shows_its_figures_and_is_resumed(runs: Any, begun: list[Any]) -> None:
    run = runs("halfway", is_done=False)
    screen = open_page("training", run=str(run.id))
    assert not screen.exception and not errors_of(screen)
    figures = {each.label: each.value for each in screen.metric}
    assert figures == {"Loss": "2.500", "Held back": "2.750", "Level 1": "40%"}
    assert "Stopped" in words(screen)
    press(screen, "Resume")
    assert begun == [("train-sft", {"training_run": run.id}, "Train halfway")]


def test_notes_and_stars_are_kept(runs: Any) -> None:
    run = runs("noted", is_done=True)
    screen = open_page("training", run=str(run.id))
    labelled(screen.text_input, "Note").set_value("The <b>good</b> one").run()
    press(screen, "Star")
    (kept,) = training_runs(resources.store())
    assert kept.is_starred and kept.note == "The <b>good</b> one"
    table = open_page("training").dataframe[0].value
    assert list(table["★"]) == ["★"]


def test_a_done_run_is_measured_served_and_asked(runs: Any, begun: list[Any]) -> None:
    run = runs("useful", is_done=True)
    screen = open_page("training", run=str(run.id))
    labels = [button.label for button in screen.button]
    assert "Resume" not in labels and "Ask it in the chat" in labels and "Export" in labels
    assert any("vllm.entrypoints.openai.api_server" in each.value for each in screen.code)
    press(screen, "Measure all levels")
    ((kind, arguments, _),) = begun
    assert kind == "evaluate" and arguments["plans"][0]["engine"] == "free-0+useful"


def test_bad_rows_are_asked_for_and_listed(runs: Any, begun: list[Any]) -> None:
    run = runs("rowed", is_done=True)
    screen = press(open_page("training", run=str(run.id)), "Look for bad rows")
    assert begun == [("row-losses", {"training_run": run.id}, "Look for bad rows of rowed")]
    rows = [RowLoss("1", "curl", "free-0", 3.5, 20, "GET /pets", "Show me <b>pets</b>")]
    rows.append(replace(rows[0], row="2", loss=0.5))
    lines = [orjson.dumps({n: getattr(row, n) for n in RowLoss.__slots__}) for row in rows]
    (run.folder / "row_losses.jsonl").write_bytes(b"\n".join(lines))
    screen = open_page("training", run=str(run.id))
    assert "2 rows, the hardest first" in words(screen)
    assert list(screen.dataframe[0].value["Loss"]) == [3.5, 0.5]


def test_a_reranker_is_used_with_a_click_and_not_deleted_while_it_is(begun: list[Any]) -> None:
    store = resources.store()
    run = keep_run(store, NewTrainingRun("reranker", "ranker", "models/ranker", {"base": "x"}))
    (run.folder / "model").mkdir(parents=True)
    write_run(run.folder, Run({}, "abc", "v1", 12, 0, is_done=True))
    screen = open_page("training", run=str(run.id))
    assert not screen.exception and not errors_of(screen)
    assert "Look for bad rows" not in [button.label for button in screen.button]
    press(screen, "Use as reranker")
    assert with_preferences(store).settings.reranker == str(run.folder / "model")
    press(screen, "Delete this run")
    assert "is the reranker that is in use" in errors_of(screen)[0] and run.folder.exists()
    save_preference(store, "reranker", "none")
    resources.chat().reopen_engines()
    press(open_page("training", run=str(run.id)), "Delete this run")
    assert not run.folder.exists() and not training_runs(store)


def test_deleting_says_what_it_frees(runs: Any) -> None:
    run = runs("unwanted", is_done=True)
    (run.folder / "model" / "weights").write_bytes(b"0" * 2_000_000)
    screen = open_page("training", run=str(run.id))
    assert "2.0 MB of the disk" in words(screen)
    press(screen, "Delete this run")
    assert not training_runs(resources.store()) and not run.folder.exists()


def test_an_unknown_run_says_which_there_are(runs: Any) -> None:
    run = runs("only", is_done=True)
    for address in (str(run.id + 1), "<b>"):
        assert "There is no training run" in errors_of(open_page("training", run=address))[0]


@pytest.mark.parametrize("kind", [SftSettings, RetrieverSettings, RerankerSettings])
def test_every_setting_is_explained(kind: type[Any]) -> None:
    about = training_fields.helps(kind)
    assert list(about) == training_fields.names_of(kind())
    assert not any("``" in said or ":`" in said for said in about.values())


def test_states_are_those_of_the_folder(runs: Any) -> None:
    store = resources.store()
    assert state_of(store, runs("over", is_done=True)).name == "done"
    stopped = state_of(store, runs("half", is_done=False))
    assert (stopped.name, stopped.step, stopped.of, stopped.is_busy) == ("stopped", 10, 20, False)
