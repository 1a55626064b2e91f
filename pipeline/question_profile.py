"""Synthetic questions beside real ones: how long they are, in which words, how ambiguous.

>>> [(each.origin, each.count) for each in profiles(catalogue, examples)]
[('hand', 65), ('template', 80), ('chat', 12)]

What is measured on questions that nobody asked says something only as far as they are like those
that people ask. No profile needs the right function, so questions of the chat can take part.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.catalogue.asking import Example
from core.catalogue.function import Catalogue
from core.metrics.interval import ratios
from core.metrics.measure import Figure
from core.words import telling_stems
from pipeline.catalogue import HAND
from pipeline.chat_questions import CHAT
from pipeline.classify import Rivals

REAL = (HAND, CHAT)
"""Origins of questions that people asked; all others are synthetic."""
MEASURES = {
    "words": "Words",
    "shared": "Words of the other kind",
    "ambiguous": "Ambiguous",
}
"""The columns. *Words of the other kind*: of a question's telling words, the share that synthetic
questions have too, if it is real, and real ones, if it is synthetic. *Ambiguous*: several functions
share most words with it."""


@dataclass(frozen=True)
class Profile:
    """The questions of one origin."""

    origin: str
    count: int
    num_labelled: int
    """Of these the right function is known."""
    figures: Mapping[str, Figure]
    """By measure; one that cannot be said is missing."""


def is_real(origin: str) -> bool:
    """Whether people asked such questions."""
    return origin in REAL


def profiles(catalogue: Catalogue, examples: Sequence[Example]) -> list[Profile]:
    """A profile of each origin that has questions, real ones first."""
    stems = {
        real: {
            stem
            for each in examples
            if is_real(each.origin) is real
            for stem in telling_stems(each.question)
        }
        for real in (True, False)
    }
    origins = sorted({each.origin for each in examples}, key=lambda name: (not is_real(name), name))
    rivals = Rivals(catalogue)
    return [
        _profile(
            origin,
            [each for each in examples if each.origin == origin],
            rivals,
            stems[not is_real(origin)],
        )
        for origin in origins
    ]


def _profile(origin: str, examples: Sequence[Example], rivals: Rivals, others: set[str]) -> Profile:
    rows = np.array([_row(each.question, rivals, others) for each in examples])
    known = ~np.isnan(rows)
    clusters = np.unique([each.function or each.id for each in examples], return_inverse=True)[1]
    found = ratios(np.where(known, rows, 0.0), known.astype(np.float64), clusters)
    figures = {
        name: Figure(
            float(found.value[at]),
            float(found.low[at]),
            float(found.high[at]),
            int(found.total[at]),
        )
        for at, name in enumerate(MEASURES)
        if found.total[at]
    }
    labelled = sum(bool(each.function) for each in examples)
    return Profile(origin, len(examples), labelled, figures)


def _row(question: str, rivals: Rivals, others: set[str]) -> tuple[float, float, float]:
    """One question as numbers, in the order of :data:`MEASURES`; NaN for what cannot be said."""
    own = set(telling_stems(question))
    shared = len(own & others) / len(own) if own and others else math.nan
    return float(len(question.split())), shared, float(rivals.num_nearest(question) > 1)
