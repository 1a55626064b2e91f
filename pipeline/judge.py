"""Is an instruction candidate good or bad, and why?

>>> found = judge(Candidate("g", "Here is a query: list pets", "Pets", "List pets", "", ""))
>>> found.label, found.reasons[0].text
('bad', 'Here is a query:')

Every judge is a function from a candidate to a :class:`Judgement`; models and people say theirs in
the same shape.
"""

from __future__ import annotations

import functools

from core.candidate import Candidate
from pipeline.fitted import BUNDLED, judge_by, read_fitted
from pipeline.judgement import Judge, Judgement
from pipeline.rules import findings

_ENOUGH = 1.0
"""The weight of findings from which on a candidate is bad."""


def judge(candidate: Candidate) -> Judgement:
    """What the rules say. The score falls by a half with each finding that is enough by itself."""
    found = findings(candidate)
    weight = sum(finding.weight for finding in found)
    return Judgement("bad" if weight >= _ENOUGH else "good", found, max(0.0, 1 - weight / 2))


@functools.cache
def _bundled() -> Judge:
    return judge_by(read_fitted(BUNDLED))


JUDGES: dict[str, Judge] = {
    "rules": judge,
    "fitted": lambda candidate: _bundled()(candidate),
}
"""By the name that files, commands and boards use."""
