"""Which API a question names: “Pawhaven: which dogs …” means the Pawhaven Shelter.

>>> Titles(["Pawhaven Shelter", "Harbor Bookings"]).shares("dogs at pawhaven, please")
array([0.5, 0. ])
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.words import telling_stems

_SAYS_NOTHING = frozenset(
    telling_stems("api apis rest restful service services web public open platform version")
)


class Titles:
    """The titles of APIs, by number."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._num = len(titles)
        self._named: defaultdict[str, list[int]] = defaultdict(list)
        for number, title in enumerate(titles):
            for stem in set(telling_stems(title)) - _SAYS_NOTHING:
                self._named[stem].append(number)
        self._rarity = {
            stem: math.log(1 + self._num / len(numbers)) for stem, numbers in self._named.items()
        }
        self._whole = np.zeros(self._num)
        for stem, numbers in self._named.items():
            self._whole[numbers] += self._rarity[stem]

    def shares(self, question: str) -> NDArray[np.float64]:
        """How much of each title a question says, rare words counting more."""
        said = np.zeros(self._num)
        for stem in set(telling_stems(question)) & self._named.keys():
            said[self._named[stem]] += self._rarity[stem]
        found: NDArray[np.float64] = said / np.where(self._whole > 0, self._whole, 1)
        return found

    def said(self, question: str) -> frozenset[str]:
        """The words of a question that stand in a title."""
        return frozenset(telling_stems(question)) & self._named.keys()
