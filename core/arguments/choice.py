"""Values of an enumeration that a question says, in its own words.

>>> [value for value, *_ in choices_said(["in_treatment", "adopted"], said)]
['in_treatment']

with “pets under treatment” as what was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.request import Json
from core.words import STOP_WORDS, Word, words

_SAY_LITTLE = frozenset(
    re.findall(
        r"\w+",
        """
        all any no yes none other default name id price date type new true false number text
        """,
    )
)
"""Words that stand in questions for other reasons, too."""
_WINDOW = 6
"""Words within which all those of one value must stand."""


def choices_said(
    enum: Sequence[Json], said: Sequence[Word]
) -> Iterator[tuple[Json, int, int, float]]:
    """Each value that is said, where, and how much more than usual that speaks for it."""
    for value in enum:
        text = str(value)
        if len(text) <= 2:
            yield from ((value, *place, 0.5) for place in _exactly(text, said))
            continue
        wanted = [word for word in words(text) if word.text not in STOP_WORDS]
        if not wanted:
            continue
        place = _together([word.stem for word in wanted], said)
        if place is None:
            continue
        points = 0.3 * (len(wanted) - 1) - (1.0 if text.lower() in _SAY_LITTLE else 0.0)
        yield value, *place, points


def _exactly(text: str, said: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Short codes, which would be other words in small letters: ``IN``, ``A``."""
    if text.islower() and text.isalpha():
        return
    for number, word in enumerate(said):
        whole = word.text + (said[number + 1].text if _touch(said, number) else "")
        if text.lower() in (word.text, whole) and (word.is_capital or not text.isalpha()):
            yield word.start, word.start + len(text)


def _touch(said: Sequence[Word], number: int) -> bool:
    """Whether two words are one: ``o3``."""
    return number + 1 < len(said) and said[number].end == said[number + 1].start


def _together(wanted: Sequence[str], said: Sequence[Word]) -> tuple[int, int] | None:
    """Where all the words stand near to each other, in any order."""
    for at, word in enumerate(said):
        if not any(_is_form(word.stem, each) for each in wanted):
            continue
        near = said[at : at + _WINDOW]
        places = [next((one for one in near if _is_form(one.stem, each)), None) for each in wanted]
        found = [place for place in places if place is not None]
        if len(found) == len(wanted):
            return min(one.start for one in found), max(one.end for one in found)
    return None


def _is_form(said: str, wanted: str) -> bool:
    """The same word, or another form of it: ``follow`` and ``follower``."""
    if said == wanted:
        return True
    short, long = sorted((said, wanted), key=len)
    return len(short) >= 4 and long.startswith(short) and len(long) - len(short) <= 3
