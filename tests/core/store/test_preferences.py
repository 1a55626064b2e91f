"""What was chosen for the whole workspace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.store.database import Store
from core.store.preferences import preference, save_preference, with_preferences


def test_nothing_is_preferred_at_first(store: Store) -> None:
    assert preference(store, "embedder") == ""


def test_the_last_choice_counts_and_can_be_taken_back(store: Store) -> None:
    save_preference(store, "embedder", "one")
    save_preference(store, "embedder", "two\x00")
    assert preference(store, "embedder") == "two\ufffd"
    assert preference(store, "reranker") == ""
    save_preference(store, "embedder", "")
    assert preference(store, "embedder") == ""


@pytest.mark.parametrize(
    ("fixed", "embedder"), [((), "chosen"), (("reranker",), "chosen"), (("embedder",), "given")]
)
def test_environment_wins_over_a_choice(
    store: Store, fixed: tuple[str, ...], embedder: str
) -> None:
    save_preference(store, "embedder", "chosen")
    save_preference(store, "database", "elsewhere")
    settings = replace(store.settings, embedder="given", fixed=frozenset(fixed))
    found = with_preferences(replace(store, settings=settings)).settings
    assert found.embedder == embedder
    assert found == replace(settings, embedder=embedder)
