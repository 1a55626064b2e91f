"""Questions that several engines were asked at once."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Integer, Table, Text

from core.store.tables.metadata import metadata

duels = Table(
    "duels",
    metadata,
    Column("id", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("conversation", Text, ForeignKey("conversations.id")),
    Column("asked_at", Double, nullable=False),
)
Index("duels_by_moment", duels.c.asked_at)

duel_sides = Table(
    "duel_sides",
    metadata,
    Column("duel", Text, ForeignKey("duels.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("engine", Text, nullable=False),
    Column("conversation", Text, ForeignKey("conversations.id"), nullable=False),
    Column("answer", Integer, ForeignKey("answers.id"), nullable=False),
)
Index("duel_sides_by_conversation", duel_sides.c.conversation)
