"""Near-duplicates are found exactly: the same as by comparing each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.duplicates import Clusters, SimilarTexts, is_near, words_of

TEXTS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=8), max_size=30)


@given(TEXTS)
def test_nothing_near_is_missed_and_nothing_else_found(texts: list[frozenset[str]]) -> None:
    similar = SimilarTexts(texts)
    for text in texts:
        expected = [number for number, other in enumerate(texts) if is_near(text, other)]
        assert sorted(similar.like(text)) == expected


@given(TEXTS)
def test_clusters_join_what_is_near(texts: list[frozenset[str]]) -> None:
    clusters = SimilarTexts(texts).clusters()
    for one, text in enumerate(texts):
        assert clusters[one] <= one
        for other in range(one):
            if is_near(text, texts[other]):
                assert clusters[one] == clusters[other]


def test_words_count_without_endings_and_small_words() -> None:
    assert is_near(words_of("List all of the pets"), words_of("Lists all pets"))
    assert not is_near(words_of("List all pets"), words_of("Delete a pet"))
    assert not is_near(words_of(""), words_of("the of"))


def test_the_lowest_number_stands_for_all_that_belong_together() -> None:
    clusters = Clusters(6)
    for one, other in ((4, 5), (2, 4), (5, 1)):
        clusters.join(one, other)
    assert [clusters.first(number) for number in range(6)] == [0, 1, 1, 3, 1, 1]
