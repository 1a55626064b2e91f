"""What is said to a message: questions, follow-ups and pasted code, over the sample APIs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.answer import Grounded
from core.check import check
from core.conversation import Turn
from core.document_cache import DocumentCache
from core.errors import CallwrightError
from core.kept_answer import KeptAnswer, answer_of, answer_record
from core.library import workspace_library
from core.reply import Sources, pasted, reply, scope_of
from core.retrieval.entry import EVERYTHING
from core.retrieval.retriever import Retriever
from core.retrieval.workspace_index import WorkspaceIndex
from core.samples import add_samples
from core.settings import Settings
from core.store.database import open_store


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    """The sample APIs, looked for by words only."""
    with closing(open_store(Settings(tmp_path_factory.mktemp("reply")))) as store:
        add_samples(store)
        cache = DocumentCache(store)
        library = workspace_library(store, cache)
        engine = Grounded(Retriever(library.entries), library.find)
        yield Sources(engine, cache, WorkspaceIndex(store))


def talk(sources: Sources, *said: str) -> KeptAnswer:
    """The last answer of a conversation; every one is kept as JSON between."""
    answer = None
    for words in said:
        turn = Turn(answer_of(answer_record(answer))) if answer else None
        answer = reply(words, turn, EVERYTHING, sources)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("said", "method", "target"),
    [
        (("cancel booking 8841",), "DELETE", "/v1/bookings/8841"),
        (("cancel booking 8841", "for booking 12 instead"), "DELETE", "/v1/bookings/12"),
        (("show booking 8841", "now cancel it"), "DELETE", "/v1/bookings/8841"),
        (("show booking 8841", "cancel booking 5"), "DELETE", "/v1/bookings/5"),
        (("show booking 8841", "in Go"), "GET", "/v1/bookings/8841"),
        (("show booking 8841", "for 12 in Go", "and for 13"), "GET", "/v1/bookings/13"),
    ],
)
def test_conversation_comes_to_its_call(
    sources: Sources, said: tuple[str, ...], method: str, target: str
) -> None:
    answer = talk(sources, *said)
    request = answer.calls[0].request
    assert (request.method, request.target) == (method, target)
    assert answer.is_answered
    assert check(request, sources.cache.get(answer.calls[0].document)).is_legal


def test_named_client_is_told_and_the_call_stays(sources: Sources) -> None:
    before, after = talk(sources, "show booking 7"), talk(sources, "show booking 7", "in Go")
    assert (before.client, after.client) == ("", "go-nethttp")
    assert after.calls == before.calls


def test_picked_call_comes_first_and_the_others_stay(sources: Sources) -> None:
    before = talk(sources, "show booking 7")
    after = talk(sources, "show booking 7", "the second one")
    assert after.calls[0] == before.calls[1]
    assert set(after.calls) == set(before.calls)


def test_evidence_of_a_follow_up_points_into_all_the_words(sources: Sources) -> None:
    answer = talk(sources, "show booking 8841", "for booking 12 instead")
    (evidence,) = answer.calls[0].evidence
    assert answer.asked[evidence.start : evidence.end] == "12"


def test_nothing_that_fits_says_so_and_what_is_nearest(sources: Sources) -> None:
    answer = talk(sources, "book a table for chess players")
    assert not answer.is_answered and answer.reason
    assert answer.calls


CODE = "curl 'https://north.harbor-bookings.example/v1/hotels?city=Visby'"


def test_pasted_code_is_judged_by_the_document_of_its_host(sources: Sources) -> None:
    answer = talk(sources, CODE)
    assert answer.judged and answer.is_answered and not answer.calls
    assert sources.cache.get(answer.judged).title == "Harbor Bookings"


def test_pasted_code_of_no_document_says_what_to_do(sources: Sources) -> None:
    answer = talk(sources, "curl https://nowhere.example/things/that/are/not")
    assert not answer.is_answered
    assert "Add it" in answer.reason


def test_pasted_code_is_judged_by_the_api_that_was_chosen(sources: Sources) -> None:
    document = next(
        entry for entry in sources.engine.answer("cancel a booking", EVERYTHING).calls
    ).operation.document
    api = sources.engine.answer("cancel a booking", EVERYTHING).calls[0].hit.entry.api
    answer = reply("curl https://nowhere.example/bookings", None, scope_of(api), sources)
    assert answer.judged == document.sha256


@pytest.mark.parametrize(
    "words", ["delete pet 7", "curl up with a book", "get https", "", "what is http://?"]
)
def test_words_are_no_code(words: str) -> None:
    assert pasted(words) is None


def test_a_follow_up_to_a_document_that_has_gone_is_explained(
    sources: Sources, tmp_path: Path
) -> None:
    turn = Turn(talk(sources, "show booking 7"))
    with closing(open_store(Settings(tmp_path))) as empty:
        elsewhere = Sources(sources.engine, DocumentCache(empty), WorkspaceIndex(empty))
        with pytest.raises(CallwrightError):
            reply("for booking 8 instead", turn, EVERYTHING, elsewhere)
