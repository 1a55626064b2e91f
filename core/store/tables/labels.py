"""Candidates, what people and judges say of them, and by which guideline."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Double, ForeignKey, Index, Integer, Table, Text

from core.store.tables.metadata import metadata

candidates = Table(
    "candidates",
    metadata,
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
Index("candidates_in_order", candidates.c.position)
Index("candidates_by_pool", candidates.c.pool, candidates.c.position)
Index("candidates_by_group", candidates.c.group)
Index("candidates_by_api", candidates.c.api_name)

annotators = Table(
    "annotators",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("added_at", Double, nullable=False),
)

guidelines = Table(
    "guidelines",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Double, nullable=False),
)

label_actions = Table(
    "label_actions",
    metadata,
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
Index("label_actions_by_annotator", label_actions.c.annotator, label_actions.c.id)

label_events = Table(
    "label_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Integer, ForeignKey("label_actions.id"), nullable=False),
    Column("candidate", Text, ForeignKey("candidates.key"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("guideline", Integer, ForeignKey("guidelines.version")),
    Column("previous", Integer, ForeignKey("label_events.id")),
)
Index("label_events_by_action", label_events.c.action)

labels = Table(
    "labels",
    metadata,
    Column("candidate", Text, ForeignKey("candidates.key"), primary_key=True),
    Column("annotator", Text, ForeignKey("annotators.name"), primary_key=True),
    Column("event", Integer, ForeignKey("label_events.id"), nullable=False),
    Column("verdict", Text, nullable=False),
)
Index("labels_by_annotator", labels.c.annotator, labels.c.verdict)

adjudications = Table(
    "adjudications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("candidate", Text, ForeignKey("candidates.key"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("annotator", Text, ForeignKey("annotators.name"), nullable=False),
    Column("at", Double, nullable=False),
)
Index("adjudications_by_candidate", adjudications.c.candidate)

judge_verdicts = Table(
    "judge_verdicts",
    metadata,
    Column("judge", Text, primary_key=True),
    Column("candidate", Text, ForeignKey("candidates.key"), primary_key=True),
    Column("label", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("score", Double),
    Column("at", Double, nullable=False),
)
Index("judge_verdicts_by_candidate", judge_verdicts.c.candidate)

champions = Table(
    "champions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("judge", Text, nullable=False),
    Column("annotator", Text, ForeignKey("annotators.name"), nullable=False),
    Column("figures", JSON, nullable=False),
    Column("at", Double, nullable=False),
)
