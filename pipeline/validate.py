"""Every call is read back, and must send the very request that it is for (``validate``).

API Pack looked for keywords, and lost six of its ten languages to a capital letter; here the code
is parsed by its language's grammar and judged by the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.build import Choices, build
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.parse import parse
from core.request import Request
from core.values import POLICIES, Values
from pipeline import curate
from pipeline.document_source import open_document
from pipeline.drop import DropRow, Tally
from pipeline.objection import objection
from pipeline.row import CallRow, OperationRow
from pipeline.table import read_table, write_table
from pipeline.work import Step, Task, shards

_MANY_REQUESTS = 5_000
"""Requests that are remembered until the ten languages of their operations have passed."""


@dataclass(frozen=True, slots=True)
class ValidCall:
    """A call that may be used."""

    call: int
    """Its number among the calls of the shard."""
    operation: int


@dataclass
class Answers:
    """What the calls of one document have to send."""

    document: Document
    operations: dict[str, Operation]
    _policies: dict[str, Values] = field(default_factory=dict)
    _requests: dict[tuple[str, str, str], tuple[Request, str]] = field(default_factory=dict)

    def wanted(self, pointer: str, call: CallRow) -> tuple[Request, str]:
        """The request, and what the document has against it. Raises ``CallwrightError``."""
        key = (pointer, call.media_type, call.values)
        if key not in self._requests:
            if len(self._requests) >= _MANY_REQUESTS:
                self._requests.clear()
            if call.values not in self._policies:
                self._policies[call.values] = POLICIES[call.values](self.document)
            operation = self.operations[pointer]
            choices = Choices(media_type=call.media_type or None)
            request = build(operation, self._policies[call.values], choices=choices).request
            self._requests[key] = request, objection(request, operation)
        return self._requests[key]


def fault(call: CallRow, row: OperationRow, answers: Answers | None) -> tuple[str, str]:
    """The filter that takes a call, and why; empty where none does.

    A rendered call has to send the request that its operation asks for; one that the document
    brings may send any that is legal. Raises ``CallwrightError``.
    """
    if answers is None or row.pointer not in answers.operations:
        return "changed", "Its document is not there any more as it was. Run “curate” again."
    parsed = parse(call.code, call.language)
    if parsed.request is None:
        return "unread", parsed.reason
    if call.origin == "document":
        reason = objection(parsed.request, answers.operations[row.pointer])
        return ("illegal", reason) if reason else ("", "")
    request, reason = answers.wanted(row.pointer, call)
    if reason:
        return "illegal", reason
    if parsed.request != request:
        return "other-request", f"It sends {parsed.request}, and should send {request}."
    return "", ""


def answers_of(task: Task, documents: set[str]) -> dict[str, Answers]:
    """The documents of a shard by SHA-256, as far as they are there as they were."""
    recipe = task.dataset.recipe
    found: dict[str, Answers] = {}
    for reference in recipe.shards[int(task.part)]:
        try:
            document = open_document(recipe, task.settings, reference)
        except CallwrightError:
            continue  # each of its calls is dropped as changed
        if document.sha256 in documents:
            listed = {
                one.pointer: one for one in operations(document) if isinstance(one, Operation)
            }
            found[document.sha256] = Answers(document, listed)
    return found


def _make(task: Task, tally: Tally) -> dict[str, Path]:
    """One shard."""
    rows = list(read_table(task.table("curate", "operations"), OperationRow))
    answers = answers_of(task, {row.document for row in rows})
    path = task.table("validate", "calls")
    write_table(path, ValidCall, _valid(task, rows, answers, tally))
    return {"calls": path}


def _valid(
    task: Task, rows: list[OperationRow], answers: dict[str, Answers], tally: Tally
) -> Iterator[ValidCall]:
    seen = set[int]()
    for number, call in enumerate(read_table(task.table("curate", "calls"), CallRow)):
        row = rows[call.operation]
        tally.enter(row.source, "calls")
        key = f"{row.key} call {number}"
        label = f"{row.label} in {call.lang}"
        filter_, reason = "unread", ""
        with tally.dropping("unread", row.source, key, label):
            filter_, reason = fault(call, row, answers.get(row.document))
            if filter_:
                tally.drop(DropRow(filter_, row.source, key, label, reason, call.code))
        if filter_:
            continue
        tally.leave(row.source, "calls")
        if call.operation not in seen:
            seen.add(call.operation)
            tally.leave(row.source, "operations")
            tally.apis.setdefault(row.source, set()).add(row.api)
        yield ValidCall(number, call.operation)


STEP = Step(
    name="validate",
    title="Calls read back",
    make=_make,
    parts=shards,
    reads=(curate.STEP,),
    watches=curate.stamps,
)
