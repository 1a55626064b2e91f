"""Candidates and labels of a CSV or JSON Lines file, whoever wrote it.

API Pack's own names are understood (``instance_id``, ``candidate``, ``human_label``, …; also
``instruction_candidates``, several candidates in one row), and what :mod:`core.labeling.export`
writes. A column of numbers named in ``SCORES`` is kept as what a judge of that name says.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import orjson

from core.candidate import REASONS, Candidate
from core.errors import DocumentError
from core.store.annotators import add_annotator
from core.store.candidates import add_candidates
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, save_verdicts
from core.store.label_actions import overwrite
from core.store.labels import Decision, Verdict, verdicts_by

NAMES = {
    "text": ("candidate", "instruction", "text"),
    "group": ("instance_id", "group"),
    "api_name": ("api_name",),
    "functionality": ("functionality", "summary"),
    "description": ("description",),
    "endpoint": ("endpoint", "endpoint_name", "operation_id"),
    "method": ("method",),
    "path": ("path",),
    "call": ("api_call", "call"),
    "origin": ("origin",),
    "verdict": ("human_label", "label", "verdict"),
    "annotator": ("annotator",),
    "reasons": ("reasons",),
    "comment": ("comment",),
}
"""What we call a column, and what files call it; the first name that is there counts."""
SCORES = ("input_tokens_mean",)
_VERDICTS: dict[str, Verdict] = {
    "g": "good",
    "good": "good",
    "b": "bad",
    "bad": "bad",
    "skip": "skip",
    "flag": "flag",
}
MAX_ROWS = 1_000_000
_FIELDS = (
    "group",
    "api_name",
    "functionality",
    "description",
    "endpoint",
    "method",
    "path",
    "call",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate of a file, with what the file says of it."""

    key: str
    candidate: Candidate
    decision: Decision | None
    annotator: str
    scores: dict[str, float]


@dataclass
class Loaded:
    """What came of a file."""

    num_rows: int = 0
    num_new: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    """How many rows bring which verdict."""
    left_out: list[str] = field(default_factory=list)
    """What is wrong with the rows that could not be used."""


def load_sheet(store: Store, name: str, data: bytes) -> Loaded:
    """Bring a file's candidates, labels and scores into the workspace.

    Loading a file again changes nothing. Raises ``DocumentError`` for what is no such file.
    """
    loaded = Loaded()
    rows = list(read_sheet(name, data, loaded.left_out))
    loaded.num_rows = len(rows) + len(loaded.left_out)
    pool = PurePath(name).name
    loaded.num_new = add_candidates(store, pool, {row.key: row.candidate for row in rows})
    said: defaultdict[str, dict[str, Decision]] = defaultdict(dict)
    scores: defaultdict[str, dict[str, JudgeVerdict]] = defaultdict(dict)
    for row in rows:
        if row.decision:
            said[row.annotator][row.key] = row.decision
            loaded.labels[row.decision.verdict] += 1
        for judge, score in row.scores.items():
            scores[judge][row.key] = JudgeVerdict(score=score)
    for annotator, decisions in said.items():
        person = add_annotator(store, annotator, "imported")
        known = verdicts_by(store, person)
        overwrite(store, person, _changed(decisions, known))
    for judge, verdicts in scores.items():
        save_verdicts(store, judge, verdicts)
    return loaded


def read_sheet(name: str, data: bytes, left_out: list[str]) -> Iterator[Row]:
    """The rows of a file; what is wrong with the others goes to ``left_out``.

    A labelled row that is there again is a candidate of its own, as people have judged it again.
    """
    label, stem = PurePath(name).name, PurePath(name).stem
    seen: Counter[tuple[str, str]] = Counter()
    found_any = False
    for number, record in _records(label, data):
        if number > MAX_ROWS:
            raise DocumentError(f"{label} has more than {MAX_ROWS:,} rows. Split it.")
        found_any = True
        try:
            for fields_ in _candidates(record):
                row = _row(fields_, record, label, stem)
                again = (row.candidate.id, row.annotator)
                seen[again] += 1
                if seen[again] == 1 or row.decision is None:
                    yield row
                else:
                    key = f"{row.key}-{seen[again]}"
                    yield Row(key, row.candidate, row.decision, row.annotator, row.scores)
        except ValueError as error:
            left_out.append(f"{label}, row {number}: {error}")
    if not found_any:
        raise DocumentError(
            f"{label} has no rows. Give a CSV file with a first line of column names, or one JSON "
            "object per line."
        )


def _records(label: str, data: bytes) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Numbered rows as they stand in the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{label} is not UTF-8: {error}. Save it as UTF-8.") from error
    if text.lstrip()[:1] == "{":
        yield from _json_lines(label, text)
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not any(name in (reader.fieldnames or ()) for name in _text_names()):
        raise DocumentError(
            f"{label} has none of the columns {', '.join(_text_names())}. Name one of them in its "
            "first line."
        )
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise DocumentError(f"{label}, line {reader.line_num}: {error}.") from error


def _json_lines(label: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(io.StringIO(text), 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except ValueError as error:
            raise DocumentError(f"{label}, line {number} is no JSON: {error}.") from error
        if not isinstance(record, dict):
            raise DocumentError(f"{label}, line {number} is no object. Write one per line.")
        yield number, record


def _text_names() -> tuple[str, ...]:
    return (*NAMES["text"], "instruction_candidates")


def _candidates(record: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The fields of each candidate that a row holds."""
    fields_ = {ours: _named(record, theirs) for ours, theirs in NAMES.items()}
    several = record.get("instruction_candidates")
    texts = several if isinstance(several, list) else [fields_["text"]]
    for entry in texts:
        text = entry.get("candidate", "") if isinstance(entry, dict) else entry
        if not isinstance(text, str) or not text.strip():
            raise ValueError("it has no words of a candidate")
        yield {**fields_, "text": text}


def _named(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    value = next((record[name] for name in names if record.get(name) is not None), "")
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value if isinstance(value, str) else str(value)


def _row(fields_: Mapping[str, str], record: Mapping[str, Any], label: str, stem: str) -> Row:
    named = {name: fields_[name] for name in _FIELDS}
    if not named["group"]:
        named["group"] = "\n".join(
            named[name] for name in ("api_name", "endpoint", "functionality")
        )
    origin = fields_["origin"] or f"import:{label}"
    candidate = Candidate(text=fields_["text"], **named, origin=origin)
    verdict = fields_["verdict"].strip().casefold()
    if verdict and verdict not in _VERDICTS:
        raise ValueError(f"“{verdict[:30]}” is no label: G, B, good, bad, skip or flag")
    reasons = [part.strip() for part in fields_["reasons"].split(";") if part.strip()]
    if unknown := [reason for reason in reasons if reason not in REASONS]:
        raise ValueError(f"“{unknown[0][:30]}” is no reason: {', '.join(REASONS)}")
    decision = Decision(_VERDICTS[verdict], tuple(reasons), fields_["comment"]) if verdict else None
    scores = {judge: float(record[judge]) for judge in SCORES if record.get(judge)}
    return Row(candidate.id, candidate, decision, fields_["annotator"] or stem, scores)


def _changed(
    decisions: Mapping[str, Decision], known: Mapping[str, Verdict]
) -> dict[str, Decision]:
    return {key: said for key, said in decisions.items() if known.get(key) != said.verdict}
