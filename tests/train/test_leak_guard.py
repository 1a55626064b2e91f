"""What a mix may not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import DatasetError
from core.shots import Shot
from tests.train.rows import row
from train.dataset import Row
from train.leak_guard import guard

SECOND = row(7, split="test_level_2", functionality="Move the drums of a band to a new stage")
THIRD = row(
    8,
    split="test_level_3",
    api="ferry.io/ferries",
    api_name="Ferries 2.1",
    document="b" * 64,
    functionality="Reserve a cabin with a view on a ferry across the sea",
)
FIRST = row(1, split="test_level_1", instruction="Which breads are there?")
TESTS = [FIRST, SECOND, THIRD]
CLEAN = [row(1), row(2), row(3)]


def test_a_clean_mix_passes() -> None:
    guard(CLEAN, [Shot("Sort a list", "sorted(list)")], TESTS)


@pytest.mark.parametrize(
    ("leaking", "message"),
    [
        (SECOND, "is of test_level_2"),
        (replace(SECOND, split="train"), "GET /things7 of Pet Shop is an operation of Level 2"),
        (replace(SECOND, split="train", document="c" * 64), "is an operation of Level 2"),
        (row(4, api="ferry.io/ferries"), "is an API of Level 3"),
        (row(4, api="other", api_name="Ferries v3"), "is an API of Level 3"),
        (row(4, instruction="which breads are there"), "is what a test asks"),
        (
            row(4, functionality="Move drums of bands to new stages"),
            "GET /things4 of Pet Shop says the same as GET /things7 of Pet Shop in test_level_2",
        ),
        (
            row(4, functionality="Reserve cabins with a view on the ferry across a sea"),
            "says the same as GET /things8 of Ferries 2.1 in test_level_3",
        ),
    ],
)
def test_a_row_that_gives_a_test_away_is_refused(leaking: Row, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        guard([*CLEAN, leaking], [], TESTS)


def test_few_words_give_nothing_of_another_api_away() -> None:
    test = replace(THIRD, functionality="List users")
    guard([row(4, functionality="List the users")], [], [test])
    with pytest.raises(DatasetError, match="says the same"):
        guard([row(4, functionality="List the users")], [], [row(5, **_few(test))])


def _few(test: Row) -> dict[str, str]:
    return {"split": "test_level_2", "functionality": test.functionality}


def test_general_tasks_may_not_ask_what_a_test_asks() -> None:
    with pytest.raises(DatasetError, match="is what a test asks"):
        guard(CLEAN, [Shot("Which breads are there?", "none")], TESTS)


def test_only_the_first_leaks_are_shown() -> None:

    many = [row(number, api="ferry.io/ferries") for number in range(20, 30)]
    with pytest.raises(DatasetError, match=r"There are more\. Leave those rows"):
        guard(many, [], TESTS)
