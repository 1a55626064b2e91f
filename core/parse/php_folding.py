"""What PHP's expressions stand for: constants, and what is made of constants alone."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TypeAlias, TypeGuard

from tree_sitter import Node

from core.parse.flow import Flow
from core.parse.php_function import merged
from core.parse.php_literal import double_quoted, number_value, single_quoted, text_between
from core.parse.php_object import (
    Array,
    Class,
    Object,
    are_equal,
    array_of,
    is_true,
    key_of,
    next_key,
    text_of,
)
from core.parse.thing import Folded
from core.parse.tree import Source, operands, operator_of, text
from core.parse.value import Unknown, Value, concatenated

MISSING = object()
"""What a variable, a key or a property stands for that there is none of."""

_COMPARISONS: dict[str, Callable[[int | float, int | float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS: dict[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_EQUALITIES = {"===": True, "==": True, "!==": False, "!=": False, "<>": False}
_CHOICES = {"&&": True, "and": True, "||": False, "or": False}
_CONSTANTS: dict[str, Folded] = {"PHP_EOL": "\n", "DIRECTORY_SEPARATOR": "/"}
_TEXTS = frozenset({"string_content", "escape_sequence", "nowdoc_string", '"'})
_LARGEST = 2**63

Rule: TypeAlias = "Callable[[Folder, Node], Folded]"


class Folder:
    """What expressions stand for, by what the code has given values to so far."""

    def __init__(self, source: Source, rules: dict[str, Rule]) -> None:
        """Rules for kinds of expressions that are not read here, by their names in the grammar."""
        self.variables: dict[str, Folded] = {}
        self.globals = self.variables
        self.shared: frozenset[str] = frozenset()
        """The global variables that the function at hand has taken over."""
        self.constants = dict(_CONSTANTS)
        self.classes: dict[str, Class] = {}
        self.flow = Flow()
        self._source = source
        self._rules = {**_RULES, **rules}

    def unknown(self, node: Node) -> Unknown:
        """What stands for an expression whose value the code does not state."""
        return self._source.unknown(node)

    def fold(self, node: Node) -> Folded:
        """What an expression stands for."""
        value = self.found(node)
        return self.unknown(node) if value is MISSING else value

    def found(self, node: Node) -> Folded:
        """What an expression stands for, or ``MISSING``."""
        rule = self._rules.get(node.type)
        if rule is not None:
            return rule(self, node)
        self.only(node)  # there may be a call in it
        return self.unknown(node)

    def only(self, node: Node) -> Folded:
        """What the expression in a node stands for; the last one where there are several."""
        value: Folded = None
        for child in operands(node):
            value = self.fold(child)
        return value

    def number(self, node: Node) -> Folded:
        value = number_value(text(node))
        return self.unknown(node) if value is None else value

    def quoted(self, node: Node) -> Folded:
        if all(child.type in _TEXTS for child in node.children):
            return double_quoted(text(node))
        return self._interpolated(node, node.start_byte + 1, node.end_byte - 1, '"')

    def heredoc(self, node: Node) -> Folded:
        """A heredoc or nowdoc: all lines without the margin of the closing one."""
        body, end = node.child_by_field_name("value"), node.child_by_field_name("end_tag")
        if body is None or end is None:
            return ""
        code = self._source.code
        start = code.index(b"\n", node.start_byte) + 1
        stop = code.rindex(b"\n", 0, end.start_byte)
        margin = end.start_byte - stop - 1
        quote = "'" if node.type == "nowdoc" else ""
        stop -= code[stop - 1 : stop] == b"\r"
        return self._interpolated(body, start, max(start, stop), quote, margin)

    def _interpolated(
        self, node: Node, start: int, stop: int, quote: str, margin: int = 0
    ) -> Value:
        """The text from one place to another, with the expressions that the node has in it."""
        pieces: list[Value] = []
        end = start
        for child in [*node.children, None]:
            if child is not None and child.type in _TEXTS:
                continue
            raw = self._source.code[end : stop if child is None else child.start_byte].decode()
            pieces.append(text_between(raw, quote, margin, is_line_start=end == start))
            if child is not None:
                end = child.end_byte
                pieces.append(text_of(self.fold(child)) if child.is_named else "")
        return self.joined(pieces)

    def variable(self, node: Node) -> Folded:
        return self.variables.get(text(node), MISSING)

    def dynamic_variable(self, node: Node) -> Folded:
        """``${name}`` within a text."""
        return self.variables.get(f"${text(node)[2:-1]}", MISSING)

    def constant(self, node: Node) -> Folded:
        name = text(node).rpartition("\\")[2]
        return name if name.startswith("CURLOPT_") else self.constants.get(name, MISSING)

    def array(self, node: Node) -> Array:
        made: Array = {}
        index = 0
        for element in operands(node):
            parts = operands(element)
            is_spread = parts[0].type == "variadic_unpacking"
            value = self.only(parts[0]) if is_spread else self.fold(parts[-1])
            if is_spread:
                self.flow.handle(made, value)
                made = merged([made, value])
                index = next_key(made)
                continue
            key = key_of(self.fold(parts[0])) if len(parts) == 2 else index
            index = max(index, key + 1) if isinstance(key, int) else index
            made[key] = value
        return made

    def binary(self, node: Node) -> Folded:
        sign = operator_of(node).lower()
        if sign == ".":
            return self._concatenation(node)
        first, second = operands(node)
        if sign in _CHOICES or sign == "??":
            return self._choice(node, sign, first, second)
        left, right = self.fold(first), self.fold(second)
        if sign in _EQUALITIES:
            equal = are_equal(left, right)
            return self.unknown(node) if equal is None else equal == _EQUALITIES[sign]
        if sign in _COMPARISONS and is_number(left) and is_number(right):
            return _COMPARISONS[sign](left, right)
        return self.calculated(node, sign, left, right)

    def calculated(self, node: Node, sign: str, left: Folded, right: Folded) -> Folded:
        """The sum and the like of two numbers, or the union of two arrays."""
        if sign in _OPERATORS and is_number(left) and is_number(right):
            value = _OPERATORS[sign](left, right)
            return value if -_LARGEST <= value < _LARGEST else self.unknown(node)
        if sign == "+" and isinstance(left, dict) and isinstance(right, dict):
            self.flow.handle(left, right)
            return {**right, **left}
        return self.unknown(node)

    def _choice(self, node: Node, sign: str, first: Node, second: Node) -> Folded:
        """``a && b``, ``a || b``, ``a ?? b``."""
        left = self.found(first)
        if sign == "??":
            is_given = left is not MISSING or first.type == "variable_name"
            value = self.fold(first) if left is MISSING else left
            return value if is_given and left is not None else self.fold(second)
        truth = None if left is MISSING else is_true(left)
        right = is_true(self.fold(second)) if truth in (None, _CHOICES[sign]) else None
        if truth is None:
            return self.unknown(node)
        if truth != _CHOICES[sign]:
            return truth
        return self.unknown(node) if right is None else right

    def _concatenation(self, node: Node) -> Folded:
        """All that is put together from the left, without going down for each piece."""
        pieces: list[Node] = []
        while node.type == "binary_expression" and operator_of(node) == ".":
            node, right = operands(node)
            pieces.append(right)
        return self.joined([text_of(self.fold(piece)) for piece in [node, *reversed(pieces)]])

    def joined(self, texts: list[Value]) -> Value:
        """Texts one behind the other."""
        self.flow.handle(*texts)
        return concatenated(*texts)

    def conditional(self, node: Node) -> Folded:
        condition, *results = operands(node)
        value = self.fold(condition)
        truth = is_true(value)
        if truth is None:
            with self.flow.doubt():
                for result in results:
                    self.fold(result)
            return self.unknown(node)
        if truth and len(results) == 1:  # a ?: b
            return value
        return self.fold(results[0] if truth else results[-1])

    def unary(self, node: Node) -> Folded:
        value = self.only(node)
        sign = operator_of(node)
        truth = is_true(value)
        if sign == "!" and truth is not None:
            return not truth
        if sign in ("+", "-") and is_number(value):
            return value if sign == "+" else -value
        return self.unknown(node)

    def cast(self, node: Node) -> Folded:
        kind = text(node.child_by_field_name("type") or node)
        value = self.fold(operands(node)[-1])
        if kind == "object" and isinstance(value, dict):
            return Object({str(key): item for key, item in value.items()})
        if kind == "string":
            return text_of(value)
        if kind == "array" and isinstance(value, Object):
            return array_of([]) | {key_of(name): item for name, item in value.members.items()}
        return value

    def subscript(self, node: Node) -> Folded:
        parts = operands(node)
        held = self.found(parts[0])
        if len(parts) < 2 or not isinstance(held, dict):
            return MISSING
        return held.get(key_of(self.key(parts[1])), MISSING)

    def key(self, node: Node) -> Folded:
        """A key, which stands without quotes within a text."""
        value = self.found(node)
        return text(node) if value is MISSING and node.type == "name" else self.fold(node)

    def member(self, node: Node) -> Folded:
        owner, name = operands(node)
        held = self.fold(owner)
        return held.members.get(text(name), MISSING) if isinstance(held, Object) else MISSING

    def of_class(self, node: Node) -> Folded:
        """``self::NAME`` or ``Pets::$property``."""
        owner, name = operands(node)
        found = self.class_of(owner)
        return MISSING if found is None else found.members.get(text(name), MISSING)

    def class_of(self, node: Node) -> Class | None:
        """The class that a name or ``self`` stands for."""
        this = self.variables.get("$this")
        if node.type == "relative_scope":
            return this.made_of if isinstance(this, Object) else None
        return self.classes.get(text(node).rpartition("\\")[2].lower())


def is_number(value: Folded) -> TypeGuard[int | float]:
    """Whether a value is a number that is known."""
    return isinstance(value, int | float) and not isinstance(value, bool)


_RULES: dict[str, Rule] = {
    "string": lambda folder, node: single_quoted(text(node)),
    "encapsed_string": Folder.quoted,
    "heredoc": Folder.heredoc,
    "nowdoc": Folder.heredoc,
    "integer": Folder.number,
    "float": Folder.number,
    "boolean": lambda folder, node: text(node).lower() == "true",
    "null": lambda folder, node: None,
    "variable_name": Folder.variable,
    "dynamic_variable_name": Folder.dynamic_variable,
    "name": Folder.constant,
    "qualified_name": Folder.constant,
    "array_creation_expression": Folder.array,
    "binary_expression": Folder.binary,
    "conditional_expression": Folder.conditional,
    "unary_op_expression": Folder.unary,
    "cast_expression": Folder.cast,
    "parenthesized_expression": Folder.only,
    "error_suppression_expression": Folder.only,
    "clone_expression": Folder.only,
    "argument": Folder.only,
    "subscript_expression": Folder.subscript,
    "member_access_expression": Folder.member,
    "nullsafe_member_access_expression": Folder.member,
    "class_constant_access_expression": Folder.of_class,
    "scoped_property_access_expression": Folder.of_class,
}
