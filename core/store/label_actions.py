"""Labelling as it happens. Nothing that somebody said is ever changed or removed.

One press of a key is one *action*; it leaves one *event* for every candidate that it labels. Undo
and redo are actions, too. The table ``labels`` follows from the actions alone.

>>> act(store, "ada", {"c1": None}, Decision("good"))
>>> undo(store, "ada")

Undoing has no limit and takes one look: an action names the heads of two lists that run through
earlier actions. The *undo head* is the label action that “undo” would take back after it; the *redo
head* is the undo action that “redo” would take back. ``under`` is what comes next in the list that
the action itself heads.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, select

from core.errors import StoreError
from core.store.database import Store, insert_new
from core.store.labels import Decision, in_parts
from core.store.tables import annotators, label_actions, label_events, labels
from core.store.text import storable

Kind = Literal["label", "undo", "redo"]

_LONGEST_COMMENT = 4_000


@dataclass(frozen=True, slots=True)
class Action:
    """What one press did."""

    id: int
    kind: Kind
    keys: tuple[str, ...]
    """The candidates whose label it changed."""


@dataclass(frozen=True, slots=True)
class History:
    """Where somebody stands among their actions."""

    last: int | None
    can_undo: bool
    can_redo: bool


def act(
    store: Store, annotator: str, seen: Mapping[str, int | None], decision: Decision
) -> Action | None:
    """Label candidates, each seen with this event as its label, or with none.

    A candidate whose label is another one by now is left alone: a key that is pressed twice says
    one thing once. ``None`` where nothing is left to do. Raises ``StoreError`` for a stranger.
    """
    with store.writing() as connection:
        last = _last_action(connection, annotator)
        now = _events_now(connection, annotator, list(seen))
        fresh = [key for key, event in seen.items() if now.get(key) == event]
        return _label(connection, annotator, last, dict.fromkeys(fresh, decision), now)


def overwrite(store: Store, annotator: str, decisions: Mapping[str, Decision]) -> Action | None:
    """Label candidates whatever their labels are, as one action that one undo takes back."""
    with store.writing() as connection:
        last = _last_action(connection, annotator)
        now = _events_now(connection, annotator, list(decisions))
        return _label(connection, annotator, last, decisions, now)


def undo(store: Store, annotator: str) -> Action | None:
    """Take back this person's last action that is not taken back yet; ``None`` if there is none."""
    with store.writing() as connection:
        last = _last_action(connection, annotator)
        head = _undo_head(last)
        if last is None or head is None:
            return None
        undone = _action(connection, head)
        events = _events_of(connection, head)
        done = _add_action(
            connection, annotator, "undo", len(events),
            target=head, undo_head=undone.under, under=_redo_head(last),
        )  # fmt: skip
        before = _events(connection, [row.previous for row in events if row.previous is not None])
        _forget(connection, annotator, [row.candidate for row in events])
        _hold(connection, annotator, before)
    return Action(done, "undo", tuple(row.candidate for row in events))


def redo(store: Store, annotator: str) -> Action | None:
    """Take back this person's last undo, if nothing was labelled since."""
    with store.writing() as connection:
        last = _last_action(connection, annotator)
        head = _redo_head(last)
        if last is None or head is None:
            return None
        taken_back = _action(connection, head)
        events = _events_of(connection, taken_back.target)
        done = _add_action(
            connection, annotator, "redo", len(events),
            target=taken_back.target, undo_head=taken_back.target, redo_head=taken_back.under,
        )  # fmt: skip
        _forget(connection, annotator, [row.candidate for row in events])
        _hold(connection, annotator, events)
    return Action(done, "redo", tuple(row.candidate for row in events))


def last_action(store: Store) -> int:
    """The number of the last action of anybody: it grows whenever a label changes."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(label_actions.c.id))) or 0


def history(store: Store, annotator: str) -> History:
    """Where this person stands."""
    with store.reading() as connection:
        last = connection.execute(_last(annotator)).one_or_none()
    return History(
        last.id if last else None, _undo_head(last) is not None, _redo_head(last) is not None
    )


def replayed(store: Store) -> dict[tuple[str, str], int]:
    """What holds, worked out from the actions alone: (candidate, annotator) → event."""
    held: dict[tuple[str, str], int] = {}
    with store.reading() as connection:
        actions = connection.execute(select(label_actions).order_by(label_actions.c.id)).all()
        for action in actions:
            of = action.id if action.kind == "label" else action.target
            for event in _events_of(connection, of):
                now = event.previous if action.kind == "undo" else event.id
                held.pop((event.candidate, action.annotator), None)
                if now is not None:
                    held[event.candidate, action.annotator] = now
    return held


def _label(
    connection: Connection,
    annotator: str,
    last: Row[Any] | None,
    decisions: Mapping[str, Decision],
    now: Mapping[str, int],
) -> Action | None:
    if not decisions:
        return None
    done = _add_action(connection, annotator, "label", len(decisions), under=_undo_head(last))
    connection.execute(
        insert(label_events),
        [
            {
                "action": done,
                "candidate": key,
                "verdict": decision.verdict,
                "reasons": list(decision.reasons),
                "comment": storable(decision.comment, _LONGEST_COMMENT),
                "guideline": decision.guideline,
                "previous": now.get(key),
            }
            for key, decision in decisions.items()
        ],
    )
    _forget(connection, annotator, list(decisions))
    _hold(connection, annotator, _events_of(connection, done))
    return Action(done, "label", tuple(decisions))


def _last(annotator: str) -> Any:
    return (
        select(label_actions)
        .where(label_actions.c.annotator == annotator)
        .order_by(label_actions.c.id.desc())
        .limit(1)
    )


def _last_action(connection: Connection, annotator: str) -> Row[Any] | None:
    """This person's last action; whoever else labels in the same name waits until we are done."""
    known = select(annotators.c.name).where(annotators.c.name == annotator).with_for_update()
    if connection.scalar(known) is None:
        raise StoreError(f"Nobody here is called “{annotator}”. Choose a name first.")
    return connection.execute(_last(annotator)).one_or_none()


def _undo_head(last: Row[Any] | None) -> int | None:
    if last is None:
        return None
    head: int | None = last.id if last.kind == "label" else last.undo_head
    return head


def _redo_head(last: Row[Any] | None) -> int | None:
    if last is None:
        return None
    head: int | None = last.id if last.kind == "undo" else last.redo_head
    return head


def _add_action(
    connection: Connection,
    annotator: str,
    kind: Kind,
    num_candidates: int,
    **links: int | None,
) -> int:
    values = {"annotator": annotator, "kind": kind, "num_candidates": num_candidates, **links}
    added = connection.execute(insert(label_actions).values(at=time.time(), **values))
    (number,) = added.inserted_primary_key or (0,)
    return int(number)


def _action(connection: Connection, number: int) -> Row[Any]:
    return connection.execute(select(label_actions).where(label_actions.c.id == number)).one()


def _events_of(connection: Connection, action: int) -> Sequence[Row[Any]]:
    found = select(label_events).where(label_events.c.action == action)
    return connection.execute(found.order_by(label_events.c.id)).all()


def _events(connection: Connection, numbers: Sequence[int]) -> list[Row[Any]]:
    found: list[Row[Any]] = []
    for part in in_parts(numbers):
        found += connection.execute(select(label_events).where(label_events.c.id.in_(part)))
    return found


def _events_now(connection: Connection, annotator: str, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in in_parts(keys):
        held = select(labels.c.candidate, labels.c.event).where(
            labels.c.annotator == annotator, labels.c.candidate.in_(part)
        )
        found |= dict(connection.execute(held).all())
    return found


def _forget(connection: Connection, annotator: str, keys: Sequence[str]) -> None:
    for part in in_parts(keys):
        connection.execute(
            delete(labels).where(labels.c.annotator == annotator, labels.c.candidate.in_(part))
        )


def _hold(connection: Connection, annotator: str, events: Iterable[Row[Any]]) -> None:
    rows = [
        {
            "candidate": event.candidate,
            "annotator": annotator,
            "event": event.id,
            "verdict": event.verdict,
        }
        for event in events
    ]
    insert_new(connection, labels, rows)
