"""API Pack's own questions as a Level 3 set, by API Pack's own scores.

Instructions of API Pack for operations of unseen APIs, answered by the grounded engine and by the
baseline with API Pack's placeholders, in its ten languages. Calls are held against those that its
authors stored and against those rendered from the documents; stored calls that the documents forbid
are listed. APIs with an even MD5 are for tuning, odd ones are reported, each apart.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import archive
from benchmarks.questions import is_even
from benchmarks.report import Cell, Report, Table
from core.known_documents import KnownDocuments
from core.metrics import published
from core.metrics.interval import ratios
from core.metrics.request_score import Wanted, score
from core.openapi.document import read_document, read_documents
from core.openapi.identity import identity_of
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.parse import parse
from core.render import render
from core.samples import SAMPLES
from core.settings import Settings
from pipeline.evaluation.contestant import open_contestant
from pipeline.evaluation.plan import PUBLISHED_CLIENTS, Plan
from pipeline.evaluation.question import Question, QuestionSet, request_for

_STORED = {
    "cURL": "curl",
    "libcurl": "libcurl",
    "Java": "java",
    "Node": "node",
    "javascript xhr": "javascript",
    "Python": "python",
    "go": "go",
    "Ruby": "ruby",
    "PHP": "php",
    "swift": "swift",
}
"""Languages as the stored calls spell them, and as we do."""
_MEASURES = (
    "intent, stored",
    "call, stored",
    "intent, rendered",
    "call, rendered",
    "operation",
    "right",
)
_REFERENCES = [
    ["CodeLlama-13B, 3 retrieved examples, API given (paper, Table 3)", "56.1", "49.5"],
    ["the same in the authors' logs, which have 49.5 for the 7B model", "56.1", "49.1"],
    ["GPT-4-1106, 3 retrieved examples, API given (paper, Table 3)", "53.5", "44.3"],
]


@dataclass(frozen=True)
class Task:
    """An operation with its instructions and the calls that the authors stored."""

    api_name: str
    operation: Operation
    wanted: Wanted
    instructions: Sequence[str]
    stored: Mapping[str, str]
    """Code by language."""
    is_told: bool
    """Whether the writer of the instructions saw anything of the operation: neither method nor path
    was in API Pack's prompt, and some documents have nothing else."""


@dataclass(frozen=True)
class Observed:
    """One call, judged: a number for each of the measures; NaN where nothing is stored."""

    is_tuned: bool
    is_told: bool
    api: str
    language: str
    numbers: tuple[float, ...]


def add_options(parser: argparse.ArgumentParser) -> None:
    archive.add_options(parser)
    parser.add_argument(
        "--per-operation", type=int, default=5, metavar="N", help="instructions of each (5)"
    )
    parser.add_argument("--words-only", action="store_true", help="do without the embedder")


def run(arguments: argparse.Namespace) -> Report:
    tasks, missing = read_tasks(archive.archive(arguments.data))
    settings = Settings(archive.cache_dir(arguments.data) / "level3")
    tables: list[Table] = []
    for engine in ("grounded", "copy-nearest"):
        for pool in ("given", "open"):
            plan = Plan(
                engine,
                pool=pool,
                policy="published",
                may_abstain=False,
                words_only=arguments.words_only,
            )
            observed = list(_observed(plan, tasks, arguments.per_operation, settings))
            tables += _tables(plan, observed)
    wrong = list(_wrong_stored(tasks))
    return Report(
        "Level 3: API Pack's instructions for unseen APIs, published placeholders",
        [
            *tables,
            Table("From elsewhere, on another Level 3 set", ("", "intent", "call"), _REFERENCES),
            Table(
                f"Stored calls that their own document forbids ({len(wrong)} of {len(tasks)}"
                " operations)",
                ("API", "operation", "host that is stored", "languages", "finding"),
                wrong,
            ),
        ],
        [
            f"{len(tasks)} operations of {len({task.api_name for task in tasks})} APIs; not asked, "
            "as the archive holds another version of their document: "
            + (", ".join(missing) or "none")
            + ".",
            f"{sum(not task.is_told for task in tasks)} operations have neither summary, "
            "description nor operation id; API Pack's prompt held nothing else of an operation, so "
            "their instructions cannot tell which is meant. The rows by language leave them out.",
            "Intervals (95 %) are drawn by API. The paper's own set is not public: its figures are "
            "for orientation.",
        ],
    )


def read_tasks(folder: Path) -> tuple[list[Task], list[str]]:
    """The operations whose documents the archive holds, and the names of the others."""
    tasks: list[Task] = []
    missing: list[str] = []
    opened: dict[str, dict[str, Operation]] = {}
    path = archive.shared_data("api-pack/instructions_dev.jsonl")
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        name = row["api_file"].rsplit("_", 2)[0]
        if name not in opened:
            opened[name] = _operations(folder / f"{name.replace('_', '/', 1)}.json")
        label = f"{row['method'].upper()} {row['path']}"
        if label not in opened[name]:
            missing.append(f"{row['api_name']} {label}")
            continue
        tasks.append(_task(row, opened[name][label]))
    return tasks, missing


def _operations(path: Path) -> dict[str, Operation]:
    found = operations(read_document(path))
    return {each.label: each for each in found if isinstance(each, Operation)}


def _task(row: dict[str, Any], operation: Operation) -> Task:
    return Task(
        row["api_name"],
        operation,
        Wanted(operation, request_for(operation, "published", {})),
        row["instructions"],
        {_STORED[language]: code for language, code in row["api_calls"].items()},
        bool(row["summary"] or row["description"] or row["operation_id"]),
    )


def _question_set(tasks: Sequence[Task], per_operation: int) -> QuestionSet:
    questions = []
    for number, task in enumerate(tasks):
        texts = list(task.instructions)
        random.Random(task.operation.label).shuffle(texts)
        api = identity_of(task.operation.document).api
        questions += [
            Question(f"{number}/{index}", text, 3, True, task.api_name, api, task.wanted)
            for index, text in enumerate(texts[:per_operation])
        ]
    documents = dict.fromkeys(task.operation.document for task in tasks)
    samples = [_question(operation) for operation in _sample_operations()]
    return QuestionSet(
        "API Pack",
        tuple(questions),
        (
            *documents,
            *dict.fromkeys(each.wanted.operation.document for each in samples if each.wanted),
        ),
        tuple(samples),
    )


def _sample_operations() -> Iterator[Operation]:
    for document in read_documents(SAMPLES):
        yield from (each for each in operations(document) if isinstance(each, Operation))


def _question(operation: Operation) -> Question:
    """An operation of a sample API as a training row: what an open pool may hold for Level 3."""
    wanted = Wanted(operation, request_for(operation, "published", {}))
    text = operation.summary or operation.operation_id
    return Question(operation.pointer, text, 0, False, operation.document.title, "", wanted)


def _observed(
    plan: Plan, tasks: Sequence[Task], per_operation: int, settings: Settings
) -> Iterator[Observed]:
    questions = _question_set(tasks, per_operation)
    contestant = open_contestant(plan, questions, settings)
    for question in questions.questions:
        task = tasks[int(question.id.partition("/")[0])]
        given = contestant.answer(question)
        ours = score(given.request, task.wanted, questions.known)
        for language, client in PUBLISHED_CLIENTS.items():
            code = given.code_in(language)
            rendered = published.score(code, render(task.wanted.request, client), language)
            stored = [float("nan")] * 2
            if language in task.stored:
                likeness = published.score(code, task.stored[language], language)
                stored = [float(likeness.intent), float(likeness.call)]
            numbers = (
                *stored,
                float(rendered.intent),
                float(rendered.call),
                float(ours.operation),
                float(ours.status == "right"),
            )
            yield Observed(is_even(task.api_name), task.is_told, question.api, language, numbers)


def _tables(plan: Plan, observed: Sequence[Observed]) -> Iterator[Table]:
    for half, is_tuned in (("reported", False), ("tuned", True)):
        kept = [each for each in observed if each.is_tuned is is_tuned]
        told = [each for each in kept if each.is_told]
        rows = [_row("all", kept), _row("all that can be told", told)]
        if plan.engine == "grounded" and not is_tuned:
            for language in PUBLISHED_CLIENTS:
                rows.append(_row(language, [each for each in told if each.language == language]))
        title = f"{plan.title}: {half} half, {len({each.api for each in kept})} APIs"
        yield Table(title, ("language", "calls", *_MEASURES), rows)


def _row(language: str, observed: Sequence[Observed]) -> list[Cell]:
    numbers = np.array([each.numbers for each in observed])
    apis = np.unique([each.api for each in observed], return_inverse=True)[1]
    found = ratios(np.nan_to_num(numbers), np.isfinite(numbers).astype(float), apis)
    shares = [
        f"{100 * value:.1f} ({100 * low:.0f}-{100 * high:.0f})" if total else "–"
        for value, low, high, total in zip(
            found.value, found.low, found.high, found.total, strict=True
        )
    ]
    return [language, len(observed), *shares]


def _wrong_stored(tasks: Sequence[Task]) -> Iterator[list[Cell]]:
    """Stored calls that the document forbids or that cannot be read, by operation."""
    for task in tasks:
        known = KnownDocuments([task.operation.document])
        findings: Counter[str] = Counter()
        hosts: set[str] = set()
        languages: set[str] = set()
        for language, code in task.stored.items():
            request = parse(code, language).request
            found = score(request, task.wanted, known)
            if request is not None and found.is_legal:
                continue
            languages.add(language)
            hosts.add(request.host if request else "")
            said = [each for each in found.findings if each.severity == "illegal"]
            findings[str(said[0].kind) if said else "cannot be read"] += 1
        if findings:
            label = task.operation.label
            shown = "; ".join(findings)
            yield [task.api_name[:28], label[:60], ", ".join(sorted(hosts)), len(languages), shown]
