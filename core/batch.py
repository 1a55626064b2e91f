"""Every operation of many documents in many clients: rows on disk, nothing lost in silence.

A document costs a process no more than itself, an operation that cannot be rendered costs one row
of ``dropped``, a document that cannot be read costs one reason.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from core.build import Choices, build, choose_media_type
from core.errors import CallwrightError
from core.openapi.document import Document, document_of
from core.openapi.files import FileSet, read_path
from core.openapi.listing import operations
from core.openapi.operation import Dropped, Operation
from core.render import CLIENTS
from core.values import POLICIES, Values

PickMediaTypes = Callable[[Operation], Sequence[str | None]]
"""The media types in which an operation's body is rendered, each one giving its own calls."""

UNEXPECTED = "Unexpected"
"""How the reason begins where the fault is ours, not the document's."""

_quoted = re.compile(r"“[^”]*”")


class Call(NamedTuple):
    """One operation as code in one client; a tuple, because millions are made."""

    operation: Operation
    media_type: str | None
    client: str
    code: str
    notes: tuple[str, ...]

    def row(self) -> dict[str, object]:
        """What stands in a line of the output."""
        return {
            "operation": self.operation.label,
            "operation_id": self.operation.operation_id,
            "pointer": self.operation.pointer,
            "media_type": self.media_type,
            "client": self.client,
            "code": self.code,
            "notes": self.notes,
        }


def preferred_media_type(operation: Operation) -> Sequence[str | None]:
    """The one that people mean: JSON, else the first."""
    chosen = choose_media_type(operation)
    return [chosen.name if chosen else None]


def every_media_type(operation: Operation) -> Sequence[str | None]:
    """All of them, in the document's order."""
    return [media_type.name for media_type in operation.media_types] or [None]


def calls(
    document: Document,
    values: Values,
    clients: Iterable[str] = tuple(CLIENTS),
    pick: PickMediaTypes = preferred_media_type,
) -> Iterator[Call | Dropped]:
    """Every operation of a document in every client; what cannot be rendered as ``Dropped``."""
    for found in operations(document):
        if isinstance(found, Dropped):
            yield found
        else:
            yield from _calls_or_dropped(found, values, tuple(clients), pick)


def operation_calls(
    operation: Operation, values: Values, clients: Iterable[str], pick: PickMediaTypes
) -> Iterator[Call]:
    """One operation in every client. Raises ``CallwrightError``."""
    for media_type in pick(operation):
        built = build(operation, values, choices=Choices(media_type=media_type))
        request, notes = built.request, built.notes
        for client in clients:
            yield Call(operation, media_type, client, CLIENTS[client].render(request), notes)


def _calls_or_dropped(
    operation: Operation, values: Values, clients: Iterable[str], pick: PickMediaTypes
) -> list[Call] | list[Dropped]:
    """The one boundary at which an operation that cannot be rendered becomes a counted row."""
    try:
        return list(operation_calls(operation, values, clients, pick))
    except CallwrightError as error:
        return [Dropped(operation.label, operation.pointer, str(error))]
    except Exception as error:
        return [Dropped(operation.label, operation.pointer, _unexpected(error))]


@dataclass(slots=True)
class Tally:
    """What became of one document."""

    document: str
    operations: int = 0
    calls: int = 0
    dropped: list[Dropped] = field(default_factory=list)
    reason: str = ""
    """Why the document could not be read, or not to its end."""
    seconds: float = 0.0
    _last: str = ""

    def count(self, found: Call | Dropped) -> None:
        """Counts a call, and its operation where it is another one than before."""
        pointer = found.operation.pointer if isinstance(found, Call) else found.pointer
        self.operations += pointer != self._last
        self._last = pointer
        if isinstance(found, Call):
            self.calls += 1
        else:
            self.dropped.append(found)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rendered for each document, and where the rows go."""

    out: Path
    clients: tuple[str, ...] = tuple(CLIENTS)
    values: str = "example"
    pick: PickMediaTypes = preferred_media_type


def render_all(source: Path, order: Order, *, workers: int = 1) -> Iterator[Tally]:
    """Renders every document of a file, folder or zip, one JSON Lines file each; yields tallies.

    Raises ``CallwrightError`` where there is no document, or a worker was killed.
    """
    entries = read_path(source).entries()
    order.out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers, initializer=_open_source, initargs=(source,)) as pool:
        pending = [pool.submit(_render_entry, entry, order) for entry in entries]
        try:
            yield from (done.result() for done in as_completed(pending))
        except BrokenProcessPool as error:
            raise CallwrightError(
                "A worker process was killed, most often because memory ran out. Documents that "
                f"are done stay in {order.out}; run again with fewer workers."
            ) from error


def summary(tallies: Sequence[Tally]) -> dict[str, object]:
    """Counts over all documents; every document and operation that was lost, with its reason."""
    return {
        "documents": len(tallies),
        "operations": sum(tally.operations for tally in tallies),
        "calls": sum(tally.calls for tally in tallies),
        "unread": {tally.document: tally.reason for tally in tallies if tally.reason},
        "dropped": [
            {"document": tally.document, **asdict(dropped)}
            for tally in tallies
            for dropped in tally.dropped
        ],
    }


def reasons(tallies: Iterable[Tally]) -> Counter[str]:
    """How often each kind of loss occurs: reasons without the names that they quote."""
    found = Counter[str]()
    for tally in tallies:
        if tally.reason:
            found[_quoted.sub("“…”", tally.reason)] += 1
        found.update(_quoted.sub("“…”", dropped.reason) for dropped in tally.dropped)
    return found


_source: list[FileSet] = []
"""The files that this worker process renders from."""


def _open_source(source: Path) -> None:
    _source[:] = [read_path(source)]


def _render_entry(entry: str, order: Order) -> Tally:
    """The one boundary at which a document that cannot be read becomes a counted row."""
    tally = Tally(entry)
    started = time.perf_counter()
    try:
        _write_rows(document_of(_source[0], entry), order, tally)
    except CallwrightError as error:
        tally.reason = str(error)
    except Exception as error:
        tally.reason = _unexpected(error)
    tally.seconds = time.perf_counter() - started
    return tally


def _write_rows(document: Document, order: Order, tally: Tally) -> None:
    """The rows of one document; the file has its name only when it is complete."""
    path = order.out / f"{tally.document}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    values = POLICIES[order.values](document)
    try:
        with partial.open("w", encoding="utf-8") as rows:
            for found in calls(document, values, order.clients, order.pick):
                tally.count(found)
                if isinstance(found, Call):
                    rows.write(json.dumps(found.row(), ensure_ascii=False) + "\n")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _unexpected(error: Exception) -> str:
    return f"{UNEXPECTED} {type(error).__name__}: {error}. Please report it with the document."
