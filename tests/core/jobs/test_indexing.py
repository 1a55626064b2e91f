"""What makes the workspace ready to be searched, as jobs."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from core.jobs import control, indexing, kinds
from core.jobs.context import JobContext
from core.jobs.indexing import MEANINGS, ask_for_index, index_meanings
from core.library import entries_of
from core.retrieval.chroma import ChromaVectors, ensure_server, stop_server
from core.retrieval.embed import passage_text
from core.retrieval.vectors import open_vectors, vectors_folder
from core.store.database import Store
from core.store.documents import delete_document
from core.store.jobs import add_job, list_jobs
from tests.core.retrieval.embedder import WordEmbedder
from tests.core.store.documents import imported, pets

FARM = pets("GET /cows", "POST /cows", title="Farm")
ZOO = pets("GET /lions", title="Zoo")


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> WordEmbedder:
    """What the job uses instead of the model."""
    made = WordEmbedder()
    monkeypatch.setattr(indexing, "load_embedder", lambda name: made)
    return made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the jobs that would have been started."""
    asked: list[str] = []
    monkeypatch.setattr(indexing.control, "start", lambda store, kind, given: asked.append(kind))
    return asked


def learn(store: Store) -> int:
    job = add_job(store, MEANINGS, "Learn", {}, is_heavy=True)
    with JobContext(store, job) as context:
        made: int = index_meanings({}, context)["num_made"]
    control.cancel(store, job.id)  # else it would go on waiting
    return made


def test_job_makes_the_vectors_that_are_missing_and_no_others(
    store: Store, embedder: WordEmbedder, started: list[str]
) -> None:
    imported(store, FARM)
    assert learn(store) == 2
    imported(store, ZOO)
    assert learn(store) == 1
    assert len(embedder.told) == 3
    assert learn(store) == 0
    vectors = open_vectors(vectors_folder(store.workspace, embedder.name))
    assert all(vectors.has(passage_text(entry)) for entry in entries_of(store))


def test_job_is_asked_for_when_documents_have_changed(
    store: Store, embedder: WordEmbedder, started: list[str]
) -> None:
    farm = imported(store, FARM)
    ask_for_index(store)
    assert started == [MEANINGS]
    learn(store)
    started.clear()
    ask_for_index(store)
    assert started == []
    delete_document(store, farm.sha256)
    ask_for_index(store)
    assert started == [MEANINGS]


def test_job_that_waits_is_not_asked_for_twice(
    store: Store, embedder: WordEmbedder, started: list[str]
) -> None:
    imported(store, FARM)
    add_job(store, MEANINGS, "Learn", {}, is_heavy=True)
    ask_for_index(store)
    assert started == []
    assert [job.kind for job in list_jobs(store, ("queued",))] == [MEANINGS]


def test_no_job_without_an_embedder(store: Store, started: list[str]) -> None:
    imported(store, FARM)
    ask_for_index(replace(store, settings=replace(store.settings, embedder="none")))
    assert started == []


def test_kind_is_known_by_its_name() -> None:
    assert kinds.job_kind(MEANINGS).load() is index_meanings


def test_vectors_go_to_chroma_where_that_is_set(
    store: Store, embedder: WordEmbedder, started: list[str]
) -> None:
    settings = replace(store.settings, vectors="chroma")
    in_chroma = replace(store, settings=settings)
    imported(store, FARM)
    try:
        learn(in_chroma)
        with closing(ChromaVectors(ensure_server(settings), embedder.name)) as kept:
            assert len(kept) == 2
    finally:
        stop_server(settings.workspace)
