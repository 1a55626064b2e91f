"""The tables as they are now; what a row means stands in the module of its noun.

Moments are seconds since 1970 (UTC), documents are named by their SHA-256. A change here comes with
a new step in :mod:`core.store.migrations`; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("api", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("api_version", Text, nullable=False),
    Column("openapi_version", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("num_bytes", BigInteger, nullable=False),
    Column("num_files", Integer, nullable=False),
    Column("num_operations", Integer, nullable=False),
    Column("num_dropped", Integer, nullable=False),
    Column("num_warnings", Integer, nullable=False),
    Column("quality", JSON, nullable=False),
    Column("replaces", Text, ForeignKey("documents.sha256")),
    Column("added_at", Double, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("deleted_at", Double),
)
Index("documents_by_api", documents.c.api)
Index("documents_by_replaced", documents.c.replaces)

sources = Table(
    "sources",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("hub", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("added_at", Double, nullable=False),
)
Index("sources_by_place", sources.c.place)

operations = Table(
    "operations",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("pointer", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("operation_id", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("deprecated", Boolean, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("api", Text, nullable=False),
)
Index("operations_in_order", operations.c.document, operations.c.position)
Index("operations_by_api", operations.c.api)

dropped = Table(
    "dropped",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("pointer", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

validations = Table(
    "validations",
    metadata,
    Column("document", Text, ForeignKey("documents.sha256"), primary_key=True),
    Column("report", JSON, nullable=False),
    Column("checked_at", Double, nullable=False),
)

api_choices = Table(
    "api_choices",
    metadata,
    Column("api", Text, primary_key=True),
    Column("server", Text),
    Column("variables", JSON, nullable=False),
    Column("security", JSON),
    Column("environment", JSON, nullable=False),
    Column("changed_at", Double, nullable=False),
)

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

preferences = Table(
    "preferences",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", Double, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("is_heavy", Boolean, nullable=False),
    Column("retry_of", Integer, ForeignKey("jobs.id")),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("heartbeat_at", Double),
    Column("cancel_at", Double),
    Column("host", Text),
    Column("pid", Integer),
    Column("pid_started_at", Double),
    Column("attempt", Integer, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("done_before", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("message", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("checkpoint", JSON),
    Column("result", JSON),
)
Index("jobs_by_state", jobs.c.state)

job_events = Table(
    "job_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False),
    Column("at", Double, nullable=False),
    Column("text", Text, nullable=False),
)
Index("job_events_by_job", job_events.c.job)

job_drops = Table(
    "job_drops",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)

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

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Integer),
    Column("engine", Text, nullable=False),
    Column("test_set", Text, nullable=False),
    Column("pool", Text, nullable=False),
    Column("naming", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("base_model", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("mixture", Text, nullable=False),
    Column("data_size", BigInteger),
    Column("plan", JSON, nullable=False),
    Column("provenance", JSON),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("finished_at", Double),
    Column("deleted_at", Double),
)

cells = Table(
    "cells",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("naming", Text, primary_key=True),
    Column("measure", Text, primary_key=True),
    Column("value", Double, nullable=False),
    Column("low", Double, nullable=False),
    Column("high", Double, nullable=False),
    Column("count", BigInteger, nullable=False),
)
Index("cells_by_measure", cells.c.measure, cells.c.naming)

model_servers = Table(
    "model_servers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("key_variable", Text, nullable=False),
    Column("dialect", Text, nullable=False),
    Column("can_score", Boolean, nullable=False),
    Column("can_complete", Boolean, nullable=False),
    Column("per_million_prompt", Double, nullable=False),
    Column("per_million_completion", Double, nullable=False),
    Column("added_at", Double, nullable=False),
)

comparisons = Table(
    "comparisons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("run_a", Integer, nullable=False),
    Column("run_b", Integer, nullable=False),
    Column("engine_a", Text, nullable=False),
    Column("engine_b", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("is_blind", Boolean, nullable=False),
    Column("vote", Text, nullable=False),
    Column("automatic", Text, nullable=False),
    Column("at", Double, nullable=False),
)
