"""One of several equal shares of a step's parts, for batch systems that start N processes.

>>> read_share("2/3").of(["00000", "00001", "00002", "00003"])
['00001']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import DatasetError

_is_share = re.compile(r"([1-9][0-9]{0,4})/([1-9][0-9]{0,4})").fullmatch


@dataclass(frozen=True, slots=True)
class Share:
    """The ``number``-th of ``count`` shares, from 1 on; without anything, all of it."""

    number: int = 1
    count: int = 1

    def of(self, parts: Sequence[str]) -> list[str]:
        """The parts that are this share's. Neighbours, which are alike in size, go apart."""
        return list(parts[self.number - 1 :: self.count])

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


ALL = Share()


def read_share(text: str) -> Share:
    """The share that somebody typed. Raises ``DatasetError``."""
    found = _is_share(text.strip())
    number, count = (int(found[1]), int(found[2])) if found else (2, 1)
    if number > count:
        raise DatasetError(
            f"“{text[:40]}” is no share of the work. Write 1/3, 2/3 and 3/3 for three processes."
        )
    return Share(number, count)
