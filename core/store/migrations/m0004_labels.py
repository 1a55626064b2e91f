"""Candidates, what people and judges say of them, and by which guidelines."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
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

_candidates = Table(
    "candidates",
    _metadata,
    Column("key", Text, primary_key=True),
    Column("pool", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("group", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("api_name", Text, nullable=False),
    Column("functionality", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("call", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)
Index("candidates_in_order", _candidates.c.position)
Index("candidates_by_pool", _candidates.c.pool, _candidates.c.position)
Index("candidates_by_group", _candidates.c.group)
Index("candidates_by_api", _candidates.c.api_name)

Table(
    "annotators",
    _metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)

Table(
    "guidelines",
    _metadata,
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Double, nullable=False),
)

_label_actions = Table(
    "label_actions",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("annotator", Text, ForeignKey("annotators.name"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Integer, ForeignKey("label_actions.id")),
    Column("undo_head", Integer, ForeignKey("label_actions.id")),
    Column("redo_head", Integer, ForeignKey("label_actions.id")),
    Column("under", Integer, ForeignKey("label_actions.id")),
    Column("num_candidates", Integer, nullable=False),
    Column("at", Double, nullable=False),
)
Index("label_actions_by_annotator", _label_actions.c.annotator, _label_actions.c.id)

_label_events = Table(
    "label_events",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Integer, ForeignKey("label_actions.id"), nullable=False),
    Column("candidate", Text, ForeignKey("candidates.key"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("guideline", Integer, ForeignKey("guidelines.version")),
    Column("previous", Integer, ForeignKey("label_events.id")),
)
Index("label_events_by_action", _label_events.c.action)

_labels = Table(
    "labels",
    _metadata,
    Column("candidate", Text, ForeignKey("candidates.key"), primary_key=True),
    Column("annotator", Text, ForeignKey("annotators.name"), primary_key=True),
    Column("event", Integer, ForeignKey("label_events.id"), nullable=False),
    Column("verdict", Text, nullable=False),
)
Index("labels_by_annotator", _labels.c.annotator, _labels.c.verdict)

_adjudications = Table(
    "adjudications",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate", Text, ForeignKey("candidates.key"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("annotator", Text, ForeignKey("annotators.name"), nullable=False),
    Column("at", Double, nullable=False),
)
Index("adjudications_by_candidate", _adjudications.c.candidate)

_judge_verdicts = Table(
    "judge_verdicts",
    _metadata,
    Column("judge", Text, primary_key=True),
    Column("candidate", Text, ForeignKey("candidates.key"), primary_key=True),
    Column("label", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("score", Double),
    Column("at", Double, nullable=False),
)
Index("judge_verdicts_by_candidate", _judge_verdicts.c.candidate)

Table(
    "champions",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("judge", Text, nullable=False),
    Column("annotator", Text, ForeignKey("annotators.name"), nullable=False),
    Column("figures", JSON, nullable=False),
    Column("at", Double, nullable=False),
)


def apply(connection: Connection) -> None:
    """Make the tables of labelling, and the revision by which pages notice new candidates."""
    _metadata.create_all(connection)
    revisions = Table("revisions", MetaData(), Column("name", Text), Column("number", Integer))
    connection.execute(revisions.insert().values(name="candidates", number=0))
