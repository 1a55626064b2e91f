"""Is an instruction candidate good or bad, and why?

>>> found = judge(Candidate("g", "Here is a query: list pets", "Pets", "List pets", "", ""))
>>> found.label, found.reasons[0].text
('bad', 'Here is a query:')

Every judge is a function from a candidate to a :class:`Judgement`; models and people say theirs in
the same shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.candidate import Candidate, Label
from pipeline.rules import Finding, findings

_ENOUGH = 1.0
"""The weight of findings from which on a candidate is bad."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of one candidate."""

    label: Label
    reasons: tuple[Finding, ...]
    """What speaks against the candidate, also where that is not enough to make it bad."""
    score: float
    """From 0 to 1, the higher the better; above a half is good."""


Judge = Callable[[Candidate], Judgement]


def judge(candidate: Candidate) -> Judgement:
    """What the rules say. The score falls by a half with each finding that is enough by itself."""
    found = findings(candidate)
    weight = sum(finding.weight for finding in found)
    return Judgement("bad" if weight >= _ENOUGH else "good", found, max(0.0, 1 - weight / 2))


JUDGES: dict[str, Judge] = {"rules": judge}
"""By the name that files, commands and boards use."""
