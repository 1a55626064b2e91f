"""Candidates by what is true of them, on both databases."""

from __future__ import annotations

import pytest

from core.candidate import Candidate
from core.store.annotators import add_annotator
from core.store.candidate_filter import CandidateFilter, condition, matching, matching_page
from core.store.candidates import add_candidates, count_candidates
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, save_verdicts
from core.store.label_actions import overwrite
from core.store.labels import Decision

TEXTS = {"a": "Show a PET", "b": "Here is: pet", "c": "100% of cats", "d": "List cats_"}


@pytest.fixture
def filled(store: Store) -> Store:
    for number, (key, text) in enumerate(TEXTS.items()):
        candidate = Candidate("g", text, "Pets" if number < 2 else "Cats", "", "", "")
        add_candidates(store, "old" if number < 3 else "new", {key: candidate})
    for name in ("ada", "ben"):
        add_annotator(store, name)
    overwrite(store, "ada", {"a": Decision("good"), "b": Decision("bad"), "c": Decision("skip")})
    overwrite(store, "ben", {"a": Decision("good"), "b": Decision("good")})
    save_verdicts(store, "rules", {"a": JudgeVerdict("good"), "b": JudgeVerdict("bad", ("extra",))})
    save_verdicts(store, "score", {key: JudgeVerdict(score=-ord(key)) for key in TEXTS})
    return store


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        (CandidateFilter(), "abcd"),
        (CandidateFilter("pet"), "ab"),
        (CandidateFilter("PET here"), "b"),
        (CandidateFilter("0%"), "c"),
        (CandidateFilter("_"), "d"),
        (CandidateFilter(pool="old", api_name="Cats"), "c"),
        (CandidateFilter(judge="rules"), "ab"),
        (CandidateFilter(judged="bad"), "b"),
        (CandidateFilter(reason="extra"), "b"),
        (CandidateFilter(judge="score", reason="extra"), ""),
        (CandidateFilter(judge="score", score=(-99, -98)), "bc"),
        (CandidateFilter(state="unlabelled"), "d"),
        (CandidateFilter(state="unlabelled", annotator="ben"), "cd"),
        (CandidateFilter(state="labelled"), "abc"),
        (CandidateFilter(state="good"), "ab"),
        (CandidateFilter(state="good", annotator="ada"), "a"),
        (CandidateFilter(state="skip"), "c"),
        (CandidateFilter(state="disputed"), "b"),
    ],
)
def test_filter_finds(filled: Store, wanted: CandidateFilter, keys: str) -> None:
    assert matching(filled, wanted) == list(keys)
    assert count_candidates(filled, condition(wanted)) == len(keys)


def test_page_is_a_part_in_order(filled: Store) -> None:
    found = matching_page(filled, CandidateFilter(), offset=1, limit=2)
    assert [row.key for row in found] == ["b", "c"]
