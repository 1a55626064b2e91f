"""Words and meaning lead to operations; filters hold for both."""

from __future__ import annotations

from os import utime
from pathlib import Path

import numpy as np
import pytest

from core.library import library_of
from core.openapi.document import Document
from core.retrieval.embed import SentenceEmbedder, passage_text
from core.retrieval.entry import EVERYTHING, Entry, Scope
from core.retrieval.meaning import Meaning
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import NO_VECTORS, Vectors, embed
from tests.core.retrieval.embedder import WordEmbedder


def document(title: str, *labels: str) -> Document:
    paths: dict[str, dict[str, object]] = {}
    for label in labels:
        method, path = label.split()
        paths.setdefault(path, {})[method.lower()] = {"tags": [path.split("/")[1]]}
    root = {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths}
    return Document(root, sha256=title)


ENTRIES = library_of(
    [
        document("Farm", "GET /cows", "DELETE /cows/{id}", "GET /gates"),
        document("Zoo", "GET /lions", "DELETE /lions/{id}"),
    ]
).entries
SCOPES = {
    "an API": Scope(apis=frozenset({ENTRIES[-1].api})),
    "a method": Scope(methods=frozenset({"DELETE"})),
    "a tag": Scope(tags=frozenset({"cows"})),
    "an API and a method": Scope(frozenset({ENTRIES[0].api}), frozenset({"GET"})),
    "nothing that is there": Scope(tags=frozenset({"unicorns"})),
}


def meaning(vectors: Vectors, embedder: WordEmbedder | None = None) -> Meaning:
    return Meaning(ENTRIES, vectors, embedder or WordEmbedder())


def all_vectors() -> Vectors:
    return embed(map(passage_text, ENTRIES), WordEmbedder())


def found(retriever: Retriever, question: str, scope: Scope = EVERYTHING) -> list[Entry]:
    return [hit.entry for hit in retriever.search(question, scope=scope).hits]


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
@pytest.mark.parametrize("question", ["delete lions", "cows", "gates", "every one"])
def test_filters_hold_for_words_and_meaning(question: str, scope: Scope) -> None:
    for retriever in (Retriever(ENTRIES), Retriever(ENTRIES, meaning(all_vectors()))):
        assert all(scope.holds(entry) for entry in found(retriever, question, scope))


@pytest.mark.parametrize("scope", [EVERYTHING, *SCOPES.values()], ids=["everything", *SCOPES])
def test_nearest_are_those_of_the_highest_cosines(scope: Scope) -> None:
    known = meaning(all_vectors())
    query = known.query("delete cows")
    allowed = np.array([scope.holds(entry) for entry in ENTRIES])
    nearest = known.nearest(query, 2, None if scope.is_everything else allowed).tolist()
    cosines = known.similarities(query, np.arange(len(ENTRIES)))
    best = sorted(np.flatnonzero(allowed).tolist(), key=lambda number: -cosines[number])[:2]
    assert {float(cosines[number]) for number in nearest} == {float(cosines[n]) for n in best}


def test_question_that_names_an_api_finds_its_operations_first() -> None:
    assert found(Retriever(ENTRIES), "zoo: list all")[0].title == "Zoo"


def test_operations_without_vectors_are_learned_while_a_question_waits() -> None:
    embedder = WordEmbedder()
    retriever = Retriever(ENTRIES, meaning(NO_VECTORS, embedder))
    result = retriever.search("delete cows")
    assert result.hits[0].entry.label == "DELETE /cows/{id}"
    assert result.hits[0].reasons.meaning > 0
    told = len(embedder.told)
    retriever.search("delete cows")
    assert len(embedder.told) == told
    assert any("5 of 5 operations were looked for by their words only" in n for n in result.notes)


def test_models_get_what_they_want_before_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    class Model:
        def encode(self, texts: list[str], **_: object) -> np.ndarray:
            given.extend(texts)
            return np.zeros((len(texts), 2), np.float32)

    monkeypatch.setattr("core.retrieval.embed._load", lambda name, threads: Model())
    for name in ("BAAI/bge-large-en-v1.5", "intfloat/e5-base-v2", "someone/other"):
        embedder = SentenceEmbedder(name)
        embedder.queries(["q"])
        embedder.passages(["p"])
    bge = "Represent this sentence for searching relevant passages: q"
    assert given == [bge, "p", "query: q", "passage: p", "q", "p"]


def test_folder_that_is_written_again_is_another_embedder(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"1")
    before = SentenceEmbedder(str(tmp_path)).name
    assert SentenceEmbedder(str(tmp_path)).name == before
    utime(weights, (1, 1))
    assert SentenceEmbedder(str(tmp_path)).name != before
