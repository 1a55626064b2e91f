"""Vectors by their texts: made once, kept in files, found by files and by Chroma alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from core.errors import ModelError
from core.retrieval.chroma import ChromaVectors, ensure_server, stop_server
from core.retrieval.embed import Matrix
from core.retrieval.meaning import Nearest
from core.retrieval.vectors import NO_VECTORS, Vectors, embed, embed_missing, identity, open_vectors
from core.settings import Settings
from tests.core.retrieval.embedder import WordEmbedder

TEXTS = ["list the cows", "delete a cow", "open the gate", "close the gate", "milk prices"]


def test_vectors_are_made_once_and_kept(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    assert embed_missing(tmp_path, TEXTS, embedder) == len(TEXTS)
    assert embed_missing(tmp_path, [*TEXTS, *TEXTS, "feed the cows"], embedder) == 1
    assert sorted(embedder.told) == sorted([*TEXTS, "feed the cows"])
    kept = open_vectors(tmp_path)
    assert all(kept.has(text) for text in TEXTS)
    fresh = embed(TEXTS, WordEmbedder())
    for text in TEXTS:
        name = identity(text)
        assert np.array_equal(kept.matrix[kept.rows[name]], fresh.matrix[fresh.rows[name]])


def test_what_was_made_before_a_cancellation_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.retrieval.vectors.BATCH", 2)
    answers = iter([False, False, True])
    made = embed_missing(tmp_path, TEXTS, WordEmbedder(), is_cancelled=lambda: next(answers))
    assert made == len(open_vectors(tmp_path).rows) == 4


def test_progress_tells_how_many_of_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.retrieval.vectors.BATCH", 2)
    told: list[tuple[int, int]] = []
    embed_missing(
        tmp_path, TEXTS, WordEmbedder(), progress=lambda done, total, _: told.append((done, total))
    )
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert open_vectors(tmp_path / "none") is NO_VECTORS
    assert NO_VECTORS.nearest(np.zeros(3, np.float32), 5) == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of a workspace whose Chroma server runs."""
    settings = Settings(tmp_path_factory.mktemp("chroma"), vectors="chroma")
    ensure_server(settings)
    yield settings
    assert stop_server(settings.workspace)


def opened(settings: Settings, embedder: str) -> closing[ChromaVectors]:
    return closing(ChromaVectors(ensure_server(settings), embedder))


@pytest.fixture(params=["files", "chroma"])
def nearest(request: pytest.FixtureRequest, vectors: Vectors) -> Iterator[Nearest]:
    if request.param == "files":
        yield vectors
        return
    with opened(request.getfixturevalue("server"), "words") as kept:
        kept.add(vectors)
        yield kept


@pytest.fixture
def vectors() -> Vectors:
    return embed(TEXTS, WordEmbedder())


def query(text: str) -> Matrix:
    found: Matrix = WordEmbedder().queries([text])[0]
    return found


def test_nearest_comes_first(nearest: Nearest) -> None:
    assert nearest.nearest(query("delete a cow"), 1) == [identity("delete a cow")]
    two = nearest.nearest(query("the gate"), 2)
    assert set(two) == {identity("open the gate"), identity("close the gate")}


def test_no_more_come_than_there_are(nearest: Nearest) -> None:
    found = nearest.nearest(query("cows"), 50)
    assert sorted(found) == sorted(map(identity, TEXTS))


def test_chroma_is_given_only_what_it_lacks(server: Settings, vectors: Vectors) -> None:
    with opened(server, "lacking") as kept, opened(server, "lacking") as same:
        assert kept.add(vectors) == len(TEXTS)
        assert same.add(vectors) == 0
        assert kept.add(embed([*TEXTS, "new"], WordEmbedder())) == 1
        assert len(same) == len(TEXTS) + 1


def test_all_who_need_a_server_get_the_same(server: Settings) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(ensure_server(server))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_server_that_is_set_must_answer(tmp_path: Path) -> None:
    settings = Settings(tmp_path, chroma_url="http://127.0.0.1:9")
    with pytest.raises(ModelError, match="CALLWRIGHT_CHROMA_URL"):
        ensure_server(settings)


def test_server_that_goes_away_is_said_in_words(vectors: Vectors, tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with opened(settings, "words") as kept:
        kept.add(vectors)
        assert stop_server(tmp_path)
        with pytest.raises(ModelError, match="CALLWRIGHT_VECTORS=files"):
            kept.nearest(query("cow"), 1)
    assert not stop_server(tmp_path)
