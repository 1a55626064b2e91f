"""Is a document valid OpenAPI? A verdict within a time limit, whatever the document.

The validator can recurse without end or take minutes, so it works in a child process
(:mod:`core.openapi.validator`) that ends after some seconds or gigabytes. An invalid document is
usually usable all the same: findings are there to be read, not to stop anybody.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import orjson

from core.request import Json
from core.wire import shorten

Outcome = Literal["valid", "invalid", "undecided"]

MAX_FINDINGS = 100
"""Findings that a report holds; the others are counted."""
_PROJECT = Path(__file__).resolve().parents[2]
_CHILD = "core.openapi.validator"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the document breaks the OpenAPI Specification."""

    message: str
    pointer: str
    """JSON pointer into the document: ``/paths/~1pets/get/parameters/1``; empty for all of it."""


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What the validator said."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    more: int = 0
    """Findings beyond those that are listed."""
    passed_over: int = 0
    """References to other files and places, which were not looked at."""
    reason: str = ""
    """Why the document was not checked to its end, in words; empty if it was."""


def validate(
    root: dict[str, Json], *, seconds: float = 20, max_bytes: int = 2_000_000_000
) -> ValidationReport:
    """Check one parsed document against its version's specification.

    References out of the document are passed over: nothing is read or fetched. ``seconds`` of wall
    time and ``max_bytes`` of memory bound the child process; what it found until then counts.
    """
    try:
        document = orjson.dumps(root)
    except orjson.JSONEncodeError as error:
        return ValidationReport("undecided", reason=f"it cannot be handed over ({error})")
    command = [sys.executable, "-m", _CHILD, str(seconds), str(max_bytes), str(MAX_FINDINGS)]
    try:
        child = subprocess.run(
            command, input=document, capture_output=True, timeout=seconds, cwd=_PROJECT, check=False
        )
    except subprocess.TimeoutExpired as error:
        return _report(error.stdout or b"", f"it takes longer than {seconds:g} seconds")
    return _report(child.stdout, _why_it_ended(child.returncode, child.stderr, max_bytes))


def _report(lines: bytes, reason: str) -> ValidationReport:
    """From one JSON object per line: findings, at the end the other counts, if it came that far."""
    findings: list[Finding] = []
    counts: dict[str, int] = {}
    for line in lines.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            break  # cut off in the middle
        value = orjson.loads(line)
        if "pointer" in value:
            findings.append(Finding(**value))
        else:
            counts = value
    outcome: Outcome = "invalid" if findings else "undecided" if reason else "valid"
    return ValidationReport(outcome, tuple(findings), **counts, reason=reason)


def _why_it_ended(exit_code: int, complaint: bytes, max_bytes: int) -> str:
    if exit_code == 0:
        return ""
    if exit_code < 0:  # ended by a signal: some C code does not survive that memory runs out
        return f"the validator crashed; more than {max_bytes / 1e9:g} GB of memory may help"
    last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
    kind, _, detail = last.partition(": ")
    kind = kind.rpartition(".")[2]
    if kind == "MemoryError":
        return f"it needs more than {max_bytes / 1e9:g} GB of memory"
    if kind == "RecursionError":
        return "its schemas are nested too deep, or refer to each other without end"
    if not kind:
        return f"the validator ended with exit code {exit_code}"
    return f"the validator broke off ({kind}: {shorten(detail, 80)})"
