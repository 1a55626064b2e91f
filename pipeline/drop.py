"""What steps leave out: a row for each thing, under one of the filters that this table owns.

A filter works on one unit. Of each unit, what enters a step is what leaves it and what its filters
took: :class:`Tally` counts all three, and the funnel shows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from core.batch import UNEXPECTED
from core.errors import CallwrightError
from core.store.text import storable

Unit = Literal[
    "documents", "operations", "requests", "calls", "own calls", "examples", "candidates"
]
"""A request is an operation with one media type; a call is a request in one language. Examples and
candidates are counted where a language model is asked for them."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One reason for which a step leaves something out."""

    step: str
    unit: Unit
    title: str
    """What a person reads beside its bar."""
    can_keep: bool = False
    """Whether a person may keep what it takes: it is a matter of taste, not broken."""
    asks: str = ""
    """What a language model was asked for and did not give; empty where none is asked."""


FILTERS: dict[str, Filter] = {
    "unreadable": Filter("curate", "documents", "cannot be read"),
    "no-endpoint": Filter("curate", "documents", "no operation in it"),
    "foreign-document": Filter("curate", "documents", "not in English", can_keep=True),
    "unusable": Filter("curate", "operations", "cannot be used"),
    "no-words": Filter("curate", "operations", "neither name nor description"),
    "foreign-operation": Filter("curate", "operations", "not in English", can_keep=True),
    "no-request": Filter("curate", "requests", "no legal request can be made"),
    "own-language": Filter("curate", "own calls", "in a language that is not wanted or known"),
    "own-unread": Filter("curate", "own calls", "makes no call that can be read"),
    "own-illegal": Filter("curate", "own calls", "the document does not allow it"),
    "unrefined": Filter("instruct", "examples", "stays as the template wrote it", asks="refine"),
    "unwritten": Filter("instruct", "candidates", "the model did not write it", asks="instruct"),
    "unworded": Filter("instruct", "operations", "the model wrote no candidate", asks="instruct"),
    "changed": Filter("validate", "calls", "the document has changed since"),
    "unread": Filter("validate", "calls", "makes no call that can be read"),
    "other-request": Filter("validate", "calls", "sends another request"),
    "illegal": Filter("validate", "calls", "the document does not allow it"),
    "unjudged": Filter("judge", "candidates", "the model did not judge it", asks="judge"),
    "unscored": Filter("score", "candidates", "the model did not score it", asks="score"),
    "no-call": Filter("select", "operations", "no valid call is left"),
    "few-good": Filter("select", "operations", "fewer than two good instructions", can_keep=True),
    "near-duplicate": Filter("split", "operations", "a test that says what training says"),
}
"""Every filter by the name that rows and addresses use, in the order in which they work."""


_MOST_BYTES = {"key": 3_000, "label": 500, "reason": 1_000, "text": 2_000}
"""Of the texts of a drop, which are a stranger's."""


@dataclass(frozen=True, slots=True)
class DropRow:
    """One thing that a step left out."""

    filter: str
    source: str
    key: str
    """What a person keeps it by; within a filter, each key is dropped once."""
    label: str
    """What people read: ``GET /pets``, a file's name."""
    reason: str
    """A sentence."""
    text: str = ""
    """What was dropped, where that is a text: code, words."""


@dataclass(slots=True)
class Tally:
    """What one part of a step's work counts, by source."""

    kept: frozenset[str] = frozenset()
    """Keys that filters let through because a person said so."""
    entered: dict[str, Counter[str]] = field(default_factory=dict)
    left: dict[str, Counter[str]] = field(default_factory=dict)
    lost: dict[str, Counter[str]] = field(default_factory=dict)
    """By filter, not by unit."""
    apis: dict[str, set[str]] = field(default_factory=dict)
    """Identities of the APIs that something is left of."""
    drops: list[DropRow] = field(default_factory=list)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What language models were asked for, and how: what a row's provenance leads to."""

    def enter(self, source: str, unit: Unit, count: int = 1) -> None:
        """So many come in."""
        self.entered.setdefault(source, Counter())[unit] += count

    def leave(self, source: str, unit: Unit, count: int = 1) -> None:
        """So many go on."""
        self.left.setdefault(source, Counter())[unit] += count

    def drop(self, row: DropRow, count: int = 1) -> bool:
        """Leave something out, or so many for the same reason; false where a person keeps it."""
        if FILTERS[row.filter].can_keep and row.key in self.kept:
            return False
        self.lost.setdefault(row.source, Counter())[row.filter] += count
        texts = {name: storable(getattr(row, name), most) for name, most in _MOST_BYTES.items()}
        self.drops.append(replace(row, **texts))
        return True

    @contextmanager
    def dropping(self, filter_: str, source: str, key: str, label: str) -> Iterator[None]:
        """The one boundary at which what goes wrong with one thing becomes a counted row."""
        try:
            yield
        except CallwrightError as error:
            self.drop(DropRow(filter_, source, key, label, str(error)))
        except MemoryError:
            raise  # that is the machine's, and no reason to leave something out
        except Exception as error:
            reason = f"{UNEXPECTED} {type(error).__name__}: {error}. Please report it."
            self.drop(DropRow(filter_, source, key, label, reason))
