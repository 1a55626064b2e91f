"""Catalogues of a workspace: commands and the job."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from core.catalogue.asking import Example
from core.catalogue.folder import (
    list_catalogues,
    open_catalogue,
    read_questions,
    remove_catalogue,
)
from core.catalogue.function import document_of
from core.errors import StoreError, UnknownNameError
from core.jobs.context import JobContext
from core.jobs.kinds import job_kind
from core.samples import add_samples
from core.settings import Settings
from core.store.database import Store, open_store
from core.uploads import import_uploads
from pipeline.__main__ import main
from pipeline.catalogue import (
    KIND,
    Plan,
    add_questions,
    kept_runs,
    make_questions,
    run_plan,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(Settings(tmp_path / "workspace"))
    assert list_catalogues(store.workspace) == ["map-drawing"]
    yield store
    store.close()


def nothing(done: int, total: int, message: str) -> None:
    assert 0 <= done < total and message


PLAN = Plan("map-drawing", engines=("grounded",), sizes=(10,), words_only=True)


def test_templates_are_made_anew_and_people_keep_theirs(store: Store) -> None:
    people = read_questions(store.workspace, "map-drawing").examples
    make_questions(store, "map-drawing", per_function=4, seed=1)
    made = make_questions(store, "map-drawing", per_function=2, seed=1)
    assert made.examples[: len(people)] == people
    assert len(made.examples) == len(people) + 2 * 10
    assert read_questions(store.workspace, "map-drawing") == made


def test_questions_of_people_are_checked_and_replace_their_like(store: Store) -> None:
    before = read_questions(store.workspace, "map-drawing").examples
    zoom = Example("map-001", "zoom in to 3", "view.set_zoom", {"level": 3}, "hand")
    far = replace(zoom, id="x", question="zoom in to 99", arguments={"level": 99})
    assert add_questions(store, "map-drawing", [zoom, far]) == {"illegal arguments": 1}
    after = read_questions(store.workspace, "map-drawing").examples
    assert after == (zoom, *before[1:])


def test_runs_are_kept_the_newest_first(store: Store) -> None:
    (first,) = run_plan(store, PLAN, nothing)
    (second,) = run_plan(store, replace(PLAN, engines=("copy-nearest",)), nothing)
    assert kept_runs(store, "map-drawing") == [second, first]


def test_functions_of_the_workspace_fill_a_catalogue_up(store: Store) -> None:
    add_samples(store)
    root = document_of([open_catalogue(store.workspace, "map-drawing")]).root
    import_uploads(store, {"map.json": json.dumps(root).encode()})
    (run,) = run_plan(store, replace(PLAN, sizes=(30,)), nothing)
    assert run.size == 30
    (largest,) = run_plan(store, replace(PLAN, sizes=(1_000,)), nothing)
    assert largest.size == 10 + 237, "what was made of the catalogue itself is left out"


def test_only_the_wanted_questions_are_asked(store: Store) -> None:
    with pytest.raises(StoreError, match="Make some first"):
        run_plan(store, replace(PLAN, origin="template"), nothing)
    make_questions(store, "map-drawing", per_function=2, seed=1)
    (usual,) = run_plan(store, PLAN, nothing)
    assert usual.origins == ("hand",)
    (run,) = run_plan(store, replace(PLAN, origin="template"), nothing)
    assert {each.origin for each in run.outcomes} == {"template"} and len(run.outcomes) == 20


def test_the_job_does_what_the_plan_says(store: Store) -> None:
    class Context:
        def __init__(self) -> None:
            self.store, self.progress = store, nothing

    arguments: dict[str, Any] = {
        "catalogue": "map-drawing",
        "engines": ["grounded"],
        "sizes": [10],
        "words_only": True,
    }
    result = job_kind(KIND).load()(arguments, cast(JobContext, Context()))
    assert result == {"runs": 1, "answers": 65}
    assert len(kept_runs(store, "map-drawing")) == 1


def test_a_catalogue_that_is_not_there_is_said(store: Store) -> None:
    remove_catalogue(store.workspace, "map-drawing")
    with pytest.raises(UnknownNameError):
        run_plan(store, PLAN, nothing)


def test_commands_bring_in_make_and_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.delenv("CALLWRIGHT_DATABASE", raising=False)
    source = tmp_path / "kitchen.py"
    source.write_text('def boil_egg(minutes: int): "Boil an egg."\ndef bake(): "Bake a cake."')
    out = tmp_path / "questions.json"
    assert main(["synthesize", "--catalogue", str(source), "--out", str(out)]) == 0
    assert json.loads(out.read_text())["examples"][0]["function"].startswith("kitchen.")
    words = ["classify", "--catalogue", "kitchen", "--sizes", "2", "--words-only"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "grounded among 2 functions, by words" in said and "From elsewhere" in said
    assert main(["classify", "--catalogue", "kitchn"]) == 1
    assert "Did you mean kitchen?" in capsys.readouterr().err


def test_a_judge_is_fitted_to_labels_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "workspace"))
    rows = [
        {"api_name": api, "text": f"{lead}List {thing} of {api}", "label": label}
        for api in ("Pet Shop", "Book Club", "Tea House")
        for thing in ("pets", "books", "teas")
        for lead, label in (("", "good"), ("Query: ", "bad"))
    ]
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    assert main(["fit-judge", str(path)]) == 0
    assert "18 labels" in capsys.readouterr().out
    assert (tmp_path / "workspace" / "judges" / "fitted.json").exists()
