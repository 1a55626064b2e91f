"""Measures of candidates, and the number that they are ranked by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.candidate import Candidate
from pipeline.score import Measures, score


def pets(text: str) -> Candidate:
    return Candidate("pets", text, "Pet Shop API", "List all pets", "", "listAllPets")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("List pets with the Pet Shop API.", "Call listAllPets to list pets with the Pet Shop."),
        ("List pets with the Pet Shop API.", "List cars with the Pet Shop API of my town."),
        ("List pets with the Pet Shop API.", "List pets with this API."),
        ("List pets with the Pet Shop API.", "Pet Shop pets"),
        ("List pets with the Pet Shop API.", "List pets with the Pet Shop API. " * 12),
    ],
)
def test_the_better_candidate_ranks_higher(better: str, worse: str) -> None:
    assert score(pets(better)).rank > score(pets(worse)).rank


def test_a_copy_of_a_sibling_is_not_apart() -> None:
    text = "List pets with the Pet Shop API."
    assert score(pets(text), [text.upper(), "Something else"]).apart == 0
    assert score(pets(text), ["Something else"]).apart > 0.5
    assert score(pets(text)).apart == 1


def test_short_words_read_easily() -> None:
    easy, hard = (
        "List the pets of my shop.",
        "Enumerate institutional administrator authorisations.",
    )
    assert score(pets(easy)).reading_ease > 80 > 0 > score(pets(hard)).reading_ease


@given(st.text(max_size=300), st.lists(st.text(max_size=50), max_size=3))
def test_measures_stay_in_their_range(text: str, siblings: list[str]) -> None:
    found = score(pets(text), siblings)
    shares = {name: getattr(found, name) for name in Measures._fields[1:-1]}
    assert all(0 <= share <= 1 for share in (*shares.values(), found.rank, found.concise)), shares
