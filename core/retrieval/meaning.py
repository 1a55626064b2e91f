"""The meanings of operations beside that of a question: cosines, exact or from a vector store.

Vectors are kept by text, so operations that say the same share one. What has no vector yet is found
by its words alone, and :attr:`Meaning.num_missing` says how many that are; the likeliest of those
get theirs when they are compared with a question, so that they are judged like the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.retrieval.embed import Embedder, Matrix, passage_text
from core.retrieval.entry import Entry
from core.retrieval.vectors import Vectors, identity

_LEARNED_AT_ONCE = 30
"""Operations that get their vectors while a question waits: a tenth of a second of work."""


_MOST_APART = 4
"""The share of the vectors, one in so many, that are gathered to be looked at alone."""


class Nearest(Protocol):
    """A store of vectors that answers without looking at each of them."""

    def nearest(self, query: Matrix, count: int) -> list[str]:
        """The identities of the nearest vectors, about; best first."""


class Meaning:
    """The vectors of some operations. Safe to share between threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        vectors: Vectors,
        embedder: Embedder,
        store: Nearest | None = None,
    ) -> None:
        """``store`` looks for the nearest where no filter is set; else all are looked at."""
        self._entries = entries
        self._embedder = embedder
        self._vectors = vectors
        self._learned: dict[int, Matrix] = {}
        self._store = store
        rows = [vectors.rows.get(identity(passage_text(entry)), -1) for entry in entries]
        self._rows = np.array(rows, np.int64)
        self.num_missing = int(np.count_nonzero(self._rows < 0))

    def missing(self) -> list[int]:
        """The operations that have no vector yet, by number."""
        found: list[int] = np.flatnonzero(self._rows < 0).tolist()
        return found

    def query(self, question: str) -> Matrix:
        """The vector of a question. Raises ``ModelError``."""
        found: Matrix = self._embedder.queries([question])[0]
        return found

    def learn(self, numbers: Sequence[int]) -> None:
        """Make the vectors that the first of these operations lack. Raises ``ModelError``."""
        lacking = [number for number in numbers if self._rows[number] < 0][:_LEARNED_AT_ONCE]
        lacking = [number for number in lacking if number not in self._learned]
        if lacking:
            texts = [passage_text(self._entries[number]) for number in lacking]
            self._learned |= dict(zip(lacking, self._embedder.passages(texts), strict=True))

    def similarities(self, query: Matrix, numbers: NDArray[np.int64]) -> Matrix:
        """The cosine of the question and each of these operations; 0 where one has no vector."""
        rows = self._rows[numbers]
        found = np.zeros(len(numbers), np.float32)
        found[rows >= 0] = self._vectors.similarities(query, rows[rows >= 0])
        for at in np.flatnonzero(rows < 0).tolist():
            vector = self._learned.get(int(numbers[at]))
            found[at] = 0 if vector is None else vector @ query
        return found

    def nearest(
        self, query: Matrix, count: int, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """The operations that mean most nearly the same, all those of one text together."""
        if self.num_missing == len(self._rows):
            return np.zeros(0, np.int64)
        if self._store is not None and allowed is None:
            known = self._vectors.rows
            rows = [known[name] for name in self._store.nearest(query, count) if name in known]
            return np.flatnonzero(np.isin(self._rows, rows))
        is_asked = self._rows >= 0 if allowed is None else allowed & (self._rows >= 0)
        numbers = np.flatnonzero(is_asked)
        if not len(numbers):
            return numbers
        if len(numbers) < len(self._rows) // _MOST_APART:
            found = self._vectors.similarities(query, self._rows[numbers])
        else:  # all at once: rows that lie apart are slow to gather
            found = self._vectors.similarities(query, slice(None))[self._rows[numbers]]
        count = min(count, len(numbers))
        best: NDArray[np.int64] = numbers[np.argpartition(-found, count - 1)[:count]]
        return best
