"""Final labels: what somebody decided where people disagree. The last decision holds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, insert, select

from core.store.database import Store
from core.store.tables import adjudications
from core.store.text import storable

_LONGEST_COMMENT = 4_000


@dataclass(frozen=True, slots=True)
class Adjudication:
    """A row of ``adjudications``."""

    candidate: str
    verdict: Literal["good", "bad"]
    comment: str
    annotator: str
    at: float


def adjudicate(
    store: Store, key: str, verdict: Literal["good", "bad"], annotator: str, comment: str = ""
) -> None:
    """Make a label final."""
    values = {
        "candidate": key,
        "verdict": verdict,
        "comment": storable(comment, _LONGEST_COMMENT),
        "annotator": annotator,
        "at": time.time(),
    }
    store.write(insert(adjudications).values(**values))


def final_labels(store: Store) -> dict[str, Adjudication]:
    """What was decided last of each candidate."""
    last = select(func.max(adjudications.c.id)).group_by(adjudications.c.candidate)
    names = ("candidate", "verdict", "comment", "annotator", "at")
    found = select(*(adjudications.c[name] for name in names)).where(adjudications.c.id.in_(last))
    with store.reading() as connection:
        rows = [Adjudication(**row._mapping) for row in connection.execute(found)]
    return {row.candidate: row for row in rows}
