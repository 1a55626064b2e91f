"""The grounded engine over a workspace: opened once, shared by all, up to date by itself.

>>> engine = workspace_engine(store)
>>> engine.answer("cancel booking 8841", EVERYTHING).call.operation.label
'DELETE /bookings/{bookingId}'
>>> engine.state().num_operations
237

The app keeps one for all sessions (``st.cache_resource``) and calls ``answer`` from any thread; the
command ``ask`` opens one with ``wait=True``. What is imported or deleted is known to the next
question. The embedder is loaded by a thread that the first question starts (or ``warm``): until it
is there, and where it cannot be loaded, answers go by words, and their notes say so. Vectors come
from files that the job ``index-meanings`` writes; nobody who opens an engine has to wait for it.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from core.answer import Answer, Grounded
from core.document_cache import DocumentCache
from core.errors import ModelError
from core.library import Library, workspace_library
from core.retrieval.chroma import ChromaVectors, ensure_server
from core.retrieval.embed import Embedder, load_embedder, passage_text
from core.retrieval.entry import EVERYTHING, Entry, Key, Scope
from core.retrieval.meaning import Meaning, Nearest
from core.retrieval.rerank import Reranker, load_reranker
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import Vectors, embed_missing, open_vectors, vectors_folder
from core.retrieval.workspace_index import Filter, WorkspaceIndex
from core.settings import NONE, Settings
from core.store.api_choices import all_api_choices
from core.store.database import Store
from core.store.documents import revision

MeaningState = Literal["off", "not loaded", "loading", "ready", "failed"]

_VECTOR_SECONDS = 5.0
"""How often new vectors are looked for while a job makes them."""


@dataclass(frozen=True)
class EngineState:
    """What an engine knows at the moment."""

    num_operations: int
    embedder: str
    """Its name; empty where none is wanted."""
    reranker: str
    """The same."""
    meaning: MeaningState
    problem: str
    """Why the embedder cannot be used; empty where it can."""
    by_words_only: dict[str, int]
    """Operations that have no vector yet, by document (SHA-256)."""


class WorkspaceEngine:
    """Answers from all live documents of a workspace. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        *,
        cache: DocumentCache,
        words: WorkspaceIndex,
        embedder: Embedder | None,
        open_nearest: Callable[[Embedder], Nearest] | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Without an embedder, only words are looked at, and no reranker looks again.

        ``open_nearest`` gives what to look for the nearest vectors in, where that is not the files
        themselves.
        """
        self._store = store
        self._cache = cache
        self._words = words
        self._embedder = embedder
        self._open_nearest = open_nearest
        self._nearest: Nearest | None = None
        self._reranker = reranker
        self._meaning: MeaningState = "not loaded" if embedder else "off"
        self._problem = ""
        self._loading: threading.Thread | None = None
        self._load_lock = threading.Lock()
        self._look_lock = threading.Lock()
        self._view: _View | None = None

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """The call that a question asks for, or why there is none. Raises ``CallwrightError``."""
        view = self._current()
        self.warm()  # not before: loading would take turns with the reading of rows
        return view.engine.answer(question, scope)

    def library(self) -> Library:
        """The operations that it knows at the moment. Raises ``CallwrightError``."""
        return self._current().library

    def warm(self, *, wait: bool = False) -> None:
        """Load the embedder in a thread of its own, where that has not begun yet."""
        with self._load_lock:
            if self._meaning == "not loaded":
                self._meaning = "loading"
                self._loading = threading.Thread(target=self._load, daemon=True)
                self._loading.start()
        if wait and self._loading is not None:
            self._loading.join()

    def state(self) -> EngineState:
        """What it knows now. Raises ``CallwrightError``."""
        view = self._current()
        return EngineState(
            num_operations=len(view.library.entries),
            embedder=self._embedder.name if self._embedder else "",
            reranker=self._reranker.name if self._reranker else "",
            meaning=self._meaning,
            problem=self._problem,
            by_words_only=view.by_words_only,
        )

    def _load(self) -> None:
        assert self._embedder is not None
        try:
            self._embedder.queries(["ready?"])
            if self._reranker is not None:
                self._reranker.scores("ready?", ["ready"])
            if self._open_nearest is not None:
                self._nearest = self._open_nearest(self._embedder)
        except ModelError as error:
            self._problem, self._meaning = str(error), "failed"
        else:
            self._meaning = "ready"

    def _current(self) -> _View:
        """What is known now; while one thread looks again, the others use what was known before."""
        view = self._view
        if view is not None and view.stamp == self._stamp(view):
            return view
        if not self._look_lock.acquire(blocking=view is None) and view is not None:
            return view
        try:
            stamp = self._stamp(self._view)
            if self._view is None or self._view.stamp != stamp:
                self._view = self._look(stamp, self._view)
            return self._view
        finally:
            self._look_lock.release()

    def _stamp(self, view: _View | None) -> _Stamp:
        """Another one whenever documents, vectors or the embedder may have changed."""
        changed_at = 0
        if self._embedder is not None:
            if view is not None and time.monotonic() - view.looked_at < _VECTOR_SECONDS:
                changed_at = view.stamp.vectors_changed_at
            else:
                changed_at = _changed_at(self._store, self._embedder)
        return _Stamp(revision(self._store), changed_at, self._meaning == "ready")

    def _look(self, stamp: _Stamp, before: _View | None) -> _View:
        if before is not None and before.stamp.revision == stamp.revision:
            library = before.library
        else:
            library = workspace_library(self._store, self._cache)
        vectors: Vectors | None = None
        meaning = None
        if self._embedder is not None:
            if before is not None and before.stamp.vectors_changed_at == stamp.vectors_changed_at:
                vectors = before.vectors
            vectors = vectors or open_vectors(
                vectors_folder(self._store.workspace, self._embedder.name)
            )
            meaning = Meaning(library.entries, vectors, self._embedder, self._nearest)
        retriever = Retriever(
            library.entries,
            meaning if stamp.has_embedder else None,
            _WordsOfWorkspace(self._words),
            self._reranker if stamp.has_embedder else None,
        )
        return _View(
            stamp=stamp,
            looked_at=time.monotonic(),
            library=library,
            vectors=vectors,
            engine=Grounded(retriever, library.find, partial(all_api_choices, self._store)),
            by_words_only=_by_document(meaning, library.entries),
        )


def workspace_engine(
    store: Store,
    *,
    cache: DocumentCache | None = None,
    words: WorkspaceIndex | None = None,
    wait: bool = False,
) -> WorkspaceEngine:
    """The engine over a workspace, at once; with ``wait``, once its embedder is loaded.

    Give it the document cache and the index that the process has already. The embedder is that of
    the settings.
    """
    settings = store.settings
    engine = WorkspaceEngine(
        store,
        cache=cache or DocumentCache(store),
        words=words or WorkspaceIndex(store),
        embedder=None if settings.embedder == NONE else load_embedder(settings.embedder),
        open_nearest=partial(_in_chroma, settings) if settings.vectors == "chroma" else None,
        reranker=_reranker(settings),
    )
    if wait:
        engine.warm(wait=True)
    return engine


def library_engine(library: Library, settings: Settings) -> Grounded:
    """The engine over documents that are in no workspace, once its models are loaded.

    The vectors that it has to make stay in the folder of the workspace. Raises ``ModelError``.
    """
    if settings.embedder == NONE:
        return Grounded(Retriever(library.entries), library.find)
    embedder = load_embedder(settings.embedder)
    folder = vectors_folder(settings.workspace, embedder.name)
    embed_missing(folder, map(passage_text, library.entries), embedder)
    meaning = Meaning(library.entries, open_vectors(folder), embedder)
    retriever = Retriever(library.entries, meaning, reranker=_reranker(settings))
    return Grounded(retriever, library.find)


@dataclass(frozen=True)
class _Stamp:
    revision: int
    vectors_changed_at: int
    has_embedder: bool


@dataclass(frozen=True)
class _View:
    """What an engine knew at one moment."""

    stamp: _Stamp
    looked_at: float
    library: Library
    vectors: Vectors | None
    engine: Grounded
    by_words_only: dict[str, int]


class _WordsOfWorkspace:
    """The index of a workspace as the retriever asks it."""

    def __init__(self, index: WorkspaceIndex) -> None:
        self._index = index

    def find(self, question: str, scope: Scope, count: int) -> list[tuple[Key, float]]:
        only = Filter(apis=scope.apis, methods=scope.methods, tags=scope.tags)
        found = self._index.search(question, only, limit=count)
        return [(hit.operation.key, hit.score) for hit in found.hits if hit.score > 0]


def _reranker(settings: Settings) -> Reranker | None:
    return None if settings.reranker == NONE else load_reranker(settings.reranker)


def _in_chroma(settings: Settings, embedder: Embedder) -> Nearest:
    return ChromaVectors(ensure_server(settings), embedder.name)


def _changed_at(store: Store, embedder: Embedder) -> int:
    """When a file of vectors came last, as the folder knows it."""
    try:
        return vectors_folder(store.workspace, embedder.name).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _by_document(meaning: Meaning | None, entries: tuple[Entry, ...]) -> dict[str, int]:
    missing: Iterator[int] = iter(meaning.missing() if meaning else ())
    return dict(Counter(entries[number].key[0] for number in missing))
