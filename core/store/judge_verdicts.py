"""What rules, prompts and models say of candidates, and which of them was chosen for the pipeline.

A judge that only scores, such as a back-translation's likelihood, gives no label.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import and_, delete, func, insert, select

from core.store.database import Store
from core.store.tables import champions, judge_verdicts
from core.store.text import storable

_AT_ONCE = 5_000
_LONG = 200


@dataclass(frozen=True, slots=True)
class JudgeVerdict:
    """What a judge says of one candidate."""

    label: Literal["good", "bad", ""] = ""
    reasons: tuple[str, ...] = ()
    """Keys of :data:`core.candidate.REASONS`."""
    score: float | None = None
    """Higher is better; scores of different judges are not compared."""


@dataclass(frozen=True, slots=True)
class Champion:
    """A judge that somebody has chosen, and what spoke for it."""

    judge: str
    annotator: str
    figures: dict[str, Any]
    at: float


def save_verdicts(store: Store, judge: str, verdicts: Mapping[str, JudgeVerdict]) -> None:
    """Keep what a judge says, by candidate, in place of what it said before."""
    name = storable(judge, _LONG)
    items = list(verdicts.items())
    for start in range(0, len(items), _AT_ONCE):
        part = items[start : start + _AT_ONCE]
        mine = and_(
            judge_verdicts.c.judge == name,
            judge_verdicts.c.candidate.in_([key for key, _ in part]),
        )
        rows = [
            {
                "judge": name,
                "candidate": key,
                "label": verdict.label,
                "reasons": list(verdict.reasons),
                "score": verdict.score,
                "at": time.time(),
            }
            for key, verdict in part
        ]
        with store.writing() as connection:
            connection.execute(delete(judge_verdicts).where(mine))
            connection.execute(insert(judge_verdicts), rows)


def verdicts_of(store: Store, keys: Sequence[str]) -> dict[str, dict[str, JudgeVerdict]]:
    """What each judge says of these candidates, by candidate and judge."""
    found = select(judge_verdicts).where(judge_verdicts.c.candidate.in_(keys))
    said: dict[str, dict[str, JudgeVerdict]] = {}
    with store.reading() as connection:
        for row in connection.execute(found.order_by(judge_verdicts.c.judge)):
            verdict = JudgeVerdict(row.label, tuple(row.reasons), row.score)
            said.setdefault(row.candidate, {})[row.judge] = verdict
    return said


def score_range(store: Store, judge: str) -> tuple[float, float] | None:
    """The lowest and the highest score that a judge has given; ``None`` where it gives none."""
    score = judge_verdicts.c.score
    found = select(func.min(score), func.max(score)).where(judge_verdicts.c.judge == judge)
    with store.reading() as connection:
        low, high = connection.execute(found).one()
    return None if low is None else (low, high)


def walk_verdicts(store: Store) -> Iterator[tuple[str, str, JudgeVerdict]]:
    """Judge, candidate and verdict, of all."""
    with store.reading() as connection:
        for row in connection.execute(select(judge_verdicts).order_by(judge_verdicts.c.judge)):
            verdict = JudgeVerdict(row.label, tuple(row.reasons), row.score)
            yield row.judge, row.candidate, verdict


def judges(store: Store) -> dict[str, int]:
    """How many candidates each judge has judged."""
    counted = (
        select(judge_verdicts.c.judge, func.count())
        .group_by(judge_verdicts.c.judge)
        .order_by(judge_verdicts.c.judge)
    )
    with store.reading() as connection:
        return dict(connection.execute(counted).all())


def last_verdict(store: Store) -> float:
    """When a judge said something last; 0 where none has."""
    with store.reading() as connection:
        return connection.scalar(select(func.max(judge_verdicts.c.at))) or 0.0


def choose_champion(store: Store, judge: str, annotator: str, figures: dict[str, Any]) -> None:
    """Let this judge decide in the pipeline from now on."""
    values = {"judge": judge, "annotator": annotator, "figures": figures, "at": time.time()}
    store.write(insert(champions).values(**values))


def champion(store: Store) -> Champion | None:
    """The judge that was chosen last, if one was."""
    names = ("judge", "annotator", "figures", "at")
    found = select(*(champions.c[name] for name in names)).order_by(champions.c.id.desc()).limit(1)
    with store.reading() as connection:
        row = connection.execute(found).one_or_none()
    return Champion(**row._mapping) if row else None
