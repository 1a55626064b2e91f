"""Does a test set ask what training has told? Whatever made the split, this looks at it anew.

Level 1 may know the operation, but not the words. Level 2 may know the API, but not the operation,
nor one that says the same. Level 3 may not know the API, by identity or title alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.duplicates import FEW_WORDS, SimilarTexts
from pipeline.placement import Placement, Subject

Placed = tuple[Subject, Placement]


@dataclass(frozen=True, slots=True)
class Leak:
    """Something of a test that training holds too."""

    what: str
    """``operation``, ``text``, ``words``, ``api`` or ``title``."""
    split: str
    test: str
    """The key of the operation that is tested."""
    training: str
    """The key of the operation that gives it away."""

    def __str__(self) -> str:
        return f"{self.split}: the {self.what} of {self.test} is also that of {self.training}."


def find_leaks(placed: Sequence[Placed]) -> Iterator[Leak]:
    """Every leak, one for each thing that leaks of a tested operation."""
    training = [subject for subject, placement in placed if placement.split == "train"]
    second = [subject for subject, placement in placed if placement.split == "test_level_2"]
    third = [subject for subject, placement in placed if placement.split == "test_level_3"]
    again = [subject for subject, placement in placed if placement.is_asked_again]
    for split, tests in (("test_level_2", second), ("test_level_3", third)):
        yield from _shared("operation", split, tests, training, lambda one: (one.api, one.twin))
        yield from _shared("words", split, tests, training, lambda one: one.instruction)
        yield from _near(split, tests, training)
    yield from _words_again(again, training)
    for what, key in _APIS.items():
        yield from _shared(what, "test_level_3", third, training + second, key)


_APIS: dict[str, Callable[[Subject], object]] = {
    "api": lambda one: one.api,
    "title": lambda one: one.title,
}


def _shared(
    what: str,
    split: str,
    tests: Sequence[Subject],
    training: Sequence[Subject],
    key: Callable[[Subject], object],
) -> Iterator[Leak]:
    known = {key(one): one.key for one in training}
    for test in tests:
        if key(test) in known:
            yield Leak(what, split, test.key, known[key(test)])


def _words_again(again: Sequence[Subject], training: Sequence[Subject]) -> Iterator[Leak]:
    known = {one.instruction: one.key for one in training}
    for test in again:
        if not test.instruction_test or test.instruction_test in known:
            found = known.get(test.instruction_test, test.key)
            yield Leak("words", "test_level_1", test.key, found)


def _near(split: str, tests: Sequence[Subject], training: Sequence[Subject]) -> Iterator[Leak]:
    """Texts that say the same: of one API always, of two where they say more than a few words."""
    rarity = Counter(word for one in (*tests, *training) for word in one.words)
    texts = SimilarTexts([one.words for one in training], rarity)
    for test in tests:
        for number in texts.like(test.words):
            if len(test.words) >= FEW_WORDS or training[number].api == test.api:
                yield Leak("text", split, test.key, training[number].key)
                break
