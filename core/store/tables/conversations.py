"""What was asked in the chat, and what was answered."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Double, ForeignKey, Index, Integer, Table, Text

from core.store.tables.metadata import metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("deleted_at", Double),
)
Index("conversations_by_change", conversations.c.changed_at)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("replaces", Integer, ForeignKey("messages.id")),
    Column("text", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("asked_at", Double, nullable=False),
)
Index("messages_by_conversation", messages.c.conversation)

answers = Table(
    "answers",
    metadata,
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
Index("answers_by_message", answers.c.message)
Index("answers_by_state", answers.c.state)

reactions = Table(
    "reactions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer", Integer, ForeignKey("answers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Double, nullable=False),
)
Index("reactions_by_answer", reactions.c.answer)
