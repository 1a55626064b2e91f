"""Imports as jobs: of uploaded files, from a web address, and from a directory on the web.

An import that is run again goes on where it was: what is in the workspace costs only a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import orjson

from core import directory, intake, uploads
from core.intake import Imported
from core.jobs.context import JobContext
from core.jobs.indexing import ask_for_index
from core.openapi.operation import Dropped
from core.store.database import Store
from core.store.jobs import STATES, Job, list_jobs
from core.store.operations import dropped_of

_ENTRIES = "entries.json"
_ABANDONED_SECONDS = 86_400
_LISTED = 100
"""Documents that a result names; the others are counted."""


def import_files(arguments: dict[str, Any], context: JobContext) -> Any:
    """Import the files that ``upload`` names, then give up its folder."""
    if context.checkpoint:  # killed between the last two lines
        return context.checkpoint
    discard_abandoned(context.store)
    files = uploads.kept(context.store, arguments["upload"])
    result = uploads.import_uploads(context.store, files, context.progress)
    found = _result(context, result.documents, result.refused, result.ignored)
    context.save(found)
    uploads.discard(context.store, arguments["upload"])
    return found


def import_url(arguments: dict[str, Any], context: JobContext) -> Any:
    """Import what stands at ``url``."""
    context.progress(0, None, "waiting for the answer")
    result = intake.import_url(context.store, arguments["url"], progress=context.progress)
    return _result(context, result.documents, result.refused, result.ignored)


def import_directory(arguments: dict[str, Any], context: JobContext) -> Any:
    """Import the entries that ``upload`` holds, under the name ``hub``."""
    if context.checkpoint:
        return context.checkpoint
    kept = uploads.kept(context.store, arguments["upload"])
    entries = [directory.Entry(**entry) for entry in orjson.loads(kept[_ENTRIES])]
    result = directory.import_entries(
        context.store, entries, arguments["hub"], progress=context.progress
    )
    found = _result(context, result.documents, result.dropped) | {"num_known": result.num_known}
    context.save(found)
    uploads.discard(context.store, arguments["upload"])
    return found


def keep_entries(store: Store, entries: Iterable[directory.Entry]) -> str:
    """Keep chosen entries of a directory for ``import_directory``: too many for a row."""
    return uploads.keep(store, {_ENTRIES: orjson.dumps([asdict(entry) for entry in entries])})


def discard_abandoned(store: Store) -> None:
    """Give up old uploads that no job is going to import: whoever kept them was killed then."""
    others = [state for state in STATES if state != "done"]
    wanted = {job.arguments.get("upload") for job in list_jobs(store, others, limit=10_000)}
    for name in uploads.waiting(store, untouched_seconds=_ABANDONED_SECONDS):
        if name not in wanted:
            uploads.discard(store, name)


def documents_in(job: Job) -> list[Imported]:
    """The documents that an import has brought, the first hundred."""
    listed = job.result.get("documents", []) if isinstance(job.result, dict) else []
    return [Imported(**document) for document in listed]


def _result(
    context: JobContext,
    documents: tuple[Imported, ...],
    refused: tuple[Dropped, ...],
    ignored: Mapping[str, str] = {},
) -> dict[str, Any]:
    """The counts of an import; what it left out goes to the job's drops."""
    for lost in refused:
        context.drop("document", lost.where, lost.reason)
    for name, reason in ignored.items():
        context.drop("file", name, reason)
    for document in documents:
        if document.num_dropped:
            for lost in dropped_of(context.store, document.sha256):
                context.drop("operation", f"{document.name}: {lost.where}", lost.reason)
    ask_for_index(context.store)
    return {
        "documents": [asdict(document) for document in documents[:_LISTED]],
        "num_documents": len(documents),
        "num_new": sum(document.outcome != "known" for document in documents),
        "num_operations": sum(document.num_operations for document in documents),
        "num_dropped": sum(document.num_dropped for document in documents),
        "num_refused": len(refused),
    }
