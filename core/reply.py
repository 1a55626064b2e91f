"""What is said to a message: a question answered, a follow-up carried out, pasted code judged.

>>> reply("now with limit 50", turn, scope, sources).calls[0].request.target
'/pets?limit=50'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.answer import Engine, call_with
from core.arguments.filling import Evidence, arguments_of
from core.check import check
from core.connection import Connection, connection_of
from core.conversation import (
    ChangedCall,
    NewQuestion,
    SameCall,
    Turn,
    understand,
    without_client,
)
from core.document_cache import DocumentCache
from core.errors import CallwrightError
from core.kept_answer import KeptAnswer, kept, kept_evidence, with_first
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.parse import guess_language, parse
from core.request import Request
from core.retrieval.entry import EVERYTHING, Scope
from core.retrieval.workspace_index import Filter, WorkspaceIndex
from core.route import match
from core.store.api_choices import ApiChoices

_looks_like_code = re.compile(r"://|^\s*(?:\$\s*)?curl\s.*\w[.:]\w")
"""Every call names a host, most with a scheme; “curl up with a book” names none."""
_MOST_DOCUMENTS = 12
"""Documents that are tried on pasted code, those first that share the most words with it."""
_OUTCOMES = ("matched", "wrong method", "wrong server", "unknown endpoint")
"""How well a document suits a pasted call, best first."""


@dataclass(frozen=True)
class Sources:
    """Where replies come from."""

    engine: Engine
    cache: DocumentCache
    words: WorkspaceIndex
    choices: Callable[[], Mapping[str, ApiChoices]] = dict
    """What people chose for APIs, by identity."""

    def operation(self, key: tuple[str, str]) -> Operation:
        """An operation by its key. Raises ``CallwrightError``."""
        return self.cache.operation(*key)

    def connection(self, operation: Operation, api: str) -> Connection:
        """Where calls of an API go, and what they bring."""
        return connection_of(operation, self.choices().get(api, ApiChoices()))


def reply(text: str, turn: Turn | None, scope: Scope, sources: Sources) -> KeptAnswer:
    """What is said to a message, where ``turn`` is the answer before it.

    Raises ``CallwrightError``.
    """
    if (request := pasted(text)) is not None:
        return _judged(text, request, scope, sources)
    words, client = without_client(text)
    meant = understand(words, turn, sources.operation)
    if isinstance(meant, NewQuestion):
        within = replace(scope, apis=scope.apis or meant.apis, methods=meant.methods)
        answer = kept(sources.engine.answer(meant.asked, within))
    else:
        assert turn is not None
        answer = _of_turn(meant, turn, sources)
    return replace(answer, client=client)


def pasted(text: str) -> Request | None:
    """The request of pasted code; ``None`` for words, and for code that makes no call."""
    if not _looks_like_code.search(text):
        return None
    return parse(text, guess_language(text)).request


def _of_turn(meant: SameCall | ChangedCall, turn: Turn, sources: Sources) -> KeptAnswer:
    answer = with_first(turn.answer, meant.at)
    if isinstance(meant, SameCall):
        return answer
    operation = sources.operation(answer.calls[0].key)
    connection = sources.connection(operation, answer.calls[0].api)
    built = call_with(operation, arguments_of(meant.evidence), connection)
    verdict = check(built.request, operation.document)
    if not verdict.is_legal:
        found = next(each for each in verdict.findings if each.severity == "illegal")
        return replace(answer, notes=(f"The call stays as it was: {found.message}",))
    call = replace(
        answer.calls[0],
        request=built.request,
        evidence=kept_evidence(sorted(meant.evidence, key=_start)),
        notes=built.notes,
    )
    return replace(answer, asked=meant.asked, calls=(call, *answer.calls[1:]), notes=())


def _start(evidence: Evidence) -> int:
    return evidence.start


def _judged(text: str, request: Request, scope: Scope, sources: Sources) -> KeptAnswer:
    """Pasted code, by the document that it is most likely meant for."""
    best: tuple[int, str] | None = None
    for sha256, document in _documents_like(request, scope, sources):
        rank = _OUTCOMES.index(match(request, document).outcome)
        if best is None or rank < best[0]:
            best = rank, sha256
        if rank == 0:
            break
    if best is None or (best[0] == _OUTCOMES.index("unknown endpoint") and not scope.apis):
        reason = (
            f"No document here describes {request.base_url}. Add it, then paste the call again."
        )
        return KeptAnswer(text, reason=reason)
    return KeptAnswer(text, confidence=1.0, judged=best[1])


def _documents_like(
    request: Request, scope: Scope, sources: Sources
) -> Iterator[tuple[str, Document]]:
    found = sources.words.search(
        f"{request.path} {request.host}", Filter(apis=scope.apis), limit=10 * _MOST_DOCUMENTS
    )
    names = list(dict.fromkeys(hit.operation.document for hit in found.hits))
    for sha256 in names[:_MOST_DOCUMENTS]:
        try:
            yield sha256, sources.cache.get(sha256)
        except CallwrightError:
            continue  # it has gone since it was indexed


def scope_of(api: str) -> Scope:
    """One API, or all of them."""
    return Scope(frozenset({api})) if api else EVERYTHING
