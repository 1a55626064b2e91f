"""The page *Curation*: datasets made, their losses opened, their examples put right, their rows."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.store.documents import delete_document, live_documents
from pages.components import resources
from pages.components.curation_funnel import summed
from pages.components.curation_versions import num_rows
from pipeline.__main__ import main
from pipeline.curation import run_steps
from pipeline.dataset import (
    Dataset,
    create_dataset,
    dataset_names,
    delete_dataset,
    kept_keys,
    open_dataset,
    versions_of,
)
from pipeline.drop import FILTERS
from pipeline.funnel import Bar, funnel
from pipeline.recipe import Recipe, workspace_documents
from pipeline.seed_example import read_examples
from tests.pages.screen import add, errors_of, open_page, words
from tests.pipeline.small import document, operation, shop
from tests.pipeline.test_curate import GERMAN

LANGUAGES = ("curl", "python")


@pytest.fixture(scope="module")
def dataset() -> Iterator[Dataset]:
    """Three samples, an API in German, and a shop whose name looks like markup."""
    store = resources.store()
    samples = sorted(live_documents(store), key=lambda row: row.num_bytes)[:3]
    foreign = add("hotel.json", json.dumps(document("Hotel", GERMAN)).encode())
    hostile = shop(0, 6) | {"info": {"title": "Warehouse <b>A</b>", "version": "1"}}
    hostile["paths"]["/mute"] = {"get": operation()}
    strange = add("a.json", json.dumps(hostile).encode())
    keys = (*(row.sha256 for row in samples), foreign, strange)
    recipe = Recipe(workspace_documents(store, keys), languages=LANGUAGES)
    made = create_dataset(store.workspace, "pets", recipe)
    run_steps(made, store.settings)
    yield made
    if "pets" in dataset_names(store.workspace):
        delete_dataset(store.workspace, "pets")
    for key in (foreign, strange):
        delete_document(store, resources.find(key).sha256)


def press(screen: AppTest, label: str) -> AppTest:
    return next(each for each in screen.button if each.label == label).click().run()


def labelled(elements: Any, label: str) -> Any:
    return next(each for each in elements if each.label == label)


def test_without_a_dataset_the_next_step_is_named() -> None:
    screen = open_page("curation")
    assert not screen.exception and not errors_of(screen)
    assert "no dataset yet" in words(screen)
    number = len(live_documents(resources.store()))  # the samples, and what other tests have left
    assert f"**{number} documents** of {number}" in words(screen)
    assert labelled(screen.text_input, "Name").value == "dataset-1"


def test_documents_are_chosen_by_words_and_by_name() -> None:
    screen = open_page("curation")
    labelled(screen.text_input, "Only documents with these words").set_value("harbor").run()
    assert "**1 document** of " in words(screen)
    picks = screen.multiselect[0]
    assert [option.split()[0] for option in picks.options] == ["Harbor"]
    labelled(screen.text_input, "Only documents with these words").set_value("nothing so").run()
    assert "**0 documents**" in words(screen)
    assert not any(button.label == "Start" for button in screen.button)


def test_three_rows_are_previewed_and_nothing_is_kept() -> None:
    screen = press(open_page("curation"), "Preview three rows")
    assert not screen.exception and not errors_of(screen)
    assert len(screen.code) == 4  # the command, and three calls
    assert not dataset_names(resources.store().workspace)


def test_the_command_that_is_shown_makes_the_dataset_that_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = open_page("curation")
    assert screen.code[0].value == "python -m pipeline run --dataset dataset-1"
    labelled(screen.text_input, "Only documents with these words").set_value("harbor").run()
    labelled(screen.number_input, "Seed").set_value(7).run()
    labelled(screen.button_group, "Steps").set_value(["curate"]).run()
    line = shlex.split(screen.code[0].value)
    started = capture_start(monkeypatch)
    press(screen, "Start")
    workspace = resources.store().workspace
    chosen = open_dataset(workspace, "dataset-1")
    assert started == [
        {"dataset": "dataset-1", "steps": ["curate"], "workers": 1, "engine": "local"}
    ]
    delete_dataset(workspace, "dataset-1")
    assert main(line[3:]) == 0
    assert open_dataset(workspace, "dataset-1") == chosen
    assert chosen.recipe.seed == 7 and len(chosen.recipe.documents) == 1
    delete_dataset(workspace, "dataset-1")


def test_ray_is_offered_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.workers.lacks_ray", lambda: "Ray is not installed.")
    assert "Made by" not in {each.label for each in open_page("curation").selectbox}
    monkeypatch.setattr("pipeline.workers.lacks_ray", lambda: "")
    screen = open_page("curation")
    labelled(screen.selectbox, "Made by").set_value("ray").run()
    assert screen.code[0].value.endswith(" --engine ray")
    labelled(screen.text_input, "Name").set_value("by-ray").run()
    started = capture_start(monkeypatch)
    press(screen, "Start")
    assert [each["engine"] for each in started] == ["ray"]
    delete_dataset(resources.store().workspace, "by-ray")


def capture_start(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The arguments of jobs that would have been started."""
    started: list[dict[str, Any]] = []

    def start(store: object, kind: str, arguments: dict[str, Any], title: str) -> None:
        assert kind == "curation"
        started.append(arguments)

    monkeypatch.setattr("pages.components.curation_job.control.start", start)
    return started


def test_a_name_that_is_taken_or_cannot_be_is_refused(dataset: Dataset) -> None:
    screen = open_page("curation")
    for name, says in (("pets", "already"), ("../x", "cannot be the name")):
        labelled(screen.text_input, "Name").set_value(name).run()
        press(screen, "Start")
        assert says in errors_of(screen)[0]


def test_datasets_are_listed(dataset: Dataset) -> None:
    table = open_page("curation").dataframe[0].value
    (version,) = versions_of(dataset)
    assert list(table["Name"]) == ["pets"] and list(table["Rows"]) == [num_rows(version)]


def test_an_unknown_dataset_says_which_there_are(dataset: Dataset) -> None:
    screen = open_page("curation", dataset="cats")
    assert "There are: pets" in errors_of(screen)[0]


def test_overview_shows_steps_and_files(dataset: Dataset) -> None:
    screen = open_page("curation", dataset="pets")
    assert not screen.exception and not errors_of(screen)
    assert "5 documents in cURL, Python" in words(screen)
    steps, counts = (each.value for each in screen.dataframe[:2])
    assert set(steps["Done"]) == {1.0}
    assert list(counts["Language"]) == ["cURL", "Python"]
    labels = [each.label for each in screen.get("download_button")]
    assert labels == ["Download", "Dataset card"]


def test_the_funnel_opens_what_was_lost_and_keeps_it_anyway(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_page("curation", dataset="pets", tab="Funnel", lost="foreign-document")
    assert not screen.exception and not errors_of(screen)
    assert labelled(screen.selectbox, "Lost at").value == "foreign-document"
    assert any("Hotel" in str(each.value) for each in screen.dataframe)
    press(screen, "Keep it anyway")
    (key,) = kept_keys(dataset, "curate")
    assert key in {each.name for each in dataset.recipe.documents}
    assert "Kept anyway (1)" in [each.label for each in screen.expander]
    started = capture_start(monkeypatch)
    press(screen, "Run again")
    assert started[0]["dataset"] == "pets"
    run_steps(dataset, resources.store().settings, ["curate"])
    screen = open_page("curation", dataset="pets", tab="Funnel")
    assert "foreign-document" not in labelled(screen.selectbox, "Lost at").options
    press(screen, "Leave it out again")
    assert not kept_keys(dataset, "curate")
    run_steps(dataset, resources.store().settings)


def test_only_matters_of_taste_can_be_kept(dataset: Dataset) -> None:
    lost = [bar.filter for bar in funnel(dataset) if bar.lost]
    assert {FILTERS[name].can_keep for name in lost} == {True, False}
    for name in lost:
        screen = open_page("curation", dataset="pets", tab="Funnel", lost=name)
        offers = any(button.label == "Keep it anyway" for button in screen.button)
        assert offers is FILTERS[name].can_keep


def test_bars_of_all_sources_are_summed_in_their_order() -> None:
    bars = [Bar("no-call", "a", 5, 1), Bar("unreadable", "a", 3, 1), Bar("unreadable", "b", 2, 2)]
    assert summed(bars, "") == [Bar("unreadable", "", 5, 3), Bar("no-call", "", 5, 1)]
    assert summed(bars, "b") == [bars[2]]


def test_a_seed_example_is_saved_at_once_and_has_to_name_its_api(dataset: Dataset) -> None:
    api = next(each for each in read_examples(dataset) if "<b>" not in each.api_name)
    screen = open_page("curation", dataset="pets", tab="Seed examples", api=api.key[:16])
    assert not screen.exception and not errors_of(screen)
    assert len(screen.text_area) == 3
    screen.text_area[0].set_value("Do something for me").run()
    assert "Not saved" in errors_of(screen)[0]
    kept = {each.key: each for each in read_examples(dataset)}
    assert kept[api.key] == api
    better = f"Could {api.api_name} please do this for me?"
    screen.text_area[0].set_value(better).run()
    assert not errors_of(screen)
    screen.toggle[0].set_value(True).run()
    saved = next(each for each in read_examples(dataset) if each.key == api.key)
    assert saved == replace(api, text=better, origin="edit", approved=True)
    assert "1 of 3 approved" in " ".join(labelled(screen.selectbox, "API").options)


def test_names_of_strangers_stay_text(dataset: Dataset) -> None:
    strange = next(each for each in read_examples(dataset) if "<b>" in each.api_name)
    for screen in (
        open_page("curation", dataset="pets", tab="Seed examples", api=strange.key[:16]),
        open_page("curation", dataset="pets", tab="Rows"),
    ):
        assert not screen.exception and not errors_of(screen)
        assert all("<b>" not in each.value for each in [*screen.markdown, *screen.caption])


def test_rows_are_filtered_and_opened(dataset: Dataset) -> None:
    screen = open_page("curation", dataset="pets", tab="Rows", language="python")
    assert not screen.exception and not errors_of(screen)
    assert labelled(screen.selectbox, "Language").value == "python"
    (version,) = versions_of(dataset)
    table = screen.dataframe[0].value
    assert len(table) == min(50, version.manifest["rows"]["python"]["train"])
    assert "http.client" in screen.code[0].value
    word = table["Instruction"].iloc[-1].split()[0]
    labelled(screen.text_input, "Words").set_value(word.upper()).run()
    found = screen.dataframe[0].value
    assert 1 <= len(found) <= len(table)
    labelled(screen.text_input, "Words").set_value("no such words").run()
    assert "No row has these words" in words(screen)


def test_tabs_without_anything_yet_say_what_makes_it() -> None:
    store = resources.store()
    create_dataset(store.workspace, "empty", Recipe(workspace_documents(store)[:1]))
    said = {
        "Overview": "none yet",
        "Funnel": "Nothing is counted yet",
        "Seed examples": "none yet",
        "Rows": "no rows yet",
    }
    for tab, says in said.items():
        screen = open_page("curation", dataset="empty", tab=tab)
        assert not screen.exception and not errors_of(screen)
        assert says in words(screen)
    delete_dataset(store.workspace, "empty")


def test_a_version_and_then_the_dataset_are_deleted(dataset: Dataset) -> None:
    screen = open_page("curation", dataset="pets")
    press(screen, "Delete this version")
    assert not versions_of(dataset)
    press(open_page("curation", dataset="pets"), "Delete it for good")
    assert "pets" not in dataset_names(resources.store().workspace)
