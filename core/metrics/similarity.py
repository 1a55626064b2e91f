"""Is the likeness of two texts, as ``difflib`` measures it, above a bound? The same answer, sooner.

>>> is_similar("https://a.example/pets", "https://a.example/pet")
True

The likeness of ``difflib`` hangs on the order of its arguments and, from 200 characters on, on
which characters it takes for junk; no faster library measures the same. What is common to both as
a subsequence is never less than what ``difflib`` finds, so RapidFuzz may say *no*, and only
``difflib`` itself says *yes*.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

THRESHOLD = 0.9
"""API Pack takes texts for the same above this likeness."""


def is_similar(given: str, wanted: str, threshold: float = THRESHOLD) -> bool:
    """Whether ``SequenceMatcher(None, given, wanted).ratio() > threshold``."""
    if given == wanted:
        return threshold < 1
    total = len(given) + len(wanted)
    most = LCSseq.similarity(given, wanted, score_cutoff=int(threshold * total / 2))
    if 2.0 * most / total <= threshold:
        return False
    return SequenceMatcher(None, given, wanted).ratio() > threshold
