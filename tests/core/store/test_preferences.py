"""What was chosen for the whole workspace."""

from __future__ import annotations

from core.store.database import Store
from core.store.preferences import preference, save_preference


def test_nothing_is_preferred_at_first(store: Store) -> None:
    assert preference(store, "embedder") == ""


def test_the_last_choice_counts_and_can_be_taken_back(store: Store) -> None:
    save_preference(store, "embedder", "one")
    save_preference(store, "embedder", "two\x00")
    assert preference(store, "embedder") == "two\ufffd"
    assert preference(store, "reranker") == ""
    save_preference(store, "embedder", "")
    assert preference(store, "embedder") == ""
