"""Postings: for each term, the operations in which it stands and how much it weighs there.

Rows are operations, numbered from 0. Besides the terms of texts there are marks, which weigh
nothing and filter: ``#GET``, ``#deprecated``, ``#tag:pets``; and the words of paths (``/pets``).
All of it is flat arrays, so that an index of 100,000 operations is opened by mapping a file.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from core.retrieval.passage import Described, passage_of

K1, B = 1.2, 0.75
"""BM25: how soon more of a term adds nothing, and how much long texts are held back."""

Rows = NDArray[np.uint32]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """The terms of some operations. Safe to share between threads."""

    num_rows: int
    terms: list[str]
    """In order."""
    starts: NDArray[np.int64]
    """Where each term's rows begin; one more entry says where the last one's end."""
    rows: Rows
    weights: Weights
    """Of a term in a row (BM25 without the rarity of the term)."""
    path_rarity: Weights
    """By row: how rare the words of its path are, added up."""
    average_length: float
    """Of a row, in terms; what weights are relative to."""

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def count(self, term: str) -> int:
        """How many rows a term is in."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self.starts[number + 1] - self.starts[number])

    def find(self, term: str) -> tuple[Rows, Weights]:
        """The rows that a term is in, in order, and what it weighs there."""
        number = self._numbers.get(term)
        at = slice(0, 0) if number is None else slice(*self.starts[number : number + 2])
        return self.rows[at], self.weights[at]

    def beginning_with(self, beginning: str) -> Iterator[str]:
        """The terms that begin so."""
        for at in range(bisect_left(self.terms, beginning), len(self.terms)):
            if not self.terms[at].startswith(beginning):
                return
            yield self.terms[at]


def marks_of(operation: Described) -> list[str]:
    """What an operation can be filtered by."""
    deprecated = ["#deprecated"] if operation.deprecated else []
    tags = dict.fromkeys(map(tag_mark, operation.tags))
    return [f"#{operation.method}", *deprecated, *tags]


def tag_mark(tag: str) -> str:
    """The mark of a tag; case and blanks make no other tag."""
    return f"#tag:{' '.join(tag.casefold().split())}"


@dataclass
class PostingsBuilder:
    """Collects operations one at a time, in arrays of numbers."""

    num_rows: int = 0
    _numbers: dict[str, int] = field(default_factory=dict)
    _terms: array[int] = field(default_factory=lambda: array("I"))
    _counts: array[float] = field(default_factory=lambda: array("f"))
    _sizes: array[int] = field(default_factory=lambda: array("I"))
    """By row: how many entries it has in the two above."""
    _lengths: array[float] = field(default_factory=lambda: array("f"))

    def add(self, operation: Described) -> None:
        """Add an operation as the next row."""
        passage = passage_of(operation)
        paths = ((f"/{word}", 0) for word in passage.path_stems)
        marks = ((mark, 0) for mark in marks_of(operation))
        before = len(self._terms)
        for term, count in chain(passage.terms.items(), paths, marks):
            self._terms.append(self._numbers.setdefault(term, len(self._numbers)))
            self._counts.append(count)
        self._sizes.append(len(self._terms) - before)
        self._lengths.append(passage.terms.total())
        self.num_rows += 1

    def build(self, others: Sequence[Postings] = ()) -> Postings:
        """The postings of what was added, by the statistics of ``others`` beside them."""
        names = sorted(self._numbers)
        position = np.empty(len(names), np.int64)
        position[[self._numbers[name] for name in names]] = np.arange(len(names))
        terms = position[np.frombuffer(self._terms, np.uint32)]
        counts = np.frombuffer(self._counts, np.float32)
        sizes = np.frombuffer(self._sizes, np.uint32)
        rows = np.repeat(np.arange(self.num_rows, dtype=np.uint32), sizes)
        lengths = np.frombuffer(self._lengths, np.float32)
        others = [other for other in others if other.num_rows]
        average = others[0].average_length if others else float(lengths.sum() / (len(lengths) or 1))
        weights = counts / (counts + K1 * (1 - B + B * lengths[rows] / (average or 1)))
        by_term = np.argsort(terms, kind="stable")
        num_in = np.bincount(terms, minlength=len(names))
        rarity = _path_rarities(names, num_in, self.num_rows, others)[terms]
        return Postings(
            num_rows=self.num_rows,
            terms=names,
            starts=np.concatenate([[0], np.cumsum(num_in)]),
            rows=rows[by_term],
            weights=weights[by_term].astype(np.float32),
            path_rarity=np.bincount(rows, rarity, self.num_rows).astype(np.float32),
            average_length=average,
        )


def rarity(num_in: int, num_rows: int) -> float:
    """How much a word of a path tells: nothing if every path has it (``api``, ``v1``)."""
    return math.log((num_rows + 1) / num_in)


def _path_rarities(
    terms: list[str], num_in: NDArray[np.int64], num_rows: int, others: Sequence[Postings]
) -> NDArray[np.float64]:
    """By term; 0 for those that are no words of paths."""
    num_rows += sum(other.num_rows for other in others)
    found = np.zeros(len(terms))
    for number in range(bisect_left(terms, "/"), bisect_left(terms, "0")):
        beside = sum(other.count(terms[number]) for other in others)
        found[number] = rarity(int(num_in[number]) + beside, num_rows)
    return found
