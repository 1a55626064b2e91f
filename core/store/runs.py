"""Evaluation runs and what came of them: the cells of boards.

A run is one engine under one setting on one set of questions. Its predictions lie in files; rows
hold only what boards read: a figure for each measure of each cell, by level, language and whether
the question names its API. Cells are replaced while a run goes on, so that a board can watch it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from core.errors import UnknownNameError
from core.store.database import Store
from core.store.tables import cells, runs

ALL = "all"
"""Of every language, or of questions that name their API and of those that do not."""


@dataclass(frozen=True, slots=True)
class NewRun:
    """What is to be measured, and with what."""

    engine: str
    """As commands, addresses and boards spell it: ``grounded``, ``free-3-retrieved+NAME``."""
    test_set: str
    """``bundled``, ``dataset:NAME``, …"""
    pool: str
    """``given``: the API is known; ``open``: it is not."""
    naming: str
    """``as asked``, or ``unnamed``: without the API's name."""
    policy: str
    """Of values: ``asked`` or ``published``."""
    plan: dict[str, Any]
    """All of the settings, as the plan of the run has them."""
    total: int
    """Calls that are to be judged."""
    model: str = ""
    base_model: str = ""
    template: str = ""
    mixture: str = ""
    data_size: int | None = None
    """Examples that the model was trained on."""
    provenance: dict[str, Any] | None = None
    """Seeds, versions, the hash of the split, the version of the prompt."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as its row is now."""

    id: int
    job: int | None
    engine: str
    test_set: str
    pool: str
    naming: str
    policy: str
    model: str
    base_model: str
    template: str
    mixture: str
    data_size: int | None
    plan: dict[str, Any]
    provenance: dict[str, Any] | None
    total: int
    done: int
    created_at: float
    finished_at: float | None
    deleted_at: float | None

    @property
    def is_complete(self) -> bool:
        """Whether every call was judged."""
        return self.finished_at is not None


@dataclass(frozen=True, slots=True)
class CellFigure:
    """One number of one cell, with its 95 % interval."""

    level: int
    """0 for questions that nothing answers."""
    language: str
    naming: str
    """``named``, ``unnamed`` or ``all``."""
    measure: str
    value: float
    low: float
    high: float
    count: int


def add_run(store: Store, run: NewRun) -> Run:
    """A new row, of which nothing is done."""
    row = {**asdict(run), "done": 0, "created_at": time.time()}
    with store.writing() as connection:
        key = connection.execute(insert(runs).values(row)).inserted_primary_key
    assert key is not None
    return find_run(store, key[0])


def find_run(store: Store, run: int) -> Run:
    """The run of that number, deleted ones too. Raises ``UnknownNameError``."""
    with store.reading() as connection:
        row = connection.execute(select(runs).where(runs.c.id == run)).one_or_none()
        if row is None:
            live = select(runs.c.id).where(runs.c.deleted_at.is_(None))
            known = connection.scalars(live.order_by(runs.c.id.desc()).limit(30))
            raise UnknownNameError("run", str(run), map(str, known))
    return Run(**row._mapping)


def list_runs(store: Store, *, limit: int = 500) -> list[Run]:
    """The runs that are not deleted, the newest first."""
    found = select(runs).where(runs.c.deleted_at.is_(None)).order_by(runs.c.id.desc()).limit(limit)
    with store.reading() as connection:
        return [Run(**row._mapping) for row in connection.execute(found)]


def assign_job(store: Store, numbers: Collection[int], job: int) -> None:
    """Note which job works on runs."""
    store.write(update(runs).where(runs.c.id.in_(numbers)).values(job=job))


def note_done(store: Store, run: int, done: int) -> None:
    """Note how many calls are judged; the figures stay as they are."""
    store.write(update(runs).where(runs.c.id == run).values(done=done))


def note_progress(store: Store, run: int, done: int, figures: Iterable[CellFigure]) -> None:
    """Replace a run's figures by newer ones; a board sees the old ones or the new ones."""
    rows = [{"run": run, **asdict(figure)} for figure in figures]
    with store.writing() as connection:
        connection.execute(update(runs).where(runs.c.id == run).values(done=done))
        connection.execute(delete(cells).where(cells.c.run == run))
        if rows:
            connection.execute(insert(cells), rows)


def finish_run(store: Store, run: int, provenance: dict[str, Any]) -> None:
    """Note that every call was judged, and with what."""
    values = {"finished_at": time.time(), "provenance": provenance}
    store.write(update(runs).where(runs.c.id == run).values(values))


def delete_run(store: Store, run: int, *, is_deleted: bool = True) -> None:
    """Take a run off the boards, or back onto them; nothing of it is lost."""
    moment = time.time() if is_deleted else None
    store.write(update(runs).where(runs.c.id == run).values(deleted_at=moment))


def figures_of(
    store: Store,
    measures: Sequence[str],
    *,
    numbers: Collection[int] | None = None,
    languages: Collection[str] | None = None,
    namings: Collection[str] = (ALL,),
) -> dict[int, list[CellFigure]]:
    """Figures of these measures by run; of all runs and languages where none are named."""
    found = select(cells).where(cells.c.measure.in_(measures), cells.c.naming.in_(namings))
    if numbers is not None:
        found = found.where(cells.c.run.in_(numbers))
    if languages is not None:
        found = found.where(cells.c.language.in_(languages))
    by_run: dict[int, list[CellFigure]] = {}
    with store.reading() as connection:
        for number, *figure in connection.execute(found).all():
            by_run.setdefault(number, []).append(CellFigure(*figure))
    return by_run
