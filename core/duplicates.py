"""Texts that say the same, found without comparing each with each.

>>> texts = SimilarTexts([words_of("List all pets"), words_of("Delete a pet")])
>>> texts.like(words_of("List all of the pets"))
[0]

Two texts are near-duplicates if their telling words are the same but for a fifth (Jaccard). Exact:
of two such sets, the rarest words of each share one (prefix filtering, Chaudhuri et al. 2006).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from core.words import telling_stems

NEAR = 0.8
"""The share of words in common from which on two texts are near-duplicates."""
FEW_WORDS = 5
"""Telling words of texts that any API may say: “List all users” gives nothing of another away."""
_MOST_CHARACTERS = 600

Words = frozenset[str]


def words_of(text: str) -> Words:
    """What counts of a text."""
    return frozenset(telling_stems(text[:_MOST_CHARACTERS]))


def said(text: str) -> str:
    """A text by which two that differ in case and punctuation at most are one."""
    return " ".join(text.casefold().strip(" .?!").split())


def is_near(one: Words, other: Words) -> bool:
    """Whether two texts are near-duplicates; one that says nothing is like no other."""
    common = len(one & other)
    return common > 0 and common >= NEAR * (len(one) + len(other) - common)


class SimilarTexts:
    """Texts among which near-duplicates are looked for, by their number."""

    def __init__(self, texts: Sequence[Words], rarity: Counter[str] | None = None) -> None:
        """``rarity`` says how often each word occurs, where more than these texts are known."""
        self._rarity = rarity or Counter(word for text in texts for word in text)
        self._numbers: dict[Words, list[int]] = {}
        """Equal texts are one, or the many that say the same would be compared with each other."""
        self._by_word: dict[str, list[Words]] = {}
        for number, text in enumerate(texts):
            if text not in self._numbers:
                for word in self._rarest(text):
                    self._by_word.setdefault(word, []).append(text)
            self._numbers.setdefault(text, []).append(number)

    def like(self, text: Words) -> list[int]:
        """The numbers of the texts that are near-duplicates of one."""
        return [number for found in self._like(text) for number in self._numbers[found]]

    def clusters(self) -> list[int]:
        """For each text the lowest number among those that near-duplicates lead to."""
        union = Clusters(sum(map(len, self._numbers.values())))
        for text, numbers in self._numbers.items():
            for number in numbers if text else ():
                union.join(numbers[0], number)
            for other in self._like(text):
                union.join(numbers[0], self._numbers[other][0])
        return [union.first(number) for number in range(len(union))]

    def _like(self, text: Words) -> Iterator[Words]:
        candidates = {each for word in self._rarest(text) for each in self._by_word.get(word, ())}
        return (each for each in candidates if is_near(text, each))

    def _rarest(self, text: Words) -> Iterable[str]:
        """So many of a text's rarest words that each near-duplicate has one of them there too."""
        ordered = sorted(text, key=lambda word: (self._rarity[word], word))
        return ordered[: len(text) - math.ceil(NEAR * len(text)) + 1]


class Clusters:
    """Numbers that belong together (disjoint sets)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def __len__(self) -> int:
        return len(self._parents)

    def first(self, number: int) -> int:
        """The lowest number that one belongs together with."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Let two, and all that they belong together with, be one."""
        low, high = sorted((self.first(one), self.first(other)))
        self._parents[high] = low
