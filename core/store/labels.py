"""What people say of candidates now; :mod:`core.store.label_actions` says how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select

from core.store.database import Store
from core.store.tables import label_actions, label_events, labels

Verdict = Literal["good", "bad", "skip", "flag"]

VERDICTS: tuple[Verdict, ...] = ("good", "bad", "skip", "flag")
_AT_ONCE = 5_000
"""Keys of one statement; SQLite takes 32,766."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one press says."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    """Keys of :data:`core.candidate.REASONS`."""
    comment: str = ""
    guideline: int | None = None
    """The version of the guidelines that were in view."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one person says of one candidate now."""

    candidate: str
    annotator: str
    event: int
    decision: Decision
    at: float


def labels_of(store: Store, keys: Sequence[str]) -> dict[str, list[Label]]:
    """What holds now of these candidates, by candidate and in order of the annotators."""
    found: dict[str, list[Label]] = {}
    for part in in_parts(keys):
        for label in _read(store, labels.c.candidate.in_(part)):
            found.setdefault(label.candidate, []).append(label)
    return found


def current_labels(store: Store) -> Iterator[Label]:
    """All that holds now."""
    return _read(store)


def verdicts_by(store: Store, annotator: str) -> dict[str, Verdict]:
    """What one person says now, by candidate."""
    found = select(labels.c.candidate, labels.c.verdict).where(labels.c.annotator == annotator)
    with store.reading() as connection:
        return dict(connection.execute(found).all())


def labelled_keys(store: Store) -> set[str]:
    """The candidates that somebody has labelled."""
    with store.reading() as connection:
        return set(connection.scalars(select(labels.c.candidate)))


def how_many_say(store: Store, keys: Sequence[str], *, besides: str) -> dict[str, int]:
    """How many people other than this one have labelled each of these candidates."""
    counted = (
        select(labels.c.candidate, func.count())
        .where(labels.c.candidate.in_(keys), labels.c.annotator != besides)
        .group_by(labels.c.candidate)
    )
    with store.reading() as connection:
        return dict(connection.execute(counted).all())


def tally(store: Store) -> dict[str, dict[Verdict, int]]:
    """How many candidates each person has labelled how."""
    counted = select(labels.c.annotator, labels.c.verdict, func.count()).group_by(
        labels.c.annotator, labels.c.verdict
    )
    found: dict[str, dict[Verdict, int]] = {}
    with store.reading() as connection:
        for annotator, verdict, count in connection.execute(counted):
            found.setdefault(annotator, {})[verdict] = count
    return found


def _read(store: Store, *conditions: Any) -> Iterator[Label]:
    found = (
        select(labels.c.candidate, labels.c.annotator, label_events, label_actions.c.at)
        .join(label_events, label_events.c.id == labels.c.event)
        .join(label_actions, label_actions.c.id == label_events.c.action)
        .where(*conditions)
        .order_by(labels.c.annotator, labels.c.candidate)
    )
    with store.reading() as connection:
        for row in connection.execute(found):
            decision = Decision(row.verdict, tuple(row.reasons), row.comment, row.guideline)
            yield Label(row.candidate, row.annotator, row.id, decision, row.at)


def in_parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Items in as many as a statement takes."""
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
