"""Two calls for one question, side by side: which is better, by a person and by the document.

>>> automatic("right", "illegal")
'a'

A vote is about what two engines gave for the same question. The automatic one hangs on the verdicts
alone: right before legal, legal before silence, silence before what is forbidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from core.metrics.interval import wilson
from core.metrics.request_score import Status

Vote = Literal["a", "b", "tie", "both bad"]
VOTES: tuple[Vote, ...] = get_args(Vote)

_RANKS: dict[Status, int] = {
    "right": 3,
    "legal but different": 2,
    "undecidable": 2,
    "no answer": 1,
    "no call": 0,
    "illegal": 0,
}
_TURNED: dict[Vote, Vote] = {"a": "b", "b": "a", "tie": "tie", "both bad": "both bad"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One vote on two engines."""

    question: str
    """What the question is called in its set; its words where somebody asked it by hand."""
    run_a: int
    """The run of the first call; 0 where it was asked by hand, and nobody knows what is right."""
    run_b: int
    engine_a: str
    engine_b: str
    language: str
    is_blind: bool
    """Whether the names of the engines were hidden."""
    vote: Vote
    automatic: Vote
    """What the verdicts say; of a question that was asked by hand, the vote itself."""

    @property
    def is_measured(self) -> bool:
        """Whether the wanted call is known."""
        return self.run_a != 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one engine fares against another one."""

    engine: str
    other: str
    wins: int
    losses: int
    ties: int
    both_bad: int

    @property
    def rate(self) -> float:
        """The share of wins among the votes that name a winner; a half where there is none."""
        decided = self.wins + self.losses
        return self.wins / decided if decided else 0.5

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval (Wilson's)."""
        return wilson(self.wins, self.wins + self.losses)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often people and the automatic verdict say the same."""

    hits: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval (Wilson's)."""
        return wilson(self.hits, self.total)


def automatic(status_a: Status, status_b: Status) -> Vote:
    """Which of two calls is better by their verdicts."""
    rank_a, rank_b = _RANKS[status_a], _RANKS[status_b]
    if rank_a != rank_b:
        return "a" if rank_a > rank_b else "b"
    return "tie" if status_a == "right" else "both bad"


def turned(vote: Vote) -> Vote:
    """The vote as it is where the two sides are exchanged."""
    return _TURNED[vote]


def standings(votes: Iterable[Comparison]) -> list[Standing]:
    """One row for each pair of engines, in the order of their names."""
    counts: dict[tuple[str, str], Counter[Vote]] = {}
    for each in votes:
        engines, vote = (each.engine_a, each.engine_b), each.vote
        if engines[0] > engines[1]:
            engines, vote = (engines[1], engines[0]), turned(vote)
        counts.setdefault(engines, Counter())[vote] += 1
    return [
        Standing(one, other, found["a"], found["b"], found["tie"], found["both bad"])
        for (one, other), found in sorted(counts.items())
    ]


def agreement(votes: Iterable[Comparison]) -> Agreement:
    """How often a vote is what the verdicts say, where the wanted call is known."""
    listed = [each for each in votes if each.is_measured]
    return Agreement(sum(each.vote == each.automatic for each in listed), len(listed))
