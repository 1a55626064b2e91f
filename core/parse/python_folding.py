"""What Python expressions stand for: constants, and what is made of constants alone."""

from __future__ import annotations

import ast
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote_plus

from core import wire
from core.parse.value import (
    FileContent,
    Mixed,
    Unknown,
    Value,
    concatenated,
    file_content,
    pieces_of,
)


@dataclass(frozen=True)
class JsonText:
    """What ``json.dumps`` makes of a value."""

    value: Value


Folded: TypeAlias = "Value | JsonText | object"
"""A value, the JSON text of one, or an object that only its own parser knows (a session)."""

_format_hole = re.compile(r"\{(\w*)\}")
_percent_hole = re.compile(r"%s|%d|%%")
_files = frozenset({"read", "read_bytes", "read_text", "open"})


class Folder:
    """The names that the code has given values to so far, and what expressions make of them."""

    def __init__(self, code: str, call: Callable[[ast.Call, str], Folded | None]) -> None:
        """``call`` is asked first what a call makes; it answers ``None`` where it does not know."""
        self.names: dict[str, Folded] = {}
        self._lines = code.split("\n")
        self._call = call

    def value(self, node: ast.expr | None) -> Value:
        """A value as a request can hold it."""
        found = self.fold(node)
        if isinstance(found, JsonText):
            return found.value if isinstance(found.value, str) else self.unknown(node)
        if found is None or isinstance(
            found, bool | int | float | str | list | dict | Unknown | FileContent | Mixed
        ):
            return found
        return self.unknown(node)

    def unknown(self, node: ast.expr | None) -> Unknown:
        """What stands for an expression whose value the code does not state."""
        if node is None:
            return Unknown("value", 0, 0)
        line = self._lines[node.lineno - 1] if node.lineno <= len(self._lines) else ""
        column = len(line.encode()[: node.col_offset].decode(errors="replace")) + 1
        return Unknown(ast.unparse(node), node.lineno, column)

    def fold(self, node: ast.expr | None) -> Folded:
        """What an expression stands for."""
        if node is None:
            return None
        rule = _RULES.get(type(node))
        return rule(self, node) if rule else self.unknown(node)

    def constant(self, node: ast.Constant) -> Folded:
        value = node.value
        if isinstance(value, bytes):
            try:
                return value.decode()
            except UnicodeDecodeError:
                return self.unknown(node)
        if value is None or isinstance(value, bool | int | float | str):
            return value
        return self.unknown(node)

    def name(self, node: ast.Name) -> Folded:
        return self.names[node.id] if node.id in self.names else self.unknown(node)

    def joined(self, node: ast.JoinedStr) -> Folded:
        pieces = []
        for part in node.values:
            if not isinstance(part, ast.FormattedValue):
                pieces.append(self.value(part))
            elif part.format_spec is None and part.conversion in (-1, ord("s")):
                pieces.append(python_text(self.value(part.value)))
            else:
                pieces.append(self.unknown(part.value))
        return concatenated(*pieces)

    def sum(self, node: ast.BinOp) -> Folded:
        if isinstance(node.op, ast.Mod):
            return self._percent(node)
        left, right = self.fold(node.left), self.fold(node.right)
        if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
        if isinstance(node.op, ast.Add):
            if isinstance(left, list) and isinstance(right, list):
                return left + right
            if _is_text(left) and _is_text(right):
                return concatenated(self.value(node.left), self.value(node.right))
        return self.unknown(node)

    def _percent(self, node: ast.BinOp) -> Folded:
        template, given = self.fold(node.left), self.fold(node.right)
        if not isinstance(template, str) or isinstance(given, dict):
            return self.unknown(node)
        values = iter(given if isinstance(given, list) else [given])
        return self._filled(node, template, _percent_hole, lambda hole: next(values, None))

    def _filled(
        self,
        node: ast.expr,
        template: str,
        hole: re.Pattern[str],
        fill: Callable[[re.Match[str]], object],
    ) -> Folded:
        """A template whose holes are filled in order; ``%%`` is a percent sign."""
        pieces: list[Value] = []
        end = 0
        for found in hole.finditer(template):
            filling = "%" if found[0] == "%%" else fill(found)
            if not _is_text(filling) and not isinstance(filling, int | float):
                return self.unknown(node)
            pieces += [template[end : found.start()], python_text(filling)]
            end = found.end()
        return concatenated(*pieces, template[end:])

    def dictionary(self, node: ast.Dict) -> Folded:
        made: dict[str, Value] = {}
        for key, item in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.fold(item)
                if not isinstance(inner, dict):
                    return self.unknown(node)
                made.update(inner)
                continue
            name = python_text(self.value(key))
            if not isinstance(name, str):
                return self.unknown(node)
            made[name] = self._member(item)
        return made

    def sequence(self, node: ast.List | ast.Tuple) -> Folded:
        return [self._member(item) for item in node.elts]

    def _member(self, node: ast.expr) -> Value:
        """A value inside a list or dictionary; JSON text there is text."""
        return self.value(node)

    def subscript(self, node: ast.Subscript) -> Folded:
        holder, key = self.fold(node.value), self.fold(node.slice)
        if isinstance(holder, dict) and isinstance(key, str) and key in holder:
            return holder[key]
        if isinstance(holder, list) and isinstance(key, int) and -len(holder) <= key < len(holder):
            return holder[key]
        return self.unknown(node)

    def negative(self, node: ast.UnaryOp) -> Folded:
        value = self.fold(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(value, int | float):
            return -value
        return self.unknown(node)

    def call(self, node: ast.Call) -> Folded:
        name = dotted_name(node.func)
        found = self._call(node, name)
        if found is not None:
            return found
        function = _FUNCTIONS.get(name)
        if function is not None and node.args:
            made = function(self, node, self.fold(node.args[0]))
            return self.unknown(node) if made is None else made
        if isinstance(node.func, ast.Attribute):
            return self._method(node, node.func)
        if name == "dict" and not node.args:
            return {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        return self.unknown(node)

    def _method(self, node: ast.Call, function: ast.Attribute) -> Folded:
        holder, method = self.fold(function.value), function.attr
        if method in _files and isinstance(holder, FileContent):
            return holder
        if method in ("encode", "decode") and (_is_text(holder) or isinstance(holder, JsonText)):
            return holder
        if isinstance(holder, str):
            return self._text_method(node, holder, method)
        if method == "copy" and isinstance(holder, dict | list):
            return holder.copy()
        return self.unknown(node)

    def _text_method(self, node: ast.Call, text: str, method: str) -> Folded:
        if method in ("strip", "lower", "upper", "rstrip", "lstrip") and not node.args:
            stripped: str = getattr(text, method)()
            return stripped
        if method == "join" and node.args and isinstance(items := self.fold(node.args[0]), list):
            pieces = [piece for item in items for piece in (text, item)][1:]
            return concatenated(*map(python_text, pieces))
        if method == "format":
            given = {word.arg: self.fold(word.value) for word in node.keywords}
            listed = iter([self.fold(argument) for argument in node.args])
            return self._filled(
                node, text, _format_hole, lambda hole: given.get(hole[1]) or next(listed, None)
            )
        return self.unknown(node)


def python_text(value: object) -> Value:
    """A value as Python's ``str`` spells it."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str | Unknown | Mixed | FileContent):
        return value
    return Unknown("value", 0, 0)


def dotted_name(node: ast.expr) -> str:
    """``requests.get``; empty where there is more to it than names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str | Mixed | Unknown | FileContent)


def _quoted(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    if not isinstance(value, str):
        return value if isinstance(value, Unknown) else None
    if dotted_name(node.func).endswith("_plus"):
        return quote_plus(value)
    safe = next((folder.fold(word.value) for word in node.keywords if word.arg == "safe"), "/")
    return wire.encode(value) if safe == "" else wire.encode(value).replace("%2F", "/")


def _urlencoded(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    pairs = named_values(value)
    if pairs is None:
        return None
    pieces: list[Value] = []
    for name, item in pairs:
        for text in (name, item):
            known = python_text(text)
            encoded = [quote_plus(p) if isinstance(p, str) else p for p in pieces_of(known)]
            pieces += [*encoded, "=" if text is name else "&"]
    return concatenated(*pieces[:-1])


def named_values(value: Folded) -> list[tuple[Value, Value]] | None:
    """The pairs of a dictionary or a list of pairs; a list as value gives a pair each."""
    if isinstance(value, dict):
        items: list[tuple[Value, Value]] = list(value.items())
    elif isinstance(value, list) and all(isinstance(p, list) and len(p) == 2 for p in value):
        items = [(pair[0], pair[1]) for pair in value]
    else:
        return None
    return [
        (name, each)
        for name, item in items
        for each in (item if isinstance(item, list) else [item])
    ]


def _base64(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    return b64encode(value.encode()).decode() if isinstance(value, str) else None


def _dictionary_of(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    if not isinstance(value, dict):
        return None
    return {**value, **{word.arg: folder.value(word.value) for word in node.keywords if word.arg}}


def _same(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    return value


def _json_text(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    return JsonText(folder.value(node.args[0]))


def _opened(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    return file_content(folder.value(node.args[0]))


def _text_of(folder: Folder, node: ast.Call, value: Folded) -> Folded | None:
    return python_text(value)


_FUNCTIONS: dict[str, Callable[[Folder, ast.Call, Folded], Folded | None]] = {
    "json.dumps": _json_text,
    "dumps": _json_text,
    "open": _opened,
    "Path": _opened,
    "pathlib.Path": _opened,
    "str": _text_of,
    "dict": _dictionary_of,
    "list": _same,
    "tuple": _same,
    "io.BytesIO": _same,
    "BytesIO": _same,
    "base64.b64encode": _base64,
    "b64encode": _base64,
    "quote": _quoted,
    "quote_plus": _quoted,
    "parse.quote": _quoted,
    "urllib.parse.quote": _quoted,
    "urllib.parse.quote_plus": _quoted,
    "urlencode": _urlencoded,
    "parse.urlencode": _urlencoded,
    "urllib.parse.urlencode": _urlencoded,
}
"""Pure functions whose result for constants is plain."""

_RULES: dict[type, Callable[..., Folded]] = {
    ast.Constant: Folder.constant,
    ast.Name: Folder.name,
    ast.JoinedStr: Folder.joined,
    ast.BinOp: Folder.sum,
    ast.Dict: Folder.dictionary,
    ast.List: Folder.sequence,
    ast.Tuple: Folder.sequence,
    ast.Subscript: Folder.subscript,
    ast.UnaryOp: Folder.negative,
    ast.Call: Folder.call,
}
