"""What people label by: Markdown in versions, none of which is ever changed."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, insert, select

from core.store.database import Store, insert_new
from core.store.tables import guidelines
from core.store.text import storable

FIRST = Path(__file__).parents[1] / "labeling" / "guidelines.md"
"""What every workspace begins with."""
_LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Guidelines:
    """A row of ``guidelines``."""

    version: int
    text: str
    author: str
    at: float


def guidelines_now(store: Store) -> Guidelines:
    """The last version; the first one is made when somebody asks for it."""
    found = _version(store)
    if found is None:
        with store.writing() as connection:
            text = FIRST.read_text(encoding="utf-8")
            first = {"version": 1, "text": text, "author": "Callwright", "at": time.time()}
            insert_new(connection, guidelines, [first])
        found = _version(store)
    assert found is not None, "a version was made"
    return found


def save_guidelines(store: Store, text: str, author: str) -> Guidelines:
    """Make a new version of a text, unless it is the last one's; the version that holds."""
    last = guidelines_now(store)
    kept = storable(text.strip() + "\n", _LONGEST)
    if kept == last.text:
        return last
    with store.writing() as connection:
        version = (connection.scalar(select(func.max(guidelines.c.version))) or 0) + 1
        made = Guidelines(version, kept, author, time.time())
        connection.execute(insert(guidelines).values(**asdict(made)))
    return made


def versions_of_guidelines(store: Store) -> list[Guidelines]:
    """All versions, the last one first."""
    found = select(guidelines).order_by(guidelines.c.version.desc())
    with store.reading() as connection:
        return [Guidelines(**row._mapping) for row in connection.execute(found)]


def _version(store: Store) -> Guidelines | None:
    found = select(guidelines).order_by(guidelines.c.version.desc()).limit(1)
    with store.reading() as connection:
        row = connection.execute(found).one_or_none()
    return Guidelines(**row._mapping) if row else None
