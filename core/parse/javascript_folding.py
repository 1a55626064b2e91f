"""What JavaScript's expressions stand for: constants, and what is made of constants alone."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import TypeAlias, TypeGuard

from tree_sitter import Node

from core.parse.flow import Flow
from core.parse.javascript_function import spread
from core.parse.javascript_literal import as_number, number_value, string_value, template_text
from core.parse.javascript_name import Names
from core.parse.javascript_object import (
    Entries,
    are_equal,
    is_scalar,
    is_true,
    limited,
    member_of,
    text_of,
)
from core.parse.thing import Folded
from core.parse.tree import Source, operands, operator_of, text
from core.parse.value import FileContent, Unknown, Value, concatenated

_MAX_CALLS = 2_000
_names_files = re.compile(r"\bfiles$").search
_COMPARISONS: dict[str, Callable[[int | float, int | float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS: dict[str, Callable[[int | float, int | float], int | float]] = {
    "-": operator.sub,
    "*": operator.mul,
}


Rule: TypeAlias = "Callable[[Folder, Node], Folded]"


class Folder:
    """What expressions stand for, by the names that the code has given values to so far."""

    def __init__(self, source: Source, flow: Flow, rules: dict[str, Rule]) -> None:
        """Rules for kinds of expressions that are not read here, by their names in the grammar."""
        self.names = Names(source, self.fold)
        self._code = source.code
        self._flow = flow
        self._rules = {**_RULES, **rules}

    def fold(self, node: Node) -> Folded:
        """What an expression stands for."""
        rule = self._rules.get(node.type)
        if rule is not None:
            return rule(self, node)
        self.only(node)  # there may be a call in it
        return self.names.unknown(node)

    def only(self, node: Node) -> Folded:
        """What the expression in a node stands for; the last one where there are several."""
        value: Folded = None
        for child in operands(node):
            value = self.fold(child)
        return value

    def template(self, node: Node) -> Folded:
        pieces: list[Value] = []
        start = node.start_byte + 1
        for child in node.named_children:
            if child.type == "template_substitution":
                pieces.append(template_text(self._code[start : child.start_byte].decode()))
                pieces.append(text_of(self.only(child)))
                start = child.end_byte
        pieces.append(template_text(self._code[start : node.end_byte - 1].decode()))
        return self._joined(pieces)

    def number(self, node: Node) -> Folded:
        value = number_value(text(node))
        return self.names.unknown(node) if value is None else value

    def name(self, node: Node) -> Folded:
        return self.names.value(node)

    def object(self, node: Node) -> Folded:
        made: dict[str | Unknown, Folded] = {}
        for member in operands(node):
            if member.type == "spread_element":
                value = self.only(member)
                self._flow.handle(value)
                spread(made, value)
            elif member.type == "shorthand_property_identifier":
                made[text(member)] = self.name(member)
            elif member.type == "method_definition":
                name = member.child_by_field_name("name") or member
                made[self._property_name(name)] = self.fold(member)
            elif member.type == "pair":
                self._pair(made, member)
        return made

    def _pair(self, made: dict[str | Unknown, Folded], pair: Node) -> None:
        key, item = operands(pair)
        value = self.fold(item)
        name = self._property_name(key)
        is_prototype = name == "__proto__" and key.type != "computed_property_name"
        if not is_prototype and (value is not None or item.type == "null"):
            made[name] = value

    def _property_name(self, node: Node) -> str | Unknown:
        if node.type == "computed_property_name":
            name = text_of(self.only(node))
            return name if isinstance(name, str) else self.names.unknown(node)
        return str(text_of(self.fold(node))) if node.type in ("string", "number") else text(node)

    def array(self, node: Node) -> list[Folded]:
        made: list[Folded] = []
        for item in operands(node):
            value = self.only(item) if item.type == "spread_element" else self.fold(item)
            if item.type != "spread_element":
                made.append(value)
                continue
            self._flow.handle(value)
            if isinstance(value, Entries):
                made += [list(pair) for pair in value.pairs()]
            else:
                made += value if isinstance(value, list) else [value]
            limited(made)
        return made

    def binary(self, node: Node) -> Folded:
        sign = operator_of(node)
        if sign == "+":
            return self._sum(node)
        if sign in _CHOICES:
            return self._choice(node, sign)
        left, right = [self.fold(operand) for operand in operands(node)]
        if sign in _EQUALITIES:
            equal = are_equal(left, right)
            return self.names.unknown(node) if equal is None else equal == _EQUALITIES[sign]
        if sign in _COMPARISONS and _is_number(left) and _is_number(right):
            return _COMPARISONS[sign](left, right)
        if sign in _OPERATORS and _is_number(left) and _is_number(right):
            value = as_number(_OPERATORS[sign](left, right))
            return self.names.unknown(node) if value is None else value
        return self.names.unknown(node)

    def _choice(self, node: Node, sign: str) -> Folded:
        """``a || b``, ``a ?? b``, ``a && b``."""
        first, second = operands(node)
        left = self.fold(first)
        truth = left is not None if sign == "??" and is_scalar(left) else is_true(left)
        if truth is None and sign != "&&":
            return left
        if truth is None:
            self.fold(second)
            return self.names.unknown(node)
        return self.fold(second) if truth == (sign == "&&") else left

    def conditional(self, node: Node) -> Folded:
        condition, consequence, alternative = operands(node)
        truth = is_true(self.fold(condition))
        if truth is None:
            with self._flow.doubt():
                self.fold(consequence)
                self.fold(alternative)
            return self.names.unknown(node)
        return self.fold(consequence if truth else alternative)

    def _sum(self, node: Node) -> Folded:
        """All that is added up from the left, without going down for each addition."""
        sums = []
        inner = node
        while _is_sum(inner):
            sums.append(inner)
            inner = operands(inner)[0]
        total = self.fold(inner)
        texts: list[Value] = []
        for each in reversed(sums):
            value = self.fold(operands(each)[-1])
            if texts or not (_is_number(total) and _is_number(value)):
                texts.append(text_of(value))
            else:
                total = self._added(each, total, value)
        return self._joined([text_of(total), *texts]) if texts else total

    def _added(self, node: Node, left: Folded, right: Folded) -> Folded:
        if _is_number(left) and _is_number(right):
            value = as_number(left + right)
            return self.names.unknown(node) if value is None else value
        return self._joined([text_of(left), text_of(right)])

    def _joined(self, texts: list[Value]) -> Value:
        self._flow.handle(*texts)
        return concatenated(*texts)

    def unary(self, node: Node) -> Folded:
        sign = operator_of(node)
        if sign == "delete":
            return self.names.delete(operands(node)[0])
        value = self.only(node)
        truth = is_true(value)
        if sign == "!" and truth is not None:
            return not truth
        if sign in ("+", "-") and _is_number(value):
            return value if sign == "+" else -value
        return None if sign == "void" else self.names.unknown(node)

    def member(self, node: Node) -> Folded:
        parts = operands(node)
        return member_of(self.fold(parts[0]), text(parts[-1]), self.names.unknown(node))

    def subscript(self, node: Node) -> Folded:
        parts = operands(node)
        held, key = self.fold(parts[0]), self.fold(parts[-1])
        unknown = self.names.unknown(node)
        if isinstance(held, Unknown) and _names_files(text(parts[0])):
            return FileContent(unknown)
        if isinstance(held, list) and isinstance(key, int):
            return held[key] if 0 <= key < len(held) else unknown
        return member_of(held, str(text_of(key)), unknown)

    def assignment(self, node: Node) -> Folded:
        target, expression = operands(node)
        value = self.fold(expression)
        self.names.assign(target, value)
        return value

    def augmented(self, node: Node) -> Folded:
        target, expression = operands(node)
        old, new = self.fold(target), self.fold(expression)
        is_sum = operator_of(node) == "+="
        value = self._added(node, old, new) if is_sum else self.names.unknown(node)
        self.names.assign(target, value)
        return value

    def update(self, node: Node) -> Folded:
        """``i++`` and its like."""
        (target,) = operands(node)
        old = self.fold(target)
        step = 1 if operator_of(node) == "++" else -1
        new = self._added(node, old, step) if _is_number(old) else self.names.unknown(node)
        self.names.assign(target, new)
        return old if text(node)[-1] in "+-" else new


_CHOICES = frozenset({"||", "??", "&&"})
_EQUALITIES = {"===": True, "==": True, "!==": False, "!=": False}


def _is_number(value: Folded) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_sum(node: Node) -> bool:
    return node.type == "binary_expression" and operator_of(node) == "+"


_RULES: dict[str, Rule] = {
    "string": lambda folder, node: string_value(text(node)),
    "template_string": Folder.template,
    "number": Folder.number,
    "true": lambda folder, node: True,
    "false": lambda folder, node: False,
    "null": lambda folder, node: None,
    "undefined": lambda folder, node: None,
    "identifier": Folder.name,
    "this": Folder.name,
    "object": Folder.object,
    "array": Folder.array,
    "binary_expression": Folder.binary,
    "ternary_expression": Folder.conditional,
    "unary_expression": Folder.unary,
    "parenthesized_expression": Folder.only,
    "await_expression": Folder.only,
    "sequence_expression": Folder.only,
    "member_expression": Folder.member,
    "subscript_expression": Folder.subscript,
    "assignment_expression": Folder.assignment,
    "augmented_assignment_expression": Folder.augmented,
    "update_expression": Folder.update,
}
