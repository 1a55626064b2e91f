"""The engines that boards compare, by the one spelling that commands, addresses and rows use.

>>> open_contestant(Plan("grounded"), questions, settings).answer(question).request.url
'https://api.example.com/bookings/8841'

An engine gives a request, which is then written in each language, or writes code itself; either way
the code is what is scored. With a model, its name stands behind a plus: ``grounded+NAME``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from core.answer import Call, Grounded
from core.errors import CallwrightError, UnknownNameError
from core.render import render
from core.request import Request
from core.retrieval.embed import load_embedder, passage_text
from core.retrieval.entry import EVERYTHING, Entry, Scope
from core.retrieval.lexical import LexicalIndex
from core.retrieval.meaning import Meaning
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import embed_missing, open_vectors, vectors_folder
from core.settings import Settings
from pipeline.evaluation.plan import PUBLISHED_CLIENTS, Plan
from pipeline.evaluation.question import Question, QuestionSet, request_for


@dataclass(frozen=True)
class Given:
    """What an engine gave for one question."""

    request: Request | None = None
    """``None`` where it abstained, or wrote code instead."""
    code: Mapping[str, str] = field(default_factory=dict)
    """What it wrote, by language."""
    confidence: float | None = None
    abstains: bool = False
    retrieved: tuple[str, ...] = ()
    """What it looked at, best first, as labels."""
    tokens: float | None = None
    """Read and written by a model."""

    def code_in(self, language: str) -> str:
        """The call as code; empty where there is none."""
        if self.request is not None:
            return render(self.request, PUBLISHED_CLIENTS[language])
        return self.code.get(language, "")


class Contestant(Protocol):
    """Whatever can be asked."""

    def answer(self, question: Question) -> Given:
        """The call that the words ask for."""


def open_contestant(plan: Plan, questions: QuestionSet, settings: Settings) -> Contestant:
    """The engine of a plan, ready to be asked. Raises ``CallwrightError``."""
    if plan.family not in ENGINES or plan.model:
        raise UnknownNameError("engine", plan.engine, ENGINES)
    return ENGINES[plan.family](plan, questions, settings)


class GroundedContestant:
    """The app's own engine."""

    def __init__(self, plan: Plan, questions: QuestionSet, settings: Settings) -> None:
        entries = questions.library.entries
        meaning = None if plan.words_only else _meaning(entries, settings)
        self._engine = Grounded(Retriever(entries, meaning), questions.library.find)
        self._plan = plan

    def answer(self, question: Question) -> Given:
        """The best call, or that nothing fits where the plan lets it say so."""
        knows_api = self._plan.pool == "given" and question.api
        scope = Scope(apis=frozenset({question.api})) if knows_api else EVERYTHING
        answer = self._engine.answer(question.text, scope)
        retrieved = tuple(call.operation.label for call in answer.calls[:5])
        abstains = answer.call is None and (self._plan.may_abstain or not answer.calls)
        request = None if abstains else self._request(answer.calls[0])
        return Given(
            request,
            confidence=answer.confidence,
            abstains=abstains,
            retrieved=retrieved,
        )

    def _request(self, call: Call) -> Request | None:
        if self._plan.policy == "asked":
            return call.request
        try:
            return request_for(call.operation, self._plan.policy, {})
        except CallwrightError:
            return None


class CopyNearest:
    """The baseline: the call of whatever is most like the question, and not the answer to it.

    API given: another operation of the API, never the same one in any version. Open: the call of a
    training question.
    """

    def __init__(self, plan: Plan, questions: QuestionSet, _settings: Settings) -> None:
        self._plan = plan
        self._questions = questions
        self._training = questions.training
        self._indexes: dict[str, LexicalIndex[Entry]] = {}

    def answer(self, question: Question) -> Given:
        """The nearest call that is not the wanted one."""
        index = self._index(question)
        for hit in index.search(question.text, len(index)):
            found = self._copied(hit.operation, question)
            if found is not None:
                return found
        return Given(abstains=True)

    def _index(self, question: Question) -> LexicalIndex[Entry]:
        name = question.api if self._plan.pool == "given" else ""
        if name not in self._indexes:
            self._indexes[name] = LexicalIndex(self._entries(name))
        return self._indexes[name]

    def _entries(self, api: str) -> list[Entry]:
        entries = self._questions.library.entries
        if self._plan.pool == "given":
            return [entry for entry in entries if entry.api == api]
        by_key = {entry.key: entry for entry in entries}
        return [
            replace(
                by_key[example.wanted.operation.key],
                key=(_EXAMPLE, str(number)),
                summary=example.text,
            )
            for number, example in enumerate(self._training)
            if example.wanted is not None
        ]

    def _copied(self, entry: Entry, question: Question) -> Given | None:
        if entry.key[0] == _EXAMPLE:
            wanted = self._training[int(entry.key[1])].wanted
            return Given(wanted.request, retrieved=(entry.label,)) if wanted else None
        operation = question.wanted.operation if question.wanted else None
        if operation is not None and entry.label == operation.label:
            return None
        try:
            request = request_for(self._questions.library.find(entry.key), self._plan.policy, {})
        except CallwrightError:
            return None
        return Given(request, retrieved=(entry.label,))


_EXAMPLE = "example"
"""In place of a document's hash, in the key of a training question."""


def _meaning(entries: Sequence[Entry], settings: Settings) -> Meaning:
    """The meanings of all operations; those that are new are worked out first, and kept."""
    embedder = load_embedder()
    folder = vectors_folder(settings.workspace, embedder.name)
    embed_missing(folder, map(passage_text, entries), embedder)
    return Meaning(entries, open_vectors(folder), embedder)


ENGINES: dict[str, Callable[[Plan, QuestionSet, Settings], Contestant]] = {
    "grounded": GroundedContestant,
    "copy-nearest": CopyNearest,
}
"""The kinds of engines; those that need a model take its name behind a plus."""
