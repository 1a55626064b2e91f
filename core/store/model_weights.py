"""Weights of language models that people pointed at: a folder on this machine, or a hub's name."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from core.errors import ModelError, StoreError
from core.models.opening import Weights, check_model_name
from core.store.database import Store
from core.store.tables import model_servers, model_weights
from core.store.text import storable

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class KeptWeights:
    """A row."""

    id: int
    weights: Weights


def add_weights(store: Store, weights: Weights) -> int:
    """Keep weights; the number of the row. Raises ``ModelError`` for a name that cannot be one, or
    is one already.
    """
    check_model_name(weights.name)
    row = {
        "name": weights.name,
        "path": storable(weights.path_or_name, _LONGEST),
        "added_at": time.time(),
    }
    with store.writing() as connection:
        for table in (model_weights, model_servers):
            refuse_taken(connection, table, weights.name)
        added = connection.execute(model_weights.insert().values(row))
    (number,) = added.inserted_primary_key or (0,)
    return int(number)


def refuse_taken(connection: Connection, table: Table, name: str) -> None:
    """Raises ``ModelError`` where a table of models has that name: one name means one model."""
    if connection.scalar(select(table.c.id).where(table.c.name == name).limit(1)) is not None:
        raise ModelError(f"There is a model “{name}” here already. Give another name.")


def remove_weights(store: Store, number: int) -> None:
    """Forget weights; no file is touched. Raises ``StoreError`` where there are none of that
    number.
    """
    if not store.write(model_weights.delete().where(model_weights.c.id == number)):
        raise StoreError("This model is not there any more. Reload the page.")


def kept_weights(store: Store) -> list[KeptWeights]:
    """All of them, in the order in which they were added."""
    with store.reading() as connection:
        rows = connection.execute(select(model_weights).order_by(model_weights.c.id)).all()
    return [KeptWeights(row.id, Weights(row.name, row.path)) for row in rows]
