"""What the document says about a request: a status, and findings with their proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from core.openapi.operation import Operation

Status = Literal["valid", "undecidable", "illegal"]
Severity = Literal["note", "undecidable", "illegal"]


class Kind(StrEnum):
    """What a finding is about, by the name that people read."""

    UNKNOWN_ENDPOINT = "unknown endpoint"
    WRONG_METHOD = "wrong method"
    WRONG_SERVER = "wrong server"
    MISSING_PARAMETER = "missing required parameter"
    UNKNOWN_PARAMETER = "unknown parameter"
    WRONG_PLACE = "wrong place"
    WRONG_TYPE = "wrong type"
    MISSING_BODY = "missing body"
    UNEXPECTED_BODY = "unexpected body"
    WRONG_MEDIA_TYPE = "wrong media type"
    BODY_AGAINST_SCHEMA = "body against schema"
    MISSING_CREDENTIAL = "missing credential"
    PLACEHOLDER = "placeholder"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """One thing that the document says about a request."""

    kind: Kind
    severity: Severity
    message: str
    """A sentence for people."""
    pointer: str = ""
    """JSON pointer of what proves it; empty where it is proved by absence."""
    place: str = ""
    """Where in the request: ``query limit``, ``body /owner/email``."""


@dataclass(frozen=True)
class Verdict:
    """What the document says about a request."""

    status: Status
    operation: Operation | None
    """The operation that was called, or the one that was probably meant."""
    findings: tuple[Finding, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Whether nothing in the document forbids the call."""
        return self.status != "illegal"
