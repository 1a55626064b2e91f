"""Conversations: what was asked, what was answered, what people thought of it; and preferences."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

_metadata = MetaData()

_conversations = Table(
    "conversations",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("deleted_at", Double),
)
Index("conversations_by_change", _conversations.c.changed_at)

_messages = Table(
    "messages",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("replaces", Integer, ForeignKey("messages.id")),
    Column("text", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("asked_at", Double, nullable=False),
)
Index("messages_by_conversation", _messages.c.conversation)

_answers = Table(
    "answers",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("message", Integer, ForeignKey("messages.id"), nullable=False),
    Column("engine", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("server", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("asked_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("partial", Text, nullable=False),
    Column("answer", JSON),
    Column("is_answered", Boolean),
    Column("error", Text, nullable=False),
)
Index("answers_by_message", _answers.c.message)
Index("answers_by_state", _answers.c.state)

_reactions = Table(
    "reactions",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", Integer, ForeignKey("answers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Double, nullable=False),
)
Index("reactions_by_answer", _reactions.c.answer)

Table(
    "preferences",
    _metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables of conversations and of preferences."""
    _metadata.create_all(connection)
