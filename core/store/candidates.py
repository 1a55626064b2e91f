"""Instruction candidates that wait for people, in the order in which they came.

A candidate is named by its key: its id, with a number behind it where an imported file holds the
same labelled row more than once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from core.candidate import Candidate
from core.errors import StoreError
from core.store.database import Store, insert_new
from core.store.tables import candidates, revisions
from core.store.text import storable

_AT_ONCE = 5_000
"""Rows of one transaction: labels of people wait no longer than it takes."""
_LONGEST = {"text": 8_000, "description": 20_000, "call": 20_000}
_LONG = 1_000
"""Bytes of every other field."""
_FIELDS = tuple(field.name for field in fields(Candidate))
_MOST_SIBLINGS, _MOST_ALIKE = 20, 1_000
_COLUMNS = tuple(candidates.c[name] for name in ("key", "pool", *_FIELDS))
_IS_OURS = revisions.c.name == "candidates"


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    """A row of ``candidates``."""

    key: str
    pool: str
    """What it came with: a dataset, a file, the samples."""
    candidate: Candidate


def by_id(found: Iterable[Candidate]) -> dict[str, Candidate]:
    """The candidates by their keys; what is there twice is one."""
    return {candidate.id: candidate for candidate in found}


def add_candidates(store: Store, pool: str, found: Mapping[str, Candidate]) -> int:
    """Keep candidates by their keys; how many are new. Those that are there stay as they are."""
    before = count_candidates(store)
    rows = list(found.items())
    for start in range(0, len(rows), _AT_ONCE):
        with store.writing() as connection:
            first = connection.scalar(select(func.count()).select_from(candidates)) or 0
            values = [
                _values(key, pool, first + offset, candidate)
                for offset, (key, candidate) in enumerate(rows[start : start + _AT_ONCE])
            ]
            insert_new(connection, candidates, values)
            connection.execute(
                update(revisions).where(_IS_OURS).values(number=revisions.c.number + 1)
            )
    return count_candidates(store) - before


def candidates_revision(store: Store) -> int:
    """A number that grows whenever candidates are added."""
    with store.reading() as connection:
        return connection.scalar(select(revisions.c.number).where(_IS_OURS)) or 0


def count_candidates(store: Store, condition: ColumnElement[bool] | None = None) -> int:
    """How many there are, or how many fulfil a condition."""
    counted = select(func.count()).select_from(candidates)
    with store.reading() as connection:
        return connection.scalar(counted if condition is None else counted.where(condition)) or 0


def find_candidates(store: Store, keys: Sequence[str]) -> list[StoredCandidate]:
    """The candidates of these keys, in this order; what is not there is left out."""
    with store.reading() as connection:
        found = connection.execute(select(*_COLUMNS).where(candidates.c.key.in_(keys))).all()
    rows = {row.key: _stored(row) for row in found}
    return [rows[key] for key in keys if key in rows]


def find_candidate(store: Store, key: str) -> StoredCandidate:
    """The candidate of that key. Raises ``StoreError``."""
    found = find_candidates(store, [key])
    if not found:
        raise StoreError(f"There is no candidate {key} in this workspace. Import it again.")
    return found[0]


def siblings_of(store: Store, found: StoredCandidate) -> list[StoredCandidate]:
    """The other candidates of the same operation, in their order; of very many, the first ones."""
    columns = (candidates.c.position, candidates.c.pool, candidates.c.key)
    wanted = select(*columns).where(candidates.c.group == found.candidate.group).limit(_MOST_ALIKE)
    with store.reading() as connection:  # sorted here: SQLite would walk the whole pool in order
        rows = sorted(connection.execute(wanted).all())
    keys = [key for _, pool, key in rows if pool == found.pool and key != found.key]
    return find_candidates(store, keys[:_MOST_SIBLINGS])


def pools(store: Store) -> dict[str, int]:
    """How many candidates came with what, in the order in which it came."""
    counted = (
        select(candidates.c.pool, func.count())
        .group_by(candidates.c.pool)
        .order_by(func.min(candidates.c.position))
    )
    with store.reading() as connection:
        return dict(connection.execute(counted).all())


def api_names(store: Store) -> list[str]:
    """The names of the APIs that candidates are for."""
    with store.reading() as connection:
        found = select(candidates.c.api_name).distinct().order_by(candidates.c.api_name)
        return list(connection.scalars(found))


def walk(store: Store, columns: Sequence[str], pool: str = "") -> Iterator[Row[Any]]:
    """Position and some columns of all candidates, or of a pool's, in their order."""
    place = candidates.c.position
    wanted = select(place, *(candidates.c[name] for name in columns)).order_by(place)
    if pool:
        wanted = wanted.where(candidates.c.pool == pool)
    last = -1
    while True:
        with store.reading() as connection:
            found = connection.execute(wanted.where(place > last).limit(_AT_ONCE)).all()
        yield from found
        if len(found) < _AT_ONCE:
            return
        last = found[-1].position


def stored_candidates(store: Store, pool: str = "") -> Iterator[StoredCandidate]:
    """All candidates, or a pool's, in their order."""
    for row in walk(store, ("key", "pool", *_FIELDS), pool):
        yield _stored(row)


def _values(key: str, pool: str, position: int, candidate: Candidate) -> dict[str, Any]:
    texts = {
        name: storable(getattr(candidate, name), _LONGEST.get(name, _LONG)) for name in _FIELDS
    }
    return {"key": key, "pool": pool, "position": position, "added_at": time.time(), **texts}


def _stored(row: Row[Any]) -> StoredCandidate:
    return StoredCandidate(
        row.key, row.pool, Candidate(**{name: row._mapping[name] for name in _FIELDS})
    )
