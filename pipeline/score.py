"""How good a candidate is beside its siblings: measures that need no language model.

>>> candidate = Candidate("g", "List pets with the Pet Shop", "Pet Shop", "List all pets", "", "")
>>> score(candidate, ["Which pets has the Pet Shop?"]).covers
1.0

``rank`` makes one number of them, by which ``select`` orders the good candidates of an operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from core.candidate import Candidate
from core.words import telling_stems
from pipeline.grounding import known_stems, novel_stems, telling_of
from pipeline.rules import RULES

_FEW_WORDS, _MANY_WORDS = 6, 30
"""Between them a candidate is as long as people's questions are."""
_LEAKS = ("identifier", "route")
_WEIGHTS = {"grounded": 0.3, "covers": 0.2, "names_api": 0.2, "concise": 0.15, "apart": 0.15}


class Measures(NamedTuple):
    """What can be counted about a candidate; all but the first and the last from 0 to 1."""

    words: int
    grounded: float
    """The share of its telling words that the operation's texts or call hold."""
    covers: float
    """The share of the summary's telling words that it says; of the description's where there is no
    summary."""
    names_api: float
    """The share of the words of the API's name that it says."""
    leaks: float
    """1 where it names the operation id, a path or an HTTP method."""
    apart: float
    """How far the nearest sibling is: edits by the length of the longer text; 1 without any."""
    reading_ease: float
    """Flesch's (1948): 100 is easy and 0 hard; of English."""

    @property
    def concise(self) -> float:
        """1 for 6 to 30 words, falling to 0 at none and at 60."""
        if self.words < _FEW_WORDS:
            return self.words / _FEW_WORDS
        return min(1.0, max(0.0, 2 - self.words / _MANY_WORDS))

    @property
    def rank(self) -> float:
        """From 0 to 1, the higher the better: 0.3 grounded + 0.2 covers + 0.2 names_api + 0.15
        concise + 0.15 apart, and half of that where it leaks."""
        whole: float = sum(weight * getattr(self, name) for name, weight in _WEIGHTS.items())
        return whole * (1 - self.leaks / 2)


def score(candidate: Candidate, siblings: Iterable[str] = ()) -> Measures:
    """The measures of a candidate; ``siblings`` are the texts of the others of its operation."""
    said = telling_of(candidate.text)
    summary = telling_of(candidate.functionality) or telling_of(candidate.description)
    title = frozenset(telling_stems(re.sub(r"\bAPIs?\b", "", candidate.api_name)))
    return Measures(
        words=len(candidate.text.split()),
        grounded=_share(len(said) - len(novel_stems(candidate)), len(said)),
        covers=_share(len(summary & known_stems(candidate.text)), len(summary)),
        names_api=_share(len(title & known_stems(candidate.text)), len(title)),
        leaks=float(any(next(RULES[name].find(candidate), None) for name in _LEAKS)),
        apart=min((_distance(candidate.text, other) for other in siblings), default=1.0),
        reading_ease=_reading_ease(candidate.text),
    )


def _share(part: int, whole: int) -> float:
    """All of nothing is 1: what is not there is not missed."""
    return part / whole if whole else 1.0


def _distance(one: str, other: str) -> float:
    return Levenshtein.normalized_distance(one.casefold(), other.casefold())


_word = re.compile(r"[^\W\d_]+")
_syllable = re.compile(r"[aeiouy]+", re.IGNORECASE)
_end = re.compile(r"[.!?]+(?=\s|$)")


def _reading_ease(text: str) -> float:
    words = _word.findall(text)
    if not words:
        return 0.0
    syllables = sum(max(1, len(_syllable.findall(word.removesuffix("e")))) for word in words)
    sentences = max(1, len(_end.findall(text)))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)
