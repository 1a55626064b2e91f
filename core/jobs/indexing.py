"""The search index and the meanings as jobs: made when so much has come that it is worth it."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from core.jobs import control
from core.jobs.context import JobContext
from core.library import entries_of
from core.retrieval.chroma import ChromaVectors, ensure_server
from core.retrieval.embed import load_embedder, passage_text
from core.retrieval.vectors import embed_missing, open_vectors, vectors_folder
from core.retrieval.workspace_index import build_index, is_stale
from core.settings import NONE
from core.store.database import Store
from core.store.documents import revision
from core.store.jobs import ALIVE, list_jobs
from core.workspace import whole_file

KIND = "build-index"
MEANINGS = "index-meanings"
_SEEN = "seen"
"""The file that says up to which revision of the documents all vectors were made."""


def build(_arguments: dict[str, Any], context: JobContext) -> Any:
    """Index every live operation."""
    build_index(context.store, progress=context.progress)
    return {}


def index_meanings(_arguments: dict[str, Any], context: JobContext) -> Any:
    """Make the vectors that live operations lack. What an earlier attempt made is there."""
    store = context.store
    embedder = load_embedder(store.settings.embedder)
    context.progress(0, None, "looking for what is new")
    folder = vectors_folder(store.workspace, embedder.name)
    made = 0
    while _lacks_meanings(store):  # something may have come meanwhile
        seen = revision(store)
        texts = map(passage_text, entries_of(store))
        made += embed_missing(folder, texts, embedder, progress=context.progress)
        with whole_file(folder / _SEEN) as file:
            file.write(str(seen).encode())
    if store.settings.vectors == "chroma":
        context.progress(made, made, "handing the vectors to Chroma")
        with closing(ChromaVectors(ensure_server(store.settings), embedder.name)) as kept:
            kept.add(open_vectors(folder))
    return {"num_made": made}


def ask_for_index(store: Store) -> None:
    """Start the jobs that are worth their time, and for which nobody waits already."""
    waiting = {job.kind for job in list_jobs(store, ("queued",))}
    at_work = {job.kind for job in list_jobs(store, ALIVE)}
    if KIND not in waiting and is_stale(store):
        control.start(store, KIND, {})
    # One at a time: the one that is at work looks once more before it ends.
    if MEANINGS not in waiting | at_work and _lacks_meanings(store):
        control.start(store, MEANINGS, {})


def _lacks_meanings(store: Store) -> bool:
    if store.settings.embedder == NONE:
        return False
    name = load_embedder(store.settings.embedder).name
    try:
        seen = (vectors_folder(store.workspace, name) / _SEEN).read_text()
    except FileNotFoundError:
        seen = ""
    return seen != str(revision(store))
