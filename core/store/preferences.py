"""What people chose for the whole workspace, by name: the embedder, and the like."""

from __future__ import annotations

import time

from sqlalchemy import select

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
