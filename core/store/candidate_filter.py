"""Which candidates somebody wants to see or label together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, cast, distinct, exists, func, select, true

from core.store.candidates import StoredCandidate, find_candidates
from core.store.database import Store
from core.store.tables import candidates, judge_verdicts, labels


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """What has to be true of a candidate; what is empty is not asked for."""

    words: str = ""
    """All of them are in its text."""
    pool: str = ""
    api_name: str = ""
    judge: str = ""
    """Of whom the next three speak; without one, of any judge."""
    judged: str = ""
    """``good`` or ``bad``."""
    reason: str = ""
    """A key of :data:`core.candidate.REASONS` that the judge gives."""
    score: tuple[float, float] | None = None
    """The lowest and the highest."""
    state: str = ""
    """A key of :data:`STATES`."""
    annotator: str = ""
    """Of whom the state speaks; without one, of anybody."""


def condition(wanted: CandidateFilter) -> ColumnElement[bool]:
    """The filter as SQL."""
    parts: list[ColumnElement[bool]] = [
        func.lower(candidates.c.text).contains(word, autoescape=True)
        for word in wanted.words.lower().split()
    ]
    for column, value in (("pool", wanted.pool), ("api_name", wanted.api_name)):
        if value:
            parts.append(candidates.c[column] == value)
    if wanted.judge or wanted.judged or wanted.reason or wanted.score:
        parts.append(_is_judged(wanted))
    if wanted.state:
        parts.append(STATES[wanted.state](wanted.annotator))
    return and_(true(), *parts)


def matching(
    store: Store, wanted: CandidateFilter, *, offset: int = 0, limit: int = 0
) -> list[str]:
    """The keys of candidates that fulfil a filter, in their order; all without a limit."""
    found = select(candidates.c.key).where(condition(wanted)).order_by(candidates.c.position)
    if limit:
        found = found.limit(limit).offset(offset)
    with store.reading() as connection:
        return list(connection.scalars(found))


def matching_page(
    store: Store, wanted: CandidateFilter, *, offset: int, limit: int
) -> list[StoredCandidate]:
    """Some of the candidates that fulfil a filter."""
    return find_candidates(store, matching(store, wanted, offset=offset, limit=limit))


def _is_judged(wanted: CandidateFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [judge_verdicts.c.candidate == candidates.c.key]
    if wanted.judge:
        parts.append(judge_verdicts.c.judge == wanted.judge)
    if wanted.judged:
        parts.append(judge_verdicts.c.label == wanted.judged)
    if wanted.reason:
        parts.append(cast(judge_verdicts.c.reasons, Text).contains(f'"{wanted.reason}"'))
    if wanted.score:
        parts.append(judge_verdicts.c.score.between(*wanted.score))
    return exists().where(and_(*parts))


def _of(annotator: str) -> ColumnElement[bool]:
    ours = labels.c.candidate == candidates.c.key
    return and_(ours, labels.c.annotator == annotator) if annotator else ours


def _has(verdict: str) -> Callable[[str], ColumnElement[bool]]:
    return lambda annotator: exists().where(and_(_of(annotator), labels.c.verdict == verdict))


def _is_disputed(_annotator: str) -> ColumnElement[bool]:
    sides = select(func.count(distinct(labels.c.verdict))).where(
        labels.c.candidate == candidates.c.key, labels.c.verdict.in_(("good", "bad"))
    )
    return sides.scalar_subquery() > 1


STATES: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "unlabelled": lambda annotator: ~exists().where(_of(annotator)),
    "labelled": lambda annotator: exists().where(_of(annotator)),
    **{verdict: _has(verdict) for verdict in ("good", "bad", "skip", "flag")},
    "disputed": _is_disputed,
}
"""What can be said of a candidate's labels."""
