"""Votes on two engines as rows, only ever added: of several on one question, the last counts."""

from __future__ import annotations

import time
from dataclasses import asdict

from sqlalchemy import insert, select

from core.comparison import Comparison
from core.store.database import Store
from core.store.tables import comparisons


def add_comparison(store: Store, comparison: Comparison) -> None:
    """Keep a vote; one before it on the same question of the same runs does not count any more."""
    store.write(insert(comparisons).values({**asdict(comparison), "at": time.time()}))


def list_comparisons(store: Store) -> list[Comparison]:
    """The votes that count, in the order of their questions' first ones."""
    names = [column for column in comparisons.c if column.name not in ("id", "at")]
    with store.reading() as connection:
        rows = connection.execute(select(*names).order_by(comparisons.c.id)).all()
    latest: dict[tuple[object, ...], Comparison] = {}
    for row in rows:
        found = Comparison(**row._mapping)
        sides = sorted([(found.run_a, found.engine_a), (found.run_b, found.engine_b)])
        latest[(found.question, *sides)] = found
    return list(latest.values())
