"""Conversations as rows: what was asked, what was answered, what people thought of it.

Messages and reactions are only ever added. To edit a question, or to ask it again, is a new message
that replaces the old one and all that followed it; so nothing is lost, and undoing is cheap. An
answer's row is written by the server that works on it, which its ``server`` names.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, insert, select, update

from core.errors import RequestError, StoreError
from core.kept_answer import KeptAnswer, KeptCall, answer_of, answer_record
from core.store.database import Store
from core.store.duels import is_duel_only
from core.store.tables import answers, conversations, messages, reactions
from core.store.text import storable

State = Literal["asked", "answering", "answered", "stopped", "failed"]
STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("asked", "answering")
"""States of answers that somebody waits for."""

Vote = Literal["up", "down", ""]

LONGEST_PARTIAL = 20_000
"""Characters that are kept of what a model is about to write."""
LONGEST_MESSAGE = 20_000
"""Bytes of a question or of pasted code."""
_LONGEST_TITLE = 200
_LONGEST_REASON = 2_000
_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions and answers that belong together."""

    id: str
    """Random, so that who has a link has the conversation, and nobody guesses one."""
    title: str
    created_at: float
    changed_at: float
    """When it was last asked something."""
    deleted_at: float | None


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What an engine said to a message, or will say."""

    id: int
    engine: str
    state: State
    attempt: int
    asked_at: float
    finished_at: float | None
    partial: str
    """What a language model has written so far."""
    answer: KeptAnswer | None
    error: str
    """Why it failed, in a sentence."""
    vote: Vote = ""
    reason: str = ""
    """Of the vote, in the person's words."""
    choice: int | None = None
    """Which of its calls the person preferred, if they did."""

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for it."""
        return self.state in OPEN

    @property
    def shown(self) -> KeptCall | None:
        """The call that it comes to: the best, or the preferred one; ``None`` if nothing fits."""
        if self.answer is None or not self.answer.calls:
            return None
        if self.choice is None:
            return self.answer.calls[0] if self.answer.is_answered else None
        return self.answer.calls[min(self.choice, len(self.answer.calls) - 1)]


@dataclass(frozen=True, slots=True)
class Message:
    """What a person wrote, and what was said to it."""

    id: int
    text: str
    api: str
    """The API that was asked about; empty for all."""
    asked_at: float
    answer: StoredAnswer


def new_conversation(store: Store, words: str) -> Conversation:
    """A conversation that begins with these words."""
    title = " ".join(words.split())
    if len(title) > _TITLE_CHARACTERS:
        words, _, cut = title[:_TITLE_CHARACTERS].rpartition(" ")
        title = f"{words if len(cut) < _TITLE_CHARACTERS // 2 else words + ' ' + cut} …".strip()
    now = time.time()
    made = Conversation(secrets.token_urlsafe(9), storable(title, _LONGEST_TITLE), now, now, None)
    row = {name: getattr(made, name) for name in Conversation.__slots__}
    store.write(insert(conversations).values(row))
    return made


def find_conversation(store: Store, conversation: str) -> Conversation:
    """The conversation of that id, also a deleted one. Raises ``StoreError``."""
    found = select(conversations).where(conversations.c.id == conversation)
    with store.reading() as connection:
        row = connection.execute(found).one_or_none()
    if row is None:
        raise StoreError(
            "This conversation is not in the workspace. Ask for the link again, or begin a new one."
        )
    return Conversation(**row._mapping)


def list_conversations(
    store: Store, *, deleted: bool = False, limit: int = 50
) -> list[Conversation]:
    """Conversations, the one asked last first; those that were deleted, or the others."""
    is_deleted = conversations.c.deleted_at.is_not(None)
    order = conversations.c.deleted_at if deleted else conversations.c.changed_at
    wanted = is_deleted if deleted else ~is_deleted
    found = select(conversations).where(wanted, ~is_duel_only())
    with store.reading() as connection:
        rows = connection.execute(found.order_by(order.desc()).limit(limit))
        return [Conversation(**row._mapping) for row in rows]


def rename_conversation(store: Store, conversation: str, title: str) -> None:
    """Call a conversation otherwise; an empty title changes nothing."""
    if title := " ".join(title.split()):
        _change(store, conversation, title=storable(title, _LONGEST_TITLE))


def delete_conversation(store: Store, conversation: str) -> None:
    """Take a conversation off the list; a link still opens it, and it can be brought back."""
    _change(store, conversation, deleted_at=time.time())


def restore_conversation(store: Store, conversation: str) -> None:
    """Bring a deleted conversation back."""
    _change(store, conversation, deleted_at=None)


def add_message(
    store: Store,
    conversation: str,
    text: str,
    *,
    engine: str,
    server: str,
    api: str = "",
    replaces: int | None = None,
) -> int:
    """Add what a person wrote, with an answer to come; the number of that answer.

    ``replaces`` is the message that this one stands for from now on.
    """
    now = time.time()
    message = {
        "conversation": conversation,
        "replaces": replaces,
        "text": storable(text, LONGEST_MESSAGE),
        "api": api,
        "asked_at": now,
    }
    answer = {
        "engine": engine,
        "state": "asked",
        "server": server,
        "attempt": 0,
        "asked_at": now,
        "partial": "",
        "error": "",
    }
    with store.writing() as connection:
        key = connection.execute(insert(messages).values(message)).inserted_primary_key
        assert key is not None
        made = connection.execute(insert(answers).values(message=key[0], **answer))
        assert made.inserted_primary_key is not None
        connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation)
            .values(changed_at=now, deleted_at=None)
        )
        return int(made.inserted_primary_key[0])


def messages_of(store: Store, conversation: str) -> list[Message]:
    """What was said in a conversation, in order; without what was replaced."""
    found = select(messages, answers).join_from(messages, answers)
    with store.reading() as connection:
        rows = connection.execute(
            found.where(messages.c.conversation == conversation).order_by(messages.c.id)
        ).all()
        shown = list(_not_replaced([row._mapping for row in rows]))
        reacted = _reactions(connection, [row[answers.c.id] for row in shown])
    return [_message(row, reacted.get(row[answers.c.id], {})) for row in shown]


def find_message(store: Store, answer: int) -> tuple[str, Message]:
    """The message that an answer belongs to, and its conversation. Raises ``StoreError``."""
    found = select(messages, answers).join_from(messages, answers).where(answers.c.id == answer)
    with store.reading() as connection:
        row = connection.execute(found).one_or_none()
        if row is None:
            raise StoreError("This message is not in the workspace any more.")
        reacted = _reactions(connection, [answer])
    return str(row.conversation), _message(row._mapping, reacted.get(answer, {}))


def begin_answer(store: Store, answer: int, server: str) -> bool:
    """Take an answer to work on; false where it was stopped, or another server has it."""
    changed = (
        update(answers)
        .where(answers.c.id == answer, answers.c.state == "asked", answers.c.server == server)
        .values(state="answering", attempt=answers.c.attempt + 1)
    )
    return bool(store.write(changed))


def note_partial(store: Store, answer: int, written: str) -> bool:
    """Keep what is written of an answer so far; false where nobody waits for it any more."""
    values = {"partial": storable(written, LONGEST_PARTIAL)}
    return bool(store.write(_still_open(answer).values(values)))


def end_answer(
    store: Store,
    answer: int,
    server: str,
    state: State,
    *,
    said: KeptAnswer | None = None,
    error: str = "",
) -> bool:
    """Write what came of an answer; false where nobody waits for it any more."""
    values: dict[str, Any] = {"state": state, "error": storable(error, 2_000)}
    if said is not None:
        values |= {"answer": answer_record(said), "is_answered": said.is_answered}
    ended = _still_open(answer).where(answers.c.server == server)
    return bool(store.write(ended.values(finished_at=time.time(), **values)))


def stop_answer(store: Store, answer: int) -> bool:
    """Give an answer up, whoever works on it; false where it was over already."""
    return bool(store.write(_still_open(answer).values(state="stopped", finished_at=time.time())))


def is_stopped(store: Store, answer: int) -> bool:
    """Whether somebody has given the answer up."""
    with store.reading() as connection:
        found = select(answers.c.state).where(answers.c.id == answer)
        return connection.scalar(found) == "stopped"


def take_over(store: Store, server: str, *, attempts: int = 3) -> list[int]:
    """Answers that other servers have left open, which are this server's from now on.

    One that was begun ``attempts`` times is not begun again: it may be what ends servers.
    """
    left = answers.c.state.in_(OPEN), answers.c.server != server
    with store.writing() as connection:
        connection.execute(
            update(answers)
            .where(*left, answers.c.attempt >= attempts)
            .values(
                state="failed",
                finished_at=time.time(),
                error="The app ended while it worked on this, several times. Ask in other words.",
            )
        )
        found = list(connection.scalars(select(answers.c.id).where(*left).order_by(answers.c.id)))
        connection.execute(update(answers).where(*left).values(state="asked", server=server))
    return found


def vote(store: Store, answer: int, value: Vote, reason: str = "") -> None:
    """Keep what somebody thinks of an answer; the last vote counts, all are kept."""
    _react(store, answer, "vote", value, reason)


def choose(store: Store, answer: int, at: int) -> None:
    """Keep that somebody preferred another call of an answer."""
    _react(store, answer, "choice", str(at))


def _react(store: Store, answer: int, kind: str, value: str, reason: str = "") -> None:
    row = {
        "answer": answer,
        "kind": kind,
        "value": value,
        "reason": storable(reason.strip(), _LONGEST_REASON),
        "at": time.time(),
    }
    store.write(insert(reactions).values(row))


def unanswered(store: Store, *, limit: int = 1000) -> list[tuple[Conversation, Message]]:
    """Questions that nothing in the workspace answered, the last first, with where they stand."""
    found = (
        select(messages, answers, conversations)
        .join_from(messages, answers)
        .join(conversations, messages.c.conversation == conversations.c.id)
        .where(answers.c.state == "answered", ~answers.c.is_answered, ~is_duel_only())
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        rows = [row._mapping for row in connection.execute(found)]
    return [
        (
            Conversation(**{name: row[conversations.c[name]] for name in Conversation.__slots__}),
            _message(row, {}),
        )
        for row in rows
    ]


def asked_questions(store: Store, *, limit: int = 10_000) -> list[Message]:
    """What people asked and an engine answered, the last first; also where nothing fitted."""
    found = (
        select(messages, answers)
        .join_from(messages, answers)
        .join(conversations, messages.c.conversation == conversations.c.id)
        .where(answers.c.state == "answered", ~is_duel_only())
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        rows = [row._mapping for row in connection.execute(found)]
        reacted = _reactions(connection, [row[answers.c.id] for row in rows])
    return [_message(row, reacted.get(row[answers.c.id], {})) for row in rows]


def _change(store: Store, conversation: str, **values: Any) -> None:
    store.write(update(conversations).where(conversations.c.id == conversation).values(values))


def _still_open(answer: int) -> Any:
    return update(answers).where(answers.c.id == answer, answers.c.state.in_(OPEN))


def _not_replaced(rows: Sequence[Any]) -> Iterator[Any]:
    """Without messages that a later one replaces, and without what was between the two."""
    shown: list[Any] = []
    for row in rows:
        replaces = row[messages.c.replaces]
        if replaces is not None:
            shown = [each for each in shown if each[messages.c.id] < replaces]
        shown.append(row)
    return iter(shown)


def _reactions(connection: Connection, listed: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The last reaction of each kind, by answer."""
    found: Select[Any] = (
        select(reactions).where(reactions.c.answer.in_(listed)).order_by(reactions.c.id)
    )
    last: dict[int, dict[str, Any]] = {}
    for row in connection.execute(found):
        last.setdefault(row.answer, {})[row.kind] = row
    return last


def _message(row: Any, reacted: dict[str, Any]) -> Message:
    voted, chosen = reacted.get("vote"), reacted.get("choice")
    said, error = _said(row[answers.c.answer])
    return Message(
        id=row[messages.c.id],
        text=row[messages.c.text],
        api=row[messages.c.api],
        asked_at=row[messages.c.asked_at],
        answer=StoredAnswer(
            id=row[answers.c.id],
            engine=row[answers.c.engine],
            state="failed" if error else row[answers.c.state],
            attempt=row[answers.c.attempt],
            asked_at=row[answers.c.asked_at],
            finished_at=row[answers.c.finished_at],
            partial=row[answers.c.partial],
            answer=said,
            error=error or row[answers.c.error],
            vote=voted.value if voted else "",
            reason=voted.reason if voted else "",
            choice=int(chosen.value) if chosen else None,
        ),
    )


def _said(record: dict[str, Any] | None) -> tuple[KeptAnswer | None, str]:
    """The kept answer, or why it cannot be read any more."""
    if record is None:
        return None, ""
    try:
        return answer_of(record), ""
    except RequestError as error:
        return None, f"This answer cannot be shown any more: {error} Ask again."
