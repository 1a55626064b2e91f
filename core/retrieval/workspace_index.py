"""Search in a whole workspace: 100,000 operations as fast as one types, new documents at once.

>>> index = WorkspaceIndex(store)
>>> index.search("cancel a booking", Filter(methods={"DELETE"}), limit=10).hits[0].operation.label
'DELETE /bookings/{bookingId}'

The index lies in a file that is built aside by ``build_index`` and then swapped. What was imported
since is indexed in memory when somebody searches; what was deleted since is passed over.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.retrieval.lexical import Hit
from core.retrieval.postings import tag_mark
from core.retrieval.ranking import best, scores
from core.retrieval.segment import Segment, SegmentBuilder, open_segment, save_segment
from core.store.database import Store
from core.store.documents import StoredDocument, live_documents, revision
from core.store.operations import Key, StoredOperation, operations_by_key, operations_of
from core.workspace import index_path

MOST_AT_ONCE = 30_000
"""Operations that a search indexes in memory before it answers, in about three seconds; others are
found when ``build_index`` has run."""
_STALE = 2_000
"""Operations in memory, or deleted ones in the file, from which on a new file is worth its time."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which operations are looked at; what is empty allows all."""

    documents: Collection[str] = ()
    apis: Collection[str] = ()
    methods: Collection[str] = ()
    """``GET``, in capitals."""
    tags: Collection[str] = ()
    deprecated: bool | None = None


_ALL = Filter()
_EMPTY = SegmentBuilder().build()
_Stamp = tuple[int, tuple[int, int, int] | None]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found."""

    hits: list[Hit[StoredOperation]]
    total: int
    """Operations on all pages."""


class WorkspaceIndex:
    """The words of all live operations. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._view: _View | None = None

    def search(self, query: str, only: Filter = _ALL, *, offset: int = 0, limit: int = 50) -> Found:
        """The best operations for a question; without one, all, by title and document order."""
        view = self._current()
        allowed = view.allowed(only)
        if query.strip():
            scored = np.concatenate(scores([part.postings for part in view.parts], query))
            scored[~allowed] = 0
            rows = best(scored, view.position, offset + limit)
            total = int(np.count_nonzero(scored))
        else:
            scored = np.zeros(len(allowed), np.float32)
            rows = view.order[allowed[view.order]]
            total = len(rows)
        page = rows[offset : offset + limit].tolist()
        found = {view.key(row): float(scored[row]) for row in page}
        operations = operations_by_key(self._store, found)
        hits = [Hit(operations[key], score) for key, score in found.items() if key in operations]
        return Found(hits, total)

    def num_waiting(self) -> int:
        """Operations that no search finds before ``build_index`` has run."""
        return self._current().num_waiting

    def _current(self) -> _View:
        """What is live now; while one thread looks, the others use what was a moment ago."""
        view = self._view
        stamp = _stamp(self._store)
        if view and view.stamp == stamp:
            return view
        if not self._lock.acquire(blocking=view is None) and view:
            return view
        try:
            if not self._view or self._view.stamp != stamp:
                self._view = _look(self._store, stamp, self._view)
            return self._view
        finally:
            self._lock.release()


def build_index(
    store: Store,
    *,
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Index all live documents anew and swap the file; false if it was cancelled before that.

    ``progress`` is told operations. It may run at any time, also twice at once.
    """
    live = live_documents(store)
    total = sum(document.num_operations for document in live)
    builder = SegmentBuilder()
    done = 0
    for document in live:
        if is_cancelled():
            return False
        progress(done, total, document.title)
        builder.add(document.sha256, operations_of(store, document.sha256))
        done += document.num_operations
    save_segment(index_path(store.workspace), builder.build())
    progress(total, total, "")
    return True


def is_stale(store: Store) -> bool:
    """Whether so much came or went since the index was built that it is time to do it again."""
    segment = open_segment(index_path(store.workspace)) or _EMPTY
    live = {document.sha256: document.num_operations for document in live_documents(store)}
    sizes = np.bincount(segment.document_of, minlength=len(segment.documents)).tolist()
    held = dict(zip(segment.documents, sizes, strict=True))
    came = sum(live[document] for document in live.keys() - held.keys())
    went: int = sum(held[document] for document in held.keys() - live.keys())
    return came + went > _STALE


@dataclass(frozen=True, slots=True)
class _View:
    """The index at one moment: its parts, their documents and rows numbered on and on."""

    stamp: _Stamp
    parts: list[Segment]
    """That of the file first."""
    starts: list[int]
    """The number of each part's first row."""
    documents: list[str]
    apis: list[str]
    """By document; empty for those that are not live."""
    document_of: NDArray[np.int64]
    """By row."""
    live: NDArray[np.bool_]
    """By row."""
    order: NDArray[np.int64]
    """Live rows by title and document order."""
    position: NDArray[np.int64]
    """Where a row is in that order."""
    num_waiting: int

    def key(self, row: int) -> Key:
        """The name of the operation in a row."""
        at = bisect_right(self.starts, row) - 1
        return self.parts[at].key(row - self.starts[at])

    def allowed(self, only: Filter) -> NDArray[np.bool_]:
        """By row: whether it is live and a filter lets it pass."""
        allowed = self.live.copy()
        if only.documents:
            allowed &= _among(self.documents, only.documents)[self.document_of]
        if only.apis:
            allowed &= _among(self.apis, only.apis)[self.document_of]
        if only.methods:
            allowed &= self._marked([f"#{method}" for method in only.methods])
        if only.tags:
            allowed &= self._marked([tag_mark(tag) for tag in only.tags])
        if only.deprecated is not None:
            allowed &= self._marked(["#deprecated"]) == only.deprecated
        return allowed

    def _marked(self, marks: list[str]) -> NDArray[np.bool_]:
        """By row: whether it has any of the marks."""
        marked = np.zeros(len(self.live), bool)
        for part, start in zip(self.parts, self.starts, strict=True):
            for mark in marks:
                marked[start + part.postings.find(mark)[0]] = True
        return marked


def _among(names: list[str], wanted: Collection[str]) -> NDArray[np.bool_]:
    wanted = frozenset(wanted)
    return np.array([name in wanted for name in names], bool)


def _stamp(store: Store) -> _Stamp:
    """Another one whenever the live documents or the file may have changed."""
    try:
        status = index_path(store.workspace).stat()
    except FileNotFoundError:
        return revision(store), None
    return revision(store), (status.st_ino, status.st_mtime_ns, status.st_size)


def _look(store: Store, stamp: _Stamp, before: _View | None) -> _View:
    """The view of what is live now; parts that are there already are not made again."""
    live = live_documents(store)
    if before and before.stamp[1] == stamp[1]:
        parts = list(before.parts)
    else:
        parts = [open_segment(index_path(store.workspace)) or _EMPTY]
    held = {document for part in parts for document in part.documents}
    missing = [document for document in live if document.sha256 not in held]
    came = _that_fit(missing)
    if came:
        builder = SegmentBuilder()
        for document in came:
            builder.add(document.sha256, operations_of(store, document.sha256))
        parts.append(builder.build([part.postings for part in parts]))
    num_waiting = sum(document.num_operations for document in missing)
    num_waiting -= sum(document.num_operations for document in came)
    return _view(stamp, parts, live, num_waiting)


def _that_fit(missing: list[StoredDocument]) -> list[StoredDocument]:
    """What is indexed at once: the newest first, but none that would take too long."""
    fitting: list[StoredDocument] = []
    room = MOST_AT_ONCE
    for document in sorted(missing, key=lambda document: -document.added_at):
        if document.num_operations <= room:
            room -= document.num_operations
            fitting.append(document)
    return fitting


def _view(
    stamp: _Stamp, parts: list[Segment], live: list[StoredDocument], num_waiting: int
) -> _View:
    documents = [document for part in parts for document in part.documents]
    ranks = {document.sha256: rank for rank, document in enumerate(live)}
    apis = {document.sha256: document.api for document in live}
    first_documents = np.cumsum([0, *(len(part.documents) for part in parts)])
    document_of = np.concatenate(
        [part.document_of + first for part, first in zip(parts, first_documents, strict=False)]
    )
    rank_of = np.array([ranks.get(document, -1) for document in documents], np.int64)[document_of]
    is_live = rank_of >= 0
    rows = np.flatnonzero(is_live)
    order = rows[np.argsort(rank_of[rows], kind="stable")]
    position = np.full(len(rank_of), len(rank_of))
    position[order] = np.arange(len(order))
    return _View(
        stamp=stamp,
        parts=parts,
        starts=np.cumsum([0, *(part.postings.num_rows for part in parts)])[:-1].tolist(),
        documents=documents,
        apis=[apis.get(document, "") for document in documents],
        document_of=document_of,
        live=is_live,
        order=order,
        position=position,
        num_waiting=num_waiting,
    )
