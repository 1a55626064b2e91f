"""A piece of code judged: what it sends, what the document says of it, and how it would be right.

What the Check page, the ``check`` command and the chat show of pasted code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from core.check import check
from core.correct import corrected
from core.har import har_request
from core.openapi.document import Document
from core.parse import guess_language, parse
from core.parse.call import Parsed
from core.render import CLIENTS
from core.request import Request
from core.verdict import Verdict


@dataclass(frozen=True)
class Correction:
    """The call that was probably meant, legal by the document."""

    request: Request
    client: str
    """The client in which it is written: that of the given code, as far as can be told."""
    code: str
    diff: str
    """Unified diff from the given call, as this client writes it, to the right one."""


@dataclass(frozen=True)
class Judgement:
    """What can be said of a piece of code."""

    language: str
    parsed: Parsed
    verdict: Verdict | None
    """``None`` where the code makes no call that can be read."""
    correction: Correction | None = None
    """Only for illegal calls, and only where one can be made."""

    @property
    def status(self) -> Literal["valid", "undecidable", "illegal", "no call"]:
        """The verdict's, or that there is nothing to judge."""
        return self.verdict.status if self.verdict else "no call"

    def lines(self) -> Iterator[str]:
        """The judgement as people read it in a terminal."""
        called = self.verdict.operation.label if self.verdict and self.verdict.operation else ""
        yield f"{self.status}: {called or self.parsed.reason}"
        for finding in self.verdict.findings if self.verdict else ():
            proof = f"  [{finding.pointer}]" if finding.pointer else ""
            yield f"  {finding.severity}: {finding.kind}: {finding.message}{proof}"
        for unknown in self.parsed.unknowns:
            yield f"  not stated: {unknown.text} (line {unknown.line}, column {unknown.column})"
        if self.correction is not None:
            yield "corrected:"
            yield from self.correction.diff.splitlines()

    def as_json(self) -> dict[str, Any]:
        """The judgement for programs."""
        verdict, correction, request = self.verdict, self.correction, self.parsed.request
        operation = verdict.operation if verdict else None
        return {
            "status": self.status,
            "language": self.language,
            "reason": self.parsed.reason,
            "operation": operation.label if operation else None,
            "pointer": operation.pointer if operation else None,
            "findings": [asdict(finding) for finding in verdict.findings] if verdict else [],
            "not_stated": [asdict(unknown) for unknown in self.parsed.unknowns],
            "request": har_request(request) if request else None,
            "corrected": {"client": correction.client, "code": correction.code}
            if correction
            else None,
        }


def judge(code: str, document: Document, language: str | None = None) -> Judgement:
    """What the document says of the call in a piece of code; nothing is executed.

    Raises ``UnknownNameError`` for a language that cannot be read.
    """
    language = language or guess_language(code)
    parsed = parse(code, language)
    if parsed.request is None:
        return Judgement(language, parsed, None)
    verdict = check(parsed.request, document)
    correction = None
    if not verdict.is_legal:
        right = corrected(parsed.request, document)
        correction = _correction(code, language, parsed.request, right) if right else None
    return Judgement(language, parsed, verdict, correction)


def _correction(code: str, language: str, given: Request, right: Request) -> Correction:
    client = _client_like(code, language, given)
    before, after = CLIENTS[client].render(given), CLIENTS[client].render(right)
    diff = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "given", "corrected", lineterm=""
    )
    return Correction(right, client, after, "\n".join(diff))


def _client_like(code: str, language: str, given: Request) -> str:
    """Of the clients in the language, the one that writes the request most like the given code."""
    names = [name for name, client in CLIENTS.items() if client.language == language]
    return max(names, key=lambda name: _likeness(CLIENTS[name].render(given), code))


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.splitlines(), other.splitlines()).ratio()
