"""The command ``ask``: a question in plain words, answered by one call with its proof."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.answer import Answer, Call, Engine
from core.arguments.filling import Evidence
from core.grounded import library_engine, workspace_engine
from core.har import har_request
from core.library import Library, read_library
from core.render import client
from core.retrieval.entry import EVERYTHING, Scope
from core.samples import SAMPLES
from core.settings import NONE, Settings
from core.store.database import has_workspace, open_store


@dataclass(frozen=True)
class AskOptions:
    """What a person asks for besides the words."""

    sources: Sequence[Path] = ()
    """Documents to look into; without any the workspace, or the samples where there is none."""
    words_only: bool = False
    """Do without the embedder, which takes some seconds to load."""
    api: str | None = None
    client: str = "curl"
    top: int = 5
    """Calls that are told of, the answer included."""


def ask(question: str, options: AskOptions, *, as_json: bool) -> int:
    """Prints the call, and why it is the right one to standard error.

    The exit code says whether there is one. Raises ``CallwrightError``.
    """
    settings = Settings.from_environment()
    if options.words_only:
        settings = replace(settings, embedder=NONE)
    engine, library = _opened(options.sources, settings)
    scope = Scope(apis=library.apis_called(options.api)) if options.api else EVERYTHING
    answer = engine.answer(question, scope)
    if as_json:
        print(json.dumps(as_row(answer, options), ensure_ascii=False))
    else:
        _print(answer, options)
    return 0 if answer.call else 1


def as_row(answer: Answer, options: AskOptions) -> dict[str, Any]:
    """An answer for programs."""
    call = answer.call
    return {
        "question": answer.question,
        "confidence": round(answer.confidence, 3),
        "reason": answer.reason,
        "notes": answer.notes,
        **(_call_row(call, options.client) if call else {"operation": None}),
        "alternatives": [
            _call_row(other, options.client) for other in answer.alternatives[: options.top - 1]
        ],
    }


def _call_row(call: Call, client_name: str) -> dict[str, Any]:
    return {
        "operation": call.operation.label,
        "api": call.hit.entry.title,
        "pointer": call.operation.pointer,
        "evidence": [_evidence_row(evidence) for evidence in call.evidence],
        "status": call.verdict.status,
        "findings": [asdict(finding) for finding in call.verdict.findings],
        "client": client_name,
        "code": client(client_name).render(call.request),
        "request": har_request(call.request),
        "notes": call.notes,
    }


def _evidence_row(evidence: Evidence) -> dict[str, Any]:
    slot = evidence.slot
    return {
        "place": slot.place,
        "name": ".".join(slot.path),
        "value": evidence.value,
        "start": evidence.start,
        "end": evidence.end,
    }


def _opened(sources: Sequence[Path], settings: Settings) -> tuple[Engine, Library]:
    if sources or not has_workspace(settings):
        library = read_library(sources or (SAMPLES,))
        return library_engine(library, settings), library
    engine = workspace_engine(open_store(settings), wait=True)
    return engine, engine.library()


def _print(answer: Answer, options: AskOptions) -> None:
    if answer.call:
        print(client(options.client).render(answer.call.request))
    for line in _why(answer, options):
        print("".join(char if char.isprintable() else "�" for char in line), file=sys.stderr)


def _why(answer: Answer, options: AskOptions) -> Iterator[str]:
    """What speaks for the answer, and what else may have been meant."""
    call = answer.call
    if call is None:
        yield answer.reason
    else:
        yield (
            f"{call.operation.label} of {call.hit.entry.title}: {call.verdict.status}, "
            f"{answer.confidence:.0%} sure"
        )
        for evidence in call.evidence:
            name = ".".join(evidence.slot.path)
            said = answer.question[evidence.start : evidence.end]
            yield f"  {evidence.slot.place} {name} = {json.dumps(evidence.value)} from “{said}”"
        for finding in call.verdict.findings:
            yield f"  {finding.severity}: {finding.message}"
    for other in answer.alternatives[: options.top - 1]:
        yield f"or: {other.operation.label} of {other.hit.entry.title}"
    yield from answer.notes
