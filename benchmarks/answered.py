"""The calls with which the bundled questions are answered."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks import questions
from core.grounded import library_engine
from core.library import read_library
from core.openapi.operation import Operation
from core.request import Request
from core.retrieval.entry import Scope
from core.samples import SAMPLES
from core.settings import Settings


class Answered(NamedTuple):
    """A question, and the call that answers it."""

    question: str
    operation: Operation
    request: Request


def answered_calls() -> list[Answered]:
    """What the app answers to the bundled questions, each asked of its API; the questions that it
    has no answer to are not there.
    """
    library = read_library([SAMPLES])
    engine = library_engine(library, Settings.from_environment())
    found = []
    for item in questions.bundled().items:
        if item.api is not None:
            scope = Scope(apis=library.apis_called(item.api.document.title))
            call = engine.answer(item.text, scope).call
            if call is not None:
                found.append(Answered(item.text, call.operation, call.request))
    return found
