"""Intake: files become documents of the workspace, whatever happens meanwhile.

>>> result = import_files(store, read_path(Path("apis")), Source("upload", "apis.zip"))
>>> result.num_operations
12345

A document's rows follow from its bytes alone, and a row that is there is never added again. So an
import that was killed is simply run again, two that run at once help each other, and bytes that are
known cost only a look. A document is seen when all of its rows are there, not before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from core.errors import CallwrightError, DocumentError, StoreError
from core.fetch import fetch
from core.openapi.bundle import Bundle, bundle_of, convert
from core.openapi.document import Document, bundled_document
from core.openapi.files import FileSet, read_upload
from core.openapi.identity import identity_of
from core.openapi.listing import METHODS, operations
from core.openapi.operation import Dropped, Operation
from core.openapi.quality import Assessment
from core.store.database import Store
from core.store.documents import (
    Tally,
    begin_document,
    find_document,
    finish_document,
    keep_importing,
    remove_unfinished,
    restore_document,
    state_of,
)
from core.store.operations import add_operations, storable_operation
from core.store.originals import keep_original
from core.store.sources import Source, add_source
from core.workspace import remove_partials

BATCH = 500
"""Operations that are added in one transaction."""
_ABANDONED_SECONDS = 3_600
"""What no import has touched for so long is left over from one that nobody goes on with."""
_ATTEMPTS = 3

Outcome = Literal["new", "known", "restored"]
Progress = Callable[[int, int, str], None]
"""Told how many bytes of documents are done, of how many, and where the import is, in words."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one document."""

    sha256: str
    name: str
    outcome: Outcome
    """``known``: the same bytes were there; ``restored``: they were there, but deleted."""
    num_operations: int
    num_dropped: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a set of files."""

    documents: tuple[Imported, ...] = ()
    refused: tuple[Dropped, ...] = ()
    """Documents that cannot be read, by the names of their files."""
    ignored: dict[str, str] = field(default_factory=dict)
    """Why a file is not looked at, by its name."""
    is_cancelled: bool = False

    @property
    def num_operations(self) -> int:
        """Operations of all documents, those that were known included."""
        return sum(document.num_operations for document in self.documents)

    @property
    def num_dropped(self) -> int:
        """Operations that had to be left out."""
        return sum(document.num_dropped for document in self.documents)


def import_files(
    store: Store,
    files: FileSet,
    source: Source,
    *,
    progress: Progress = lambda done, total, message: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Import every document of a set.

    A document that cannot be read costs a row of ``refused``. Raises ``DocumentError`` where the
    set holds no document at all, and ``StoreError`` where the workspace cannot be written.
    """
    remove_unfinished(store, untouched_seconds=_ABANDONED_SECONDS)
    remove_partials(store.workspace, untouched_seconds=_ABANDONED_SECONDS)
    entries = files.entries()
    total = sum(map(files.size, entries))
    done = 0
    imported: list[Imported] = []
    refused: list[Dropped] = []
    for entry in entries:
        report = _Share(progress, done, files.size(entry), total).report
        work = _Work(store, _place(source, files, entry), report, is_cancelled)
        try:
            imported.append(_import_bundle(work, bundle_of(files, entry)))
        except DocumentError as error:
            refused.append(Dropped(entry, "", str(error)))
        except _CancelledError:
            return ImportResult(tuple(imported), tuple(refused), dict(files.ignored), True)
        report(1, entry)
        done += files.size(entry)
    return ImportResult(tuple(imported), tuple(refused), dict(files.ignored))


def import_url(
    store: Store,
    url: str,
    source: Source | None = None,
    *,
    progress: Progress = lambda done, total, message: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Import what stands at a web address: a document, or a zip of several.

    Raises ``FetchError`` where it cannot or must not be read, and what ``import_files`` raises.
    """
    fetched = fetch(url, store.settings)
    return import_files(
        store,
        read_upload(fetched.name, fetched.data),
        source or Source("url", url),
        progress=progress,
        is_cancelled=is_cancelled,
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """The part of a progress bar that belongs to one document."""

    progress: Progress
    start: int
    size: int
    total: int

    def report(self, share: float, message: str) -> None:
        self.progress(self.start + int(share * self.size), self.total, message)


@dataclass(frozen=True, slots=True)
class _Work:
    """The import of one document."""

    store: Store
    source: Source
    report: Callable[[float, str], None]
    is_cancelled: Callable[[], bool]

    def check(self) -> None:
        if self.is_cancelled():
            raise _CancelledError


class _CancelledError(CallwrightError):
    """Somebody wants the import to end; what is half-done stays, and is gone on with next time."""


def _place(source: Source, files: FileSet, entry: str) -> Source:
    """Where one document of a set came from: ``apis.zip/pets.yaml``."""
    return source if len(files) == 1 else replace(source, place=f"{source.place}/{entry}")


def _import_bundle(work: _Work, bundle: Bundle) -> Imported:
    work.check()
    if known := _known(work, bundle):
        return known
    converted = convert(bundle)
    document = bundled_document(bundle, converted)
    keep_original(work.store, bundle, converted)
    api = identity_of(document).api
    for _ in range(_ATTEMPTS):
        with work.store.writing() as connection:
            begin_document(connection, document, bundle)
            add_source(connection, bundle.sha256, work.source)
        tally = _add_rows(work, document, api)
        if tally and _finish(work, bundle, tally):
            return _imported(work, bundle, "new")
        if known := _known(work, bundle):  # another process was faster
            return known
    raise StoreError(
        f"{bundle.entry} was removed each time that it was imported. Look for another process "
        "that uses this workspace, and try again."
    )


def _known(work: _Work, bundle: Bundle) -> Imported | None:
    """A document that is there; it notes the new source, and comes back if it was deleted."""
    with work.store.writing() as connection:
        if state_of(connection, bundle.sha256) != "ready":
            return None
        add_source(connection, bundle.sha256, work.source)
    if find_document(work.store, bundle.sha256).deleted_at is None:
        return _imported(work, bundle, "known")
    restore_document(work.store, bundle.sha256)
    return _imported(work, bundle, "restored")


def _imported(work: _Work, bundle: Bundle, outcome: Outcome) -> Imported:
    row = find_document(work.store, bundle.sha256)
    return Imported(bundle.sha256, bundle.entry, outcome, row.num_operations, row.num_dropped)


def _add_rows(work: _Work, document: Document, api: str) -> Tally | None:
    """Add every operation; ``None`` where another process ended this import, or removed it."""
    expected = max(_count_methods(document), 1)
    assessment = Assessment()
    num_found = num_dropped = num_warnings = 0
    found = enumerate(map(storable_operation, operations(document)))
    while batch := list(islice(found, BATCH)):
        work.check()
        for _, one in batch:
            if isinstance(one, Operation):
                assessment.add(one)
                num_warnings += len(one.warnings)
            else:
                num_dropped += 1
        with work.store.writing() as connection:
            if not keep_importing(connection, document.sha256):
                return None
            add_operations(connection, document.sha256, api, batch)
        num_found += len(batch)
        message = f"{document.name}: {num_found:,} of {expected:,} operations"
        work.report(min(num_found / expected, 1), message)
    return Tally(num_found - num_dropped, num_dropped, num_warnings, assessment.quality())


def _count_methods(document: Document) -> int:
    """About how many operations there are, without reading any."""
    paths = document.root.get("paths")
    items = paths.values() if isinstance(paths, dict) else ()
    return sum(name.lower() in METHODS for item in items if isinstance(item, dict) for name in item)


def _finish(work: _Work, bundle: Bundle, tally: Tally) -> bool:
    with work.store.writing() as connection:
        return finish_document(connection, bundle.sha256, tally)
