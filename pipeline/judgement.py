"""What a judge says of an instruction candidate, and the words that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.candidate import Candidate, Label


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a candidate."""

    reason: str
    """A key of :data:`core.candidate.REASONS`."""
    rule: str
    """Which rule says so: a key of :data:`pipeline.rules.RULES`, or the name of a model."""
    text: str
    """The words that show it; empty where it is about what is missing."""
    start: int
    end: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one candidate."""

    label: Label
    reasons: tuple[Finding, ...]
    """What speaks against the candidate, also where that is not enough to make it bad."""
    score: float
    """From 0 to 1, the higher the better; above a half is good."""


Judge = Callable[[Candidate], Judgement]
