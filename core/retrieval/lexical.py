"""Find operations by the words that people use for them: BM25, no model, no network.

>>> index = LexicalIndex(listed)
>>> index.search("delete a pet")[0].operation.label
'DELETE /pets/{petId}'

This index lives in memory; that of a workspace is :mod:`core.retrieval.workspace_index`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from core.retrieval.passage import Described
from core.retrieval.postings import PostingsBuilder
from core.retrieval.ranking import best, scores

T = TypeVar("T", bound=Described)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """An operation that shares words with the query."""

    operation: T
    score: float
    """BM25: comparable within one search only."""


class LexicalIndex(Generic[T]):
    """The words of operations, ready to be searched. Safe to share between threads."""

    def __init__(self, operations: Sequence[T]) -> None:
        self._operations = tuple(operations)
        builder = PostingsBuilder()
        for operation in self._operations:
            builder.add(operation)
        self._postings = builder.build()
        self._position = np.arange(len(self._operations))

    def __len__(self) -> int:
        return len(self._operations)

    def search(self, query: str, top_k: int = 20) -> list[Hit[T]]:
        """The ``top_k`` best operations, best first; equally good ones in document order."""
        (scored,) = scores([self._postings], query)
        rows = best(scored, self._position, top_k)
        return [Hit(self._operations[row], float(scored[row])) for row in rows]
