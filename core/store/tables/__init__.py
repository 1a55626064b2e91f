"""The tables as they are now; what a row means stands in the module of its noun.

Moments are seconds since 1970 (UTC), documents are named by their SHA-256. A change here comes with
a new step in :mod:`core.store.migrations`; a test compares the two.
"""

from __future__ import annotations

from core.store.tables.choices import model_servers, model_weights, preferences, revisions
from core.store.tables.conversations import answers, conversations, messages, reactions
from core.store.tables.documents import (
    api_choices,
    documents,
    dropped,
    operations,
    sources,
    validations,
)
from core.store.tables.duels import duel_sides, duels
from core.store.tables.jobs import job_drops, job_events, jobs
from core.store.tables.labels import (
    adjudications,
    annotators,
    candidates,
    champions,
    guidelines,
    judge_verdicts,
    label_actions,
    label_events,
    labels,
)
from core.store.tables.metadata import metadata
from core.store.tables.runs import cells, comparisons, runs
from core.store.tables.training import training_runs

__all__ = [
    "adjudications",
    "annotators",
    "answers",
    "api_choices",
    "candidates",
    "cells",
    "champions",
    "comparisons",
    "conversations",
    "documents",
    "dropped",
    "duel_sides",
    "duels",
    "guidelines",
    "job_drops",
    "job_events",
    "jobs",
    "judge_verdicts",
    "label_actions",
    "label_events",
    "labels",
    "messages",
    "metadata",
    "model_servers",
    "model_weights",
    "operations",
    "preferences",
    "reactions",
    "revisions",
    "runs",
    "sources",
    "training_runs",
    "validations",
]
