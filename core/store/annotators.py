"""The people who label, and whoever an imported file says has labelled."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from core.errors import StoreError
from core.store.database import Store, insert_new
from core.store.tables import annotators
from core.store.text import storable

Kind = Literal["person", "signed-in", "imported"]
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Annotator:
    """A row of ``annotators``."""

    name: str
    kind: Kind
    """``signed-in`` people are who a provider says they are; others have chosen a name."""
    added_at: float


def add_annotator(store: Store, name: str, kind: Kind = "person") -> str:
    """Know somebody by this name from now on; the name as it is kept. Raises ``StoreError``."""
    kept = storable(" ".join(name.split()), _LONGEST)
    if not kept:
        raise StoreError("A name has at least one letter. Enter one.")
    with store.writing() as connection:
        insert_new(connection, annotators, [{"name": kept, "kind": kind, "added_at": time.time()}])
    return kept


def list_annotators(store: Store) -> list[Annotator]:
    """Everybody, by name."""
    names = ("name", "kind", "added_at")
    found = select(*(annotators.c[name] for name in names)).order_by(annotators.c.name)
    with store.reading() as connection:
        return [Annotator(**row._mapping) for row in connection.execute(found)]
