"""The page where people label, run without a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.labeling.sheet import load_sheet
from core.store.annotators import add_annotator
from core.store.candidates import stored_candidates
from core.store.guidelines import guidelines_now
from core.store.judge_verdicts import champion
from core.store.label_actions import overwrite
from core.store.labels import Decision, current_labels, labels_of, tally
from pages.components import label_queue, label_samples, resources
from tests.pages.screen import open_page, words


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests press keys faster than people read."""
    monkeypatch.setattr(label_queue, "_READING_SECONDS", 0.0)
    label_samples.offer.clear()
    yield


def page(name: str = "", **query: str) -> AppTest:
    """The page as somebody opens it whose labels nobody else in these tests has."""
    if name:
        add_annotator(resources.store(), name)
        query["who"] = name
    screen = open_page("labels", **query)
    assert not screen.exception
    return screen


def press(screen: AppTest, label: str) -> AppTest:
    """Click the button of that label."""
    screen = next(button for button in screen.button if button.label == label).click().run()
    assert not screen.exception
    return screen


def card(screen: AppTest) -> str:
    return screen.subheader[0].value


def test_somebody_without_a_name_is_asked_for_one() -> None:
    screen = page()
    assert "Who are you?" in words(screen)
    screen.text_input[0].set_value("New Person")
    press(screen, "Start")
    assert card(screen)


def test_key_labels_saves_and_brings_the_next() -> None:
    screen = page("one")
    before = card(screen)
    press(screen, "Good")
    assert card(screen) != before
    press(screen, "Extra text")
    press(screen, "Bad")
    press(screen, "Skip")
    press(screen, "Flag")
    assert tally(resources.store())["one"] == {"good": 1, "bad": 1, "skip": 1, "flag": 1}


def test_key_that_bounces_or_is_held_down_labels_one_card(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = page("quick")
    press(screen, "Good")
    monkeypatch.setattr(label_queue, "_READING_SECONDS", 1_000.0)
    before = card(screen)
    press(screen, "Good")
    press(screen, "Bad")
    assert card(screen) == before
    assert tally(resources.store())["quick"] == {"good": 1}


def test_reasons_and_comment_go_with_bad_and_the_version_with_all() -> None:
    screen = page("two")
    at = next(button.key for button in screen.button if button.label == "Bad").split("-")[1]
    press(screen, "Several instructions")
    press(screen, "Grammar")
    screen.text_input[0].set_value("twice the same").run()
    press(screen, "Bad")
    said = {label.annotator: label for label in labels_of(resources.store(), [at])[at]}["two"]
    assert said.decision == Decision(
        "bad", ("several", "grammar"), "twice the same", guidelines_now(resources.store()).version
    )


def test_undo_and_redo_walk_back_and_forth() -> None:
    screen = page("three")
    seen = [card(screen)]
    for _ in range(3):
        press(screen, "Good")
        seen.append(card(screen))
    for expected in reversed(seen[:-1]):
        press(screen, "Undo")
        assert card(screen) == expected
    assert "three" not in tally(resources.store())
    for _ in range(3):
        press(screen, "Redo")
    assert tally(resources.store())["three"] == {"good": 3}


def test_better_wording_is_a_candidate_of_its_own() -> None:
    screen = page("five")
    press(screen, "Edit")
    screen.text_area[0].set_value("A wording that is better by far")
    press(screen, "Keep as a new candidate")
    assert "better by far" in card(screen)
    (made,) = (
        row.candidate
        for row in stored_candidates(resources.store())
        if row.candidate.text.endswith("by far")
    )
    assert made.origin.startswith("edit:")


def test_labels_are_there_after_a_refresh() -> None:
    screen = page("six")
    press(screen, "Good")
    now = card(screen)
    assert card(page("six")) == now


def test_bulk_labels_all_that_match_and_takes_it_back() -> None:
    screen = page("seven", view="Bulk")
    screen.text_input(key="labels_words").set_value("chargegrid").run()
    apply = next(button for button in screen.button if button.label.startswith("All "))
    count = int(apply.label.split()[1])
    assert 3 <= count < 60
    apply.click().run()
    assert tally(resources.store())["seven"] == {"bad": count}
    press(screen, "Undo")
    assert "seven" not in tally(resources.store())


def test_agreement_compares_people_and_judges_and_crowns_one() -> None:
    store = resources.store()
    label_samples.add()
    keys = [row.key for row in stored_candidates(store) if row.pool == label_samples.POOL]
    for name, every in (("eight", 3), ("nine", 4)):
        add_annotator(store, name)
        said = [Decision("bad" if place % every else "good") for place in range(len(keys))]
        overwrite(store, name, dict(zip(keys, said, strict=True)))
    screen = page("eight", view="Agreement", pool=f"{label_samples.POOL} ({len(keys)})")
    press(screen, "Run all judges on what is labelled")
    tables = [table.value for table in screen.dataframe]
    assert any("Cohen's kappa" in table.columns and "Other" in table.columns for table in tables)
    judges = next(table for table in tables if "Precision of bad" in table.columns)
    assert {"rules", "fitted"} <= set(judges["Judge"])
    press(screen, "Let it decide in the pipeline")
    chosen = champion(store)
    assert chosen and chosen.annotator == "eight" and chosen.figures["candidates"] > 0


def test_conflict_is_settled_with_a_click() -> None:
    store = resources.store()
    load_sheet(store, "conflict.csv", b"candidate,label,annotator\nOnly one,G,x\nOnly one,B,y\n")
    screen = page("ten", view="Agreement", pool="conflict.csv (1)")
    assert "Conflicts to settle (1)" in {expander.label for expander in screen.expander}
    press(screen, "Finally bad")
    assert not screen.expander


def test_files_say_what_is_there_and_who_has_done_what() -> None:
    screen = page("eleven", view="People")
    listed = [table.value for table in screen.dataframe]
    assert any(label_samples.POOL in list(table.get("Came with", [])) for table in listed)
    assert any("eleven" in list(table.get("Name", [])) for table in listed)


def test_guidelines_change_by_versions_and_labels_know_theirs() -> None:
    screen = page("twelve")
    version = guidelines_now(resources.store()).version
    area = next(area for area in screen.text_area if area.label.startswith("Guidelines"))
    area.set_value("Be strict, please.")
    press(screen, "Save as a new version")
    assert f"Guidelines, version {version + 1}" in {each.label for each in screen.expander}
    press(screen, "Good")
    (event,) = (label for label in current_labels(resources.store()) if label.annotator == "twelve")
    assert event.decision.guideline == version + 1
