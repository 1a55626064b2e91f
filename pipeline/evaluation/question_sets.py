"""The sets of questions that engines can be asked, by name.

``bundled``: the questions beside the sample APIs. ``dataset:NAME``: the test splits of a dataset of
the workspace, in its newest version.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from core.errors import CallwrightError, DatasetError, UnknownNameError
from core.metrics.request_score import Wanted
from core.openapi.document import Document, read_documents
from core.openapi.identity import identity_of
from core.openapi.listing import operation_at, operations
from core.openapi.operation import Operation
from core.parse import parse
from core.samples import SAMPLES
from core.store.database import Store
from core.store.originals import load_document
from pipeline.dataset import dataset_names, open_dataset, read_rows, versions_of
from pipeline.evaluation.plan import Plan
from pipeline.evaluation.question import Question, QuestionSet, in_order, request_for
from pipeline.row import LEVELS, DatasetRow

_QUESTIONS = SAMPLES.parent / "questions"
_UNSEEN_APIS = 3
"""Of the sample APIs, one in so many is kept from training."""
_MOST_TRAINING = 20_000
"""Rows of a dataset from which examples are taken."""


def question_set_names(store: Store) -> list[str]:
    """What can be asked in this workspace."""
    return ["bundled", *(f"dataset:{name}" for name in dataset_names(store.workspace))]


def open_questions(plan: Plan, store: Store) -> QuestionSet:
    """The questions of a plan, in the order they are asked. Raises ``CallwrightError``."""
    kind, _, name = plan.test_set.partition(":")
    if kind not in _READERS:
        raise UnknownNameError("set of questions", plan.test_set, question_set_names(store))
    found = _READERS[kind](plan, store, name).limited(plan.limit)
    if not found.questions:
        reasons = "; ".join(list(found.dropped or {})[:3]) or "its tests are empty"
        raise DatasetError(f"Nothing of “{plan.test_set}” can be asked here: {reasons}")
    return found.unnamed() if plan.naming == "unnamed" else found


def bundled(plan: Plan, _store: Store | None = None, _name: str = "") -> QuestionSet:
    """The questions of the sample APIs.

    Half of them, by the MD5 of their id, are for tuning and stand for training; the other half is
    asked. A question is Level 1 if its operation has a question in training, Level 2 if only its
    API has, Level 3 if its API is one of those that are kept out.
    """
    documents = tuple(read_documents(SAMPLES))
    labels = {
        (document.name, found.label): found
        for document in documents
        for found in operations(document)
        if isinstance(found, Operation)
    }
    dropped: Counter[str] = Counter()
    rows = [row for path in sorted(_QUESTIONS.glob("*.jsonl")) for row in _json_rows(path)]
    training = [row for row in rows if _is_tuned(row["id"]) and not _is_kept_out(row["document"])]
    seen = {(row["document"], row["operation"]) for row in training if row["operation"]}

    def question(row: dict[str, Any], level: int) -> Iterator[Question]:
        operation = None
        if row["operation"] is not None:
            operation = labels[Path(row["document"]).name, row["operation"]]
        yield from _question(
            row["id"], row["question"], level, row["named"], operation, plan, row, dropped
        )

    asked = [
        each
        for row in rows
        if not _is_tuned(row["id"])
        for each in question(row, _bundled_level(row, seen))
    ]
    pool = [each for row in training if row["operation"] for each in question(row, 0)]
    return QuestionSet(
        "bundled",
        in_order(asked, plan.seed),
        documents,
        in_order(pool, plan.seed),
        dict(dropped),
        "Written for this project. Engines without training are shown by the same levels.",
    )


def _bundled_level(row: dict[str, Any], seen: set[tuple[str, str]]) -> int:
    if row["operation"] is None:
        return 0
    if _is_kept_out(row["document"]):
        return 3
    return 1 if (row["document"], row["operation"]) in seen else 2


def _question(
    name: str,
    text: str,
    level: int,
    is_named: bool,
    operation: Operation | None,
    plan: Plan,
    row: dict[str, Any],
    dropped: Counter[str],
) -> Iterator[Question]:
    if operation is None:
        yield Question(name, text, level, is_named, row["api"] or "", "", None)
        return
    try:
        request = request_for(operation, plan.policy, row["arguments"])
    except CallwrightError as error:
        dropped[str(error)] += 1
        return
    api = identity_of(operation.document).api
    title = operation.document.title
    yield Question(name, text, level, is_named, title, api, Wanted(operation, request))


def dataset(plan: Plan, store: Store, name: str) -> QuestionSet:
    """The test splits of a dataset's newest version."""
    versions = versions_of(open_dataset(store.workspace, name))
    if not versions:
        raise DatasetError(f"The dataset “{name}” has no version yet. Export it first.")
    version = versions[0]
    reader = _DatasetReader(store)
    asked: list[Question] = []
    training: list[Question] = []
    for split, level in LEVELS.items():
        for row in read_rows(version.path, split, "curl"):
            if level:
                asked += reader.questions(row, level)
            elif len(training) < _MOST_TRAINING:
                training += reader.questions(row, 0)
    return QuestionSet(
        f"dataset:{name}",
        in_order(asked, plan.seed),
        tuple(reader.documents.values()),
        in_order(training, plan.seed),
        dict(reader.dropped),
        reader.note(len(asked)),
    )


class _DatasetReader:
    """Turns rows of a dataset into questions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.documents: dict[str, Document] = {}
        self.dropped: Counter[str] = Counter()
        self._not_reportable = 0

    def questions(self, row: DatasetRow, level: int) -> Iterator[Question]:
        """The question of a row, if its call can be read and its document is still there."""
        try:
            document = self._document(row.document)
            operation = operation_at(document, row.pointer)
        except CallwrightError as error:
            self.dropped[str(error)] += 1
            return
        request = parse(row.api_call, row.language).request
        if request is None:
            self.dropped["The call of the row cannot be read."] += 1
            return
        self._not_reportable += bool(level) and not row.reportable
        is_named = row.api_name.casefold() in row.instruction.casefold()
        wanted = Wanted(operation, request)
        yield Question(row.id, row.instruction, level, is_named, row.api_name, row.api, wanted)

    def _document(self, sha256: str) -> Document:
        """Each document once, for as long as the run goes on: operations compare by identity."""
        if sha256 not in self.documents:
            self.documents[sha256] = load_document(self._store, sha256)
        return self.documents[sha256]

    def note(self, num_asked: int) -> str:
        """What speaks against reporting figures of these rows."""
        if not self._not_reportable:
            return ""
        return (
            f"{self._not_reportable:,} of {num_asked:,} instructions were written by templates: "
            "these figures show that things work, not how well."
        )


_READERS: dict[str, Callable[[Plan, Store, str], QuestionSet]] = {
    "bundled": bundled,
    "dataset": dataset,
}


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _digest(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest(), 16)


def _is_tuned(name: str) -> bool:
    return _digest(name) % 2 == 0


def _is_kept_out(document: str | None) -> bool:
    return document is not None and _digest(document) % _UNSEEN_APIS == 0
