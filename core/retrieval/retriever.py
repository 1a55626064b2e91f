"""Words → operations, each with why it was found.

>>> retriever = Retriever([entry_of(operation) for operation in listed])
>>> retriever.search("delete a pet").hits[0].entry.label
'DELETE /pets/{petId}'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.retrieval.entry import EVERYTHING, Entry, Scope
from core.retrieval.lexical import LexicalIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """An operation, and why it was found."""

    entry: Entry
    score: float
    """Comparable within one search."""
    words: float
    """What shared words say: 1 for the best of this search, 0 for none."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best operations, best first."""

    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    """What could not be looked at, and what would help."""


class Retriever:
    """Operations, ready to be found. Safe to share between threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._lexical = LexicalIndex(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, question: str, *, top_k: int = 10, scope: Scope = EVERYTHING) -> Found:
        """The operations that a question may mean, best first."""
        hits = [hit for hit in self._lexical.search(question, 500) if scope.holds(hit.operation)]
        best = hits[0].score if hits else 1.0
        return Found(
            tuple(Hit(hit.operation, hit.score / best, hit.score / best) for hit in hits[:top_k])
        )
