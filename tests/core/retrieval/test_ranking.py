"""Scores: BM25 as its formula says, the same however the operations are spread over parts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.retrieval.passage import passage_of, query_terms
from core.retrieval.postings import K1, B, Postings, PostingsBuilder, marks_of
from core.retrieval.ranking import FOCUS, best, scores


@dataclass(frozen=True)
class Line:
    """An operation in a few words."""

    path: str
    summary: str = ""
    method: str = "GET"
    operation_id: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    deprecated: bool = False


def postings(*lines: Line) -> Postings:
    builder = PostingsBuilder()
    for line in lines:
        builder.add(line)
    return builder.build()


ZOO = [
    Line("/pets", "All animals of the house"),
    Line("/pets", "Take an animal in", "POST"),
    Line("/pets/{petId}", "One animal", tags=("pets",)),
    Line("/pets/{petId}", "Close a file", "DELETE"),
    Line("/keepers", "People who feed the animals, all of the animals"),
    Line("/keepers/{id}/pets", "", "PUT", "updateKeepersPets"),
]
QUERIES = ["delete a pet", "list animals", "pets", "keepers of pets", "xylophone", "", "GET /pets"]


def by_the_formula(lines: list[Line], query: str, num_averaged: int | None = None) -> list[float]:
    """Scores the slow way: one operation, one term at a time."""
    passages = [passage_of(line) for line in lines]
    lengths = [passage.terms.total() for passage in passages][:num_averaged]
    average = sum(lengths) / len(lengths)
    found = []
    for passage in passages:
        score = 0.0
        for term in query_terms(query):
            num_in = sum(term in other.terms for other in passages)
            idf = math.log(1 + (len(lines) - num_in + 0.5) / (num_in + 0.5))
            count = passage.terms[term]
            score += idf * count / (count + K1 * (1 - B + B * passage.terms.total() / average))

        def rarity(word: str) -> float:
            return math.log((len(lines) + 1) / sum(word in other.path_stems for other in passages))

        whole = sum(map(rarity, passage.path_stems))
        named = sum(map(rarity, passage.path_stems & set(query_terms(query))))
        found.append(score * (1 + FOCUS * named / whole if whole else 1))
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_formula(query: str) -> None:
    (found,) = scores([postings(*ZOO)], query)
    np.testing.assert_allclose(found, by_the_formula(ZOO, query), rtol=1e-5)


@pytest.mark.parametrize("query", QUERIES)
def test_several_parts_are_ranked_as_one(query: str) -> None:
    """Terms are as rare as in all parts; lengths are relative to the first part's."""
    large, small = postings(*ZOO), PostingsBuilder()
    for line in ZOO[:2]:
        small.add(line)
    found = np.concatenate(scores([large, small.build([large])], query))
    expected = by_the_formula([*ZOO, *ZOO[:2]], query, len(ZOO))
    np.testing.assert_allclose(found[len(ZOO) :], expected[len(ZOO) :], rtol=1e-5)
    # How rare the words of a path are was counted when its part was made.
    np.testing.assert_allclose(found, expected, rtol=0.15)


def test_no_operations_have_no_scores() -> None:
    assert [part.tolist() for part in scores([postings(), postings()], "pets")] == [[], []]
    assert scores([], "pets") == []


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("keep", {4, 5}),
        ("anim", {0, 1, 2, 4}),
        ("anim ", set()),
        ("remo", {3}),
        ("canc", {3}),
        ("zzz", set()),
    ],
)
def test_a_half_typed_word_is_all_that_it_may_become(query: str, rows: set[int]) -> None:
    (found,) = scores([postings(*ZOO)], query)
    assert set(np.flatnonzero(found).tolist()) == rows


def test_the_other_words_still_decide() -> None:
    (found,) = scores([postings(*ZOO)], "people anim")
    assert best(found, np.arange(len(ZOO)), 1).tolist() == [4]


def test_a_common_word_is_not_taken_for_half_typed() -> None:
    lines = [Line("/pet", "pet")] * 3 + [Line("/petition", "petition")]
    (found,) = scores([postings(*lines)], "pet")
    assert (found > 0).tolist() == [True, True, True, False]


def test_a_rare_word_with_common_longer_ones_is_taken_for_half_typed() -> None:
    lines = [Line("/fil", "fil")] + [Line("/files", "file")] * 20
    (found,) = scores([postings(*lines)], "fil")
    assert (found > 0).all()


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30),
    st.integers(1, 40),
    st.randoms(use_true_random=False),
)
def test_the_best_are_those_of_a_whole_sort(
    scored: list[float], count: int, chance: object
) -> None:
    position = np.random.default_rng(len(scored)).permutation(len(scored))
    found = best(np.array(scored, np.float32), position, count).tolist()
    rows = [row for row, score in enumerate(scored) if score > 0]
    assert found == sorted(rows, key=lambda row: (-scored[row], position[row]))[:count]


def test_marks_say_what_can_be_filtered() -> None:
    line = Line("/a", method="PUT", tags=("My  Pets", "my pets", "b"), deprecated=True)
    assert marks_of(line) == ["#PUT", "#deprecated", "#tag:my pets", "#tag:b"]
    part = postings(line, Line("/b"))
    assert part.find("#PUT")[0].tolist() == [0]
    assert part.find("#GET")[0].tolist() == [1]
    assert part.count("#none") == 0 and part.find("#none")[0].tolist() == []
