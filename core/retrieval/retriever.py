"""Words → operations, each with why it was found.

>>> retriever = Retriever([entry_of(operation) for operation in listed])
>>> retriever.search("delete a pet").hits[0].entry.label
'DELETE /pets/{petId}'

Two ways lead to an operation: the words that it shares with the question, and what both mean. With
no vectors the words alone will do, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.arguments.mention import without_values
from core.retrieval.embed import passage_text
from core.retrieval.entry import EVERYTHING, Entry, Key, Scope
from core.retrieval.fuse import Reasons, fused
from core.retrieval.lexical import LexicalIndex
from core.retrieval.meaning import Meaning
from core.retrieval.naming import Titles
from core.retrieval.rerank import Reranker

POOL = 60
"""Operations, best first, that each way may bring."""
RERANKED = 20
"""Of those, the ones that a reranker looks at: about half a second on a processor."""
_NAMED = 0.99
"""The share of an API's title from which on the question is about that API."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An operation, and why it was found."""

    entry: Entry
    score: float
    """Comparable within one search."""
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Found:
    """The best operations, best first."""

    hits: tuple[Hit, ...]
    titles_said: frozenset[str] = frozenset()
    """Words of the question that are part of an API's title, so hardly values."""
    notes: tuple[str, ...] = ()
    """What could not be looked at."""


class WordSearch(Protocol):
    """What finds operations by the words that they share with a question."""

    def find(self, question: str, scope: Scope, count: int) -> list[tuple[Key, float]]:
        """The best operations with their scores, best first."""


class Retriever:
    """Operations, ready to be found. Safe to share between threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        meaning: Meaning | None = None,
        words: WordSearch | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """``words`` searches the same operations; by default, they are indexed in memory. A
        ``reranker`` looks once more at the best."""
        self._entries = tuple(entries)
        self._meaning = meaning
        self._reranker = reranker
        self._words = words or _WordsInMemory(self._entries)
        self._number = {entry.key: number for number, entry in enumerate(self._entries)}
        apis = {entry.api: entry.title for entry in self._entries}
        self._titles = Titles(list(apis.values()))
        self._apis = list(apis)
        positions = {api: number for number, api in enumerate(apis)}
        self._api_of = np.array([positions[entry.api] for entry in self._entries], np.int64)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def has_meaning(self) -> bool:
        """Whether more than words is looked at."""
        return self._meaning is not None

    def search(self, question: str, *, top_k: int = 10, scope: Scope = EVERYTHING) -> Found:
        """The operations that a question may mean, best first. Raises ``ModelError``."""
        asked = without_values(question)
        named = self._titles.shares(question)
        scopes = [scope, *self._named_scope(named, scope)]
        by_words = self._by_words(asked, scopes)
        numbers = np.array(sorted(by_words), np.int64)
        similar = np.zeros(len(numbers), np.float32)
        if self._meaning is not None and self._entries:
            self._meaning.learn(sorted(by_words, key=by_words.__getitem__, reverse=True))
            query = self._meaning.query(asked)
            near = [self._meaning.nearest(query, POOL, self._allowed(each)) for each in scopes]
            numbers = np.unique(np.concatenate([numbers, *near]))
            similar = self._meaning.similarities(query, numbers)
        hits = [
            _hit(
                self._entries[number],
                Reasons(by_words.get(number, 0), cosine, float(named[api])),
            )
            for number, cosine, api in zip(
                numbers.tolist(), similar.tolist(), self._api_of[numbers].tolist(), strict=True
            )
        ]
        best = self._reranked(question, sorted(hits, key=lambda hit: -hit.score)[:top_k])
        return Found(tuple(best), self._titles.said(question), tuple(self._notes()))

    def _reranked(self, question: str, hits: list[Hit]) -> list[Hit]:
        """The same, the best of them in the order that a second look gives."""
        if self._reranker is None:
            return hits
        texts = [passage_text(hit.entry) for hit in hits[:RERANKED]]
        looked = [
            _hit(hit.entry, replace(hit.reasons, reranked=score))
            for hit, score in zip(
                hits, self._reranker.scores(question, texts).tolist(), strict=False
            )
        ]
        return sorted(looked, key=lambda hit: -hit.score) + hits[RERANKED:]

    def _by_words(self, question: str, scopes: Iterable[Scope]) -> dict[int, float]:
        """The best operations by number, 1 for the very best."""
        found = {
            self._number[key]: score
            for scope in scopes
            for key, score in self._words.find(question, scope, POOL)
            if key in self._number
        }
        highest = max(found.values(), default=1.0)
        return {number: score / highest for number, score in found.items()}

    def _named_scope(self, named: NDArray[np.float64], scope: Scope) -> list[Scope]:
        """Only the APIs that the question names, where there are others too."""
        apis = frozenset(self._apis[number] for number in np.flatnonzero(named >= _NAMED))
        if not apis or scope.apis or len(apis) == len(self._apis):
            return []
        return [Scope(apis, scope.methods, scope.tags)]

    def _allowed(self, scope: Scope) -> NDArray[np.bool_] | None:
        """By number, whether a scope holds it; the cheap filters first, as there are so many."""
        if scope.is_everything:
            return None
        allowed = np.ones(len(self._entries), np.bool_)
        if scope.apis:
            allowed &= np.array([api in scope.apis for api in self._apis])[self._api_of]
        if scope.methods or scope.tags:
            numbers = np.flatnonzero(allowed)
            held = [scope.holds(self._entries[number]) for number in numbers.tolist()]
            allowed[numbers] = held
        return allowed

    def _notes(self) -> Iterable[str]:
        if self._meaning is None:
            yield "Looked for words only, not for what they mean."
        elif self._meaning.num_missing:
            yield (
                f"{self._meaning.num_missing:,} of {len(self):,} operations were looked for by "
                "their words only: their meanings are still being worked out."
            )


class _WordsInMemory:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self._index = LexicalIndex(entries)

    def find(self, question: str, scope: Scope, count: int) -> list[tuple[Key, float]]:
        hits = self._index.search(question, count if scope.is_everything else len(self._index))
        within = [hit for hit in hits if scope.holds(hit.operation)]
        return [(hit.operation.key, hit.score) for hit in within[:count]]


def _hit(entry: Entry, reasons: Reasons) -> Hit:
    return Hit(entry, fused(reasons), reasons)
