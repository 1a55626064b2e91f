"""The passages among which a reranker learns to choose."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.retrieval.embed import Matrix
from train.choices import FOUND, choices
from train.pairs import Pair


class LengthEmbedder:
    """Texts are near to each other where they are about as long."""

    name = "length"

    def queries(self, texts: list[str]) -> Matrix:
        angles = np.array([len(text) / 100 for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    passages = queries


def pair(number: int, api: str = "one") -> Pair:
    return Pair("ask" * 5, f"GET /{number} op{number}: {'x' * number}", api)


PAIRS = [pair(number) for number in range(1, 60)]


def test_wrong_passages_are_those_that_are_found() -> None:
    (chosen, *_) = choices(PAIRS, LengthEmbedder(), wrong=4, seed=1)
    assert len(chosen.wrong) == 4
    assert chosen.right == PAIRS[0].passage and chosen.right not in chosen.wrong
    near = sorted(PAIRS[1:], key=lambda each: abs(len(each.passage) - 15))[:FOUND]
    assert set(chosen.wrong) <= {each.passage for each in near}


def test_without_an_embedder_any_sibling_will_do() -> None:
    chosen = choices(PAIRS, None, wrong=4, seed=1)
    assert len({passage for each in chosen for passage in each.wrong}) > 50


def test_siblings_come_before_operations_of_other_apis() -> None:
    pairs = [pair(1), pair(2), *(pair(number, "other") for number in range(10, 20))]
    first, *_ = choices(pairs, None, wrong=3, seed=1)
    assert first.wrong[0] == pair(2).passage
    assert len(first.wrong) == 3 and all("GET /1" in each for each in first.wrong[1:])


def test_the_same_operation_in_other_words_is_not_wrong() -> None:
    whole = Pair("get a pet", "GET /pets/{id} getPet: Get one pet", "pets")
    bare = Pair("show a pet", "GET /pets/{id} getPet: ", "pets")
    twin = Pair("show a pet", "GET /v2/pets/{id} getPet2: Get one pet", "pets")
    other = Pair("remove a pet", "DELETE /pets/{id} deletePet: Remove one pet", "pets")
    chosen = choices([whole, bare, twin, other], None, wrong=3, seed=1)
    assert chosen[0].wrong == (other.passage,)
    assert set(chosen[1].wrong) == {twin.passage, other.passage}


ANY = st.tuples(st.text(), st.text(), st.sampled_from("abc"))


@given(st.lists(ANY, max_size=12), st.integers())
def test_any_pairs_make_as_many_choices(found: list[tuple[str, str, str]], seed: int) -> None:
    pairs = [Pair(*each) for each in found]
    chosen = choices(pairs, None, wrong=3, seed=seed)
    assert [(each.question, each.right) for each in chosen] == [each[:2] for each in found]
    assert all(each.right not in each.wrong and len(each.wrong) <= 3 for each in chosen)
    assert chosen == choices(pairs, None, wrong=3, seed=seed)
