"""Seed examples: three good instructions for each document, which people may edit and approve.

A language model that writes candidates takes them as its examples (arXiv 2402.09615, section 3.2),
so a wrong one is multiplied: what is saved has to name its API. What people say stays, whatever
``instruct`` writes anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import orjson

from core.candidate import Candidate
from core.errors import DatasetError
from core.workspace import whole_file
from pipeline.dataset import Dataset
from pipeline.rules import LONGEST, RULES
from pipeline.table import read_table

_NAME_RULES = ("no-api", "other-api")


@dataclass(frozen=True, slots=True)
class SeedExample:
    """One instruction that shows how people ask for an API's operations."""

    key: str
    """The operation: its document's SHA-256, ``#``, and its pointer."""
    api: str
    api_name: str
    functionality: str
    description: str
    endpoint: str
    text: str
    origin: str
    """``template``, ``edit``, or ``model:NAME``."""
    approved: bool
    """Whether a person has said that it is good."""


def read_examples(dataset: Dataset, part: str = "") -> list[SeedExample]:
    """The examples of a shard, or of all, as people have left them."""
    found: list[SeedExample] = []
    for each in [part] if part else dataset.shard_names:
        path = dataset.table_path("instruct", each, "examples")
        if path.exists():
            found += as_people_left(dataset, read_table(path, SeedExample))
    return found


def as_people_left(dataset: Dataset, examples: Iterable[SeedExample]) -> list[SeedExample]:
    """Examples with the words and the approval that people gave them."""
    said = _said(dataset)
    return [replace(example, **said.get(example.key, {})) for example in examples]


def save_example(dataset: Dataset, example: SeedExample, text: str, *, approved: bool) -> None:
    """Keep a person's words for an example, and whether they approve it. Raises ``DatasetError``
    where the words do not name the API.
    """
    text = " ".join(text.split())
    if fault := name_fault(replace(example, text=text)):
        raise DatasetError(fault)
    origin = example.origin if text == example.text else "edit"
    said = _said(dataset) | {example.key: {"text": text, "origin": origin, "approved": approved}}
    with whole_file(dataset.path / "examples.json") as file:
        file.write(orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))


def name_fault(example: SeedExample) -> str:
    """What is wrong with how an example calls its API; empty where nothing is."""
    candidate = Candidate(
        group=example.key,
        text=example.text,
        api_name=example.api_name,
        functionality=example.functionality,
        description=example.description,
        endpoint=example.endpoint,
    )
    if not example.text:
        return "An example needs words. Write what somebody would ask."
    if len(example.text) > LONGEST:
        return f"An example has at most {LONGEST:,} characters. Shorten it."
    for name in _NAME_RULES:
        if next(RULES[name].find(candidate), None) is not None:
            return f"The text {RULES[name].says}. Name “{example.api_name}” in it."
    return ""


def people_say(dataset: Dataset) -> str:
    """Another text whenever people say something else of a dataset's examples."""
    return orjson.dumps(_said(dataset), option=orjson.OPT_SORT_KEYS).decode()


def _said(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """What people have said of examples, by key."""
    path = dataset.path / "examples.json"
    said: dict[str, dict[str, Any]] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return said
