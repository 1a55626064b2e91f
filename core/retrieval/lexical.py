"""Find operations by the words that people use for them: BM25, no model, no network.

>>> index = LexicalIndex(listed)
>>> index.search("delete a pet")[0].operation.label
'DELETE /pets/{petId}'

Names are taken apart (``listPetsByTag``, ``pet_id``), plurals and endings cut, and verbs brought
together with the HTTP method that carries them out: “remove” finds ``DELETE``, “list” a ``GET``
whose path does not end in a parameter.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np

from core.openapi.operation import Operation

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

_word = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")
"""``HTTPServerList`` → ``HTTP``, ``Server``, ``List``; letters of other alphabets stay together."""

_in_braces = re.compile(r"\{[^{}]*\}")
_ends_in_parameter = re.compile(r"\}(\.\w+)?/?$").search

_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been by can could do does for from had has have her his how i if in
        is it its me mine my need of on or our please s so t that the their them then there these
        they this those to us want was we were what when where which who whose will with would
        you your
        """,
    )
)

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


@dataclass(frozen=True, slots=True)
class Hit:
    """An operation that shares words with the query."""

    operation: Operation
    score: float
    """BM25: comparable within one search only."""


class LexicalIndex:
    """The words of operations, ready to be searched. Safe to share between threads."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._operations = tuple(operations)
        self._scorer = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        passages = [_passage(operation) for operation in self._operations]
        self._rarity = _rarity(_segment_stems(operation.path) for operation in self._operations)
        if passages:
            self._scorer.index(passages, show_progress=False)

    def __len__(self) -> int:
        return len(self._operations)

    def search(self, query: str, top_k: int = 20) -> list[Hit]:
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

    def _focus(self, operation: Operation, asked: frozenset[str]) -> float:
        """How much of what the path names was asked for: 1 for all, 0 for nothing of it."""
        named = _segment_stems(operation.path)
        whole = sum(self._rarity[stem] for stem in named)
        return sum(self._rarity[stem] for stem in named & asked) / whole if whole else 0.0

    @property
    def _vocabulary(self) -> dict[str, int]:
        return self._scorer.vocab_dict if self._operations else {}


def _segment_stems(path: str) -> frozenset[str]:
    """The words of a path's own segments, parameters left out."""
    return frozenset(map(_stem, _words(_in_braces.sub("", path))))


def _rarity(named: Iterable[frozenset[str]]) -> dict[str, float]:
    """Words that every path has (``api``, ``v1``) tell nothing."""
    counts: Counter[str] = Counter()
    total = 0
    for stems in named:
        counts.update(stems)
        total += 1
    return {stem: math.log((total + 1) / count) for stem, count in counts.items()}


def _query_terms(query: str) -> list[str]:
    return list(dict.fromkeys(_terms(query)))


def _passage(operation: Operation) -> list[str]:
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


def _method_terms(operation: Operation) -> Iterator[str]:
    verb = _METHOD_VERBS.get(operation.method)
    if verb:
        yield _verb_term(verb)
    if verb == "get" and not _ends_in_parameter(operation.path):
        yield _verb_term("list")


def _terms(text: str) -> Iterator[str]:
    """Stems, each verb followed by the term that it shares with its synonyms and the method."""
    for word in _words(text):
        stem = _stem(word)
        verb = _VERB_OF.get(stem)
        if verb is None or stem != _stem(verb):
            yield stem
        if verb:
            yield _verb_term(verb)


def _words(text: str) -> Iterable[str]:
    words = (found.lower() for found in _word.findall(text))
    return (word for word in words if word not in _STOP_WORDS)


def _verb_term(verb: str) -> str:
    return f"={verb}"


_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """A word without plural and verb endings; both sides of a search lose the same letters."""
    for ending, kept in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + kept
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 4 else word


_VERB_OF = {_stem(word): verb for verb, words in _VERBS.items() for word in words.split()}
