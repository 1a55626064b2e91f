"""Engines by their names, with and without a language model."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.model_server import model_server
from core.engines import (
    ENGINES,
    MODEL_ENGINES,
    engine_kind,
    engine_names,
    open_engine,
    with_model,
)
from core.errors import CallwrightError, UnknownNameError
from core.models.opening import Offer
from core.settings import NONE
from core.shots import RERANKED
from core.store.database import Store
from core.store.model_servers import add_server
from core.store.preferences import save_preference
from core.uploads import import_uploads
from tests.core.retrieval.test_rerank import make_cross_encoder
from tests.core.shop import DOCUMENT, grounded
from tests.fake_model import FakeModel


@pytest.mark.parametrize("name", ["", "grond", "grounded+", "+tiny", "free-0", "copy+tiny"])
def test_a_name_that_is_no_engine_s_is_said(name: str) -> None:
    with pytest.raises(UnknownNameError, match="grounded"):
        engine_kind(name)


def test_every_model_brings_every_way_to_use_one(store: Store) -> None:
    assert engine_names(store) == list(ENGINES)
    with model_server() as server:
        add_server(store, Offer("tiny", server.server()))
        add_server(store, Offer("tiny", server.server()))
    assert engine_names(store) == [*ENGINES, *(f"{way}+tiny" for way in MODEL_ENGINES)]


def test_an_engine_says_what_it_lacks(store: Store) -> None:
    assert engine_kind("grounded").missing(store) == ""
    assert "There is no model “tiny”" in engine_kind("grounded+tiny").missing(store)
    with pytest.raises(CallwrightError, match="There is no model “tiny”"):
        open_engine("grounded+tiny", store)
    assert "No reranker is chosen" in engine_kind("free-3-reranked+tiny").missing(store)
    save_preference(store, "reranker", "some/reranker")
    assert "There is no model “tiny”" in engine_kind("free-3-reranked+tiny").missing(store)


@pytest.mark.parametrize("way", MODEL_ENGINES)
def test_every_way_answers(way: str, tmp_path: Path) -> None:
    reranker = make_cross_encoder(tmp_path / "reranker") if way == RERANKED else NONE
    engine = with_model(way, grounded(), FakeModel(say=lambda task: "none"), reranker=reranker)
    answer = engine.answer("delete pet 7")
    assert answer.question == "delete pet 7"
    assert answer.call is None


def test_a_model_answers_in_a_workspace_and_is_asked_once(store: Store) -> None:
    import_uploads(store, {"shop.json": orjson.dumps(DOCUMENT)})
    with model_server() as server:
        add_server(store, Offer("tiny", server.server()))
        for _ in range(2):
            answer = open_engine("grounded+tiny", store).answer("delete pet 7")
            assert answer.calls
            assert server.calls[0]["structured_outputs"]["choice"][-1] == "none"
        assert len(server.calls) == 2  # one to choose, one to fill; none the second time
