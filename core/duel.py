"""One question, put to several engines at once.

>>> duel = ask_all(chat, store, "cancel booking 8841", ["grounded", "grounded+qwen"])
>>> duel.sides[1].engine
'grounded+qwen'
"""

from __future__ import annotations

from collections.abc import Sequence

from core.chat import Chat
from core.engines import BASELINES, engine_kind, engine_names
from core.store.conversations import new_conversation
from core.store.database import Store
from core.store.duels import Duel, Side, add_duel

MOST = 4
"""Engines that are asked at once."""


def rivals(store: Store) -> list[str]:
    """The engines that can be compared: those of the chat, and behind them the baselines."""
    return [*engine_names(store), *BASELINES]


def first_choice(store: Store, engine: str) -> list[str]:
    """Who is asked where nobody chose: this engine, and others up to the most."""
    known = rivals(store)
    return [name for name in dict.fromkeys([engine, *known]) if name in known][:MOST]


def ask_all(
    chat: Chat,
    store: Store,
    question: str,
    engines: Sequence[str],
    *,
    api: str = "",
    conversation: str | None = None,
) -> Duel:
    """Ask; the answers come to where the sides say. Raises ``UnknownNameError``.

    ``conversation`` is the one of the chat that the question comes from.
    """
    for name in engines:
        engine_kind(name)
    sides = []
    for name in engines:
        own = new_conversation(store, question).id
        sides.append(Side(name, own, chat.ask(own, question, api=api, engine=name)))
    return add_duel(store, question, sides, api=api, conversation=conversation)
