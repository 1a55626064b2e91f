"""Servers of language models as rows: what is kept, and that no key is."""

from __future__ import annotations

import pytest

from core.errors import ModelError, StoreError, UnknownNameError
from core.models.cache import Price
from core.models.opening import Offer, open_model
from core.models.server import Server
from core.store.database import Store
from core.store.model_servers import add_server, kept_servers, model_offers, remove_server

SERVER = Server("http://127.0.0.1:1/v1", "tiny", "TINY_KEY", "structured_outputs", True, False)
OFFER = Offer("tiny", SERVER, Price(2.5, 10.0))


def test_a_server_is_kept_as_it_was_seen(store: Store) -> None:
    number = add_server(store, OFFER)
    assert [(kept.id, kept.offer) for kept in kept_servers(store)] == [(number, OFFER)]


def test_no_key_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", "sk-secret-99")
    add_server(store, OFFER)
    model = open_model("tiny", model_offers(store))
    assert model.name == "tiny"
    files = [file for file in store.workspace.rglob("*") if file.is_file()]
    assert not any(b"sk-secret-99" in file.read_bytes() for file in files)


def test_several_servers_of_a_name_are_one_model(store: Store) -> None:
    add_server(store, Offer("tiny", Server("http://127.0.0.1:1/v1", "a", can_score=True)))
    add_server(store, Offer("tiny", Server("http://127.0.0.1:2/v1", "a")))
    assert "score" not in open_model("tiny", model_offers(store)).capabilities


def test_a_server_that_is_removed_is_gone(store: Store) -> None:
    number = add_server(store, OFFER)
    remove_server(store, number)
    assert kept_servers(store) == []
    with pytest.raises(StoreError, match="not there any more"):
        remove_server(store, number)
    with pytest.raises(UnknownNameError):
        open_model("tiny", model_offers(store))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a&b", "ü", "x" * 81, "vllm", "a:b", "a\n"])
def test_a_name_fits_into_an_engine_s_name_and_an_address(store: Store, name: str) -> None:
    with pytest.raises(ModelError, match="cannot be a model's name"):
        add_server(store, Offer(name, SERVER))
