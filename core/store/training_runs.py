"""Runs that train models, as rows: what was asked for, where it lies, what people say of it.

>>> run = keep_run(store, NewTrainingRun("sft", "pets", "models/pets"))
>>> note_run(store, run.id, "The one with twice the rows.")

How far a run is stands in its folder and in its job. A row outlives both, until it is forgotten.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from core.errors import StoreError, UnknownNameError
from core.store.database import Store
from core.store.tables import training_runs as table
from core.store.text import storable

Kind = Literal["sft", "retriever", "reranker"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_LONGEST_NOTE = 4_000


@dataclass(frozen=True, slots=True)
class NewTrainingRun:
    """What is to be trained, on what."""

    kind: Kind
    name: str
    """The model's name wherever engines, embedders and rerankers are named."""
    folder: str
    """Where everything of it lies, below the workspace or from the root."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """All settings, those of the preset too."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Where its data comes from."""
    measuring: Mapping[str, Any] = field(default_factory=dict)
    """How it is measured while it goes on; empty for not at all."""
    data_hash: str = ""
    code_version: str = ""


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One run, as its row is now."""

    id: int
    kind: Kind
    name: str
    folder: Path
    settings: Mapping[str, Any]
    data: Mapping[str, Any]
    measuring: Mapping[str, Any]
    data_hash: str
    code_version: str
    note: str
    is_starred: bool
    job: int | None
    """The job that works on it, or did last; none where a command did."""
    created_at: float


def training_runs(store: Store) -> list[TrainingRun]:
    """All of them, those with a star first, then the newest."""
    order = (table.c.is_starred.desc(), table.c.id.desc())
    with store.reading() as connection:
        return [_run(store, row) for row in connection.execute(select(table).order_by(*order))]


def training_run(store: Store, number: int) -> TrainingRun:
    """The run of that number. Raises ``UnknownNameError``."""
    with store.reading() as connection:
        row = connection.execute(select(table).where(table.c.id == number)).one_or_none()
        if row is None:
            known = connection.scalars(select(table.c.id).order_by(table.c.id.desc()).limit(30))
            raise UnknownNameError("training run", str(number), map(str, known))
    return _run(store, row)


def run_named(store: Store, name: str) -> TrainingRun:
    """The run whose model has that name. Raises ``UnknownNameError``."""
    with store.reading() as connection:
        row = connection.execute(select(table).where(table.c.name == name)).one_or_none()
        if row is None:
            raise UnknownNameError(
                "training run", name, connection.scalars(select(table.c.name)).all()
            )
    return _run(store, row)


def keep_run(store: Store, run: NewTrainingRun) -> TrainingRun:
    """A new row. Raises ``StoreError`` where the name is taken."""
    row = {**asdict(run), "note": "", "is_starred": False, "created_at": time.time()}
    try:
        with store.writing() as connection:
            key = connection.execute(insert(table).values(row)).inserted_primary_key
    except IntegrityError as error:
        raise StoreError(
            f"There is a run “{run.name}” already. Choose another name, or delete that run."
        ) from error
    assert key is not None
    return training_run(store, key[0])


def assign_training_job(store: Store, number: int, job: int) -> None:
    """Note which job works on a run."""
    _change(store, number, job=job)


def note_made_with(store: Store, number: int, data_hash: str, code_version: str) -> None:
    """Note what a run turned out to be made with, once its data was read."""
    _change(store, number, data_hash=data_hash, code_version=code_version)


def note_run(store: Store, number: int, note: str) -> None:
    """Say something about a run, in place of what was said before."""
    _change(store, number, note=storable(note, _LONGEST_NOTE))


def star_run(store: Store, number: int, is_starred: bool) -> None:
    """Give a run a star, or take it back."""
    _change(store, number, is_starred=is_starred)


def forget_run(store: Store, number: int) -> None:
    """Remove the row; the folder is not touched."""
    store.write(table.delete().where(table.c.id == number))


def _change(store: Store, number: int, **values: Any) -> None:
    if not store.write(update(table).where(table.c.id == number).values(**values)):
        raise StoreError("This training run is not there any more. Reload the page.")


def _run(store: Store, row: Row[Any]) -> TrainingRun:
    values = dict(row._mapping)
    return TrainingRun(**{**values, "folder": store.workspace.absolute() / values["folder"]})
