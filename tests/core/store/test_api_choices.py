"""What was chosen once for an API."""

from __future__ import annotations

import pytest

from core.store.api_choices import ApiChoices, api_choices_of, save_api_choices
from core.store.database import Store


def test_nothing_is_chosen_at_first(store: Store) -> None:
    assert api_choices_of(store, "pets") == ApiChoices()


@pytest.mark.parametrize(
    "choices",
    [
        ApiChoices("https://{region}.a.example", {"region": "north"}, ["key", "session"]),
        ApiChoices(environment={"key": "PET_KEY"}, security=[]),
    ],
)
def test_choices_are_kept_by_api(store: Store, choices: ApiChoices) -> None:
    save_api_choices(store, "pets", ApiChoices("https://old.example"))
    save_api_choices(store, "pets", choices)
    assert api_choices_of(store, "pets") == choices
    assert api_choices_of(store, "cats") == ApiChoices()


def test_texts_that_no_database_takes_are_made_storable(store: Store) -> None:
    save_api_choices(store, "pets", ApiChoices("a\x00b", {"\ud800": "c"}))
    assert api_choices_of(store, "pets") == ApiChoices("a\ufffdb", {"\ufffd": "c"})
