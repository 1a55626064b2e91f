"""The engine over a workspace: it follows what comes and goes, and is shared by threads."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from core import grounded
from core.document_cache import DocumentCache
from core.grounded import WorkspaceEngine, workspace_engine
from core.retrieval.embed import Embedder, passage_text
from core.retrieval.entry import Scope
from core.retrieval.vectors import embed_missing, vectors_folder
from core.retrieval.workspace_index import WorkspaceIndex
from core.store.api_choices import ApiChoices, save_api_choices
from core.store.database import Store
from core.store.documents import delete_document, restore_document
from tests.core.retrieval.embedder import BrokenEmbedder, WordEmbedder
from tests.core.store.documents import imported, pets

FARM = pets("GET /cows", "POST /cows", "DELETE /cows/{id}", title="Farm")
ZOO = pets("GET /lions", "DELETE /lions/{id}", title="Zoo")


def opened(store: Store, embedder: Embedder | None = None) -> WorkspaceEngine:
    return WorkspaceEngine(
        store, cache=DocumentCache(store), words=WorkspaceIndex(store), embedder=embedder
    )


def first(engine: WorkspaceEngine, question: str, scope: Scope | None = None) -> str:
    """What is thought of first, whether it is sure enough or not."""
    calls = engine.answer(question, scope or Scope()).calls
    return calls[0].operation.label if calls else ""


def test_empty_workspace_has_no_answer(store: Store) -> None:
    answer = opened(store).answer("list cows")
    assert answer.call is None
    assert answer.reason


def test_settings_say_which_embedder_is_used(store: Store) -> None:
    def with_embedder(name: str) -> WorkspaceEngine:
        return workspace_engine(replace(store, settings=replace(store.settings, embedder=name)))

    assert with_embedder("none").state().meaning == "off"
    broken = with_embedder("./no-such-folder")
    broken.warm(wait=True)
    assert (broken.state().embedder, broken.state().meaning) == ("./no-such-folder", "failed")


def test_what_comes_and_goes_is_known_to_the_next_question(store: Store) -> None:
    imported(store, FARM)
    engine = opened(store)
    assert first(engine, "list lions") != "GET /lions"
    zoo = imported(store, ZOO)
    assert first(engine, "list lions") == "GET /lions"
    delete_document(store, zoo.sha256)
    assert first(engine, "list lions") != "GET /lions"
    restore_document(store, zoo.sha256)
    assert first(engine, "list lions") == "GET /lions"


def test_scope_keeps_to_an_api_and_a_method(store: Store) -> None:
    imported(store, FARM)
    imported(store, ZOO)
    engine = opened(store)
    farm = engine.library().apis_called("farm")
    assert first(engine, "delete lions", Scope(apis=farm)) == "DELETE /cows/{id}"
    assert first(engine, "lions", Scope(methods=frozenset({"DELETE"}))) == "DELETE /lions/{id}"


def test_calls_go_where_people_chose_from_the_next_question_on(store: Store) -> None:
    imported(store, FARM)
    engine = opened(store)
    (api,) = {entry.api for entry in engine.library().entries}
    before = engine.answer("list cows").call
    assert before is not None
    template = before.operation.servers[-1].template
    save_api_choices(store, api, ApiChoices(template, environment={"key": "FARM_KEY"}))
    after = engine.answer("list cows").call
    assert after is not None
    assert after.connection.server == before.operation.servers[-1].url
    save_api_choices(store, api, ApiChoices("https://gone.example"))
    again = engine.answer("list cows").call
    assert again is not None
    assert again.request == before.request


def test_answers_go_by_words_until_the_embedder_is_loaded(store: Store) -> None:
    imported(store, FARM)
    may_load = threading.Event()

    class Slow(WordEmbedder):
        def queries(self, texts):  # type: ignore[no-untyped-def]
            may_load.wait(30)
            return super().queries(texts)

    engine = opened(store, Slow())
    by_words = engine.answer("list cows")
    assert by_words.call is not None
    assert any("words only" in note for note in by_words.notes)
    assert engine.state().meaning == "loading"
    may_load.set()
    engine.warm(wait=True)
    assert engine.state().meaning == "ready"
    by_meaning = engine.answer("list cows")
    assert by_meaning.call is not None
    assert by_meaning.call.hit.reasons.meaning > 0


def test_embedder_that_cannot_be_loaded_leaves_the_words_and_says_why(store: Store) -> None:
    imported(store, FARM)
    engine = opened(store, BrokenEmbedder())
    engine.warm(wait=True)
    assert engine.state().meaning == "failed"
    assert "cannot be loaded" in engine.state().problem
    assert first(engine, "list cows") == "GET /cows"


def test_state_says_which_documents_have_no_vectors_yet(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grounded, "_VECTOR_SECONDS", 0.0)
    farm = imported(store, FARM)
    embedder = WordEmbedder()
    engine = opened(store, embedder)
    engine.warm(wait=True)
    assert engine.state().by_words_only == {farm.sha256: 3}
    texts = [passage_text(entry) for entry in engine.library().entries]
    embed_missing(vectors_folder(store.workspace, embedder.name), texts, embedder)
    assert engine.state().by_words_only == {}
    zoo = imported(store, ZOO)
    assert engine.state().by_words_only == {zoo.sha256: 2}


def test_new_document_is_judged_by_its_meaning_before_the_job_has_run(store: Store) -> None:
    imported(store, ZOO)
    engine = opened(store, WordEmbedder())
    engine.warm(wait=True)
    call = engine.answer("list lions").calls[0]
    assert call.operation.label == "GET /lions"
    assert call.hit.reasons.meaning > 0


def test_many_threads_ask_while_documents_come(store: Store) -> None:
    imported(store, FARM)
    engine = opened(store, WordEmbedder())
    found: list[str] = []

    def ask() -> None:
        found.extend(first(engine, "list cows") for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    imported(store, ZOO)
    for thread in threads:
        thread.join()
    assert found == ["GET /cows"] * 20
    assert engine.state().num_operations == 5
