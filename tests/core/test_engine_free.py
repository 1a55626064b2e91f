"""A model that writes code: it is read, never run, and judged by the document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.answer import Answer
from core.engine_free import Free, code_of
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.retrieval.embed import passage_text
from core.retrieval.rerank import load_reranker
from core.shots import RANKINGS, Ranking, all_but, open_ranking, ranked_again, shots
from tests.core.retrieval.test_rerank import make_cross_encoder
from tests.core.shop import grounded, shop
from tests.fake_model import FakeModel, prompt_of

QUESTION = "delete pet 7"
RIGHT = "curl --request DELETE --url https://shop.example.com/v1/pets/7"
WRONG_VALUE = "curl --request GET --url 'https://shop.example.com/v1/pets?limit=0'"
NO_ENDPOINT = "curl https://shop.example.com/v1/admin/users"


def operations_of(document: Document) -> list[Operation]:
    return [each for each in operations(document) if isinstance(each, Operation)]


def free(*texts: str, ranking: Ranking = RANKINGS["free-0"], client_name: str = "curl") -> Free:
    return Free(grounded(), FakeModel(list(texts)), ranking, client_name=client_name)


def test_code_becomes_a_call_with_its_verdict() -> None:
    answer = free(RIGHT).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.operation.label == "DELETE /pets/{petId}"
    assert answer.call.verdict.status == "valid"
    assert answer.written == RIGHT


def test_an_illegal_call_is_shown_with_what_forbids_it() -> None:
    answer = free(WRONG_VALUE).answer(QUESTION)
    assert answer.call is not None
    assert answer.call.verdict.status == "illegal"
    assert answer.confidence == 0


@pytest.mark.parametrize("written", [NO_ENDPOINT, "Sorry, I cannot do that.", "", "curl", "\x00"])
def test_what_the_document_does_not_have_is_no_call(written: str) -> None:
    answer = free(written).answer(QUESTION)
    assert answer.call is None
    assert answer.reason.startswith("The model's code makes no call of Pet Shop")
    assert answer.written == written


def test_other_languages_are_read_too() -> None:
    code = "import requests\nrequests.delete('https://shop.example.com/v1/pets/7')"
    answer = free(code, client_name="python-requests").answer(QUESTION)
    assert answer.call is not None
    assert answer.call.request.method == "DELETE"


@pytest.mark.parametrize(
    "written",
    [
        RIGHT,
        f"```bash\n{RIGHT}\n```",
        f"Here it is:\n```\n{RIGHT}\n```\nIt deletes a pet.",
        f"```sh\n{RIGHT}",
        f"**domain**:['pets']\n**api_call**:{RIGHT}\n**api_provider**:shop\n**lang**:cURL",
        f"\n  {RIGHT}\n",
    ],
)
def test_code_is_found_in_what_is_written_around_it(written: str) -> None:
    assert code_of(written) == RIGHT


@pytest.mark.parametrize(
    ("name", "num_examples"),
    [("free-0", 0), ("free-3-random", 3), ("free-3-retrieved", 3), ("free-3-reranked", 3)],
)
def test_the_prompt_holds_the_api_and_as_many_examples(
    name: str, num_examples: int, tmp_path: Path
) -> None:
    model = FakeModel([RIGHT])
    ranking = open_ranking(name, make_cross_encoder(tmp_path / "reranker"))
    Free(grounded(), model, ranking).answer(QUESTION)
    prompt = prompt_of(model.asked[0])
    assert prompt.startswith("**api_description**:Buys and sells pets.\n**lang**:cURL\n")
    assert prompt.count("curl") == num_examples
    assert prompt.count("**instruction**") == num_examples + 1
    assert prompt.endswith("### ASSISTANT:")


def test_the_nearest_example_stands_last() -> None:
    found = grounded().answer(QUESTION)
    made = shots(RANKINGS["free-3-retrieved"](QUESTION, found), "curl")
    assert made[-1].instruction == "Delete a pet with Pet Shop."
    assert "DELETE" in made[-1].output


@pytest.mark.parametrize("ranking", RANKINGS.values())
def test_the_wanted_call_can_be_left_out(ranking: Ranking) -> None:
    found = grounded().answer(QUESTION)
    ranked = all_but("DELETE /pets/{petId}", ranking)(QUESTION, found)
    assert "DELETE /pets/{petId}" not in [operation.label for operation in ranked]


def test_a_cross_encoder_decides_which_examples_are_best(tmp_path: Path) -> None:
    reranker = load_reranker(make_cross_encoder(tmp_path / "reranker"))
    found = grounded().answer(QUESTION)
    texts = {call.operation.label: passage_text(call.hit.entry) for call in found.calls}
    scores = dict(zip(texts, reranker.scores(QUESTION, list(texts.values())).tolist(), strict=True))
    ranked = [each.label for each in ranked_again(reranker)(QUESTION, found)]
    assert ranked == sorted(scores, key=lambda label: -scores[label])
    assert ranked != [each.label for each in RANKINGS["free-3-retrieved"](QUESTION, found)]


def test_examples_are_of_the_api_that_the_prompt_describes() -> None:
    """Another API's operation may be nearer by words than any of the one that suits best."""
    found = grounded().answer(QUESTION)
    other = replace(found.calls[-1], operation=operations_of(shop(title="Other"))[0])
    near = replace(other, hit=replace(other.hit, score=99.0))
    mixed = replace(found, calls=(*found.calls, near))
    ranked = RANKINGS["free-3-retrieved"](QUESTION, mixed)
    assert {each.document.title for each in ranked} == {"Pet Shop"}


def test_random_examples_are_the_same_for_the_same_question() -> None:
    found = grounded().answer(QUESTION)
    ranked = RANKINGS["free-3-random"]

    def labels(question: str) -> tuple[str, ...]:
        return tuple(operation.label for operation in ranked(question, found))

    assert labels(QUESTION) == labels(QUESTION)
    assert len({labels(f"{QUESTION} {number}") for number in range(20)}) > 1


def test_a_long_description_is_cut() -> None:
    model = FakeModel([RIGHT])
    document = shop(description="word " * 5000)
    Free(grounded(document), model, RANKINGS["free-0"]).answer(QUESTION)
    assert prompt_of(model.asked[0]).count("word") == 512


def test_a_stream_ends_with_the_answer() -> None:
    *pieces, answer = free(f"{RIGHT}\n").stream(QUESTION)
    assert "".join(map(str, pieces)) == f"{RIGHT}\n"
    assert isinstance(answer, Answer)
    assert answer.call is not None


def test_a_stream_that_is_closed_asks_for_no_more() -> None:
    stream = free("one\ntwo\nthree\n").stream(QUESTION)
    assert next(stream) == "one\n"
    stream.close()  # type: ignore[attr-defined]
    assert list(stream) == []


def test_where_search_finds_nothing_no_model_is_asked() -> None:
    engine = free()
    assert engine.answer("").call is None
    assert list(engine.stream("")) == [engine.answer("")]
