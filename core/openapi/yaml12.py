"""YAML text as a plain JSON value, with the meaning of the YAML 1.2 core schema.

>>> read("on: 2026-03-03\\n200: [yes, 012, 0x1F]", "pets.yaml")
{'on': '2026-03-03', '200': ['yes', 12, 31]}

libyaml splits the text into events and a loop builds values from them. Nothing here recurses, so
deep nesting cannot exhaust the stack, and what aliases and merge keys expand to is counted while it
is built. A value that aliases share is one object: whoever walks it must not change it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from yaml import MarkedYAMLError
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from core.errors import DocumentError
from core.openapi.limits import LIMITS, Limits
from core.openapi.yaml_scalar import plain_value, tagged_value
from core.request import Json

_CURES = {
    "cannot start any token": "Indent with spaces, not tabs; quote values that start with @ or `.",
    "mapping values are not allowed": "Quote values that hold a colon and a space.",
    "could not find expected ':'": "Look for a missing colon or a quote that is never closed.",
    "Unicode character escape": "Write the character itself, or one \\U with eight digits.",
    "unexpected end of stream": "Close the quote, or upload the file again: it may be cut off.",
}
"""What to do, by a part of libyaml's message."""
_USUAL_CURE = "Check indentation, quotes and brackets at this line and above it."


class _MergeKey(str):
    """The plain key ``<<``; in quotes it is a key like any other."""


_MERGE = _MergeKey("<<")


@dataclass(slots=True)
class _Container:
    """An object or a list whose end has not come yet."""

    value: dict[str, Json] | list[Json]
    anchor: str | None
    nodes: int
    characters: int
    """What had been counted when it began, so its own size is known when it ends."""
    height: int = 1
    """Levels from here to its deepest value."""
    key: str | None = None
    merged: list[Json] = field(default_factory=list)
    """Values of ``<<`` keys, in order."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A finished value that aliases may name."""

    value: Json
    text: str | None
    """As written, of a scalar: what it is called as a key."""
    nodes: int
    characters: int
    height: int


def read(text: str, name: str, limits: Limits = LIMITS) -> Json:
    """The one value that a YAML text holds; ``name`` is the file's, for messages.

    Keys are strings as they are written (``200`` → ``"200"``), the last of two equal keys wins,
    ``<<`` merges, unknown tags are ignored. Raises ``DocumentError`` where the text is not YAML,
    holds several documents or a number that JSON has not, or goes beyond the limits.
    """
    return _Reader(text, name, limits).read()


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, text: str, name: str, limits: Limits) -> None:
        self._text = text
        self._name = name
        self._limits = limits
        self._root: Json = None
        self._open: list[_Container] = []
        self._anchors: dict[str, _Anchored | None] = {}
        """None while the value is being read: an alias to it would hold itself."""
        self._nodes = 0
        self._characters = 0

    def read(self) -> Json:
        take = {
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
            MappingStartEvent: self._begin_object,
            SequenceStartEvent: self._begin_list,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            DocumentStartEvent: self._begin_document,
        }
        try:
            parser = CParser(self._text)
            while (event := parser.get_event()) is not None:
                if action := take.get(type(event)):
                    action(event)
        except ReaderError as error:
            raise self._unreadable(error) from error
        except MarkedYAMLError as error:
            raise self._malformed(error) from error
        return self._root

    def _scalar(self, event: Event) -> None:
        text = event.value
        is_plain = event.implicit[0] and event.tag is None
        try:
            value = plain_value(text) if is_plain else tagged_value(text, event.tag)
        except ValueError as error:
            self._fail(event, str(error), "Correct it, or write it in quotes without a tag.")
        nodes, characters = self._nodes, self._characters
        self._count(event, 1, len(text))
        self._add(value, event, key=_MERGE if is_plain and text == "<<" else text)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(
                value, text, self._nodes - nodes, self._characters - characters, height=0
            )

    def _begin_object(self, event: Event) -> None:
        self._begin({}, event)

    def _begin_list(self, event: Event) -> None:
        self._begin([], event)

    def _begin(self, value: dict[str, Json] | list[Json], event: Event) -> None:
        self._open.append(_Container(value, event.anchor, self._nodes, self._characters))
        self._check_depth(event, len(self._open))
        self._count(event, 1, 0)
        if event.anchor is not None:
            self._anchors[event.anchor] = None

    def _end(self, event: Event) -> None:
        done = self._open.pop()
        if done.merged and isinstance(done.value, dict):
            done.value = _merge(done.value, done.merged)
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(
                done.value,
                None,
                self._nodes - done.nodes,
                self._characters - done.characters,
                done.height,
            )
        self._grow(done.height)
        self._add(done.value, event, key=None)

    def _alias(self, event: Event) -> None:
        if event.anchor not in self._anchors:
            self._fail(event, f"*{event.anchor} names nothing above it", "Define it with & first.")
        target = self._anchors[event.anchor]
        if target is None:
            self._fail(event, f"*{event.anchor} holds itself", "Write the value out, or use $ref.")
        self._check_depth(event, len(self._open) + target.height)
        self._count(event, target.nodes, target.characters)
        self._grow(target.height)
        self._add(target.value, event, key=target.text)

    def _begin_document(self, event: Event) -> None:
        if self._nodes:
            self._fail(event, "a second YAML document starts here", "Put each in its own file.")

    def _add(self, value: Json, event: Event, *, key: str | None) -> None:
        """Put a finished value where it belongs; ``key`` is what it is called if it is a key."""
        if not self._open:
            self._root = value
            return
        container = self._open[-1]
        if isinstance(container.value, list):
            container.value.append(value)
        elif container.key is None:
            if key is None:
                self._fail(event, "a list or an object is used as a key", "Use text as the key.")
            container.key = key
        elif container.key is _MERGE:
            container.merged += self._merge_sources(value, event)
            container.key = None
        else:
            container.value[container.key] = value
            container.key = None

    def _merge_sources(self, value: Json, event: Event) -> list[dict[str, Json]]:
        sources = value if isinstance(value, list) else [value]
        if not all(isinstance(source, dict) for source in sources):
            self._fail(
                event, "<< merges objects only", "Give it an alias of an object, or quote it."
            )
        return sources

    def _check_depth(self, event: Event, depth: int) -> None:
        limit = self._limits.max_depth
        if depth > limit:
            self._fail(event, f"values are nested more than {limit} deep", "Flatten the document.")

    def _grow(self, height: int) -> None:
        """The innermost open container has got a child of that height."""
        if self._open and self._open[-1].height <= height:
            self._open[-1].height = height + 1

    def _count(self, event: Event, nodes: int, characters: int) -> None:
        self._nodes += nodes
        self._characters += characters
        if self._nodes > self._limits.max_nodes or self._characters > self._limits.max_json_bytes:
            self._fail(
                event,
                f"the file expands to more than {self._limits.max_nodes:,} values or "
                f"{self._limits.max_json_bytes:,} characters here",
                "Use $ref instead of aliases, or split the document.",
            )

    def _fail(self, event: Event, problem: str, cure: str) -> NoReturn:
        mark = event.start_mark
        raise _error(self._name, mark.line, mark.column, problem, cure)

    def _unreadable(self, error: ReaderError) -> DocumentError:
        before = self._text.encode()[: error.position].decode()
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        problem = f"the character U+{error.character:04X} is not allowed in YAML"
        return _error(
            self._name, line, column, problem, "Remove it, or escape it in double quotes."
        )

    def _malformed(self, error: MarkedYAMLError) -> DocumentError:
        mark = error.problem_mark or error.context_mark
        cure = next((cure for sign, cure in _CURES.items() if sign in error.problem), _USUAL_CURE)
        problem = f"this is not YAML ({error.problem})"
        return _error(self._name, mark.line, mark.column, problem, cure)


def _merge(own: dict[str, Json], sources: list[dict[str, Json]]) -> dict[str, Json]:
    """Own keys win over merged ones, earlier sources over later ones."""
    merged: dict[str, Json] = {}
    for source in reversed(sources):
        merged.update(source)
    merged.update(own)
    return merged


def _error(name: str, line: int, column: int, problem: str, cure: str) -> DocumentError:
    """Lines and columns count from 0, as libyaml's marks do."""
    return DocumentError(f"{name}, line {line + 1}, column {column + 1}: {problem}. {cure}")
