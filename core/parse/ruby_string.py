"""Texts in Ruby code, with what is interpolated in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from tree_sitter import Node

from core.parse.ruby_function import ruby_text
from core.parse.ruby_literal import raw, unescaped, without_margin
from core.parse.thing import Folded
from core.parse.tree import Source, operands, text
from core.parse.value import Value, concatenated

_RAW = ("'", "%q", "%s", "%w", "%i", ":'")
_HOLE = "\0"
"""Stands for an interpolation while lines are counted; no code holds it."""


class Strings:
    """Reads texts by their syntax nodes; ``fold`` tells what is interpolated."""

    def __init__(self, source: Source, fold: Callable[[Node], Folded]) -> None:
        self._source = source
        self._fold = fold

    def quoted(self, node: Node) -> Value:
        """``"…"``, ``'…'``, ``%q(…)``, ``:"…"``"""
        opening, closing = node.children[0], node.children[-1]
        start = text(opening)
        runs, values = self._runs(node, opening.end_byte, closing.start_byte)
        if start.startswith(_RAW):
            return raw(runs[0], start[-1] + text(closing))
        return self._joined(node, runs, values)

    def chained(self, node: Node) -> Value:
        """``"a" "b"``"""
        return concatenated(*[self.quoted(each) for each in operands(node)])

    def words(self, node: Node) -> Folded:
        """``%w[a b]``"""
        start = text(node.children[0])
        found: list[Folded] = []
        for each in operands(node):
            runs, values = self._runs(each, each.start_byte, each.end_byte)
            is_raw = start.startswith(_RAW)
            found.append(
                raw(runs[0], " \n" + start[-1]) if is_raw else self._joined(each, runs, values)
            )
        return found

    def character(self, node: Node) -> Value:
        """``?a``"""
        return self._joined(node, [text(node)[1:]], [])

    def heredoc(self, node: Node) -> Value:
        """``<<~END``"""
        body = self._heredocs.get(node.start_byte)
        if body is None:
            return self._source.unknown(node)
        runs, values = self._runs(body, body.start_byte, body.children[-1].start_byte)
        written = _HOLE.join(runs).partition("\n")[2]
        written = written[: written.rfind("\n") + 1]
        if text(node)[2] == "~":
            written = without_margin(written)
        if "'" in text(node):
            return written
        return self._joined(node, written.split(_HOLE), values)

    @cached_property
    def _heredocs(self) -> dict[int, Node]:
        """The bodies by where their beginnings stand; they follow in the same order."""
        beginnings = self._source.find("heredoc_beginning")
        bodies = self._source.find("heredoc_body")
        return {
            beginning.start_byte: body for beginning, body in zip(beginnings, bodies, strict=False)
        }

    def _runs(self, node: Node, start: int, end: int) -> tuple[list[str], list[Value]]:
        """What is written as it is, and between that what is interpolated."""
        runs, values = [], []
        for child in node.children:
            if child.type == "interpolation":
                runs.append(self._code(start, child.start_byte))
                values.append(self._interpolated(child))
                start = child.end_byte
        return [*runs, self._code(start, end)], values

    def _code(self, start: int, end: int) -> str:
        return self._source.code[start:end].decode().replace("\r\n", "\n")

    def _interpolated(self, node: Node) -> Value:
        values = [
            ruby_text(self._fold(each), self._source.unknown(each)) for each in operands(node)
        ]
        return values[-1] if values else ""

    def _joined(self, node: Node, runs: list[str], values: list[Value]) -> Value:
        texts = [unescaped(run) for run in runs]
        if None in texts:
            return self._source.unknown(node)
        return concatenated(
            texts[0], *[p for pair in zip(values, texts[1:], strict=True) for p in pair]
        )
