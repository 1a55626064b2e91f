"""Documents in the workspace: what lists show of them, versions, deleting and undoing it.

A document is *live* when it is imported to its end, not deleted, and no live document replaces it:
so what a newer version hid comes back when that version is deleted.
"""

from __future__ import annotations

import re
import time
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, exists, func, select, update

from core.errors import StoreError
from core.openapi.bundle import Bundle
from core.openapi.document import Document
from core.openapi.identity import identity_of
from core.openapi.quality import Quality
from core.store.database import Store, insert_new
from core.store.tables import documents, dropped, operations, revisions, sources, validations
from core.store.text import storable

State = Literal["importing", "ready"]

_SHORT, _LONG = 500, 1_000
"""Bytes of a name and of a description that rows hold; the document has all of it."""

_newer = documents.alias("newer")
LIVE = and_(
    documents.c.state == "ready",
    documents.c.deleted_at.is_(None),
    ~exists().where(
        _newer.c.replaces == documents.c.sha256,
        _newer.c.state == "ready",
        _newer.c.deleted_at.is_(None),
    ),
)
"""The condition of documents that people see."""
_is_address = re.compile(r"[0-9a-f]{12,64}").fullmatch
_IS_OURS = revisions.c.name == "documents"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A row of ``documents``."""

    sha256: str
    state: State
    name: str
    """Of its file, or of its own file among several."""
    api: str
    """See :mod:`core.openapi.identity`."""
    provider: str
    title: str
    api_version: str
    openapi_version: str
    description: str
    """The beginning of it, as a stranger wrote it."""
    num_bytes: int
    num_files: int
    num_operations: int
    num_dropped: int
    num_warnings: int
    quality: Quality
    replaces: str | None
    """The document that this one is a newer version of."""
    added_at: float
    changed_at: float
    deleted_at: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What an import found in a document."""

    num_operations: int
    num_dropped: int
    num_warnings: int
    quality: Quality


def live_documents(store: Store) -> list[StoredDocument]:
    """What people see, by title."""
    return _documents(store, LIVE)


def deleted_documents(store: Store) -> list[StoredDocument]:
    """What was deleted and can be restored, by title."""
    return _documents(store, documents.c.deleted_at.is_not(None))


def versions_of(store: Store, api: str) -> list[StoredDocument]:
    """Every document of an API that is not deleted, replaced ones too, the last one first."""
    condition = and_(
        documents.c.api == api, documents.c.state == "ready", documents.c.deleted_at.is_(None)
    )
    return sorted(_documents(store, condition), key=lambda found: -found.added_at)


def find_document(store: Store, sha256: str) -> StoredDocument:
    """A document, also a deleted or replaced one. Raises ``StoreError``."""
    found = _documents(store, and_(documents.c.sha256 == sha256, documents.c.state == "ready"))
    if not found:
        raise _missing(sha256)
    return found[0]


def delete_document(store: Store, sha256: str) -> None:
    """Take a document out of every list; ``restore_document`` undoes it."""
    with store.writing() as connection:
        _change(connection, sha256, deleted_at=time.time())


def restore_document(store: Store, sha256: str) -> None:
    """Undo a deletion."""
    with store.writing() as connection:
        _change(connection, sha256, deleted_at=None)


def replace_document(store: Store, *, old: str, new: str) -> None:
    """Let a document stand for an older one, which leaves the lists. Raises ``StoreError``.

    A version that was replaced itself may come back so: what replaced it then replaces what it did.
    What the newer one had replaced before stays hidden, below the older one.
    """
    if old == new:
        raise StoreError("A document cannot replace itself. Choose another version.")
    find_document(store, old)
    before = find_document(store, new).replaces
    with store.writing() as connection:
        above = update(documents).where(documents.c.replaces == new)
        connection.execute(above.values(replaces=before))
        _change(connection, new, replaces=old)
        line = _replaced_by(connection, old)
        if before and before not in line:
            _change(connection, line[-1], replaces=before)


def _replaced_by(connection: Connection, sha256: str) -> list[str]:
    """A document and every older one that it stands for, the oldest last."""
    line = [sha256]
    while older := connection.scalar(
        select(documents.c.replaces).where(documents.c.sha256 == line[-1])
    ):
        line.append(older)
    return line


def separate_document(store: Store, sha256: str) -> None:
    """Undo a replacement: what the document replaced is live again, beside it."""
    with store.writing() as connection:
        _change(connection, sha256, replaces=None)


def document_at(store: Store, address: str) -> StoredDocument:
    """The document whose SHA-256 begins so, also a deleted or replaced one.

    Raises ``StoreError`` for none, for several, and for what is too short to name one.
    """
    found = []
    if _is_address(address):
        begins = documents.c.sha256.startswith(address)
        found = _documents(store, and_(begins, documents.c.state == "ready"))
    if len(found) != 1:
        raise _missing(address)
    return found[0]


def revision(store: Store) -> int:
    """A number that grows whenever the set of live documents may have changed."""
    with store.reading() as connection:
        return connection.scalar(select(revisions.c.number).where(_IS_OURS)) or 0


def begin_document(connection: Connection, document: Document, bundle: Bundle) -> None:
    """Make the row of a document that is going to be imported, if it is not there."""
    identity = identity_of(document)
    now = time.time()
    row = {
        "sha256": bundle.sha256,
        "state": "importing",
        "name": storable(bundle.entry, _SHORT),
        "api": storable(identity.api, _SHORT),
        "provider": storable(identity.provider, _SHORT),
        "title": storable(document.title, _SHORT),
        "api_version": storable(document.api_version, _SHORT),
        "openapi_version": document.version,
        "description": storable(document.description, _LONG),
        "num_bytes": len(bundle.data),
        "num_files": bundle.num_files,
        **dict.fromkeys(("num_operations", "num_dropped", "num_warnings"), 0),
        "quality": {},
        "added_at": now,
        "changed_at": now,
    }
    insert_new(connection, documents, [row])


def state_of(connection: Connection, sha256: str) -> State | None:
    """How far a document has come; ``None`` for one that is not there."""
    return connection.scalar(select(documents.c.state).where(documents.c.sha256 == sha256))


def keep_importing(connection: Connection, sha256: str) -> bool:
    """Say that an import goes on; false where it need not: another process ended or removed it."""
    alive = (
        update(documents)
        .where(documents.c.sha256 == sha256, documents.c.state == "importing")
        .values(changed_at=time.time())
    )
    return connection.execute(alive).rowcount == 1


def finish_document(connection: Connection, sha256: str, tally: Tally) -> bool:
    """Show a document, if all of its rows are there; false where some are missing."""
    counts = {"num_operations": operations, "num_dropped": dropped}
    for name, table in counts.items():
        rows = select(func.count()).select_from(table).where(table.c.document == sha256)
        if connection.scalar(rows) != getattr(tally, name):
            return False
    if keep_importing(connection, sha256):
        connection.execute(
            update(documents)
            .where(documents.c.sha256 == sha256)
            .values(**{**asdict(tally), "state": "ready", "quality": asdict(tally.quality)})
        )
        _count_up(connection)
    return True


def remove_unfinished(store: Store, *, untouched_seconds: float) -> int:
    """Remove what imports left half-done that long ago; how many documents that were."""
    stale = select(documents.c.sha256).where(
        documents.c.state == "importing",
        documents.c.changed_at < time.time() - untouched_seconds,
    )
    with store.writing() as connection:
        found = list(connection.scalars(stale.with_for_update()))
        for table in (operations, dropped, sources, validations):
            connection.execute(table.delete().where(table.c.document.in_(found)))
        connection.execute(documents.delete().where(documents.c.sha256.in_(found)))
    return len(found)


def _documents(store: Store, condition: Any) -> list[StoredDocument]:
    columns = [documents.c[field.name] for field in fields(StoredDocument)]
    found = select(*columns).where(condition)
    with store.reading() as connection:
        rows = connection.execute(found).all()
    return sorted(map(_stored, rows), key=lambda found: (found.title.casefold(), found.sha256))


def _stored(row: Row[Any]) -> StoredDocument:
    return StoredDocument(**{**row._mapping, "quality": Quality(**row.quality)})


def _change(connection: Connection, sha256: str, **values: Any) -> None:
    changed = update(documents).where(documents.c.sha256 == sha256)
    if not connection.execute(changed.values(changed_at=time.time(), **values)).rowcount:
        raise _missing(sha256)
    _count_up(connection)


def _missing(sha256: str) -> StoreError:
    return StoreError(f"The workspace has no document {sha256[:12]}…. Import it again.")


def _count_up(connection: Connection) -> None:
    connection.execute(update(revisions).where(_IS_OURS).values(number=revisions.c.number + 1))
