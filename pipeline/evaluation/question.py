"""Questions with the calls that answer them, and the documents and examples that come with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from core.answer import call_with
from core.build import build
from core.known_documents import KnownDocuments
from core.library import Library, library_of
from core.metrics.request_score import Wanted
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.request import Request
from core.values import PublishedValues

_INTRODUCTIONS = "in|of|for|from|with|using|via|through|on|to|at|by|within|into"


@dataclass(frozen=True, eq=False)
class Question:
    """Words, and the call that they ask for."""

    id: str
    text: str
    level: int
    """1 to 3; 0 where nothing answers it."""
    is_named: bool
    """Whether the words say the name of the API."""
    title: str
    """Of the API; empty where there is none."""
    api: str
    """The API's identity (:mod:`core.openapi.identity`)."""
    wanted: Wanted | None
    """``None`` where nothing answers it."""

    @property
    def cluster(self) -> str:
        """What is drawn together for intervals: the operation, at Level 3 the whole API."""
        if self.wanted is None:
            return self.id
        return self.api if self.level == 3 else self.wanted.operation.pointer + self.api


@dataclass(frozen=True)
class QuestionSet:
    """What engines are asked, and what they may look at."""

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...]
    training: tuple[Question, ...] = ()
    """What engines may take examples from, and what models were trained on."""
    dropped: Mapping[str, int] | None = None
    """What could not be used, counted by reason."""
    note: str = ""
    """What a reader of its figures has to know."""

    @cached_property
    def library(self) -> Library:
        """The operations of the documents."""
        return library_of(self.documents)

    @cached_property
    def known(self) -> KnownDocuments:
        """Where calls may be at home."""
        return KnownDocuments(self.documents)

    @cached_property
    def split_hash(self) -> str:
        """The same for the same questions at the same levels with the same answers."""
        digest = hashlib.sha256()
        for question in (*self.questions, *self.training):
            wanted = question.wanted.request.url if question.wanted else ""
            digest.update(f"{question.id}\0{question.level}\0{question.text}\0{wanted}\n".encode())
        return digest.hexdigest()[:16]

    def limited(self, per_level: int | None) -> QuestionSet:
        """At most so many questions of each level, the first ones in the order they are asked."""
        if per_level is None:
            return self
        kept: dict[int, list[Question]] = {}
        for question in self.questions:
            kept.setdefault(question.level, []).append(question)
        chosen = {question.id for listed in kept.values() for question in listed[:per_level]}
        return replace(self, questions=tuple(each for each in self.questions if each.id in chosen))

    def unnamed(self) -> QuestionSet:
        """The same without the names of the APIs."""
        return replace(self, questions=tuple(map(_unnamed, self.questions)))


def in_order(questions: Iterable[Question], seed: int) -> tuple[Question, ...]:
    """Levels and APIs mixed, so that every cell of a board fills from the first moment on."""

    def place(question: Question) -> str:
        return hashlib.md5(f"{seed}\0{question.id}".encode()).hexdigest()

    return tuple(sorted(questions, key=place))


def request_for(operation: Operation, policy: str, arguments: Mapping[str, Any]) -> Request:
    """The call of an operation under a value policy. Raises ``CallwrightError``."""
    if policy == "published":
        return build(operation, PublishedValues(operation.document)).request
    return call_with(operation, arguments).request


def without_name(text: str, title: str) -> str:
    """A question without its API's name: “… in the Pets API” ends before “in”.

    >>> without_name("List cats using the Pets API, please", "Pets")
    'List cats, please'
    """
    bare = re.sub(r"\s+APIs?$", "", title, flags=re.IGNORECASE)
    if not bare:
        return text
    name = rf"(?:{re.escape(title)}|{re.escape(bare)})(?:['’]s)?(?:\s+APIs?)?"
    pattern = rf"\s*(?:\b(?:{_INTRODUCTIONS})\s+)?(?:\bthe\s+)?(?<!\w){name}(?!\w)"
    left = re.sub(pattern, "", text, flags=re.IGNORECASE)
    left = re.sub(r"\s+([,.?!;:])", r"\1", " ".join(left.split())).lstrip(" ,:;.–-")
    return left or text


def _unnamed(question: Question) -> Question:
    text = without_name(question.text, question.title) if question.title else question.text
    return replace(question, text=text, is_named=False)
