"""What Python expressions stand for: constants, and what is made of constants alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from core.errors import RequestError
from core.parse.python_functions import FUNCTIONS, METHODS, python_text
from core.parse.value import FileContent, Mixed, Unknown, Value, check_size, concatenated


@dataclass
class Thing:
    """An object of a library, such as a session, with what its attributes hold."""

    kind: str
    attributes: dict[str, Folded] = field(default_factory=dict)


Folded: TypeAlias = "Value | Thing"

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_LARGEST = 2**4096
"""No request holds a greater integer, and Python itself refuses to print much greater ones."""


class Folder:
    """The names that the code has given values to so far, and what expressions make of them."""

    def __init__(
        self,
        code: str,
        margin: int,
        call: Callable[[ast.Call, str, Folded], Folded],
        imported: dict[str, str],
    ) -> None:
        """``call`` is asked first what a call makes, by the full name of its function (empty where
        that is a method of an object) and the object; ``None`` where it does not know.
        ``margin`` columns have been cut off every line. ``imported`` says what names stand for
        that the code does not import.
        """
        self.names: dict[str, Folded] = {}
        self._made: dict[ast.Call, Folded] = {}
        self._imported = dict(imported)
        self._code = code.encode()
        self._margin = margin
        self._call = call

    def value(self, node: ast.expr) -> Value:
        """What an expression stands for, where that is no object of a library."""
        found = self.fold(node)
        return self.unknown(node) if isinstance(found, Thing) else found

    def fold(self, node: ast.expr) -> Folded:
        """What an expression stands for."""
        rule = _RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        self.look_into(node)
        return self.unknown(node)

    def look_into(self, node: ast.AST) -> None:
        """Folds the expressions in a node, not its statements, for the calls that they make."""
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.fold(child)
            elif not isinstance(child, ast.stmt):
                self.look_into(child)

    @contextmanager
    def inside(self, bound: dict[str, Folded]) -> Iterator[None]:
        """A function with its parameters; what it sets on ``self`` outlives it."""
        names, made = self.names, self._made
        self.names, self._made = {**names, **bound}, {}
        yield
        names |= {name: value for name, value in self.names.items() if "." in name}
        self.names, self._made = names, made

    def forget_calls(self) -> None:
        """Has calls made again that have been made: a loop begins anew."""
        self._made = {}

    def unknown(self, node: ast.expr | ast.arg | _Function) -> Unknown:
        """What stands for an expression whose value the code does not state."""
        start, end = self.bounds(node)
        if isinstance(node, _Function):
            return Unknown(node.name, node.lineno, self._margin + node.col_offset + 1)
        before = self._code[start - node.col_offset : start].decode(errors="replace")
        column = self._margin + len(before) + 1
        return Unknown(self._code[start:end].decode(errors="replace"), node.lineno, column)

    def bounds(self, node: ast.expr | ast.arg | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends in the code, in bytes."""
        end = self._lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return self._lines[node.lineno - 1] + node.col_offset, end

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins, in bytes."""
        return [0, *[found.end() for found in _line_end.finditer(self._code)]]

    def arguments(self, node: ast.Call, *names: str) -> dict[str, Value]:
        """The arguments of a call by name; ``names`` are those of the positional ones."""
        given = {name: self.value(item) for name, item in zip(names, node.args, strict=False)}
        for word in node.keywords:
            value = self.value(word.value)
            if word.arg is not None:
                given[word.arg] = value
            elif isinstance(value, dict):
                given |= value
        return given

    def imports(self, node: ast.Import | ast.ImportFrom) -> None:
        """Remembers what imported names stand for."""
        module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            if alias.asname or module:
                self._imported[alias.asname or alias.name] = module + alias.name

    def assign(self, target: ast.expr, value: Folded) -> None:
        """Gives a name, an item, an attribute or several of them a value."""
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, ast.Subscript):
            holder, key = self.fold(target.value), self.fold(target.slice)
            if isinstance(holder, dict) and isinstance(key, str):
                holder[key] = self.unknown(target) if isinstance(value, Thing) else value
        elif isinstance(target, ast.Attribute):
            holder = self.fold(target.value)
            if isinstance(holder, Thing):
                holder.attributes[target.attr] = value
            elif name := dotted_name(target):
                self.names[name] = value
        elif isinstance(target, ast.Tuple | ast.List):
            items: Iterable[Folded] = map(self.unknown, target.elts)
            if isinstance(value, list) and len(value) == len(target.elts):
                items = value
            for inner, item in zip(target.elts, items, strict=True):
                self.assign(inner, item)

    def _constant(self, node: ast.Constant) -> Folded:
        value = node.value
        if value is None or isinstance(value, bool | float | str):
            return value
        if isinstance(value, int) and -_LARGEST < value < _LARGEST:
            return value
        if isinstance(value, bytes):
            try:
                return value.decode()
            except UnicodeDecodeError:
                pass
        return self.unknown(node)

    def _name(self, node: ast.Name) -> Folded:
        return self.names[node.id] if node.id in self.names else self.unknown(node)

    def _attribute(self, node: ast.Attribute) -> Folded:
        name = dotted_name(node)
        for known in (name, name.removeprefix("self.").removeprefix("cls.")):
            if known in self.names:
                return self.names[known]
        holder = self.fold(node.value)
        if isinstance(holder, Thing) and node.attr in holder.attributes:
            return holder.attributes[node.attr]
        return self.unknown(node)

    def _joined(self, node: ast.JoinedStr) -> Folded:
        return concatenated(*map(self.value, node.values))

    def _formatted(self, node: ast.FormattedValue) -> Folded:
        value = self.value(node.value)
        is_plain = node.format_spec is None and node.conversion in (-1, ord("s"))
        text = python_text(value) if is_plain else None
        return self.unknown(node.value) if text is None else text

    def _operation(self, node: ast.BinOp) -> Folded:
        if isinstance(node.op, ast.Add):
            return self._sum(node)
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.BitOr) and isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
        if isinstance(node.op, ast.Mod):
            made = METHODS["%"](left, right if isinstance(right, list) else [right], {})
            return self.unknown(node) if made is None else made
        return self.unknown(node)

    def _sum(self, node: ast.BinOp) -> Folded:
        operands = [node.right]
        rest = node.left
        while isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Add):
            operands.append(rest.right)
            rest = rest.left
        values = [self.value(operand) for operand in [rest, *reversed(operands)]]
        if all(isinstance(value, list) for value in values):
            check_size(values)
            return [item for value in values if isinstance(value, list) for item in value]
        if all(isinstance(value, str | Mixed | Unknown | FileContent) for value in values):
            return concatenated(*values)
        return self.unknown(node)

    def _dictionary(self, node: ast.Dict) -> Folded:
        made: dict[str, Value] = {}
        for key, item in zip(node.keys, node.values, strict=True):
            value = self.value(item)
            if key is None and isinstance(value, dict):
                made |= value
                continue
            name = None if key is None else python_text(self.value(key))
            if not isinstance(name, str):
                return self.unknown(node)
            made[name] = value
        return made

    def _sequence(self, node: ast.List | ast.Tuple) -> Folded:
        return [self.value(item) for item in node.elts]

    def _subscript(self, node: ast.Subscript) -> Folded:
        holder, key = self.fold(node.value), self.fold(node.slice)
        if isinstance(holder, dict) and isinstance(key, str) and key in holder:
            return holder[key]
        if isinstance(holder, list) and isinstance(key, int) and -len(holder) <= key < len(holder):
            return holder[key]
        return self.unknown(node)

    def _negative(self, node: ast.UnaryOp) -> Folded:
        value = self.fold(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(value, int | float):
            return -value
        return self.unknown(node)

    def _await(self, node: ast.Await) -> Folded:
        return self.fold(node.value)

    def _named(self, node: ast.NamedExpr) -> Folded:
        value = self.fold(node.value)
        self.assign(node.target, value)
        return value

    def _call_of(self, node: ast.Call) -> Folded:
        """A call is made once, however often what it makes is asked for."""
        if node not in self._made:
            self._made[node] = self._newly_made(node)
        return self._made[node]

    def _newly_made(self, node: ast.Call) -> Folded:
        function = node.func
        name = self._full_name(function)
        holder: Folded = None
        if not name and isinstance(function, ast.Attribute):
            holder = self.fold(function.value)
        made = self._call(node, name, holder)
        if made is None and not isinstance(holder, Thing):
            made = self._computed(node, name, holder)
        return self.unknown(node) if made is None else made

    def _computed(self, node: ast.Call, name: str, holder: Value) -> Value:
        """What a pure function or method makes; ``None`` where that is not known."""
        is_known = name in FUNCTIONS if name else end_of_name(node.func) in METHODS
        if not is_known:
            self.look_into(node)
            return None
        values = [self.value(argument) for argument in node.args]
        words = {word.arg: self.value(word.value) for word in node.keywords if word.arg}
        try:
            if name:
                return FUNCTIONS[name](values, words)
            return METHODS[end_of_name(node.func)](holder, values, words)
        except (RequestError, ValueError):  # Python, too, would stop there
            return None

    def _full_name(self, node: ast.expr) -> str:
        """``requests.get``, whatever it was imported as; empty for a method of an object."""
        name = dotted_name(node)
        first, dot, rest = name.partition(".")
        if dot and any(known in self.names for known in (first, name.rpartition(".")[0])):
            return ""
        return self._imported.get(first, first) + dot + rest


def dotted_name(node: ast.expr) -> str:
    """``self.session``; empty where there is more to it than names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def end_of_name(node: ast.expr) -> str:
    """The name of a method: ``get`` of ``self.session.get``."""
    return node.attr if isinstance(node, ast.Attribute) else ""


_line_end = re.compile(rb"\r\n|\r|\n")

_RULES: dict[type[ast.expr], Callable[[Folder, Any], Folded]] = {
    ast.Attribute: Folder._attribute,
    ast.Await: Folder._await,
    ast.BinOp: Folder._operation,
    ast.Call: Folder._call_of,
    ast.Constant: Folder._constant,
    ast.Dict: Folder._dictionary,
    ast.FormattedValue: Folder._formatted,
    ast.JoinedStr: Folder._joined,
    ast.List: Folder._sequence,
    ast.Name: Folder._name,
    ast.NamedExpr: Folder._named,
    ast.Subscript: Folder._subscript,
    ast.Tuple: Folder._sequence,
    ast.UnaryOp: Folder._negative,
}
