"""From beginning to end: previews, commands that come back as they are shown, jobs, the funnel."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from core import intake
from core.jobs import control
from core.openapi.files import read_path
from core.settings import Settings
from core.store.database import Store, open_store
from core.store.sources import Source
from pipeline.__main__ import main
from pipeline.curation import command_of, preview
from pipeline.dataset import create_dataset, open_dataset, versions_of
from pipeline.funnel import funnel, losses, stages, unaccounted
from pipeline.recipe import Recipe, folder_documents, workspace_documents
from pipeline.row import SPLITS
from tests.core.jobs.test_control import is_over, wait_for
from tests.pipeline.small import SAMPLES, dataset_of, document, folder_of, made, operation, shop
from tests.pipeline.test_curate import GERMAN


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    return tmp_path / "w"


@pytest.fixture
def store(workspace: Path) -> Store:
    return open_store(Settings(workspace))


def test_preview_shows_rows_and_keeps_nothing(workspace: Path) -> None:
    recipe = Recipe(folder_documents(SAMPLES), folder=str(SAMPLES))
    rows = preview(recipe, Settings(workspace))
    assert len(rows) == 3 and len({row.language for row in rows}) == 3
    assert all(row.instruction and row.api_call for row in rows)
    assert not workspace.exists()


def test_command_that_is_shown_makes_the_same_recipe(workspace: Path) -> None:
    folder = folder_of(workspace / "my documents", {"a.json": shop(0, 3), "b.json": shop(1, 3)})
    recipe = Recipe(
        folder_documents(folder),
        folder=str(folder),
        languages=("go", "curl"),
        values="example",
        own_calls=False,
        english_only=False,
        seed=3,
        level_2=0.2,
        jsonl=False,
    )
    words = shlex.split(command_of(recipe, "pets", ["curate"], workers=1))
    assert words[:3] == ["python", "-m", "pipeline"]
    assert main(words[3:]) == 0
    assert open_dataset(workspace, "pets").recipe == recipe


def test_dataset_goes_on_with_its_own_recipe(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = folder_of(workspace / "documents", {f"{n}.json": shop(n) for n in range(3)})
    dataset = dataset_of(workspace, folder)
    assert main(["curate", "--dataset", "small"]) == 0
    assert main(["run", "--dataset", "small"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == str(versions_of(dataset)[0].path)
    assert main(["funnel", "--dataset", "small"]) == 0
    assert "36 operations" in capsys.readouterr().out
    assert main(["leaks", "--dataset", "small"]) == 0
    assert open_dataset(workspace, "small") == dataset


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["funnel", "--dataset", "none"], "There is no dataset “none”"),
        (["run", "--dataset", "x", "--folder", "/nowhere"], "/nowhere"),
        (["run", "--dataset", "x", "--document", "abc"], "No document is chosen"),
        (["export", "--dataset", "../x"], "cannot be the name"),
    ],
)
def test_problems_are_sentences(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert main(words) == 1
    assert says in capsys.readouterr().err


def test_job_makes_a_dataset_of_the_workspace(store: Store) -> None:
    folder = folder_of(store.workspace / "in", {f"{n}.json": shop(n) for n in range(3)})
    intake.import_files(store, read_path(folder), Source("hub", "", "APIs.guru"))
    recipe = Recipe(workspace_documents(store), languages=("curl",))
    assert {document.source for document in recipe.documents} == {"APIs.guru"}
    create_dataset(store.workspace, "pets", recipe)
    job = control.start(store, "curation", {"dataset": "pets", "workers": 2})
    ended = wait_for(store, job.id, is_over)
    assert ended.state == "done", ended.error
    assert ended.done == ended.total
    (version,) = versions_of(open_dataset(store.workspace, "pets"))
    assert ended.result["version"] == version.name
    assert sum(version.manifest["rows"]["curl"].values()) >= 36


def test_funnel_counts_what_came_in_and_what_fell(workspace: Path) -> None:
    documents = {
        "a.json": shop(0, 5),
        "b.json": document("Hotel", GERMAN),
        "c.json": document("Mute", {"/a": {"get": operation()}, "/b": {"get": 5}}),
        "d.json": b'{"openapi": "3.0.0", ',
    }
    dataset = made(workspace, folder_of(workspace / "documents", documents))
    bars = {bar.filter: (bar.before, bar.lost, bar.after) for bar in funnel(dataset)}
    assert bars["unreadable"] == (4, 1, 3)
    assert bars["foreign-document"] == (3, 1, 2)
    assert bars["unusable"] == (7, 1, 6)
    assert bars["no-words"] == (6, 1, 5)
    assert unaccounted(dataset) == []
    found = [(stage.step, stage.apis, stage.operations, stage.calls) for stage in stages(dataset)]
    assert found[0] == ("curate", 1, 5, 15)
    assert [lost.drop.label for lost in losses(dataset, "foreign-document", "tests")] == [
        "Hotel (b.json)"
    ]
    assert list(losses(dataset, "foreign-document", "elsewhere")) == []


def test_splits_are_spelled_as_hugging_face_allows() -> None:
    assert all(split.isidentifier() for split in SPLITS)
