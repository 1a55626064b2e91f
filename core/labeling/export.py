"""Labels as files that leave the program, each with where it comes from.

A row is one label: the candidate under API Pack's names, who said what and when, by which version
of the guidelines, and what was decided in the end. :mod:`core.labeling.sheet` reads it back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from core.store.adjudications import final_labels
from core.store.candidates import StoredCandidate, stored_candidates
from core.store.database import Store
from core.store.labels import Label, current_labels

COLUMNS = (
    "instance_id", "api_name", "endpoint", "functionality", "description", "method", "path",
    "api_call", "candidate", "human_label", "reasons", "comment", "annotator", "labelled_at",
    "guideline_version", "label_event", "final_label", "final_by", "candidate_key", "pool",
    "origin",
)  # fmt: skip


def rows(store: Store) -> Iterator[dict[str, Any]]:
    """One row per label that holds, in order of the candidates."""
    labels: dict[str, list[Label]] = {}
    for label in current_labels(store):
        labels.setdefault(label.candidate, []).append(label)
    final = final_labels(store)
    for stored in stored_candidates(store):
        decided = final.get(stored.key)
        for label in labels.get(stored.key, ()):
            yield {
                **_candidate(stored),
                **_label(label),
                "final_label": decided.verdict if decided else "",
                "final_by": decided.annotator if decided else "",
            }


def as_csv(store: Store) -> bytes:
    """All labels as CSV, reasons joined by “;”."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for row in rows(store):
        writer.writerow({**row, "reasons": ";".join(row["reasons"])})
    return written.getvalue().encode()


def as_json_lines(store: Store) -> bytes:
    """All labels as JSON Lines."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows(store))


FORMATS: dict[str, Callable[[Store], bytes]] = {"csv": as_csv, "jsonl": as_json_lines}
"""By the ending of the file."""


def _candidate(stored: StoredCandidate) -> dict[str, Any]:
    candidate = stored.candidate
    return {
        "instance_id": candidate.group,
        "api_name": candidate.api_name,
        "endpoint": candidate.endpoint,
        "functionality": candidate.functionality,
        "description": candidate.description,
        "method": candidate.method,
        "path": candidate.path,
        "api_call": candidate.call,
        "candidate": candidate.text,
        "candidate_key": stored.key,
        "pool": stored.pool,
        "origin": candidate.origin,
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "human_label": label.decision.verdict,
        "reasons": list(label.decision.reasons),
        "comment": label.decision.comment,
        "annotator": label.annotator,
        "labelled_at": datetime.fromtimestamp(label.at, UTC).isoformat(timespec="seconds"),
        "guideline_version": label.decision.guideline,
        "label_event": label.event,
    }
