"""Weights of this machine as rows, and models opened from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.engines import engine_names
from core.errors import ModelError, StoreError, UnknownNameError
from core.models.opening import Offer, Weights, open_model, prices_of
from core.models.protocol import Generate, reply
from core.models.server import Server
from core.store.database import Store
from core.store.model_servers import add_server, model_offers
from core.store.model_weights import add_weights, kept_weights, remove_weights


def test_weights_are_a_model_of_their_name(store: Store, tiny_model: Path) -> None:
    number = add_weights(store, Weights("mine", str(tiny_model)))
    assert [(kept.id, kept.weights.name) for kept in kept_weights(store)] == [(number, "mine")]
    assert "grounded+mine" in engine_names(store)
    model = open_model("mine", model_offers(store))
    assert model.name == "mine"
    assert reply(model, Generate("GET /pets", max_tokens=2)).completion_tokens == 2
    assert prices_of(model_offers(store))["mine"].per_million_prompt == 0


def test_weights_that_are_removed_are_gone(store: Store) -> None:
    number = add_weights(store, Weights("mine", "some/where"))
    remove_weights(store, number)
    with pytest.raises(UnknownNameError):
        open_model("mine", model_offers(store))
    with pytest.raises(StoreError, match="not there any more"):
        remove_weights(store, number)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "vllm", "ü"])
def test_a_name_has_to_fit_into_an_engine_s_name(store: Store, name: str) -> None:
    with pytest.raises(ModelError, match="cannot be a model's name"):
        add_weights(store, Weights(name, "some/where"))


def test_a_name_means_one_model(store: Store) -> None:
    """A server of that name would be asked instead, silently."""
    add_weights(store, Weights("mine", "some/where"))
    add_server(store, Offer("other", Server("http://127.0.0.1:1/v1", "m")))
    for taken in ("mine", "other"):
        with pytest.raises(ModelError, match="Give another name"):
            add_weights(store, Weights(taken, "else/where"))
    with pytest.raises(ModelError, match="Give another name"):
        add_server(store, Offer("mine", Server("http://127.0.0.1:1/v1", "m")))
