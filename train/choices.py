"""What a reranker learns from: a question, its operation, and others that it is not.

>>> choices(pairs, load_embedder(), wrong=4, seed=1)[0]
Choice(question='fetch one booking', right='GET /bookings/{bookingId} …', wrong=('GET /bookings …',

The wrong ones are siblings, operations of the same API, among those that a retriever brings for the
question: what a reranker sees is what was found.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.retrieval.embed import Embedder
from train.pairs import Pair

FOUND = 20
"""Operations, best first, from which the wrong ones are drawn."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question, and passages of which one answers it."""

    question: str
    right: str
    wrong: tuple[str, ...]
    """Passages of other operations; fewer than asked for where there are no more."""


def choices(
    pairs: Sequence[Pair], embedder: Embedder | None, *, wrong: int, seed: int
) -> list[Choice]:
    """The choices of pairs in their order; without an embedder, any siblings are drawn from.

    Raises ``ModelError`` where the embedder cannot be loaded.
    """
    draw = random.Random(seed)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        numbers[pair.api].append(number)
    everything = list(dict.fromkeys(pair.passage for pair in pairs))
    found: dict[int, Choice] = {}
    for listed in numbers.values():
        asked = [pairs[number] for number in listed]
        for number, siblings in zip(listed, _siblings(asked, embedder), strict=True):
            pair = pairs[number]
            chosen = _drawn(siblings, wrong, draw)
            others = _others(pair, draw.sample(everything, min(wrong + 1, len(everything))))
            filled = dict.fromkeys([*chosen, *others])  # an API of few operations has few siblings
            found[number] = Choice(pair.question, pair.passage, tuple(filled)[:wrong])
    return [found[number] for number in sorted(found)]


def _siblings(pairs: Sequence[Pair], embedder: Embedder | None) -> list[list[str]]:
    """For each pair of one API, the other passages of that API, the likeliest first."""
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    if embedder is None:
        return [_others(pair, passages) for pair in pairs]
    questions = embedder.queries([pair.question for pair in pairs])
    order = np.argsort(-questions @ embedder.passages(passages).T, axis=1)
    return [
        _others(pair, [passages[number] for number in row[: FOUND + 1]])[:FOUND]
        for pair, row in zip(pairs, order.tolist(), strict=True)
    ]


def _drawn(passages: Sequence[str], count: int, draw: random.Random) -> list[str]:
    return draw.sample(passages, min(count, len(passages)))


def _others(pair: Pair, passages: Sequence[str]) -> list[str]:
    """Those of other operations; one that is said to do just the same may be meant as well."""
    operation, said = _parts(pair.passage)
    return [
        passage
        for passage in passages
        if (other := _parts(passage))[0] != operation and (not said or other[1] != said)
    ]


def _parts(passage: str) -> tuple[str, str]:
    """An operation's name, and what is said of it (:func:`core.retrieval.embed.passage_text`)."""
    operation, _, said = passage.partition(": ")
    return operation, said.strip()
