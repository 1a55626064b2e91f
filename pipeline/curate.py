"""Documents → the operations worth asking for, and their calls in every language (``curate``).

The filters of the paper's section 3.1, each loss counted with its reason: what is not English, has
no operation, or lacks what a call or an instruction is made of. Calls that a document brings itself
are kept where they can be read and the document allows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.batch import every_media_type
from core.build import Choices, build
from core.errors import OperationError
from core.openapi.document import Document
from core.openapi.identity import Identity, identity_of
from core.openapi.language import guess_language
from core.openapi.listing import operations
from core.openapi.operation import Dropped, Operation
from core.render import CLIENTS, Client
from core.request import Request
from core.store.operations import storable_operation
from core.store.text import storable
from core.values import POLICIES, Values
from pipeline.dataset import Dataset
from pipeline.document_source import open_document, stamp_of
from pipeline.drop import DropRow, Tally
from pipeline.objection import objection
from pipeline.own_call import LANGS, own_calls
from pipeline.recipe import DocumentRef
from pipeline.row import CallRow, OperationRow
from pipeline.table import table_writer
from pipeline.work import Step, Task, shards

_AT_ONCE = 200
"""Operations whose calls are in memory together."""
_SHORT, _LONG = 500, 2_000
"""Bytes of names and of texts that rows hold; the document has all of it."""


@dataclass(frozen=True, slots=True)
class Code:
    """A call before its row has a number."""

    media_type: str
    language: str
    client: str
    values: str
    code: str


@dataclass(frozen=True, slots=True)
class Curated:
    """An operation with its calls."""

    row: OperationRow
    calls: tuple[Code, ...]


@dataclass(frozen=True)
class _Open:
    """A document that passed its filters, and what its operations share."""

    document: Document
    reference: DocumentRef
    identity: Identity
    policies: Mapping[str, Values]
    clients: Mapping[str, Client]
    language: str
    """Of most of its operations; empty where none tells."""


def published_clients(languages: Sequence[str]) -> dict[str, Client]:
    """The client of each language that API Pack published, by name."""
    wanted = {client.language: name for name, client in CLIENTS.items() if client.api_pack_lang}
    return {wanted[language]: CLIENTS[wanted[language]] for language in languages}


def legal_request(
    operation: Operation, media_type: str | None, policies: Mapping[str, Values]
) -> tuple[str, Request]:
    """A request that the document allows, by the first value policy that makes one.

    Published placeholders cannot say which operation of AWS is meant, nor can they stand in an
    ``enum``; examples can. Raises ``CallwrightError`` where no policy makes a legal one.
    """
    reason = ""
    for name, values in policies.items():
        request = build(operation, values, choices=Choices(media_type=media_type)).request
        reason = objection(request, operation)
        if not reason:
            return name, request
    raise OperationError(reason)


def curated(task: Task, reference: DocumentRef, tally: Tally) -> Iterator[Curated]:
    """The operations of one document that pass every filter, with their calls."""
    tally.enter(reference.source, "documents")
    opened: _Open | None = None
    found: list[Operation | Dropped] = []
    with tally.dropping("unreadable", reference.source, reference.name, reference.name):
        document = open_document(task.dataset.recipe, task.settings, reference)
        found = list(map(storable_operation, operations(document)))
        opened = _opened(task, reference, document, found)
    if opened is None or _is_refused(opened, found, task.dataset.recipe.english_only, tally):
        return
    tally.leave(reference.source, "documents")
    for one in found:
        tally.enter(reference.source, "operations")
        row = _row(opened, one, task.dataset.recipe.english_only, tally)
        if row is None or not isinstance(one, Operation):
            continue
        calls = tuple(_calls(opened, one, row, task, tally))
        tally.leave(row.source, "operations")
        tally.leave(row.source, "calls", len(calls))
        tally.apis.setdefault(row.source, set()).add(row.api)
        yield Curated(row, calls)


def _opened(
    task: Task, reference: DocumentRef, document: Document, found: list[Operation | Dropped]
) -> _Open:
    recipe = task.dataset.recipe
    texts = (f"{one.summary} {one.description}" for one in found if isinstance(one, Operation))
    languages = Counter(filter(None, map(guess_language, texts)))
    return _Open(
        document=document,
        reference=reference,
        identity=identity_of(document),
        policies={
            name: POLICIES[name](document) for name in dict.fromkeys((recipe.values, "example"))
        },
        clients=published_clients(recipe.languages),
        language=languages.most_common(1)[0][0] if languages else "",
    )


def _is_refused(
    opened: _Open, found: list[Operation | Dropped], english_only: bool, tally: Tally
) -> bool:
    """Whether a filter takes the whole document."""
    source, name = opened.reference.source, opened.reference.name
    label = f"{opened.document.title[:100]} ({name})"
    if not found:
        reason = "The document has no operation."
        return tally.drop(DropRow("no-endpoint", source, name, label, reason))
    if english_only and opened.language not in ("", "en"):
        reason = f"Most of its texts are in “{opened.language}”, as far as their words tell."
        return tally.drop(DropRow("foreign-document", source, name, label, reason))
    return False


def _row(
    opened: _Open, one: Operation | Dropped, english_only: bool, tally: Tally
) -> OperationRow | None:
    """The operation as a row, unless a filter takes it."""
    source = opened.reference.source
    if isinstance(one, Dropped):
        key = f"{opened.document.sha256}#{one.pointer}"
        tally.drop(DropRow("unusable", source, key, one.where, one.reason))
        return None
    row = _operation_row(opened, one)
    if not (row.summary or row.description or row.operation_id):
        reason = "It has no summary, no description and no operationId: nothing says what it does."
        tally.drop(DropRow("no-words", source, row.key, row.label, reason))
        return None
    language = guess_language(f"{row.summary} {row.description}") or opened.language
    if english_only and language not in ("", "en"):
        said = row.summary or row.description
        reason = f"Its text is in “{language}”, as far as its words tell."
        if tally.drop(DropRow("foreign-operation", source, row.key, row.label, reason, said)):
            return None
    return row


def _operation_row(opened: _Open, operation: Operation) -> OperationRow:
    written = operation.raw.get("operationId")
    return OperationRow(
        document=opened.document.sha256,
        pointer=operation.pointer,
        api=storable(opened.identity.api, _SHORT),
        title=storable(" ".join(opened.document.title.split()), _SHORT),
        api_description=storable(opened.document.description, _LONG),
        provider=storable(opened.identity.provider, _SHORT),
        operation_id=storable(written, _SHORT) if isinstance(written, str) else "",
        summary=storable(operation.summary, _LONG),
        description=storable(operation.description, _LONG),
        method=operation.method,
        path=storable(operation.path, _LONG),
        tags=tuple(storable(tag, _SHORT) for tag in operation.tags),
        source=opened.reference.source,
    )


def _calls(
    opened: _Open, operation: Operation, row: OperationRow, task: Task, tally: Tally
) -> Iterator[Code]:
    """Every call of an operation: rendered, and those that the document brings."""
    for media_type in every_media_type(operation):
        tally.enter(row.source, "requests")
        key = f"{row.key} {media_type or ''}".rstrip()
        rendered: list[Code] = []
        with tally.dropping("no-request", row.source, key, row.label):
            policy, request = legal_request(operation, media_type, opened.policies)
            rendered = [
                Code(media_type or "", client.language, name, policy, client.render(request))
                for name, client in opened.clients.items()
            ]
            tally.leave(row.source, "requests")
        yield from rendered
    if task.dataset.recipe.own_calls:
        languages = task.dataset.recipe.languages
        for language, code in own_calls(operation, row.key, row.source, languages, tally):
            yield Code("", language, "", "", code)


def _make(task: Task, tally: Tally) -> dict[str, Path]:
    """One shard: the table of operations, and that of their calls, each language together."""
    tables = {name: task.table("curate", name) for name in ("operations", "calls")}
    references = task.dataset.recipe.shards[int(task.part)]
    found = (one for reference in references for one in curated(task, reference, tally))
    number = 0
    with (
        table_writer(tables["operations"], OperationRow) as write_operations,
        table_writer(tables["calls"], CallRow) as write_calls,
    ):
        while chunk := list(islice(found, _AT_ONCE)):
            write_operations([one.row for one in chunk])
            for language in task.dataset.recipe.languages:
                rows = list(_numbered(chunk, number, language))
                if rows:
                    write_calls(rows)
            number += len(chunk)
    return tables


def _numbered(chunk: Sequence[Curated], first: int, language: str) -> Iterator[CallRow]:
    """The calls of some operations in one language, as rows."""
    for number, one in enumerate(chunk, first):
        for call in one.calls:
            if call.language == language:
                yield CallRow(
                    operation=number,
                    media_type=call.media_type,
                    language=language,
                    client=call.client,
                    lang=LANGS[language],
                    values=call.values,
                    origin="rendered" if call.client else "document",
                    code=call.code,
                )


def stamps(dataset: Dataset, part: str) -> list[str]:
    """The documents of a shard, so that a changed one is curated again."""
    return [
        f"{reference.source} {stamp_of(dataset.recipe, reference)}"
        for reference in dataset.recipe.shards[int(part)]
    ]


STEP = Step(
    name="curate",
    title="Documents to operations and calls",
    make=_make,
    parts=shards,
    uses=("languages", "values", "own_calls", "english_only"),
    watches=stamps,
)
