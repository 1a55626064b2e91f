"""Questions whose right calls are known, each with the documents among which it is asked.

Of every set, items with an even MD5 (of the bundled question's id, of the task's words, of the API)
are for tuning; odd ones are reported.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.archive import shared_data
from core.openapi.document import Document, read_document, read_documents
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.request import Request
from core.route import match
from core.samples import SAMPLES

_QUESTIONS = SAMPLES.parent / "questions"
_TYPES = {"dict": "object", "float": "number", "tuple": "array", "list": "array"}
"""JSON Schema's names for the types of BFCL; ``any`` is none."""


@dataclass(frozen=True, eq=False)
class Api:
    """One document, open."""

    document: Document
    operations: tuple[Operation, ...]

    def find(self, label: str) -> Operation:
        """The operation of that label."""
        return next(found for found in self.operations if found.label == label)


@dataclass(frozen=True)
class Item:
    """One question."""

    text: str
    is_tuned: bool
    api: Api | None
    """``None`` where nothing answers it."""
    wanted: frozenset[str] = frozenset()
    """Labels of the right operations: several where a task takes several calls."""
    arguments: Mapping[str, Any] | None = None
    """What a right call says, as :func:`core.answer.call_with` takes it; ``None`` if unknown."""
    config: Mapping[str, Any] | None = None
    """WAPIIBench's request, as axios takes it."""


@dataclass
class Dataset:
    """A set of questions."""

    name: str
    items: list[Item] = field(default_factory=list)
    apis: list[Api] = field(default_factory=list)
    is_open: bool = True
    """Whether asking among all APIs makes sense, too."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """How many questions there are."""
    parser.add_argument(
        "--per-operation",
        type=int,
        default=5,
        metavar="N",
        help="instructions of API Pack for each operation (default: 5)",
    )


def is_even(text: str) -> bool:
    """Whether an item is for tuning."""
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 2 == 0


def open_api(document: Document) -> Api:
    """A document with its operations."""
    found = operations(document)
    return Api(document, tuple(each for each in found if isinstance(each, Operation)))


def bundled() -> Dataset:
    """The questions beside the sample APIs; those without an answer are last."""
    apis = {api.document.name: api for api in map(open_api, read_documents(SAMPLES))}
    rows = [row for path in sorted(_QUESTIONS.glob("*.jsonl")) for row in _rows(path)]
    rows.sort(key=lambda row: row["operation"] is None)
    items = [
        Item(row["question"], is_even(row["id"]), None)
        if row["operation"] is None
        else Item(
            row["question"],
            is_even(row["id"]),
            apis[Path(row["document"]).name],
            frozenset({row["operation"]}),
            row["arguments"],
        )
        for row in rows
    ]
    return Dataset("bundled", items, list(apis.values()))


def wapiibench(name: str) -> Dataset:
    """``asana`` or ``google_calendar_v3``: tasks in words, and the exact request of each."""
    folder = shared_data("wapiibench")
    api = open_api(read_document(folder / f"{name}.yaml"))
    found = Dataset(f"WAPIIBench {name.partition('_v')[0]}", [], [api])
    for sample in json.loads((folder / f"{name}_tasks.json").read_text())["samples"]:
        config = sample["config"]
        called = match(
            Request.from_url(config["method"].upper(), config["url"]), api.document
        ).operation
        wanted = frozenset({called.label}) if called else frozenset[str]()
        task = sample["task"]
        found.items.append(Item(task, is_even(task), api, wanted, config=config))
    return found


def api_pack(per_operation: int) -> tuple[Dataset, Dataset]:
    """Instructions that a language model wrote for operations of twelve APIs.

    Those for operations of which the document says nothing in words come apart: the model knew no
    more than a path, so that most of its instructions could be for any operation of the API.
    """
    rows = list(_rows(shared_data("api-pack/instructions_dev.jsonl")))
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        item = paths.setdefault(row["api_name"], {}).setdefault(row["path"], {})
        said = {"summary": row["summary"] or "", "description": row["description"] or ""}
        named = {"operationId": row["operation_id"]} if row["operation_id"] else {}
        item[row["method"]] = said | named
    apis = {name: open_api(_document(name, listed)) for name, listed in paths.items()}
    described = Dataset("API Pack instructions", [], list(apis.values()))
    bare = Dataset("API Pack, undescribed operations", [], list(apis.values()), is_open=False)
    for row in rows:
        found = described if row["summary"] or row["description"] else bare
        label = frozenset({f"{row['method'].upper()} {row['path']}"})
        texts = list(row["instructions"])
        random.Random(row["path"]).shuffle(texts)
        name = row["api_name"]
        found.items += [
            Item(text, is_even(name), apis[name], label) for text in texts[:per_operation]
        ]
    return described, bare


def spotify() -> Dataset:
    """RestBench: what people ask of Spotify, mostly with several calls."""
    folder = shared_data("restbench")
    api = open_api(read_document(folder / "spotify_oas.json"))
    rows = json.loads((folder / "spotify.json").read_text())
    items = [
        Item(row["query"], is_even(row["query"]), api, frozenset(row["solution"])) for row in rows
    ]
    return Dataset("RestBench Spotify", items, [api])


def bfcl() -> Dataset:
    """BFCL ``multiple``: one of several functions, each turned into an operation."""
    folder = shared_data("bfcl")
    answers = {row["id"]: row["ground_truth"] for row in _rows(folder / "multiple_answers.jsonl")}
    found = Dataset("BFCL multiple", is_open=False)
    for row in _rows(folder / "multiple.jsonl"):
        paths = {f"/{each['name']}": {"post": _function(each)} for each in row["function"]}
        api = open_api(_document("Functions", paths))
        wanted = frozenset(f"POST /{name}" for name in answers[row["id"]][0])
        text = row["question"][0][0]["content"]
        found.items.append(Item(text, is_even(row["id"]), api, wanted))
        found.apis.append(api)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _document(title: str, paths: dict[str, Any]) -> Document:
    root = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
    }
    digest = hashlib.sha256(json.dumps(root).encode()).hexdigest()
    return Document(root, name=title, sha256=digest)


def _function(row: Mapping[str, Any]) -> dict[str, Any]:
    schema = _schema(row["parameters"])
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"operationId": row["name"], "summary": row["description"], "requestBody": body}


def _schema(value: Any) -> Any:
    """A schema of BFCL as JSON Schema."""
    if not isinstance(value, dict):
        return value
    found = {name: inner for name, inner in value.items() if name not in ("type", "optional")}
    if "type" in value and value["type"] != "any":
        found["type"] = _TYPES.get(value["type"], value["type"])
    if "properties" in value:
        found["properties"] = {name: _schema(each) for name, each in value["properties"].items()}
    if "items" in value:
        found["items"] = _schema(value["items"])
    return found
