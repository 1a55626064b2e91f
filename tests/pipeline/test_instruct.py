"""Words for operations: verb first, five of them, the same for the same seed, the API named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DatasetError
from pipeline.dataset import Dataset
from pipeline.instruct import api_phrase, telling_phrases, wordings
from pipeline.phrase import base_form, path_words, phrases
from pipeline.row import CandidateRow, OperationRow
from pipeline.seed_example import read_examples, save_example
from pipeline.table import read_table
from tests.pipeline.small import SAMPLES, made

ROW = OperationRow(
    document="d" * 64,
    pointer="/paths/~1pets/get",
    api="petshelter",
    title="Petshelter",
    api_description="",
    provider="",
    operation_id="",
    summary="",
    description="",
    method="GET",
    path="/v1/pets/{petId}/photos",
    tags=(),
    source="tests",
)


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"summary": "List all pets"}, "list all pets"),
        ({"summary": "Returns a list of pets."}, "get a list of pets"),
        ({"summary": "List All Pets By ID"}, "list all pets by ID"),
        ({"summary": "Pet details"}, "get pet details"),
        ({"summary": "Pet", "method": "DELETE"}, "delete pet"),
        ({"summary": "Login", "method": "POST"}, "login"),
        ({"summary": "This endpoint allows you to cancel a booking"}, "cancel a booking"),
        ({"summary": "Use this operation to delete a job."}, "delete a job"),
        ({"summary": "This action removes a tag from a volume"}, "remove a tag from a volume"),
        ({"summary": "Retrieving pets"}, "retrieve pets"),
        ({"summary": "Get a photo by its Object ID (OID)"}, "get a photo by its Object ID"),
        ({"description": "<p>Creates a <b>new</b> pet</p>\n\nMore."}, "create a new pet"),
        ({"description": "Sends a [letter](https://a.test). Then waits."}, "send a letter"),
        ({"operation_id": "listPetsByTag"}, "list pets by tag"),
        ({"operation_id": "POST_DefineScheme"}, "define scheme"),
        ({"operation_id": "StreamingJobs_Stop"}, "get pets photos"),
        ({}, "get pets photos"),
        ({"path": "/{id}"}, "get the root"),
        ({"summary": "…"}, "get pets photos"),
    ],
)
def test_phrases_begin_with_a_verb(fields: dict[str, str], first: str) -> None:
    assert phrases(replace(ROW, **fields))[0] == first  # type: ignore[arg-type]


def test_long_texts_are_cut_where_a_clause_ends() -> None:
    text = "Returns the pets of a shelter that are waiting for a home, " + "and so on " * 20
    assert phrases(replace(ROW, summary=text))[0] == "get the pets of a shelter"


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_gives_a_phrase_on_one_line(text: str, name: str) -> None:
    for phrase in phrases(replace(ROW, summary=text, operation_id=name)):
        assert phrase.split() and "\n" not in phrase
        assert len(phrase.split()) <= 19


@pytest.mark.parametrize(
    ("word", "verb"),
    [("Lists", "list"), ("applies", "apply"), ("creating", "create"), ("cats", ""), ("", "")],
)
def test_verbs_are_known_in_their_forms(word: str, verb: str) -> None:
    assert base_form(word) == verb


def test_path_words_leave_versions_out() -> None:
    assert path_words("/api/v2/store-orders/{id}#x") == "api store orders"


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Petshelter", "the Petshelter API"),
        ("The Pets API", "the Pets API"),
        ("Parcel Service", "the Parcel Service"),
        (".", "the . API"),
    ],
)
def test_apis_are_called_by_their_names(title: str, phrase: str) -> None:
    assert api_phrase(title) == phrase


def test_five_wordings_are_different_and_come_again() -> None:
    said = ["list all pets", "get a list of pets"]
    found = wordings(ROW, said, 0)
    assert len(set(found)) == 5 and found == wordings(ROW, said, 0)
    assert any(wordings(ROW, said, seed) != found for seed in range(1, 9))
    assert all("Petshelter" in text for text in found)


def test_what_a_whole_api_says_is_told_apart_by_the_path() -> None:
    lists = [
        replace(ROW, path=f"/{thing}", summary="Lists resources") for thing in ("cats", "dogs")
    ]
    assert telling_phrases(lists) == [["list resources for cats"], ["list resources for dogs"]]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return made(tmp_path_factory.mktemp("w"), SAMPLES, "curate", "instruct", languages=("curl",))


def test_candidates_are_written_once_for_each_operation(samples: Dataset) -> None:
    rows = list(read_table(samples.table_path("instruct", "00000", "candidates"), CandidateRow))
    assert [row.operation for row in rows] == [n for n in range(237) for _ in range(5)]
    assert {row.origin for row in rows} == {"template"}


def test_three_examples_of_each_document(samples: Dataset) -> None:
    examples = read_examples(samples)
    assert len(examples) == 36 and len({example.key for example in examples}) == 36
    assert not any(example.approved for example in examples)
    assert read_examples(samples, "00000") == examples


def test_people_edit_and_approve_examples(samples: Dataset) -> None:
    example, other = read_examples(samples)[:2]
    words = f"Which of them are free today, says {example.api_name}?"
    save_example(samples, example, f"  {words}\n", approved=True)
    save_example(samples, other, other.text, approved=True)
    edited, approved = read_examples(samples)[:2]
    assert (edited.text, edited.origin, edited.approved) == (words, "edit", True)
    assert (approved.text, approved.origin, approved.approved) == (other.text, "template", True)


@pytest.mark.parametrize("words", ["", "Which of them are free today?", "x" * 1_001])
def test_examples_have_to_name_their_api(samples: Dataset, words: str) -> None:
    with pytest.raises(DatasetError, match=r"words|Name|Shorten"):
        save_example(samples, read_examples(samples)[5], words, approved=True)
