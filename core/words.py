"""Words as search and argument filling see them: names taken apart, endings cut.

>>> [word.stem for word in words("listPetsByTag")]
['list', 'pet', 'by', 'tag']
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been by can could do does for from had has have her his how i if in
        is it its me mine my need of on or our please s so t that the their them then there these
        they this those to us want was we were what when where which who whose will with would
        you your
        """,
    )
)
"""Words that say nothing of what is asked for."""

_word = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
"""``HTTPServerList`` → ``HTTP``, ``Server``, ``List``; letters of other alphabets stay together."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands."""

    text: str
    """In small letters."""
    stem: str
    start: int
    end: int
    is_capital: bool
    """Whether all of it is written in capitals."""


def words(text: str) -> Iterator[Word]:
    """The words of a text or name, in order."""
    for found in _word.finditer(text):
        word = found[0].lower()
        yield Word(word, stem(word), found.start(), found.end(), found[0].isupper())


def telling_stems(text: str) -> Iterator[str]:
    """The stems of a text's words, those left out that say nothing."""
    for found in _word.findall(text):
        word = found.lower()
        if word not in STOP_WORDS:
            yield stem(word)


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A lower-case word without plural and verb endings; both sides lose the same letters."""
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
