"""How well an operation suits a question, once it is known what its arguments would be.

A linear model of a few traits: what found the operation, how many of the question's words it knows,
whether its method does what the verbs say, and how well the values of the question fill it. The
weights were fitted on the halves of the questions that are for tuning (``benchmarks answers --fit``
prints them anew).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.arguments.filling import Filling
from core.arguments.mention import without_values
from core.openapi.operation import Operation
from core.retrieval.entry import Entry
from core.retrieval.intent import intents, wants_many
from core.retrieval.retriever import Hit
from core.words import telling_stems

_ENOUGH = 5.0
"""What the score of one value counts at most."""

_in_braces = re.compile(r"\{[^{}]*\}")


class Traits(NamedTuple):
    """What speaks for an operation, or against it."""

    words: float
    meaning: float
    named: float
    reranked: float
    known: float
    """The share of the question's words that the operation's texts hold, rare ones counting
    more."""
    path_said: float
    """The share of the path's words that the question says."""
    missing: float
    """Required parameters for which the question has no value."""
    unused: float
    """Values of the question, such as ids, for which there is no place."""
    used: float
    """Values that found their place."""
    fit: float
    """How sure those are in their places, added up."""
    required: float
    """How many of those places must be filled."""
    intent: float
    """How much the question's verbs speak for the method."""
    many: float
    """1 where several things are wanted and the operation lists them."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of the traits, and what makes a probability of the result."""

    weights: Traits
    by_suitability: float
    by_lead: float
    bias: float
    enough: float
    """The confidence from which on there is an answer."""

    def suitability(self, traits: Traits) -> float:
        """The higher the better; a very low one says that nothing fits."""
        return sum(weight * trait for weight, trait in zip(self.weights, traits, strict=True))

    def confidence(self, suitabilities: Sequence[float]) -> float:
        """How likely the first operation is the one that was meant; they come best first."""
        best = suitabilities[0]
        lead = 1 / sum(math.exp(each - best) for each in suitabilities)
        odds = self.by_suitability * best + self.by_lead * lead + self.bias
        return 1 / (1 + math.exp(-odds))


_RERANKED = 5.0
"""A guess, half of what meaning counts: no reranker comes with the others to be fitted."""

WITH_MEANING = Judge(
    Traits(
        words=1.65,
        meaning=10.32,
        named=1.67,
        reranked=_RERANKED,
        known=3.24,
        path_said=0.57,
        missing=-1.10,
        unused=-0.43,
        used=0.67,
        fit=0.34,
        required=-0.32,
        intent=0.91,
        many=0.73,
    ),
    by_suitability=0.14,
    by_lead=7.40,
    bias=-5.25,
    enough=0.55,
)
WITHOUT_MEANING = Judge(
    Traits(
        words=3.95,
        meaning=0.0,
        named=1.47,
        reranked=_RERANKED,
        known=2.83,
        path_said=2.05,
        missing=-1.31,
        unused=-0.57,
        used=0.72,
        fit=0.40,
        required=-0.26,
        intent=1.64,
        many=1.19,
    ),
    by_suitability=0.29,
    by_lead=2.66,
    bias=-4.07,
    enough=0.45,
)


class Question:
    """A question, and what its words tell apart among the operations that were found."""

    def __init__(self, text: str, hits: Sequence[Hit]) -> None:
        self.text = text
        self._asked = set(telling_stems(without_values(text)))
        self._intents = intents(text)
        self._wants_many = wants_many(text)
        self._stems = {hit.entry.key: _stems(hit.entry) for hit in hits}
        counts = Counter(stem for stems in self._stems.values() for stem in stems)
        total = len(self._stems)
        self._rarity = {stem: math.log((total + 1) / (counts[stem] + 0.5)) for stem in self._asked}
        self._whole = sum(self._rarity.values()) or 1.0

    def before_filling(self, hit: Hit) -> Traits:
        """What speaks for an operation as far as its row tells, its arguments left out."""
        entry = hit.entry
        path = set(telling_stems(_in_braces.sub("", entry.path)))
        return Traits(
            words=hit.reasons.words,
            meaning=hit.reasons.meaning,
            named=hit.reasons.named,
            reranked=hit.reasons.reranked,
            known=self._share(self._stems[entry.key]),
            path_said=len(self._asked & path) / (len(path) or 1),
            missing=0.0,
            unused=0.0,
            used=0.0,
            fit=0.0,
            required=0.0,
            intent=self._intents.get(entry.method, 0.0),
            many=self._wants_many
            and entry.method == "GET"
            and not entry.path.rstrip("/").endswith("}"),
        )

    def traits(self, hit: Hit, operation: Operation, filling: Filling) -> Traits:
        """What speaks for an operation with these arguments."""
        slots = [each.slot for each in filling.evidence]
        filled = {(slot.place, slot.path[0]) for slot in slots if slot.path}
        return self.before_filling(hit)._replace(
            missing=sum(
                parameter.required and (parameter.place, parameter.name) not in filled
                for parameter in operation.parameters
            ),
            unused=sum(each.kind not in ("number", "name", "time") for each in filling.unused),
            used=len(filling.evidence),
            fit=sum(min(each.score, _ENOUGH) for each in filling.evidence),
            required=sum(each.slot.required for each in filling.evidence),
        )

    def _share(self, stems: set[str]) -> float:
        return sum(self._rarity[stem] for stem in stems & self._asked) / self._whole


def _stems(entry: Entry) -> set[str]:
    texts = (entry.path, entry.operation_id, entry.summary, entry.description, *entry.tags)
    return set(telling_stems(" ".join(texts)))
