"""A question in plain words → the call that it asks for, proven by the document.

>>> engine = Grounded(retriever, find)
>>> engine.answer("delete pet 7", EVERYTHING).call.request.path
'/v1/pets/7'

Engines share one protocol, so that the chat and the boards can compare them. The grounded engine
knows no language model: it finds operations by words and meaning, fills their arguments with values
of the question, and takes the operation that suits best. What it shows, the document allows.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from core.arguments.completion import complete
from core.arguments.filling import Evidence, arguments_of, fill
from core.build import Built, Choices, build
from core.check import check
from core.connection import AS_WRITTEN, Connection, connection_of
from core.environment import NamedCredentials
from core.errors import CallwrightError
from core.library import FindOperation
from core.openapi.operation import Operation
from core.request import Request
from core.retrieval.entry import EVERYTHING, Scope
from core.retrieval.retriever import Hit, Retriever
from core.store.api_choices import ApiChoices
from core.suitability import WITH_MEANING, WITHOUT_MEANING, Question, Traits
from core.values import PlaceholderValues
from core.verdict import Verdict

COMPARED = 30
"""Operations, best first, against which words are rare or common."""
CONSIDERED = 12
"""Of those, the ones, at most, whose arguments are filled to see which suits."""
_ALWAYS = 5
"""The ones that are filled however far behind they are: a person may want to see them."""
_BEHIND = 7.0
"""How far behind the best, its arguments left out, another may be: they seldom make up for more,
and each may need its document parsed."""
MOST_CHARACTERS = 2_000
"""Of a question: who pastes more than that asks for something else."""
NOTHING = "Nothing here seems to do that."


@dataclass(frozen=True)
class Call:
    """One operation as a call: what is sent, and what speaks for it."""

    operation: Operation
    request: Request
    evidence: tuple[Evidence, ...]
    """The words of the question that gave each value, in their order."""
    verdict: Verdict
    hit: Hit
    """Why the operation was found."""
    traits: Traits
    """What speaks for it, and against it."""
    score: float
    """How well it suits the question (:mod:`core.suitability`)."""
    notes: tuple[str, ...] = ()
    connection: Connection = AS_WRITTEN
    """Where it goes, and what it brings."""


@dataclass(frozen=True)
class Work:
    """What a language model did for an answer."""

    prompts: tuple[tuple[str, str], ...] = ()
    """What it was told: name and version of each text."""
    replies: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    """Of the model; a reply that was kept counts as when it was made."""

    @property
    def tokens(self) -> int:
        """Read and written together."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Work) -> Work:
        """Both; the texts of the first."""
        return replace(
            self,
            replies=self.replies + other.replies,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            seconds=self.seconds + other.seconds,
        )


NO_WORK = Work()


@dataclass(frozen=True)
class Answer:
    """What an engine says to a question."""

    question: str
    calls: tuple[Call, ...]
    """Best first; also of an answer that abstains, as the nearest there is."""
    confidence: float
    """From 0 to 1: how likely the first call is the one that was meant."""
    reason: str = ""
    """Why there is no answer; empty where there is one."""
    notes: tuple[str, ...] = ()
    written: str = ""
    """What a language model wrote, word for word."""
    work: Work = NO_WORK

    @property
    def call(self) -> Call | None:
        """The answer, or ``None`` where nothing fits."""
        return None if self.reason or not self.calls else self.calls[0]

    @property
    def alternatives(self) -> tuple[Call, ...]:
        """What else may have been meant."""
        return self.calls if self.call is None else self.calls[1:]


class Engine(Protocol):
    """Whatever answers questions."""

    def answer(self, question: str, scope: Scope) -> Answer:
        """The call that a question asks for, or why there is none."""


@runtime_checkable
class StreamingEngine(Engine, Protocol):
    """An engine that writes: what it does and writes can be read while it comes."""

    def stream(self, question: str, scope: Scope) -> Generator[str | Answer, None, None]:
        """Words piece by piece, empty ones while nothing comes, and the answer last; closing it
        stops the work.
        """


class Grounded:
    """Finds, fills, builds and checks; ``find`` opens an operation by its key."""

    def __init__(
        self,
        retriever: Retriever,
        find: FindOperation,
        choices: Callable[[], Mapping[str, ApiChoices]] = dict,
    ) -> None:
        """``choices`` are what people chose for APIs, by identity."""
        self._retriever = retriever
        self._find = find
        self._choices = choices
        self._judge = WITH_MEANING if retriever.has_meaning else WITHOUT_MEANING

    def answer(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """The call that a question asks for, or why there is none. Raises ``ModelError``."""
        if reason := _unanswerable(question):
            return Answer(question, (), 0.0, reason)
        found = self._retriever.search(question, top_k=COMPARED, scope=scope)
        asked, chosen = Question(question, found.hits), self._choices()
        calls = [
            call
            for hit in self._considered(asked, found.hits)
            if (call := self._call(asked, hit, found.titles_said, chosen)) is not None
        ]
        calls.sort(key=lambda call: -call.score)
        if not calls:
            return Answer(question, (), 0.0, NOTHING, found.notes)
        confidence = self._judge.confidence([call.score for call in calls])
        reason = "" if confidence >= self._judge.enough else NOTHING
        return Answer(question, tuple(calls), confidence, reason, found.notes)

    def _considered(self, asked: Question, hits: Sequence[Hit]) -> list[Hit]:
        """The operations that may turn out to suit best."""
        suits = [self._judge.suitability(asked.before_filling(hit)) for hit in hits]
        order = sorted(range(len(hits)), key=lambda number: -suits[number])[:CONSIDERED]
        return [
            hits[number]
            for rank, number in enumerate(order)
            if rank < _ALWAYS or suits[number] > suits[order[0]] - _BEHIND
        ]

    def _call(
        self,
        asked: Question,
        hit: Hit,
        titles: frozenset[str],
        chosen: Mapping[str, ApiChoices],
    ) -> Call | None:
        """An operation as the call that a question makes of it; ``None`` where none is legal."""
        try:
            operation = self._find(hit.entry.key)
            filling = fill(asked.text, operation, titles)
            traits = asked.traits(hit, operation, filling)
            kept_choices = chosen.get(hit.entry.api)
            connection = connection_of(operation, kept_choices) if kept_choices else AS_WRITTEN
            legal = next(legal_calls(operation, filling.evidence, connection), None)
        except CallwrightError:
            return None  # the document has gone, or nothing can be made of its operation
        if legal is None:
            return None
        kept, built, verdict = legal
        score = self._judge.suitability(traits)
        return Call(
            operation, built.request, kept, verdict, hit, traits, score, built.notes, connection
        )


def _unanswerable(question: str) -> str:
    """Why a text is no question; empty where it is one."""
    if not question.strip():
        return "There is no question. Say in a few words what the call should do."
    if len(question) > MOST_CHARACTERS:
        return (
            f"The question has {len(question):,} characters, and at most {MOST_CHARACTERS:,} are "
            "read. Say in a few sentences what the call should do; code goes to Check."
        )
    return ""


def legal_calls(
    operation: Operation, evidence: tuple[Evidence, ...], connection: Connection = AS_WRITTEN
) -> Iterator[tuple[tuple[Evidence, ...], Built, Verdict]]:
    """Calls that the document allows, the one that says most of the evidence first.

    Raises ``CallwrightError`` where nothing can be sent.
    """
    for kept in _fewer(evidence):
        built = call_with(operation, arguments_of(kept), connection)
        verdict = check(built.request, operation.document)
        if verdict.is_legal:
            yield kept, built, verdict


def _fewer(evidence: tuple[Evidence, ...]) -> Iterator[tuple[Evidence, ...]]:
    """All of it, then without the weakest, and so on: an illegal value is better left unsaid."""
    yield evidence
    for left_out in sorted(evidence, key=lambda each: each.score):
        evidence = tuple(each for each in evidence if each is not left_out)
        yield evidence


def call_with(
    operation: Operation, arguments: Mapping[str, Any], connection: Connection = AS_WRITTEN
) -> Built:
    """The call that says these arguments, and a placeholder for whatever else must be said.

    Raises ``CallwrightError`` where it cannot be sent.
    """
    values = PlaceholderValues(operation.document)
    whole = complete(operation, arguments, values)
    named = NamedCredentials(values, connection.environment)
    choices = Choices(server=connection.server, security=connection.security, required_only=True)
    return build(operation, named, arguments=whole, choices=choices)
