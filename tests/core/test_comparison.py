"""Votes on two calls, by people and by verdicts."""

from __future__ import annotations

import pytest

from core.comparison import Comparison, Vote, agreement, automatic, standings, turned


@pytest.mark.parametrize(
    ("one", "other", "better"),
    [
        ("right", "right", "tie"),
        ("right", "legal but different", "a"),
        ("illegal", "legal but different", "b"),
        ("illegal", "no answer", "b"),
        ("undecidable", "legal but different", "both bad"),
        ("illegal", "no call", "both bad"),
    ],
)
def test_verdicts_decide(one, other, better) -> None:  # type: ignore[no-untyped-def]
    assert automatic(one, other) == better
    assert automatic(other, one) == turned(better)


def voted(
    vote: Vote, *, engines: tuple[str, str] = ("x", "y"), by_verdict: Vote = "a"
) -> Comparison:
    return Comparison("q", 1, 2, *engines, "curl", True, vote, by_verdict)


def test_sides_do_not_matter_to_standings() -> None:
    votes = [voted("a"), voted("b", engines=("y", "x")), voted("tie"), voted("both bad")]
    (found,) = standings(votes)
    assert (found.engine, found.wins, found.losses, found.ties, found.both_bad) == ("x", 2, 0, 1, 1)
    assert found.rate == 1 and 0.3 < found.interval[0] < 1


def test_nothing_decided_is_even() -> None:
    (found,) = standings([voted("tie")])
    assert found.rate == 0.5 and found.interval == (0.0, 1.0)


def test_agreement_counts_equal_votes() -> None:
    found = agreement([voted("a"), voted("b"), voted("a")])
    assert (found.hits, found.total) == (2, 3)


def test_questions_asked_by_hand_say_nothing_of_the_verdicts() -> None:
    by_hand = Comparison("words", 0, 0, "x", "y", "curl", False, "a", "a")
    assert agreement([by_hand]).total == 0
