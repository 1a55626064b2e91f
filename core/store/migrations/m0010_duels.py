"""Questions that several engines were asked at once."""

from __future__ import annotations

from sqlalchemy import (
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

_conversations = Table("conversations", _metadata, Column("id", Text, primary_key=True))
_answers = Table("answers", _metadata, Column("id", Integer, primary_key=True))

_duels = Table(
    "duels",
    _metadata,
    Column("id", Text, primary_key=True),
    Column("question", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("conversation", Text, ForeignKey(_conversations.c.id)),
    Column("asked_at", Double, nullable=False),
)
Index("duels_by_moment", _duels.c.asked_at)

_duel_sides = Table(
    "duel_sides",
    _metadata,
    Column("duel", Text, ForeignKey("duels.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("engine", Text, nullable=False),
    Column("conversation", Text, ForeignKey(_conversations.c.id), nullable=False),
    Column("answer", Integer, ForeignKey(_answers.c.id), nullable=False),
)
Index("duel_sides_by_conversation", _duel_sides.c.conversation)


def apply(connection: Connection) -> None:
    """Make the tables of questions that several engines were asked."""
    _metadata.create_all(connection, tables=[_duels, _duel_sides])
