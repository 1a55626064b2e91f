"""The terms of an operation and of a question: what the word index is made of.

>>> query_terms("remove a pet")
['remov', '=delete', 'pet']

Names are taken apart (``listPetsByTag``, ``pet_id``), plurals and endings cut, and verbs brought
together with the HTTP method that carries them out: “remove” finds ``DELETE``, “list” a ``GET``
whose path does not end in a parameter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from core.words import stem, telling_stems

TEXT_CHARACTERS = 300
"""Of a summary and a description that count: what an operation does stands at its beginning."""

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
_ends_in_word = re.compile(r"[^\W_]\Z").search

_VERBS = {
    "list": "all browse enumerate every list",
    "get": "display fetch find get lookup obtain query read retrieve return search see show view",
    "create": "add book create insert make new open post register submit upload",
    "update": "adjust alter change edit modify patch put rename replace set update",
    "delete": "cancel delete destroy discard drop erase remove revoke",
}
"""Verbs that people use for what the HTTP methods do (RFC 9110 section 9.3, RFC 5789)."""
_VERB_OF = {stem(word): verb for verb, words in _VERBS.items() for word in words.split()}

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
    @property
    def deprecated(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed of one operation."""

    terms: Counter[str]
    """How often each term counts, by the weights of the fields in which it stands."""
    path_stems: frozenset[str]
    """The words of the path's own segments, parameters left out."""


def passage_of(operation: Described) -> Passage:
    """The terms of an operation."""
    fields = {
        "method": _method_terms(operation),
        "path": _terms(operation.path),
        "operation_id": _terms(operation.operation_id),
        "summary": _terms(operation.summary[:TEXT_CHARACTERS]),
        "tags": _terms(" ".join(operation.tags)),
        "description": _terms(operation.description[:TEXT_CHARACTERS]),
    }
    terms: Counter[str] = Counter()
    for name, found in fields.items():
        for term in found:
            terms[term] += _WEIGHTS[name]
    return Passage(terms, frozenset(telling_stems(_in_braces.sub("", operation.path))))


def query_terms(query: str) -> list[str]:
    """The terms of a question, each once."""
    return list(dict.fromkeys(_terms(query)))


def word_in_progress(query: str) -> str:
    """The stem of the word at the very end of a question, which may be half typed."""
    stems = list(telling_stems(query)) if _ends_in_word(query) else []
    return stems[-1] if stems else ""


def verbs_that_begin_with(beginning: str) -> list[str]:
    """The terms of the verbs that a half typed one may become."""
    found = (verb for word, verb in _VERB_OF.items() if word.startswith(beginning))
    return [_verb_term(verb) for verb in dict.fromkeys(found)]


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
