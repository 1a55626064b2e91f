"""An answer as a conversation keeps it: its calls, and what spoke for each, as JSON and back.

>>> answer_of(answer_record(kept)) == kept
True

Operations are named by their keys, so an answer is small, and what it proves is asked anew of the
document whenever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.answer import NO_WORK, Answer, Call, Work
from core.arguments.filling import Evidence
from core.arguments.slot import slots
from core.openapi.operation import Operation
from core.request import Json, Request
from core.request_record import request_of, request_record
from core.retrieval.entry import Key
from core.retrieval.fuse import Reasons

MOST_CALLS = 12
"""Calls that are kept: the answer, and what else may have been meant."""


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """Which words of a question gave which value."""

    place: str
    path: tuple[str, ...]
    value: Json
    start: int
    end: int
    score: float

    @property
    def name(self) -> str:
        """``path petId``, as people read it."""
        return f"{self.place} {'.'.join(self.path)}".strip()


@dataclass(frozen=True, slots=True)
class KeptCall:
    """One operation as a call, without its document."""

    document: str
    pointer: str
    method: str
    path: str
    operation_id: str
    summary: str
    api: str
    title: str
    """Of the API."""
    request: Request
    evidence: tuple[KeptEvidence, ...] = ()
    words: float = 0.0
    """See :class:`core.retrieval.fuse.Reasons`."""
    meaning: float = 0.0
    named: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Of its operation."""
        return (self.document, self.pointer)

    @property
    def label(self) -> str:
        """``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"

    @property
    def reasons(self) -> Reasons:
        """Why it was found."""
        return Reasons(self.words, self.meaning, self.named)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was said to one message."""

    asked: str
    """All words that count: those of a follow-up stand under those that it follows."""
    calls: tuple[KeptCall, ...] = ()
    """Best first; also where nothing fits, as the nearest there is."""
    confidence: float = 0.0
    reason: str = ""
    """Why there is no answer; empty where there is one."""
    notes: tuple[str, ...] = ()
    judged: str = ""
    """The document by which pasted code is judged; such an answer has no calls."""
    client: str = ""
    """The client that the words name, if they do."""
    written: str = ""
    """What a language model wrote, word for word."""
    work: Work = NO_WORK
    """Of the language model, if one was asked."""

    @property
    def is_answered(self) -> bool:
        """Whether there is a call, or a judgement of one."""
        return bool(self.calls or self.judged) and not self.reason


def kept(answer: Answer) -> KeptAnswer:
    """What is kept of an engine's answer."""
    return KeptAnswer(
        asked=answer.question,
        calls=tuple(map(kept_call, answer.calls[:MOST_CALLS])),
        confidence=answer.confidence,
        reason=answer.reason,
        notes=answer.notes,
        written=answer.written,
        work=answer.work,
    )


def kept_call(call: Call) -> KeptCall:
    """What is kept of a call."""
    operation, entry, reasons = call.operation, call.hit.entry, call.hit.reasons
    return KeptCall(
        document=operation.key[0],
        pointer=operation.key[1],
        method=operation.method,
        path=operation.path,
        operation_id=operation.operation_id,
        summary=operation.summary,
        api=entry.api,
        title=entry.title,
        request=call.request,
        evidence=kept_evidence(call.evidence),
        words=reasons.words,
        meaning=reasons.meaning,
        named=reasons.named,
        notes=call.notes,
    )


def kept_evidence(found: Iterable[Evidence]) -> tuple[KeptEvidence, ...]:
    """What is kept of evidence."""
    return tuple(
        KeptEvidence(
            each.slot.place, each.slot.path, each.value, each.start, each.end, float(each.score)
        )
        for each in found
    )


def evidence_of(call: KeptCall, operation: Operation) -> tuple[Evidence, ...]:
    """The evidence of a kept call, with its places in the operation; what has none is left out."""
    offered = {(slot.place, slot.path): slot for slot in slots(operation)}
    return tuple(
        Evidence(offered[each.place, each.path], each.value, each.start, each.end, each.score)
        for each in call.evidence
        if (each.place, each.path) in offered
    )


def with_first(answer: KeptAnswer, at: int) -> KeptAnswer:
    """The answer with another of its calls in front; the rest stays in order."""
    calls = list(answer.calls)
    calls.insert(0, calls.pop(at))
    return replace(answer, calls=tuple(calls), reason="")


def answer_record(answer: KeptAnswer) -> dict[str, Any]:
    """The answer as JSON can say it."""
    calls = [
        {
            **{name: value for name, value in _fields(call).items() if name != "request"},
            "request": request_record(call.request),
        }
        for call in answer.calls
    ]
    return {**_fields(answer), "calls": calls}


def answer_of(record: dict[str, Any]) -> KeptAnswer:
    """The answer that a record holds. Raises ``RequestError`` where a call is none any more."""
    read = {
        "calls": tuple(map(_call_of, record["calls"])),
        "notes": tuple(record["notes"]),
        "work": _work_of(record.get("work", {})),
    }
    return KeptAnswer(**{**record, **read})


def _work_of(record: dict[str, Any]) -> Work:
    prompts = tuple((name, version) for name, version in record.get("prompts", ()))
    return Work(**{**record, "prompts": prompts})


def _call_of(record: dict[str, Any]) -> KeptCall:
    evidence = tuple(
        KeptEvidence(**{**each, "path": tuple(each["path"])}) for each in record["evidence"]
    )
    read = {
        "request": request_of(record["request"]),
        "evidence": evidence,
        "notes": tuple(record["notes"]),
    }
    return KeptCall(**{**record, **read})


def _fields(value: KeptAnswer | KeptCall) -> dict[str, Any]:
    """The fields by name, nested ones as dicts; requests and calls stay for their own functions."""
    if isinstance(value, KeptAnswer):
        return asdict(replace(value, calls=()))
    whole = {name: getattr(value, name) for name in KeptCall.__slots__}
    return {**whole, "evidence": [asdict(each) for each in value.evidence]}
