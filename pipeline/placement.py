"""Operations and the split that each is in: what ``split`` decides and the leak check reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.duplicates import Words, said, words_of
from core.openapi.identity import title_without_version
from pipeline.row import OperationRow

UNUSED = "unused"
"""The split of what is in none: a test that training would give away."""

_in_braces = re.compile(r"\{[^{}]*\}")
_version = re.compile(r"/v?\d+(?:[._-]\d+)*(?:[a-z]+\d*)?(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an operation goes (``split``)."""

    part: str
    """Its shard."""
    operation: int
    """Its number among the operations of the shard."""
    key: str
    split: str
    """``train``, ``test_level_2``, ``test_level_3`` or ``unused``."""
    is_asked_again: bool
    """Whether it is in ``test_level_1`` too, in other words."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What of an operation tells whether a split gives it away."""

    part: str
    operation: int
    key: str
    label: str
    source: str
    api: str
    title: str
    """In small letters, without its version."""
    twin: str
    """The same for this operation in each version of its API."""
    words: Words
    """Of its summary and description."""
    instruction: str
    instruction_test: str


def subject_of(
    row: OperationRow, part: str, operation: int, instruction: str, instruction_test: str
) -> Subject:
    """An operation as splits see it."""
    path = _version.sub("", _in_braces.sub("{}", row.path)).casefold()
    return Subject(
        part=part,
        operation=operation,
        key=row.key,
        label=row.label,
        source=row.source,
        api=row.api,
        title=title_without_version(row.title),
        twin=f"{row.method} {path}",
        words=words_of(f"{row.summary} {row.description}"),
        instruction=said(instruction),
        instruction_test=said(instruction_test),
    )
