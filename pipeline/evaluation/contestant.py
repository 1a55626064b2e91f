"""The engines that boards compare, by the one spelling that commands, addresses and rows use.

>>> open_contestant(Plan("grounded"), questions, settings).answer(question).request.url
'https://api.example.com/bookings/8841'

An engine gives a request, which is then written in each language, or writes code itself; either way
the code is what is scored. With a model, its name stands behind a plus: ``grounded+NAME``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from core.answer import NO_WORK, Answer, Call, Engine, Grounded, Work
from core.engine_free import Free, code_of
from core.engine_grounded import GroundedModel
from core.errors import CallwrightError, UnknownNameError
from core.models.cache import CachedModel, ReplyCache, replies_path
from core.models.opening import Offer, open_model
from core.models.protocol import Model
from core.prompts import prompts_path
from core.render import render
from core.request import Request
from core.retrieval.embed import load_embedder, passage_text
from core.retrieval.entry import EVERYTHING, Entry, Scope
from core.retrieval.lexical import LexicalIndex
from core.retrieval.meaning import Meaning
from core.retrieval.rerank import load_reranker
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import embed_missing, open_vectors, vectors_folder
from core.settings import DEFAULT_EMBEDDER, Settings
from core.shots import WAYS, Ranking, all_but, open_ranking
from core.store.database import open_store
from core.store.model_servers import model_offers
from core.store.preferences import with_preferences
from pipeline.evaluation.plan import PUBLISHED_CLIENTS, Plan
from pipeline.evaluation.question import Question, QuestionSet, request_for

_AT_ONE_SERVER = 4


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
    work: Work = NO_WORK
    """Of a model."""
    reason: str = ""
    """Why there is nothing."""
    seconds: float | None = None
    """What it took, where it was kept with the answer; else whoever asks takes the time."""

    def code_in(self, language: str) -> str:
        """The call as code; empty where there is none."""
        if self.request is not None:
            return render(self.request, PUBLISHED_CLIENTS[language])
        return self.code.get(language, "")


class Contestant(Protocol):
    """Whatever can be asked."""

    @property
    def at_once(self) -> int:
        """Questions that it is best asked at once: servers answer many together."""

    def answer(self, question: Question) -> Given:
        """The call that the words ask for."""


def open_contestant(plan: Plan, questions: QuestionSet, settings: Settings) -> Contestant:
    """The engine of a plan, ready to be asked. Raises ``CallwrightError``."""
    known = MODEL_ENGINES if plan.model else ENGINES
    check_engine(plan.engine)
    return known[plan.family](plan, questions, settings)


def check_engine(name: str) -> str:
    """The name as it was given. Raises ``UnknownNameError``, which says what there is."""
    family, _, model = name.partition("+")
    if family in (MODEL_ENGINES if model else ENGINES):
        return name
    raise UnknownNameError("engine", name, [*ENGINES, *_with_any_model()])


class GroundedContestant:
    """The app's own engine, or one that picks among its findings."""

    def __init__(self, plan: Plan, engine: Engine, at_once: int = 1) -> None:
        self.at_once = at_once
        self._engine = engine
        self._plan = plan

    def answer(self, question: Question) -> Given:
        """The best call, or that nothing fits where the plan lets it say so."""
        answer = self._engine.answer(question.text, _scope(self._plan, question))
        retrieved = tuple(call.operation.label for call in answer.calls[:5])
        abstains = answer.call is None and (self._plan.may_abstain or not answer.calls)
        request = None if abstains else self._request(answer.calls[0])
        return Given(
            request,
            confidence=answer.confidence,
            abstains=abstains,
            retrieved=retrieved,
            work=answer.work,
        )

    def _request(self, call: Call) -> Request | None:
        if self._plan.policy == "asked":
            return call.request
        try:
            return request_for(call.operation, self._plan.policy, {})
        except CallwrightError:
            return None


class FreeContestant:
    """A language model that writes the code, once in each language."""

    def __init__(
        self,
        plan: Plan,
        grounded: Grounded,
        model: Model,
        ranking: Ranking,
        prompts: Path,
        at_once: int = 1,
    ) -> None:
        self.at_once = at_once
        self._plan = plan
        self._grounded = grounded
        self._model = model
        self._ranking = ranking
        self._prompts = prompts

    def answer(self, question: Question) -> Given:
        """What the model writes. Its examples are other operations of the API that search finds."""
        found = self._grounded.answer(question.text, _scope(self._plan, question))
        wanted = question.wanted.operation.label if question.wanted else ""
        ranking = all_but(wanted, self._ranking)
        answers = {
            language: self._asked(question, found, ranking, PUBLISHED_CLIENTS[language])
            for language in self._plan.languages
        }
        code = {language: code_of(answer.written) for language, answer in answers.items()}
        return Given(
            code=code,
            abstains=not any(code.values()),
            retrieved=tuple(call.operation.label for call in found.calls[:5]),
            work=sum((answer.work for answer in answers.values()), NO_WORK),
        )

    def _asked(
        self, question: Question, found: Answer, ranking: Ranking, client_name: str
    ) -> Answer:
        engine = Free(
            _Found(found), self._model, ranking, client_name=client_name, prompts=self._prompts
        )
        return engine.answer(question.text)


@dataclass(frozen=True)
class _Found:
    """An engine that has answered already."""

    found: Answer

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        return self.found


class CopyNearest:
    """The baseline: the call of whatever is most like the question, and not the answer to it.

    API given: another operation of the API, never the same one in any version. Open: the call of a
    training question.
    """

    at_once = 1

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


def _meaning(entries: Sequence[Entry], plan: Plan, settings: Settings) -> Meaning:
    """The meanings of all operations; those that are new are worked out first, and kept."""
    embedder = load_embedder(plan.embedder or DEFAULT_EMBEDDER)
    folder = vectors_folder(settings.workspace, embedder.name)
    embed_missing(folder, map(passage_text, entries), embedder)
    return Meaning(entries, open_vectors(folder), embedder)


def _scope(plan: Plan, question: Question) -> Scope:
    knows_api = plan.pool == "given" and question.api
    return Scope(apis=frozenset({question.api})) if knows_api else EVERYTHING


def _grounded(plan: Plan, questions: QuestionSet, settings: Settings) -> Grounded:
    entries = questions.library.entries
    meaning = None if plan.words_only else _meaning(entries, plan, settings)
    reranker = load_reranker(plan.reranker) if plan.reranker else None
    found = Retriever(entries, meaning, reranker=reranker)
    return Grounded(found, questions.library.find)


def _model(plan: Plan, settings: Settings) -> tuple[Model, int]:
    """The plan's model, and how many questions it takes at once. It is asked through the
    workspace's cache: a run that goes on asks only what is new.
    """
    with closing(open_store(settings)) as store:
        offers = model_offers(store)
    servers = sum(isinstance(each, Offer) and each.name == plan.model for each in offers)
    cache = ReplyCache(replies_path(settings.workspace))
    model = CachedModel(open_model(plan.model, offers), cache, step="evaluate")
    return model, max(1, servers * _AT_ONE_SERVER)


def _reranker(settings: Settings) -> str:
    """The one that people chose, by name or folder."""
    with closing(open_store(settings)) as store:
        return with_preferences(store).settings.reranker


def _open_grounded(plan: Plan, questions: QuestionSet, settings: Settings) -> Contestant:
    return GroundedContestant(plan, _grounded(plan, questions, settings))


def _open_grounded_model(plan: Plan, questions: QuestionSet, settings: Settings) -> Contestant:
    (model, at_once), prompts = _model(plan, settings), prompts_path(settings.workspace)
    engine = GroundedModel(_grounded(plan, questions, settings), model, prompts)
    return GroundedContestant(plan, engine, at_once)


def _open_free(plan: Plan, questions: QuestionSet, settings: Settings) -> Contestant:
    (model, at_once), prompts = _model(plan, settings), prompts_path(settings.workspace)
    ranking = open_ranking(plan.family, _reranker(settings))
    grounded = _grounded(plan, questions, settings)
    return FreeContestant(plan, grounded, model, ranking, prompts, at_once)


def _with_any_model() -> list[str]:
    return [f"{family}+MODEL" for family in MODEL_ENGINES]


Open = Callable[[Plan, QuestionSet, Settings], Contestant]

ENGINES: dict[str, Open] = {
    "grounded": _open_grounded,
    "copy-nearest": CopyNearest,
}
"""The engines that need no model."""
MODEL_ENGINES: dict[str, Open] = {
    "grounded": _open_grounded_model,
    **dict.fromkeys(WAYS, _open_free),
}
"""Those that take a model's name behind a plus."""
