"""Judges say what they think of candidates that people label, for people to compare them by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from core.jobs.context import JobContext
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.opening import open_model
from core.models.protocol import Failure, Model
from core.prompts import JUDGES as PROMPTED
from core.prompts import prompts_path
from core.store.candidates import find_candidates, walk
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, save_verdicts
from core.store.labels import labelled_keys
from core.store.model_servers import model_offers
from pipeline.judge import JUDGES
from pipeline.judgement import Judge, Judgement
from pipeline.with_model import judgements

Drop = Callable[[str, str, str], None]
"""Takes a judge, a candidate and the reason for which the judge said nothing of it."""

_AT_ONCE = 500
_ASKED_AT_ONCE = 64
"""Questions that a model is given together."""


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


def judge_by_model(
    store: Store,
    model: Model,
    prompt: str,
    keys: Sequence[str],
    drop: Drop,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Keep what a language model says of these candidates when a prompt asks it.

    The judge is called ``PROMPT+MODEL``. What the model does not decide is dropped with its reason.
    """
    judge, folder = f"{prompt}+{model.name}", prompts_path(store.workspace)
    for start in range(0, len(keys), _ASKED_AT_ONCE):
        found = find_candidates(store, keys[start : start + _ASKED_AT_ONCE])
        said = judgements(model, [row.candidate for row in found], prompt, folder)
        verdicts: dict[str, JudgeVerdict] = {}
        for row, judged in zip(found, said, strict=True):
            if isinstance(judged, Failure):
                drop(judge, row.key, judged.reason)
            else:
                verdicts[row.key] = _verdict(judged)
        save_verdicts(store, judge, verdicts)
        progress(min(start + _ASKED_AT_ONCE, len(keys)), len(keys))


def work_by_model(arguments: dict[str, Any], context: JobContext) -> Any:
    """Ask a ``model`` with a ``prompt``, or with each, about all that people have labelled.

    Its answers are kept, so what was asked before an interruption is not asked again.
    """
    keys = sorted(labelled_keys(context.store))
    prompts = [arguments["prompt"]] if arguments["prompt"] else list(PROMPTED)
    with model_that_judges(context.store, arguments["model"]) as model:
        for number, prompt in enumerate(prompts):

            def progress(done: int, _total: int, before: int = number * len(keys)) -> None:
                context.progress(before + done, len(prompts) * len(keys))

            judge_by_model(context.store, model, prompt, keys, context.drop, progress)
    return {"candidates": len(keys), "prompts": prompts}


@contextmanager
def model_that_judges(store: Store, name: str) -> Iterator[Model]:
    """The model of that name; its answers are kept. Raises ``ModelError``, ``UnknownNameError``."""
    with ReplyCache(replies_path(store.workspace)) as cache:
        yield CachedModel(open_model(name, model_offers(store)), cache, step="judge")


def _verdict(judged: Judgement) -> JudgeVerdict:
    reasons = dict.fromkeys(finding.reason for finding in judged.reasons)
    return JudgeVerdict(judged.label, tuple(reasons), judged.score)
