"""Code and its syntax tree, by the tree-sitter grammar of its language.

>>> source = read_source("javascript", "const é = f(x)")
>>> call = next(source.find("call_expression"))
>>> source.unknown(call)
Unknown(text='f(x)', line=1, column=11)
"""

from __future__ import annotations

import json
import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module

from tree_sitter import Language, Node, Parser

from core.parse.value import Unknown, UnreadableCodeError

MAX_CHARACTERS = 200_000
"""Of code; that of an API call has a few thousand."""

_SOON_READ = 16_384
"""Bytes that a grammar reads in a moment, whatever they are."""

_SECONDS = 1.0
"""Of one reading: right code takes a microsecond a byte, nonsense a hundred and more."""

MAX_UNKNOWN = 500
"""Bytes of the code of an unknown value that are kept, so that many of them stay small."""


@dataclass(frozen=True)
class Source:
    """Code with the root of its syntax tree, which knows every node's place."""

    code: bytes
    root: Node

    def find(self, *kinds: str) -> Iterator[Node]:
        """Nodes of these kinds anywhere in the code, in source order, outer ones first."""
        return find(self.root, *kinds)

    def position(self, node: Node) -> tuple[int, int]:
        """Line and column, from 1, in characters."""
        row, column = node.start_point
        start = node.start_byte
        later = self._later_bytes
        return row + 1, 1 + column - bisect_left(later, start) + bisect_left(later, start - column)

    def unknown(self, node: Node) -> Unknown:
        """What stands for a node whose value the code does not state."""
        start = node.start_byte
        written = self.code[start : min(node.end_byte, start + MAX_UNKNOWN)]
        return Unknown(written.decode(errors="ignore"), *self.position(node))

    @cached_property
    def _later_bytes(self) -> list[int]:
        """Where the code holds bytes that are not the first one of their character."""
        return [found.start() for found in re.finditer(b"[\x80-\xbf]", self.code)]

    def fault(self) -> Node | None:
        """The first place where the code is against its grammar."""
        node = self.root
        inner: Node | None = node if node.has_error else None
        while inner is not None:
            node = inner
            inner = next((child for child in node.children if child.has_error), None)
        return node if node.has_error else None


def read_source(grammar: str, code: str) -> Source:
    """Code under a grammar: ``c go java javascript php php_only ruby swift``.

    Raises ``UnreadableCodeError``. Code with errors has a tree all the same, with ``ERROR`` nodes.
    """
    check_code(code)
    encoded = code.encode()
    parser = Parser(_language(grammar))
    if len(encoded) > _SOON_READ:
        _refuse_endless(parser, encoded)
    return Source(encoded, parser.parse(encoded).root_node)


def _refuse_endless(parser: Parser, encoded: bytes) -> None:
    """Raises ``UnreadableCodeError`` for code that its grammar recovers from too slowly.

    A first reading, which alone can be stopped; only the tree of a second one knows its texts.
    """
    started = time.thread_time()
    try:
        parser.parse(
            lambda offset, _: encoded[offset : offset + _SOON_READ],
            progress_callback=lambda offset, has_error: time.thread_time() - started > _SECONDS,
        )
    except ValueError as error:
        raise UnreadableCodeError(
            "This code takes too long to read: it is long and full of errors. "
            "Cut it down to the call."
        ) from error


def check_code(code: str) -> None:
    """Refuses code that no parser should look at: raises ``UnreadableCodeError``."""
    if len(code) > MAX_CHARACTERS:
        raise UnreadableCodeError(
            f"This code has {len(code):,} characters; {MAX_CHARACTERS:,} are read at most."
        )
    if "\0" in code:
        raise UnreadableCodeError("This code holds a NUL character, which no source text has.")
    if _half_pair(code):
        raise UnreadableCodeError(
            "This code holds half of a surrogate pair, which is no character."
        )


_half_pair = re.compile("[\ud800-\udfff]").search


def text(node: Node) -> str:
    """The code of a node, as written."""
    return (node.text or b"").decode()


def json_text(literal: str) -> str | None:
    """What a ``"…"`` literal stands for if it is one of JSON too, as nearly all are."""
    try:
        found = json.loads(literal)
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def operands(node: Node) -> list[Node]:
    """What an expression or a statement is made of: its named children without comments."""
    return [child for child in node.named_children if not child.is_extra]


def operator_of(node: Node) -> str:
    """The operator of an expression; nothing where it has none."""
    operator = node.child_by_field_name("operator")
    return "" if operator is None else text(operator)


def part(node: Node, field: str) -> Node:
    """The part of a node that its grammar demands; raises ``UnreadableCodeError`` without it."""
    found = node.child_by_field_name(field)
    if found is None:
        raise _broken(node)
    return found


def operand(node: Node, index: int = 0) -> Node:
    """One of :func:`operands`; raises ``UnreadableCodeError`` where there are fewer."""
    found = operands(node)
    if not -len(found) <= index < len(found):
        raise _broken(node)
    return found[index]


def _broken(node: Node) -> UnreadableCodeError:
    return UnreadableCodeError(f"This code is broken at line {node.start_point.row + 1}.")


def find(node: Node, *kinds: str) -> Iterator[Node]:
    """The node and what is below it, of these kinds, in source order, outer ones first."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if found.type in kinds:
            yield found
        waiting += reversed(found.children)


@cache
def _language(grammar: str) -> Language:
    package, function = _VARIANTS.get(grammar, (grammar, "language"))
    module = import_module(f"tree_sitter_{package}")
    return Language(getattr(module, function)())


_VARIANTS = {"php": ("php", "language_php"), "php_only": ("php", "language_php_only")}
"""Grammars that come two in a package: PHP within text, and PHP without ``<?php``."""
