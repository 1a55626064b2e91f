"""Does a mix hold what a test asks? Looked at before each training, whoever made the mix.

>>> guard([row], tests)
Traceback (most recent call last):
core.errors.DatasetError: The mix would give tests away, so nothing is trained: …

Level 1 may know the operation, but not the words. Level 2 may not know the operation, its twin in
another version, or one that says the same. Level 3 may not know the API, by identity or title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from core.duplicates import FEW_WORDS, SimilarTexts, Words, said, words_of
from core.errors import DatasetError
from core.openapi.identity import title_without_version
from core.shots import Shot
from train.dataset import TESTS, Row

_SHOWN = 3


def guard(rows: Sequence[Row], tasks: Sequence[Shot], tests: Sequence[Row]) -> None:
    """Raises ``DatasetError`` for a mix that gives a test away, with the first reasons."""
    found: dict[str, None] = {}
    for leak in leaks(rows, tasks, tests):
        found[leak] = None
        if len(found) > _SHOWN:
            break
    if found:
        shown = " ".join(list(found)[:_SHOWN])
        more = " There are more." if len(found) > _SHOWN else ""
        raise DatasetError(
            f"The mix would give tests away, so nothing is trained: {shown}{more} Leave those rows "
            "out, or export the dataset anew."
        )


def leaks(rows: Sequence[Row], tasks: Sequence[Shot], tests: Sequence[Row]) -> Iterator[str]:
    """What of a mix is also in a test, in words."""
    first, second, third = ([row for row in tests if row.split == split] for split in TESTS)
    yield from (f"Row {row.id} ({row.label}) is of {row.split}." for row in rows if _is_test(row))
    yield from _same_api(rows, third)
    yield from _same_operation(rows, second)
    yield from _same_words(rows, tasks, (*first, *second, *third))
    yield from _near(rows, _once_each((*second, *third)))


def _is_test(row: Row) -> bool:
    return row.split in TESTS


def _same_api(rows: Sequence[Row], tests: Sequence[Row]) -> Iterator[str]:
    apis = {row.api for row in tests}
    titles = {title_without_version(row.api_name) for row in tests}
    for row in rows:
        if row.api in apis or title_without_version(row.api_name) in titles:
            yield f"{row.api_name} ({row.label}) is an API of Level 3."


def _same_operation(rows: Sequence[Row], tests: Sequence[Row]) -> Iterator[str]:
    keys = {row.operation for row in tests} | {(row.api, row.label) for row in tests}
    for row in rows:
        if row.operation in keys or (row.api, row.label) in keys:
            yield f"{row.label} of {row.api_name} is an operation of Level 2."


def _same_words(rows: Sequence[Row], tasks: Sequence[Shot], tests: Sequence[Row]) -> Iterator[str]:
    asked = {said(row.instruction) for row in tests}
    for words in (*(row.instruction for row in rows), *(task.instruction for task in tasks)):
        if said(words) in asked:
            yield f"“{words[:120]}” is what a test asks."


def _near(rows: Sequence[Row], tests: Sequence[Row]) -> Iterator[str]:
    """Operations whose texts say the same: of one API always, of two where they say much."""
    asked = [_words(test) for test in tests]
    rows = _once_each(rows)
    rarity = Counter(word for words in (*asked, *map(_words, rows)) for word in words)
    texts = SimilarTexts(asked, rarity)
    for row in rows:
        for number in texts.like(_words(row)):
            test = tests[number]
            if row.api == test.api or len(asked[number]) >= FEW_WORDS:
                says = f"{row.label} of {row.api_name} says the same as"
                yield f"{says} {test.label} of {test.api_name} in {test.split}."


def _once_each(rows: Sequence[Row]) -> list[Row]:
    """One row of each operation that says anything; its others say the same of it."""
    return [row for row in {row.operation: row for row in rows}.values() if _words(row)]


def _words(row: Row) -> Words:
    return words_of(f"{row.functionality} {row.description}")
