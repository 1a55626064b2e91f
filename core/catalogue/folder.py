"""Catalogues of a workspace: a folder for each, with its questions and what engines made of them.

catalogues/<slug>/catalogue.json    the functions
catalogues/<slug>/questions.json    labelled questions, and how they came about
catalogues/<slug>/runs/<name>.json  one engine asked all of them
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from core.catalogue.asking import Example
from core.catalogue.function import Catalogue
from core.catalogue.source import read_catalogue
from core.errors import StoreError, UnknownNameError
from core.workspace import whole_file

_BUNDLED = Path(__file__).parents[2] / "examples" / "catalogues"
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


@dataclass(frozen=True)
class Questions:
    """Labelled questions of a catalogue."""

    examples: tuple[Example, ...]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    """How they came about: who made them, from which catalogue, with which seed; what was left
    out, by reason."""


def slug(name: str) -> str:
    """A catalogue's name as part of paths and addresses: ``map-drawing``."""
    return _OTHER.sub("-", name.lower()).strip("-")[:_LONGEST] or "catalogue"


def folder_of(workspace: Path, name: str) -> Path:
    """Where a catalogue is kept."""
    return workspace / "catalogues" / slug(name)


def list_catalogues(workspace: Path) -> list[str]:
    """The slugs of all catalogues, in order; the bundled one is there from the first look on."""
    root = workspace / "catalogues"
    if not root.exists():
        _add_bundled(workspace)
    return sorted(path.parent.name for path in root.glob("*/catalogue.json"))


def open_catalogue(workspace: Path, name: str) -> Catalogue:
    """The catalogue of that name or slug. Raises ``UnknownNameError``."""
    known = list_catalogues(workspace)
    path = folder_of(workspace, name) / "catalogue.json"
    if slug(name) not in known:
        raise UnknownNameError("catalogue", name, known)
    return read_catalogue(path.name, _read(path))


def keep_catalogue(workspace: Path, catalogue: Catalogue) -> str:
    """Keep a catalogue under its slug, which is returned. Raises ``StoreError``.

    Another one of that name stays: rename the new one, or remove the old one.
    """
    folder = folder_of(workspace, catalogue.name)
    path = folder / "catalogue.json"
    if path.exists() and read_catalogue(path.name, _read(path)) != catalogue:
        raise StoreError(
            f"There is another catalogue called {catalogue.name}. Remove it first, or give the new "
            "one another name."
        )
    _write(path, catalogue.as_json())
    return folder.name


def remove_catalogue(workspace: Path, name: str) -> None:
    """Remove a catalogue with its questions and runs. Raises ``UnknownNameError``."""
    if slug(name) not in list_catalogues(workspace):
        raise UnknownNameError("catalogue", name, list_catalogues(workspace))
    shutil.rmtree(folder_of(workspace, name))


def read_questions(workspace: Path, name: str) -> Questions:
    """The questions of a catalogue; none where none were made yet. Raises ``StoreError``."""
    path = folder_of(workspace, name) / "questions.json"
    if not path.exists():
        return Questions(())
    whole = _json(path)
    try:
        examples = tuple(Example(**row) for row in whole.pop("examples"))
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path} does not hold questions: {error}. Make them anew.") from error
    return Questions(examples, whole)


def questions_file(questions: Questions) -> dict[str, Any]:
    """Questions as they are kept and exported."""
    return {**questions.provenance, "examples": [asdict(each) for each in questions.examples]}


def keep_questions(workspace: Path, name: str, questions: Questions) -> None:
    """Replace the questions of a catalogue. Raises ``StoreError``."""
    _write(folder_of(workspace, name) / "questions.json", questions_file(questions))


def read_runs(workspace: Path, name: str) -> list[dict[str, Any]]:
    """What engines made of the questions, the newest first. Raises ``StoreError``."""
    paths = sorted(folder_of(workspace, name).glob("runs/*.json"), reverse=True)
    return [_json(path) for path in paths]


def keep_run(workspace: Path, name: str, run_name: str, run: Mapping[str, Any]) -> None:
    """Keep what an engine made of the questions. Raises ``StoreError``."""
    _write(folder_of(workspace, name) / "runs" / f"{run_name}.json", run)


def hand_written(name: str, data: bytes) -> tuple[Example, ...]:
    """Questions that people wrote: JSON Lines with question, module, function and arguments.

    Raises ``StoreError``, which names the file.
    """
    try:
        rows = [orjson.loads(line) for line in data.splitlines() if line.strip()]
        return tuple(_hand_written(row) for row in rows)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{name} does not hold questions: {error}. Give each line a question, its module, "
            "function and arguments, and an id of its own."
        ) from error


def _hand_written(row: Mapping[str, Any]) -> Example:
    return Example(
        id=str(row["id"]),
        question=str(row["question"]).strip(),
        function=f"{row['module']}.{row['function']}",
        arguments=dict(row["arguments"]),
        origin="hand",
    )


def _add_bundled(workspace: Path) -> None:
    for path in sorted(_BUNDLED.glob("*.json")):
        name = keep_catalogue(workspace, read_catalogue(path.name, _read(path)))
        questions = path.with_suffix(".questions.jsonl")
        examples = hand_written(questions.name, _read(questions))
        keep_questions(workspace, name, Questions(examples, {"made_by": "hand"}))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = orjson.loads(_read(path))
    except orjson.JSONDecodeError as error:
        raise StoreError(f"{path} is damaged: {error}. Remove it, and make it anew.") from error
    return found


def _write(path: Path, value: Mapping[str, Any] | Sequence[Any]) -> None:
    with whole_file(path) as file:
        file.write(orjson.dumps(value, option=orjson.OPT_INDENT_2))
