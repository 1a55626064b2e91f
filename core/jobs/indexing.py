"""The search index as a job: built anew when so much has come or gone that it is worth it."""

from __future__ import annotations

from typing import Any

from core.jobs import control
from core.jobs.context import JobContext
from core.retrieval.workspace_index import build_index, is_stale
from core.store.database import Store
from core.store.jobs import list_jobs

KIND = "build-index"


def build(_arguments: dict[str, Any], context: JobContext) -> Any:
    """Index every live operation."""
    build_index(context.store, progress=context.progress)
    return {}


def ask_for_index(store: Store) -> None:
    """Start the job where it is worth its time, and nobody waits for one already."""
    waiting = any(job.kind == KIND for job in list_jobs(store, ("queued",)))
    if not waiting and is_stale(store):
        control.start(store, KIND, {})
