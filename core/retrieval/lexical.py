"""Find operations by the words that people use for them: BM25, no model, no network.

>>> index = LexicalIndex(listed)
>>> index.search("delete a pet")[0].operation.label
'DELETE /pets/{petId}'

Names are taken apart (``listPetsByTag``, ``pet_id``), plurals and endings cut, and verbs brought
together with the HTTP method that carries them out: “remove” finds ``DELETE``, “list” a ``GET``
whose path does not end in a parameter.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import bm25s
import numpy as np

from core.words import stem, telling_stems

TEXT_CHARACTERS = 300
"""Of a summary and a description that count: what an operation does stands at its beginning."""

FOCUS = 0.5
"""How much a path that names nothing else than what was asked for raises a score."""

RESCORED = 200
"""Operations, best first, that are looked at for that."""

_WEIGHTS = {
    "method": 3,
    "path": 2,
    "operation_id": 2,
    "summary": 3,
    "tags": 1,
    "description": 1,
}
"""How often the words of a field are counted."""

_in_braces = re.compile(r"\{[^{}]*\}")
_ends_in_parameter = re.compile(r"\}(\.\w+)?/?$").search

_VERBS = {
    "list": "all browse enumerate every list",
    "get": "display fetch find get lookup obtain query read retrieve return search see show view",
    "create": "add book create insert make new open post register submit upload",
    "update": "adjust alter change edit modify patch put rename replace set update",
    "delete": "cancel delete destroy discard drop erase remove revoke",
}
"""Verbs that people use for what the HTTP methods do (RFC 9110 section 9.3, RFC 5789)."""

_METHOD_VERBS = {
    "GET": "get",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}


class Described(Protocol):
    """What search looks at: an operation of an open document, or a row of a table."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def operation_id(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Described)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """An operation that shares words with the query."""

    operation: T
    score: float
    """BM25: comparable within one search only."""


class LexicalIndex(Generic[T]):
    """The words of operations, ready to be searched. Safe to share between threads."""

    def __init__(self, operations: Sequence[T]) -> None:
        self._operations = tuple(operations)
        self._scorer = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        passages = [_passage(operation) for operation in self._operations]
        self._rarity = _rarity(_segment_stems(operation.path) for operation in self._operations)
        if passages:
            self._scorer.index(passages, show_progress=False)

    def __len__(self) -> int:
        return len(self._operations)

    def search(self, query: str, top_k: int = 20) -> list[Hit[T]]:
        """The ``top_k`` best operations, best first; equally good ones in document order."""
        terms = _query_terms(query)
        known = [term for term in terms if term in self._vocabulary]
        if not known:
            return []
        scores = self._scorer.get_scores(known)
        best = np.argsort(-scores, kind="stable")[: max(top_k, RESCORED)]
        asked = frozenset(terms)
        hits = [
            Hit(operation, float(scores[at]) * (1 + FOCUS * self._focus(operation, asked)))
            for at in best
            if scores[at] > 0
            for operation in [self._operations[at]]
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:top_k]

    def _focus(self, operation: T, asked: frozenset[str]) -> float:
        """How much of what the path names was asked for: 1 for all, 0 for nothing of it."""
        named = _segment_stems(operation.path)
        whole = sum(self._rarity[each] for each in named)
        return sum(self._rarity[each] for each in named & asked) / whole if whole else 0.0

    @property
    def _vocabulary(self) -> dict[str, int]:
        return self._scorer.vocab_dict if self._operations else {}


def _segment_stems(path: str) -> frozenset[str]:
    """The words of a path's own segments, parameters left out."""
    return frozenset(telling_stems(_in_braces.sub("", path)))


def _rarity(named: Iterable[frozenset[str]]) -> dict[str, float]:
    """Words that every path has (``api``, ``v1``) tell nothing."""
    counts: Counter[str] = Counter()
    total = 0
    for stems in named:
        counts.update(stems)
        total += 1
    return {named: math.log((total + 1) / count) for named, count in counts.items()}


def _query_terms(query: str) -> list[str]:
    return list(dict.fromkeys(_terms(query)))


def _passage(operation: Described) -> list[str]:
    """The terms of an operation, repeated by the weight of the field in which they stand."""
    fields = {
        "method": _method_terms(operation),
        "path": _terms(operation.path),
        "operation_id": _terms(operation.operation_id),
        "summary": _terms(operation.summary[:TEXT_CHARACTERS]),
        "tags": _terms(" ".join(operation.tags)),
        "description": _terms(operation.description[:TEXT_CHARACTERS]),
    }
    return [term for name, terms in fields.items() for term in list(terms) * _WEIGHTS[name]]


def _method_terms(operation: Described) -> Iterator[str]:
    verb = _METHOD_VERBS.get(operation.method)
    if verb:
        yield _verb_term(verb)
    if verb == "get" and not _ends_in_parameter(operation.path):
        yield _verb_term("list")


def _terms(text: str) -> Iterator[str]:
    """Stems, each verb followed by the term that it shares with its synonyms and the method."""
    for found in telling_stems(text):
        verb = _VERB_OF.get(found)
        if verb is None or found != stem(verb):
            yield found
        if verb:
            yield _verb_term(verb)


def _verb_term(verb: str) -> str:
    return f"={verb}"


_VERB_OF = {stem(word): verb for verb, words in _VERBS.items() for word in words.split()}
