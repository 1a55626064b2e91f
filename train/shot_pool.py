"""Rows that may stand as examples before another one: of the same API and language.

>>> pool = ShotPool(rows, seed=1)
>>> [each.label for each in pool.ranked("free-3-retrieved", row)][:2]
['GET /shipments/{shipmentId}', 'POST /shipments']

Never a row of the same operation, in any version of its API: or the answer stood in the question.
The kinds are spelled as the engines that show a model the same at inference (:mod:`core.shots`).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from core.shots import RANKINGS
from core.words import telling_stems
from train.dataset import Row

KINDS = tuple(kind for kind in RANKINGS if kind != "free-3-reranked")
"""Without the kind that needs a whole search; a model that is asked so was trained on its like."""
_APIS_IN_MEMORY = 4


class ShotPool:
    """The rows of a mix by their API."""

    def __init__(self, rows: Sequence[Row], *, seed: int) -> None:
        self._seed = seed
        self._by_api: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self._by_api.setdefault((row.api, row.lang), []).append(row)
        self._vectors = lru_cache(_APIS_IN_MEMORY)(self._made_vectors)

    def ranked(self, kind: str, row: Row) -> list[Row]:
        """The rows to show before one, those first that are to be kept where room is short."""
        return _RANKED[kind](self, row)

    def at_random(self, row: Row) -> list[Row]:
        """In any order, always the same for the same seed and row."""
        found = self._others(row)
        return random.Random(f"{self._seed} {row.id} {row.lang}").sample(found, len(found))

    def nearest(self, row: Row) -> list[Row]:
        """By the words of their instructions, the rare ones counting more."""
        if not (others := self._others(row)):
            return []
        vectorizer, vectors = self._vectors((row.api, row.lang))
        likeness = (vectors @ vectorizer.transform([row.instruction]).T).toarray()[:, 0]
        near = dict(zip(self._by_api[row.api, row.lang], likeness, strict=True))
        return sorted(others, key=lambda other: (-near[other], other.id))

    def _others(self, row: Row) -> list[Row]:
        return [
            other
            for other in self._by_api.get((row.api, row.lang), ())
            if other.operation != row.operation and other.label != row.label
        ]

    def _made_vectors(self, key: tuple[str, str]) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer=_terms)
        return vectorizer, vectorizer.fit_transform(row.instruction for row in self._by_api[key])


def _terms(text: str) -> list[str]:
    """Never none: instructions without a telling word have this one in common."""
    return ["", *telling_stems(text)]


_RANKED = {
    "free-0": lambda pool, row: [],
    "free-3-random": ShotPool.at_random,
    "free-3-retrieved": ShotPool.nearest,
}
