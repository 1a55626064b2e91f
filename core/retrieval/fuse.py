"""Several reasons to find an operation, made one score.

A weighted sum, whose weights were chosen on the halves of the questions that are for tuning; ranks
alone (reciprocal rank fusion) threw away how much better the best one was.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reasons:
    """What speaks for an operation."""

    words: float
    """Shared words: 1 for the best of this search, 0 for none."""
    meaning: float
    """Cosine of question and operation; 0 where nothing is known of it."""
    named: float
    """How much of its API's title the question says, from 0 to 1."""
    reranked: float = 0.0
    """What a cross-encoder says of it, from 0 to 1; 0 where none has looked."""


WEIGHTS = Reasons(words=0.4, meaning=1.0, named=0.5, reranked=1.0)
"""The last one is a guess, as no reranker comes with the others: as much as the best meaning."""


def fused(reasons: Reasons) -> float:
    """One score, the higher the better; comparable within one search."""
    return (
        WEIGHTS.words * reasons.words
        + WEIGHTS.meaning * reasons.meaning
        + WEIGHTS.named * reasons.named
        + WEIGHTS.reranked * reasons.reranked
    )
