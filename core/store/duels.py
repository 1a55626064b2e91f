"""Questions that several engines were asked at once, and where each of them answers.

Each engine answers in a conversation of its own, so that it writes, stops and fails as in the chat,
and the conversation can be gone on with. Until somebody does, it is not among those of the chat.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, exists, insert, select

from core.errors import StoreError
from core.store.database import Store
from core.store.tables import answers, conversations, duel_sides, duels, messages


@dataclass(frozen=True, slots=True)
class Side:
    """One engine that was asked."""

    engine: str
    conversation: str
    """In which it answers."""
    answer: int


@dataclass(frozen=True, slots=True)
class Duel:
    """One question, and who was asked."""

    id: str
    """Random, so that who has a link has the duel, and nobody guesses one."""
    question: str
    api: str
    """The API that was asked about; empty for all."""
    conversation: str | None
    """Of the chat, where the question comes from."""
    asked_at: float
    sides: tuple[Side, ...]


def add_duel(
    store: Store, question: str, sides: Sequence[Side], *, api: str, conversation: str | None
) -> Duel:
    """Keep that these engines were asked."""
    made = Duel(secrets.token_urlsafe(9), question, api, conversation, time.time(), tuple(sides))
    row = {name: value for name, value in asdict(made).items() if name != "sides"}
    rows = [{"duel": made.id, "place": at, **asdict(side)} for at, side in enumerate(sides)]
    with store.writing() as connection:
        connection.execute(insert(duels).values(row))
        connection.execute(insert(duel_sides), rows)
    return made


def find_duel(store: Store, duel: str) -> Duel:
    """The duel of that id. Raises ``StoreError``."""
    with store.reading() as connection:
        row = connection.execute(select(duels).where(duels.c.id == duel)).one_or_none()
        listed = select(duel_sides).where(duel_sides.c.duel == duel).order_by(duel_sides.c.place)
        sides = connection.execute(listed).all()
    if row is None:
        raise StoreError(
            "This question is not in the workspace. Ask for the link again, or ask anew."
        )
    found = tuple(Side(side.engine, side.conversation, side.answer) for side in sides)
    return Duel(**row._mapping, sides=found)


def list_duels(store: Store, *, limit: int = 20) -> list[tuple[str, str]]:
    """The ids and questions of duels, the newest first."""
    found = select(duels.c.id, duels.c.question).order_by(duels.c.asked_at.desc()).limit(limit)
    with store.reading() as connection:
        return [(row.id, row.question) for row in connection.execute(found)]


def is_duel_only() -> ColumnElement[bool]:
    """Of a conversation: that it is a side of a duel, and nobody has gone on with it."""
    later = exists(
        select(answers.c.id)
        .join(messages, answers.c.message == messages.c.id)
        .where(messages.c.conversation == duel_sides.c.conversation)
        .where(answers.c.id > duel_sides.c.answer)
    )
    return exists(
        select(duel_sides.c.duel).where(duel_sides.c.conversation == conversations.c.id, ~later)
    )
