"""Texts in Swift code, with what is interpolated in them (The Swift Programming Language)."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from core.parse.literal import read_as_json
from core.parse.thing import Folded, plain
from core.parse.tree import Source, text
from core.parse.value import Unknown, Value, concatenated

_opening = re.compile(r'(#*)("""|")').match
_ESCAPES = {"0": "\0", "n": "\n", "r": "\r", "t": "\t"}
_HOLE = "\0"
"""Stands for an interpolation while lines are counted; no code holds it."""


def swift_text(folded: Folded, unknown: Unknown) -> Value:
    """What ``String(describing:)`` makes of it."""
    value = plain(folded, unknown)
    if value is None:
        return "nil"
    return unknown if isinstance(value, list | dict) else concatenated(value)


class Strings:
    """Reads texts by their syntax nodes; ``fold`` tells what is interpolated."""

    def __init__(self, source: Source, fold: Callable[[Node], Folded]) -> None:
        self._source = source
        self._fold = fold

    def quoted(self, node: Node) -> Value:
        r"""``"…"``, ``#"…"#`` and ``\"\"\"…\"\"\"``"""
        literal = text(node)
        found = _opening(literal)
        if found is None:
            return self._source.unknown(node)
        hashes, quotes = found.groups()
        if not hashes and len(quotes) == 1 and not node.child_by_field_name("interpolation"):
            read = read_as_json(literal)
            if read is not None:
                return read
        start, end = node.start_byte + found.end(), node.end_byte - found.end()
        pieces = self._pieces(node, start, end)
        if pieces is None:
            return self._source.unknown(node)
        runs, values = pieces
        if len(quotes) == 3:
            runs = _lines(_HOLE.join(runs)).split(_HOLE)
        texts = [_unescaped(run, hashes) for run in runs]
        if None in texts:
            return self._source.unknown(node)
        return concatenated(
            texts[0], *[p for pair in zip(values, texts[1:], strict=True) for p in pair]
        )

    def _pieces(self, node: Node, start: int, end: int) -> tuple[list[str], list[Value]] | None:
        """What is written as it is, and between that what is interpolated."""
        runs: list[str] = []
        values: list[Value] = []
        for child in node.children_by_field_name("interpolation"):
            opened, closed = self._bounds(child, start)
            if not start <= opened <= closed <= end:
                return None
            runs.append(self._code(start, opened))
            values.append(self._interpolated(child))
            start = closed
        return [*runs, self._code(start, end)], values

    def _bounds(self, node: Node, start: int) -> tuple[int, int]:
        """Where an interpolation begins and ends, with its backslash and parentheses."""
        if node.type == "raw_str_interpolation":
            return node.start_byte, node.end_byte
        code = self._source.code
        return code.rfind(b"\\(", start, node.start_byte), code.find(b")", node.end_byte) + 1

    def _interpolated(self, node: Node) -> Value:
        inner = node.child_by_field_name("interpolation") or node
        given = inner.child_by_field_name("value")
        if given is None:
            return self._source.unknown(node)
        return swift_text(self._fold(given), self._source.unknown(given))

    def _code(self, start: int, end: int) -> str:
        return self._source.code[start:end].decode().replace("\r\n", "\n")


def _lines(written: str) -> str:
    """The lines between triple quotes, without what the line of the closing quotes begins with."""
    lines = written.split("\n")[1:]
    margin = lines[-1] if lines else ""
    return "\n".join([line.removeprefix(margin) for line in lines[:-1]])


def _unescaped(written: str, hashes: str) -> str | None:
    """The text that is written; ``None`` where an escape names no character."""
    if "\\" not in written:
        return written
    try:
        return re.sub(
            rf"\\{hashes}(?:u\{{([0-9a-fA-F]{{1,8}})\}}|[ \t]*(\n)|(.))", _character, written
        )
    except (ValueError, OverflowError):
        return None


def _character(match: re.Match[str]) -> str:
    code, line_end, other = match.groups()
    if code:
        return chr(int(code, 16))
    return "" if line_end else _ESCAPES.get(other, other)
