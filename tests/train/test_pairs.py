"""Questions made from documents, and the passages that answer them."""

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CallwrightError
from core.retrieval.entry import Entry
from core.samples import SAMPLES
from train.pairs import SIBLINGS, Pair, make_pairs, read_pairs, write_pairs
from train.question import asked
from train.sources import read_entries

ENTRY = Entry(
    key=("0" * 64, "/paths/~1pets~1{id}/delete"),
    method="DELETE",
    path="/pets/{id}",
    operation_id="deletePet",
    summary="Deletes a pet.",
    description="",
    tags=(),
    deprecated=False,
    api="example.org/pets",
    title="Pet Store",
)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(read_entries([SAMPLES]))


def test_a_question_turns_the_summary_around() -> None:
    said = {asked(ENTRY, random.Random(seed)) for seed in range(300)}
    assert len(said) > 100
    assert any("get rid of a pet" in question for question in said)
    assert any("Pet Store" in question for question in said)
    assert any("Pet Store" not in question for question in said)


def test_an_operation_that_says_nothing_gives_no_question() -> None:
    assert asked(replace(ENTRY, summary="", operation_id=""), random.Random(1)) == ""


@given(st.text(), st.text(), st.text(), st.integers())
def test_any_text_makes_a_question(summary: str, description: str, name: str, seed: int) -> None:
    entry = replace(ENTRY, summary=summary, description=description, operation_id=name)
    assert len(asked(entry, random.Random(seed))) < 500


def test_pairs_are_the_same_for_the_same_seed(entries: list[Entry]) -> None:
    first = make_pairs(entries, count=500, seed=1)
    assert first == make_pairs(entries, count=500, seed=1)
    assert first != make_pairs(entries, count=500, seed=2)


def test_siblings_stand_together(entries: list[Entry]) -> None:
    pairs = make_pairs(entries, count=200, seed=1)
    changes = sum(one.api != other.api for one, other in pairwise(pairs))
    assert changes < 200 / SIBLINGS * 3


def test_more_pairs_than_operations_ask_again_in_other_words(entries: list[Entry]) -> None:
    pairs = make_pairs(entries, count=2_000, seed=1)
    assert len(pairs) == 2_000
    assert len({pair.question for pair in pairs}) > 1_000


def test_nothing_is_made_of_what_is_measured() -> None:
    with pytest.raises(CallwrightError, match="nothing to train on"):
        make_pairs([replace(ENTRY, api="asana.com/asana")], count=10, seed=1)


def test_pairs_are_kept(tmp_path: Path) -> None:
    pairs = [Pair("löschen?", "DELETE /pets", "example.org/pets")]
    write_pairs(tmp_path / "pairs.jsonl", pairs)
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


@pytest.mark.parametrize("text", ["{", "[1]", '{"question": "a"}', "1"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "pairs.jsonl").write_text(text)
    with pytest.raises(CallwrightError, match="holds no training pairs"):
        read_pairs(tmp_path / "pairs.jsonl")


def test_a_broken_document_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    skipped: list[str] = []
    sources = [tmp_path, SAMPLES / "petshelter.json"]
    assert list(read_entries(sources, skipped=skipped))
    assert len(skipped) == 1
    assert "broken.json" in skipped[0]
