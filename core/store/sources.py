"""Where documents came from; one may have come from several places."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, distinct, func, select

from core.store.database import Store, insert_new
from core.store.documents import LIVE
from core.store.tables import documents, operations, sources
from core.store.text import storable

_LONGEST_PLACE = 2_000

Kind = Literal["upload", "url", "hub", "sample"]


@dataclass(frozen=True, slots=True)
class Source:
    """One place that a document came from."""

    kind: Kind
    place: str
    """The file's name, or the web address."""
    hub: str = ""
    """The directory that listed it: ``APIs.guru``."""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """What one kind of source, or one hub, has brought."""

    kind: Kind
    hub: str
    num_documents: int
    num_apis: int
    num_operations: int
    num_unique_operations: int
    """Those of several versions of an API count once."""


def add_source(connection: Connection, document: str, source: Source) -> None:
    """Note where a document came from, unless that is known."""
    row = {
        "document": document,
        "kind": source.kind,
        "hub": storable(source.hub, 200),
        "place": storable(source.place, _LONGEST_PLACE),
        "added_at": time.time(),
    }
    insert_new(connection, sources, [row])


def sources_of(store: Store, document: str) -> list[Source]:
    """Every place that a document came from, in the order in which it did."""
    found = (
        select(sources.c.kind, sources.c.place, sources.c.hub)
        .where(sources.c.document == document)
        .order_by(sources.c.added_at, sources.c.kind, sources.c.place)
    )
    with store.reading() as connection:
        return [Source(*row) for row in connection.execute(found)]


def sources_by_document(store: Store) -> dict[str, list[Source]]:
    """Every place that each document came from."""
    found = select(sources.c.document, sources.c.kind, sources.c.place, sources.c.hub)
    listed: dict[str, list[Source]] = {}
    with store.reading() as connection:
        for document, *source in connection.execute(found.order_by(sources.c.added_at)):
            listed.setdefault(document, []).append(Source(*source))
    return listed


def known_places(store: Store, kind: Kind, hub: str = "") -> set[str]:
    """The places that documents have come from, so that nobody fetches them again."""
    found = (
        select(sources.c.place)
        .join(documents)
        .where(documents.c.state == "ready", sources.c.kind == kind, sources.c.hub == hub)
    )
    with store.reading() as connection:
        return set(connection.scalars(found))


def source_figures(store: Store) -> list[SourceFigures]:
    """What each kind of source and each hub has brought, the largest first.

    A document that came from several is counted in each of them.
    """
    came_from = select(sources.c.kind, sources.c.hub, sources.c.document).distinct().subquery()
    grouped = (
        select(
            came_from.c.kind,
            came_from.c.hub,
            func.count(distinct(documents.c.sha256)),
            func.count(distinct(documents.c.api)),
            func.count(operations.c.pointer).label("num_operations"),
            func.count(
                distinct(operations.c.api + " " + operations.c.method + " " + operations.c.path)
            ),
        )
        .join(documents, documents.c.sha256 == came_from.c.document)
        .outerjoin(operations, operations.c.document == documents.c.sha256)
        .where(LIVE)
        .group_by(came_from.c.kind, came_from.c.hub)
        .order_by(func.count(operations.c.pointer).desc(), came_from.c.kind, came_from.c.hub)
    )
    with store.reading() as connection:
        return [SourceFigures(*row) for row in connection.execute(grouped)]
