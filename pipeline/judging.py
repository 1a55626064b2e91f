"""Judges say what they think of candidates that people label, for people to compare them by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core.jobs.context import JobContext
from core.store.candidates import find_candidates, walk
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, save_verdicts
from pipeline.judge import JUDGES
from pipeline.judgement import Judge, Judgement

_AT_ONCE = 500


def judge_candidates(
    store: Store,
    names: Sequence[str],
    keys: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Keep what these judges say of these candidates, in place of what they said before."""
    judges: dict[str, Judge] = {name: JUDGES[name] for name in names}
    for start in range(0, len(keys), _AT_ONCE):
        found = find_candidates(store, keys[start : start + _AT_ONCE])
        for name, judge in judges.items():
            save_verdicts(store, name, {row.key: _verdict(judge(row.candidate)) for row in found})
        progress(min(start + _AT_ONCE, len(keys)), len(keys))


def work(_arguments: dict[str, Any], context: JobContext) -> Any:
    """Have every judge judge every candidate; goes on where it was interrupted."""
    keys = [row.key for row in walk(context.store, ("key",))]
    first = int(context.checkpoint or 0)

    def progress(done: int, total: int) -> None:
        context.save(first + done)
        context.progress(first + done, first + total)

    judge_candidates(context.store, list(JUDGES), keys[first:], progress)
    return {"candidates": len(keys), "judges": list(JUDGES)}


def _verdict(judged: Judgement) -> JudgeVerdict:
    reasons = dict.fromkeys(finding.reason for finding in judged.reasons)
    return JudgeVerdict(judged.label, tuple(reasons), judged.score)
