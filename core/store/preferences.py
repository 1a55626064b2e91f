"""What people chose for the whole workspace, by name: the embedder, the reranker.

What the environment sets, no choice changes: :attr:`core.settings.Settings.fixed`.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from core.settings import CHOICES
from core.store.database import Store, insert_new
from core.store.tables import preferences
from core.store.text import storable

_LONGEST = 2_000


def preference(store: Store, name: str) -> str:
    """What was chosen under a name; empty where nothing was."""
    with store.reading() as connection:
        found = connection.scalar(select(preferences.c.value).where(preferences.c.name == name))
    return found or ""


def save_preference(store: Store, name: str, value: str) -> None:
    """Keep a choice in place of an earlier one; an empty one takes it back."""
    row = {"name": name, "value": storable(value, _LONGEST), "changed_at": time.time()}
    with store.writing() as connection:
        connection.execute(preferences.delete().where(preferences.c.name == name))
        if value:
            insert_new(connection, preferences, [row])


def with_preferences(store: Store) -> Store:
    """The store with the settings that people chose, where the environment leaves them open."""
    free = [name for name in CHOICES if name not in store.settings.fixed]
    found = select(preferences.c.name, preferences.c.value).where(preferences.c.name.in_(free))
    with store.reading() as connection:
        chosen: dict[str, Any] = {row.name: row.value for row in connection.execute(found)}
    return replace(store, settings=replace(store.settings, **chosen))
