"""Splits by API identity: what each level may know, the same for the same seed, and no leaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.duplicates import said, words_of
from core.errors import DatasetError
from pipeline.leak import Leak, find_leaks
from pipeline.placement import UNUSED, Placement, Subject, subject_of
from pipeline.recipe import DocumentRef, Recipe
from pipeline.split import leaks_of, place
from pipeline.table import read_table, write_table
from tests.pipeline.small import folder_of, made, shop
from tests.pipeline.test_instruct import ROW

RECIPE = Recipe((DocumentRef("a.json", "tests", 1),), folder="x")


def subject(number: int, api: str = "a", **fields: object) -> Subject:
    """An operation that says what no other one does, but for these fields."""
    one = Subject(
        part="00000",
        operation=number,
        key=f"{api}#{number}",
        label=f"GET /{number}",
        source="tests",
        api=api,
        title=f"title of {api}",
        twin=f"GET /{number}",
        words=frozenset(f"{letter} {api} {number}" for letter in "pqrstu"),
        instruction=f"how {api} {number}",
        instruction_test=f"show {api} {number}",
    )
    return replace(one, **fields)  # type: ignore[arg-type]


def many(apis: int = 10, operations: int = 20) -> list[Subject]:
    return [
        subject(api * operations + each, f"api{api}")
        for api in range(apis)
        for each in range(operations)
    ]


def splits(subjects: list[Subject], recipe: Recipe = RECIPE) -> list[str]:
    placed = place(subjects, recipe)
    assert list(find_leaks(list(zip(subjects, placed, strict=True)))) == []
    return [one.split for one in placed]


def test_shares_are_as_the_recipe_says() -> None:
    subjects = many()
    placed = place(subjects, RECIPE)
    third = {one.api for one, where in zip(subjects, placed, strict=True) if "3" in where.split}
    assert len(third) == 1
    assert [one.split for one in placed].count("test_level_3") == 20
    assert [one.split for one in placed].count("test_level_2") == 18
    assert sum(one.is_asked_again for one in placed) == round(0.1 * (200 - 38))
    assert all(one.split == "train" for one in placed if one.is_asked_again)


def test_same_seed_gives_the_same_split_in_any_order() -> None:
    subjects = many()
    first = dict(zip([one.key for one in subjects], splits(subjects), strict=True))
    turned = subjects[::-1]
    assert dict(zip([one.key for one in turned], splits(turned), strict=True)) == first
    assert splits(subjects, replace(RECIPE, seed=1)) != list(first.values())


def test_something_is_always_left_to_learn_from() -> None:
    assert splits([subject(1)]) == ["train"]
    everything = replace(RECIPE, level_1=0.9, level_2=0.9, level_3=0.9)
    assert "train" in splits(many(3, 4), everything)


@pytest.mark.parametrize(
    "shared",
    [
        {"title": "one title"},
        {"api": "one api"},
    ],
)
def test_apis_of_one_title_or_identity_go_together(shared: dict[str, str]) -> None:
    subjects = many(12, 3)
    subjects = [replace(one, **shared) if one.api in ("api0", "api5") else one for one in subjects]  # type: ignore[arg-type]
    numbers = {"api0", "api5", "one api"}
    for seed in range(12):
        found = splits(subjects, replace(RECIPE, seed=seed, level_2=0))
        together = {
            split == "test_level_3"
            for one, split in zip(subjects, found, strict=True)
            if one.api in numbers
        }
        assert len(together) == 1


@pytest.mark.parametrize(
    "same",
    [
        {"twin": "GET /pets"},
        {"words": words_of("List all the pets of a shelter")},
        {"words": words_of("List pets")},
        {"instruction": "how do i list pets"},
    ],
)
def test_operations_of_an_api_that_say_the_same_go_together(same: dict[str, object]) -> None:
    subjects = [
        replace(one, **same) if one.operation in (3, 12) else one  # type: ignore[arg-type]
        for one in many(1, 20)
    ]
    for seed in range(20):
        found = splits(subjects, replace(RECIPE, seed=seed, level_2=0.4))
        assert found[3] == found[12]


def test_tests_that_another_api_gives_away_are_not_used() -> None:
    text = "Show the weather of a city for the next days"
    subjects = [
        replace(one, words=words_of(text)) if one.operation % 20 == 7 else one for one in many()
    ]
    found = splits(subjects)
    assert UNUSED in found
    assert {found[number] for number in range(7, 200, 20)} <= {"train", UNUSED}


def test_what_any_api_says_is_no_reason_to_drop_a_test() -> None:
    subjects = [
        replace(one, words=words_of("List users")) if one.operation % 20 == 7 else one
        for one in many()
    ]
    assert UNUSED not in splits(subjects)


def test_second_words_that_training_says_are_not_asked_again() -> None:
    subjects = [replace(one, instruction_test=many(1, 20)[0].instruction) for one in many(1, 20)]
    placed = place(subjects, replace(RECIPE, level_2=0, level_1=0.9))
    assert not any(one.is_asked_again for one in placed)


_TEXT = st.sampled_from(["list pets", "list all pets of a big old shelter", "cut", ""])
_SUBJECTS = st.lists(
    st.builds(
        lambda api, title, twin, text, words: subject(
            0, api, title=title, twin=twin, words=words_of(text), instruction=words
        ),
        st.sampled_from("abcd"),
        st.sampled_from("abcd"),
        st.sampled_from("xyz"),
        _TEXT,
        st.sampled_from("pqrstuv"),
    ),
    min_size=1,
    max_size=40,
)


@given(_SUBJECTS, st.integers(0, 5))
def test_no_split_of_anything_leaks(subjects: list[Subject], seed: int) -> None:
    subjects = [replace(one, key=f"#{n}", operation=n) for n, one in enumerate(subjects)]
    splits(subjects, replace(RECIPE, seed=seed, level_1=0.5, level_2=0.5, level_3=0.5))


@pytest.mark.parametrize(
    ("what", "split", "planted"),
    [
        ("operation", "test_level_2", {"api": "a", "twin": "GET /1"}),
        ("words", "test_level_2", {"instruction": "how a 1"}),
        ("text", "test_level_2", {"api": "a", "words": words_of("few words")}),
        ("text", "test_level_3", {"words": words_of("one two three four five six")}),
        ("api", "test_level_3", {"api": "a"}),
        ("title", "test_level_3", {"title": "title of a"}),
        ("words", "test_level_1", {"instruction_test": "how a 1"}),
        ("words", "test_level_1", {"instruction_test": ""}),
    ],
)
def test_planted_leaks_are_found(what: str, split: str, planted: dict[str, object]) -> None:
    short: dict[str, Any] = {"words": words_of("few words")} if split == "test_level_2" else {}
    training = [subject(1, words=words_of("one two three four five six")), subject(2, **short)]
    test = replace(subject(9, "b"), **planted)  # type: ignore[arg-type]
    is_again = split == "test_level_1"
    placed = [
        *((one, Placement("00000", one.operation, one.key, "train", False)) for one in training),
        (test, Placement("00000", 9, test.key, "train" if is_again else split, is_again)),
    ]
    found = list(find_leaks(placed))
    assert (what, split, test.key) in {(leak.what, leak.split, leak.test) for leak in found}
    assert isinstance(found[0], Leak) and test.key in str(found[0])


def test_generic_texts_of_other_apis_are_no_leak() -> None:
    placed = [
        (subject(1, words=words_of("List users")), Placement("00000", 1, "a#1", "train", False)),
        (
            subject(2, "b", words=words_of("List users")),
            Placement("00000", 2, "b#2", "test_level_3", False),
        ),
    ]
    assert list(find_leaks(placed)) == []


def test_twins_are_the_same_in_every_version() -> None:
    paths = ["/v1/pets/{id}/photos", "/v2/pets/{petId}/photos", "/pets/{x}/photos"]
    twins = {subject_of(replace(ROW, path=path), "0", 0, "", "").twin for path in paths}
    assert twins == {"GET /pets/{}/photos"}
    assert said("List all Pets?") == said("list  all pets.")


def test_leak_planted_on_the_disk_is_found(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(6)})
    steps = ("curate", "instruct", "validate", "judge", "score", "select", "split")
    dataset = made(tmp_path, folder, *steps)
    assert leaks_of(dataset) == []
    path = dataset.table_path("split", "all", "placements")
    placements = list(read_table(path, Placement))
    assert {one.split for one in placements} >= {"train", "test_level_2", "test_level_3"}
    planted = [
        replace(one, split="train") if number == 0 or one.split == "test_level_3" else one
        for number, one in enumerate(placements)
    ]
    planted[-1] = replace(planted[-1], split="test_level_3")
    write_table(path, Placement, planted)
    assert any("the api of" in leak for leak in leaks_of(dataset))


def test_step_refuses_a_split_that_leaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path / "documents", {f"{n}.json": shop(n) for n in range(3)})
    monkeypatch.setattr("pipeline.split.find_leaks", lambda placed: [Leak("api", "x", "a", "b")])
    with pytest.raises(DatasetError, match="would give a test away"):
        made(tmp_path, folder)
