"""A question in plain words → the function of a catalogue that it asks for, and its arguments.

>>> engine = grounded(read_catalogue("map-drawing.json", data))
>>> call = engine.answer("draw a red circle around Oslo").calls[0]
>>> call.function.label, call.arguments
('shapes.draw_circle', {'colour': 'red', 'place': 'Oslo'})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from rapidfuzz import fuzz, process

from core.answer import Answer, Grounded
from core.arguments.filling import arguments_of
from core.catalogue.function import Catalogue, Function, document_of, function_paths
from core.library import library_of
from core.retrieval.embed import Embedder, Matrix, passage_text
from core.retrieval.meaning import Meaning
from core.retrieval.retriever import Retriever
from core.retrieval.vectors import embed


@dataclass(frozen=True)
class Example:
    """A question whose function is known."""

    id: str
    question: str
    function: str
    """The function's label."""
    arguments: Mapping[str, Any]
    origin: str
    """``hand``, ``template``, or ``model:NAME``."""

    @property
    def module(self) -> str:
        """The module of the function."""
        return self.function.rpartition(".")[0]


@dataclass(frozen=True)
class FunctionCall:
    """A function, and the arguments that the question gives it."""

    function: Function
    arguments: Mapping[str, Any]
    missing: tuple[str, ...]
    """Required arguments that the question does not give."""


@dataclass(frozen=True)
class FunctionAnswer:
    """What an engine says to a question."""

    calls: tuple[FunctionCall, ...]
    """Best first."""
    confidence: float
    """From 0 to 1, for the first."""
    reason: str = ""
    """Why none of them may be meant; empty where the first is the answer."""


class FunctionEngine(Protocol):
    """Whatever chooses functions."""

    def answer(self, question: str) -> FunctionAnswer:
        """The function that a question asks for. Raises ``ModelError``."""


class GroundedFunctions:
    """The grounded engine over a catalogue, as it is over any document."""

    def __init__(self, catalogues: Sequence[Catalogue], embedder: Embedder | None = None) -> None:
        """With an embedder meanings are looked at too. Raises ``ModelError``."""
        self._functions = function_paths([one for each in catalogues for one in each.functions])
        library = library_of([document_of(catalogues)])
        meaning = None
        if embedder is not None:
            vectors = embed(map(passage_text, library.entries), embedder)
            meaning = Meaning(library.entries, vectors, embedder)
        self._engine = Grounded(Retriever(library.entries, meaning), library.find)

    def answer(self, question: str) -> FunctionAnswer:
        """The function that a question asks for. Raises ``ModelError``."""
        found: Answer = self._engine.answer(question)
        calls = tuple(
            _call(
                self._functions[call.operation.path],
                arguments_of(call.evidence).get("body", {}),
            )
            for call in found.calls
        )
        return FunctionAnswer(calls, found.confidence, found.reason)


class NearestExample:
    """Copies function and arguments of the known question that is most like the asked one."""

    def __init__(
        self, catalogue: Catalogue, examples: Sequence[Example], embedder: Embedder | None = None
    ) -> None:
        """By meaning with an embedder, else by letters and words. Raises ``ModelError``."""
        self._functions = catalogue.by_label
        self._examples = [each for each in examples if each.function in self._functions]
        self._embedder = embedder
        texts = [each.question for each in self._examples]
        self._vectors = embedder.queries(texts) if embedder and texts else None

    def answer(self, question: str) -> FunctionAnswer:
        """The copy; a question that is known itself is not its own example."""
        likeness = self._likeness(question)
        best: dict[str, int] = {}
        for at in np.argsort(-likeness, kind="stable").tolist():
            if self._examples[at].question != question:
                best.setdefault(self._examples[at].function, at)
        calls = tuple(
            _call(self._functions[name], self._examples[at].arguments) for name, at in best.items()
        )
        if not calls:
            return FunctionAnswer((), 0.0, "There are no examples to copy.")
        return FunctionAnswer(calls, max(float(likeness[at]) for at in best.values()))

    def _likeness(self, question: str) -> Matrix:
        if self._vectors is not None and self._embedder is not None:
            asked = self._embedder.queries([question])[0]
            return np.asarray(np.clip(self._vectors @ asked, 0, 1), np.float32)
        texts = [each.question for each in self._examples]
        scores = process.cdist([question.casefold()], texts, scorer=fuzz.token_set_ratio)
        return np.asarray(scores[0] / 100, np.float32)


def _call(function: Function, arguments: Mapping[str, Any]) -> FunctionCall:
    """The arguments in the order in which the function takes them."""
    names = [*function.arguments, *arguments]
    given = {name: arguments[name] for name in names if name in arguments}
    missing = tuple(name for name in function.arguments if name in function.required - given.keys())
    return FunctionCall(function, given, missing)
