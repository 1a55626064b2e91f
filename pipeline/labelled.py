"""People's labels in files: API Pack's oracle (CSV), and what the page *Labels* exports."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from core.candidate import Candidate, Label
from core.errors import StoreError

_LABELS: dict[str, Label] = {"g": "good", "good": "good", "b": "bad", "bad": "bad"}
_KEYS = {
    "group": ("group", "instance_id", "group_id"),
    "text": ("text", "candidate"),
    "api_name": ("api_name",),
    "functionality": ("functionality",),
    "description": ("description",),
    "endpoint": ("endpoint",),
    "method": ("method",),
    "path": ("path",),
    "call": ("call", "api_call"),
    "origin": ("origin",),
}
"""What each field is called, by us and by the oracle."""
_LABEL = ("final_label", "human_label", "label")
"""What was decided in the end counts before what one person said."""


class Labelled(NamedTuple):
    """A candidate and what a person says of it."""

    candidate: Candidate
    label: Label


def read_labels(path: Path) -> list[Labelled]:
    """The labelled candidates of a CSV, JSON Lines or JSON file; others of its rows are left out.

    Raises ``StoreError`` where the file cannot be read or holds no label.
    """
    try:
        rows = list(_rows(path))
    except (OSError, ValueError, csv.Error) as error:
        raise StoreError(f"{path.name} cannot be read: {error}") from error
    said: dict[str, list[Labelled]] = {}
    for number, row in enumerate(rows):
        if isinstance(row, Mapping) and (each := _labelled(row)):
            said.setdefault(_text(row, ("candidate_key",)) or str(number), []).append(each)
    found = [each for listed in said.values() for each in _majority(listed)]
    if not found:
        raise StoreError(
            f"{path.name} holds no labels. Give every row a candidate and a human_label: G or B."
        )
    return found


def _rows(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".csv":
            yield from csv.DictReader(file)
        elif path.suffix == ".json":
            yield from json.load(file)
        else:
            yield from (json.loads(line) for line in file if line.strip())


def _labelled(row: Mapping[str, Any]) -> Labelled | None:
    label = _LABELS.get(_text(row, _LABEL).strip().lower())
    candidate = Candidate(**{field: _text(row, keys) for field, keys in _KEYS.items()})
    return Labelled(candidate, label) if label and candidate.text.strip() else None


def _majority(listed: list[Labelled]) -> Iterator[Labelled]:
    """What most people say of one candidate; nothing where as many say the opposite."""
    bad = sum(each.label == "bad" for each in listed)
    if 2 * bad != len(listed):
        label: Label = "bad" if 2 * bad > len(listed) else "good"
        yield Labelled(listed[0].candidate, label)


def _text(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(row[key]) for key in keys if row.get(key)), "")
