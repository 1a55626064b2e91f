"""Judges what an engine gave: the code is read back, compared, checked, and its request sent."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from core.errors import CallwrightError
from core.metrics import published
from core.metrics.measure import columns_of
from core.metrics.request_score import RequestScore, abstained, score
from core.mock import MockServer, send
from core.parse import parse
from core.render import render
from core.request import Request
from pipeline.evaluation.contestant import Given
from pipeline.evaluation.plan import PUBLISHED_CLIENTS
from pipeline.evaluation.prediction import Differs, Found, Prediction, Scored
from pipeline.evaluation.question import Question, QuestionSet

_REMEMBERED = 20_000
"""Codes and requests whose judgement is kept: engines give the same call in ten languages."""
_NO_SCORE = published.PublishedScore(False, False)
_LONGEST_CODE = 40_000
"""Characters of a call that are kept."""


class Scorer:
    """Judges calls of one set of questions; remembers what it has judged."""

    def __init__(self, questions: QuestionSet, server: MockServer | None) -> None:
        """Without a server, nothing is sent."""
        self._server = server
        self._parse = lru_cache(_REMEMBERED)(parse)
        self._render = lru_cache(_REMEMBERED)(render)
        self._published = lru_cache(_REMEMBERED)(published.score)
        self._score = lru_cache(_REMEMBERED)(
            lambda given, wanted: score(given, wanted, questions.known)
        )
        self._is_accepted = lru_cache(_REMEMBERED)(self._send)

    def judge(
        self, question: Question, given: Given, language: str, *, seconds: float, repeat: int = 0
    ) -> Scored:
        """One call in one language; ``seconds`` is what the engine took for the question.

        A model whose replies were kept from before took as long as when it made them.
        """
        measured = {
            "seconds": max(seconds, given.work.seconds),
            "tokens": given.work.tokens if given.work.replies else math.nan,
            "confidence": _number(given.confidence),
        }
        wanted = question.wanted
        if wanted is None:
            return _unanswerable(question, given, language, repeat, measured)
        code = "" if given.abstains else given.code_in(language)[:_LONGEST_CODE]
        parsed = self._parse(code, language) if code else None
        request = parsed.request if parsed else None
        found = abstained(wanted) if given.abstains else self._score(request, wanted)
        wanted_code = self._render(wanted.request, PUBLISHED_CLIENTS[language])
        likeness = self._published(code, wanted_code, language) if code else _NO_SCORE
        executed = None if self._server is None else bool(request and self._is_accepted(request))
        prediction = replace(
            _told(_asked(question, language, repeat), found),
            document=wanted.operation.document.sha256,
            pointer=wanted.operation.pointer,
            operation=wanted.operation.label,
            wanted=wanted_code,
            given=code,
            reason=parsed.reason if parsed else given.reason,
            retrieved=given.retrieved,
        )
        return Scored(prediction, {**columns_of(found, likeness, executed), **measured})

    def _send(self, request: Request) -> bool:
        assert self._server is not None
        try:
            return send(request, self._server).is_accepted
        except CallwrightError:
            return False


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _asked(question: Question, language: str, repeat: int) -> Prediction:
    return Prediction(
        question=question.id,
        level=question.level,
        language=language,
        is_named=question.is_named,
        repeat=repeat,
        cluster=question.cluster,
        api=question.api,
        title=question.title,
        text=question.text,
    )


def _told(prediction: Prediction, found: RequestScore) -> Prediction:
    """The same with what was found."""
    called = found.called
    return replace(
        prediction,
        status=found.status,
        called=called.label if called else "",
        called_document=called.document.sha256 if called else "",
        findings=tuple(
            Found(str(each.kind), each.severity, each.message, each.pointer, each.place)
            for each in found.findings
        ),
        differences=tuple(
            Differs(each.place, each.got or "", each.wanted or "") for each in found.differences
        ),
    )


def _unanswerable(
    question: Question, given: Given, language: str, repeat: int, measured: dict[str, float]
) -> Scored:
    """Nothing answers the question: all that counts is whether the engine says so."""
    code = "" if given.abstains else given.code_in(language)[:_LONGEST_CODE]
    prediction = replace(
        _asked(question, language, repeat),
        given=code,
        status="no answer" if given.abstains else "illegal" if code else "no call",
        reason=given.reason,
        retrieved=given.retrieved,
    )
    nothing = columns_of(RequestScore("no answer"), _NO_SCORE, None)
    numbers = {
        name: 0.0 if name.endswith(("_right", "_given", "_wanted")) else math.nan
        for name in nothing
    }
    return Scored(prediction, {**numbers, "abstained": float(given.abstains), **measured})
