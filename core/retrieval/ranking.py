"""Which operations answer a question best: BM25 over postings, raised where a path names just that.

Several postings are ranked as one: a term is as rare as it is in all of them together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.retrieval.passage import query_terms, verbs_that_begin_with, word_in_progress
from core.retrieval.postings import Postings, Rows, Weights, rarity

FOCUS = 0.5
"""How much a path that names nothing else than what was asked for raises a score."""
_MOST_ENDINGS = 50
"""Terms, the commonest ones, that a half typed word may become."""
_HALF_TYPED = 10
"""How many times rarer than a longer word that begins so is a word that is only half typed."""


def scores(parts: Sequence[Postings], query: str) -> list[Weights]:
    """How well each row of each part answers; 0 for rows that share no term with the question.

    Comparable within one question only.
    """
    found = [np.zeros(part.num_rows, np.float32) for part in parts]
    total = sum(part.num_rows for part in parts)
    for terms in _meant(parts, query):
        matches = [_union(part, terms) for part in parts]
        num_in = sum(len(rows) for rows, _ in matches)
        telling = math.log(1 + (total - num_in + 0.5) / (num_in + 0.5))
        for score, (rows, weights) in zip(found, matches, strict=True):
            score[rows] += np.float32(telling) * weights
    for score, share in zip(found, _focus(parts, query, total), strict=True):
        score *= 1 + FOCUS * share
    return found


def best(scored: Weights, position: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The ``count`` rows of the highest scores, best first; equal ones by their position."""
    rows = np.flatnonzero(scored > 0)
    if len(rows) > count:
        enough = np.partition(scored[rows], len(rows) - count)[len(rows) - count]
        rows = rows[scored[rows] >= enough]
    in_order: NDArray[np.int64] = rows[np.lexsort((position[rows], -scored[rows]))]
    return in_order[:count]


def _meant(parts: Sequence[Postings], query: str) -> list[list[str]]:
    """The terms of a question that stand somewhere; one half typed with all that it may become."""
    terms = query_terms(query)
    beginning = word_in_progress(query)
    meant = [[term] for term in terms]
    if beginning in terms:
        longer = _longer(parts, beginning)
        if _HALF_TYPED * _count(parts, beginning) < max(longer.values(), default=1):
            commonest = sorted(longer, key=lambda term: (-longer[term], term))
            meant[terms.index(beginning)] += commonest[:_MOST_ENDINGS]
            meant += ([verb] for verb in verbs_that_begin_with(beginning))
    return [group for group in meant if any(_count(parts, term) for term in group)]


def _longer(parts: Sequence[Postings], beginning: str) -> dict[str, int]:
    """The terms that begin so and go on, with the number of rows that each is in."""
    terms = {term for part in parts for term in part.beginning_with(beginning)} - {beginning}
    return {term: _count(parts, term) for term in terms}


def _count(parts: Sequence[Postings], term: str) -> int:
    return sum(part.count(term) for part in parts)


def _union(part: Postings, terms: list[str]) -> tuple[Rows, Weights]:
    """The rows that any of the terms is in, and what the heaviest of them weighs there."""
    if len(terms) == 1:
        return part.find(terms[0])
    heaviest = np.zeros(part.num_rows, np.float32)
    for rows, weights in map(part.find, terms):
        heaviest[rows] = np.maximum(heaviest[rows], weights)
    rows = np.flatnonzero(heaviest).astype(np.uint32)
    return rows, heaviest[rows]


def _focus(parts: Sequence[Postings], query: str, total: int) -> list[Weights]:
    """How much of what each path names was asked for: 1 for all of it, 0 for nothing."""
    asked = [np.zeros(part.num_rows, np.float32) for part in parts]
    for term in query_terms(query):
        matches = [part.find(f"/{term}")[0] for part in parts]
        num_in = sum(map(len, matches))
        for share, rows in zip(asked, matches, strict=True):
            share[rows] += np.float32(rarity(num_in, total)) if num_in else 0
    return [
        share / np.where(part.path_rarity > 0, part.path_rarity, 1)
        for share, part in zip(asked, parts, strict=True)
    ]
