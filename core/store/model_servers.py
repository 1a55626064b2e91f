"""Servers of language models that people added, with what each was seen to be able to do.

A key is never kept: only the name of the environment variable that holds it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from core.errors import StoreError
from core.models.cache import Price
from core.models.opening import Offer, Offered, check_model_name
from core.models.server import Server
from core.models.trained import Trained, newest
from core.store.database import Store
from core.store.model_weights import kept_weights, refuse_taken
from core.store.tables import model_servers, model_weights
from core.store.training_runs import training_runs


@dataclass(frozen=True, slots=True)
class KeptServer:
    """A row."""

    id: int
    offer: Offer


def add_server(store: Store, offer: Offer) -> int:
    """Keep a server; the number of its row. Several of one name share that model's load.

    Raises ``ModelError`` for a name that could not stand in an engine's name or an address.
    """
    check_model_name(offer.name)
    server = offer.server
    row = {
        "name": offer.name,
        "url": server.url,
        "model": server.model,
        "key_variable": server.key_variable,
        "dialect": server.dialect,
        "can_score": server.can_score,
        "can_complete": server.can_complete,
        "per_million_prompt": offer.price.per_million_prompt,
        "per_million_completion": offer.price.per_million_completion,
        "added_at": time.time(),
    }
    with store.writing() as connection:
        refuse_taken(connection, model_weights, offer.name)
        added = connection.execute(model_servers.insert().values(row))
    (number,) = added.inserted_primary_key or (0,)
    return int(number)


def remove_server(store: Store, number: int) -> None:
    """Forget a server. Raises ``StoreError`` where there is none of that number."""
    if not store.write(model_servers.delete().where(model_servers.c.id == number)):
        raise StoreError("This server is not there any more. Reload the page.")


def kept_servers(store: Store) -> list[KeptServer]:
    """All of them, in the order in which they were added."""
    with store.reading() as connection:
        rows: Sequence[Row[Any]] = connection.execute(
            select(model_servers).order_by(model_servers.c.id)
        ).all()
    return [_kept(row) for row in rows]


def model_offers(store: Store) -> list[Offered]:
    """What :func:`core.models.opening.open_model` chooses from: servers, weights, and what was
    trained here as soon as it has a checkpoint.
    """
    servers = [kept.offer for kept in kept_servers(store)]
    weights = [kept.weights for kept in kept_weights(store)]
    return [*servers, *weights, *_trained(store)]


def _trained(store: Store) -> list[Trained]:
    runs = training_runs(store)
    return [
        Trained(run.name, run.folder) for run in runs if run.kind == "sft" and newest(run.folder)
    ]


def _kept(row: Row[Any]) -> KeptServer:
    server = Server(
        url=row.url,
        model=row.model,
        key_variable=row.key_variable,
        dialect=row.dialect,
        can_score=row.can_score,
        can_complete=row.can_complete,
    )
    price = Price(row.per_million_prompt, row.per_million_completion)
    return KeptServer(row.id, Offer(row.name, server, price))
