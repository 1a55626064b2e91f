"""What a reranker is worth is found by its weight alone, the other traits being as they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from benchmarks.answers import Asked
from benchmarks.reranker import chosen_weight, is_right_alone, num_right
from core.suitability import Traits

NOTHING = Traits(*(0.0 for _ in Traits._fields))


def asked(*calls: tuple[float, float], right: int) -> Asked:
    """A question with operations of these meanings and reranker's scores."""
    found = [
        SimpleNamespace(traits=NOTHING._replace(meaning=meaning, reranked=reranked))
        for meaning, reranked in calls
    ]
    ranked = SimpleNamespace(ranks=[right])
    return cast(Asked, SimpleNamespace(answer=SimpleNamespace(calls=found), ranked=ranked))


HELPED = asked((0.6, 0.1), (0.5, 0.9), right=1)
"""The reranker sees what the meaning does not."""
HURT = asked((0.9, 0.4), (0.1, 0.6), right=0)
NO_CALLS: Any = asked(right=0)


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 1), (3.0, 2), (1_000.0, 1)])
def test_the_weight_decides_who_is_right(weight: float, expected: int) -> None:
    assert num_right([HELPED, HURT, NO_CALLS], weight) == expected


def test_alone_it_is_asked_alone() -> None:
    assert [is_right_alone(each) for each in (HELPED, HURT, NO_CALLS)] == [True, False, False]


def test_a_reranker_that_does_not_help_gets_no_weight() -> None:
    assert chosen_weight([HURT, HURT]) == 0
    assert chosen_weight([HELPED, HURT]) > 0
