"""The rows of a dataset, one frozen type for each table: what steps hand to one another.

``ApiCall`` and ``DatasetRow`` are what leaves the program. Their first fields carry the names that
API Pack published (arXiv 2402.09615, Figures 2 and 7); those below are ours: what API Pack dropped
and what tells a row's origin. :data:`PUBLISHED` is the one place that maps our words to theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from core.candidate import Candidate

Split = Literal["train", "test_level_1", "test_level_2", "test_level_3"]
SPLITS: tuple[Split, ...] = get_args(Split)
"""``train``, and a test set for each level: 1 seen operation in new words, 2 unseen operation of a
seen API, 3 unseen API. Spelled as Hugging Face allows splits to be."""
LEVELS: dict[str, int] = {split: level for level, split in enumerate(SPLITS)}
"""The level that a split tests; 0 for training."""

PUBLISHED = {
    "title": "api_name",
    "api_description": "api_description",
    "provider": "api_provider",
    "operation_id": "endpoint_name",
    "summary": "functionality",
    "description": "description",
    "path": "path",
    "method": "method",
    "code": "api_call",
    "lang": "lang",
}
"""Our fields by the keys of API Pack's Figure 7."""


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation that examples are made of (``curate``)."""

    document: str
    """SHA-256 of its document."""
    pointer: str
    api: str
    """The API's identity, the same for all its versions (:mod:`core.openapi.identity`)."""
    title: str
    api_description: str
    provider: str
    operation_id: str
    """As the document writes it; empty where it gives none."""
    summary: str
    description: str
    method: str
    path: str
    tags: tuple[str, ...]
    source: str
    """Where the document came from: a hub, uploads, a folder."""

    @property
    def key(self) -> str:
        """The operation's name in drops, and the group of its candidates."""
        return f"{self.document}#{self.pointer}"

    @property
    def label(self) -> str:
        """What people read: ``GET /pets/{petId}``."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class CallRow:
    """One operation as code (``curate``)."""

    operation: int
    """Its number among the operations of the shard."""
    media_type: str
    """Of the body; empty where there is none."""
    language: str
    """As :data:`core.parse.LANGUAGES` spells it."""
    client: str
    """As :data:`core.render.CLIENTS` spells it; empty for code that the document brings."""
    lang: str
    """API Pack's name of the language."""
    values: str
    """The value policy; empty for code that the document brings."""
    origin: Literal["rendered", "document"]
    code: str


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Words for an operation (``instruct``)."""

    operation: int
    idx: int
    """From 1 on, among the candidates of one operation."""
    text: str
    origin: str
    """See :class:`core.candidate.Candidate`."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what judges and measures say of it (``judge``, ``score``)."""

    idx: int
    candidate: str
    origin: str
    label: str
    """``good`` or ``bad``; empty where the judge said nothing."""
    reasons: tuple[str, ...]
    """Keys of :data:`core.candidate.REASONS`; a good one may have what is not enough against it."""
    judge: str
    score: float | None
    """What the best of several is chosen by: higher is better."""
    input_tokens_mean: float | None = None
    """API Pack's back-translation score, of a language model: the mean natural logarithm of the
    probability of the operation's texts, over their tokens."""


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One row of the API database: an operation's call in one language (Figure 7)."""

    api_name: str
    api_description: str
    api_provider: str
    endpoint_name: str
    functionality: str
    description: str
    path: str
    method: str
    api_call: str
    lang: str
    # Ours:
    language: str
    client: str
    media_type: str
    values: str
    origin: str
    api: str
    document: str
    pointer: str
    tags: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One example: an instruction, and the API call that answers it."""

    id: str
    """The same for the same operation, media type, client and origin in every version."""
    split: str
    level: int
    """0 for training, else the level that the row tests."""
    instruction: str
    """What is asked. In ``test_level_1`` these are words that training has not seen."""
    instruction_test: str
    """A second, different good instruction; empty outside training."""
    instruction_candidates: tuple[Judged, ...]
    input_tokens_mean: float | None
    provenance: str
    """Who wrote the instruction: ``template``, ``model:NAME``, ``edit:CANDIDATE``, …"""
    reportable: bool
    """Whether a test on this row may be reported: never where a template wrote the words."""
    api_name: str
    api_description: str
    api_provider: str
    endpoint_name: str
    functionality: str
    description: str
    path: str
    method: str
    api_call: str
    lang: str
    language: str
    client: str
    media_type: str
    values: str
    origin: str
    api: str
    document: str
    pointer: str
    tags: tuple[str, ...]
    source: str


def candidate_of(operation: OperationRow, text: str, origin: str, call: str = "") -> Candidate:
    """A candidate as judges, measures and people see it."""
    return Candidate(
        group=operation.key,
        text=text,
        api_name=operation.title,
        functionality=operation.summary,
        description=operation.description,
        endpoint=operation.operation_id,
        method=operation.method,
        path=operation.path,
        call=call,
        origin=origin,
    )
