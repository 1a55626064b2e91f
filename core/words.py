"""Words as search and argument filling see them: names taken apart, endings cut.

>>> [word.stem for word in words("listPetsByTag")]
['list', 'pet', 'by', 'tag']
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_word = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
"""``HTTPServerList`` → ``HTTP``, ``Server``, ``List``; letters of other alphabets stay together."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands."""

    stem: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text or name, in order."""
    for found in _word.finditer(text):
        yield Word(stem(found[0].lower()), found.start(), found.end())


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A lower-case word without plural and verb endings."""
    for ending, kept in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + kept
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 4 else word
