"""Java with OkHttp or the JDK's HTTP client: the request that is sent first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tree_sitter import Node

from core.parse.call import Parsed, finish
from core.parse.java_function import (
    CONSTANTS,
    CONSTRUCTORS,
    FUNCTIONS,
    call_of_any,
    call_of_value,
)
from core.parse.java_literal import number, string
from core.parse.java_object import (
    ClassName,
    Object,
    RequestBuilder,
    Thing,
    UnknownResultError,
    value,
)
from core.parse.tree import Source, operands, operator_of, read_source, text
from core.parse.value import Value, concatenated


def parse(code: str) -> Parsed:
    """The request that is sent first, else the first one that is built."""
    return _Program(read_source("java", code)).run()


class _Program:
    """One pass over the code, statement by statement, whatever method they stand in."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._variables: dict[str, Thing] = {}
        self._waiting = [source.root]
        self._built: RequestBuilder | None = None
        self._sent: RequestBuilder | None = None

    def run(self) -> Parsed:
        """What the code sends."""
        while self._waiting and self._sent is None:
            node = self._waiting.pop()
            if node.type in _RULES:
                self._thing(node)
            else:
                self._waiting += reversed(node.named_children)
        request = self._sent or self._built or RequestBuilder()
        return finish(request.finished())

    def _thing(self, node: Node) -> Thing:
        """What an expression stands for; what a declaration declares."""
        rule = _RULES.get(node.type)
        if rule is None:
            return self._source.unknown(node)
        try:
            return rule(self, node)
        except UnknownResultError:
            return self._source.unknown(node)

    def _value(self, node: Node) -> Value:
        return value([self._thing(node)], 0)

    def declared(self, node: Node) -> Thing:
        """``name = value``"""
        name, given = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None and given is not None:
            self._variables[text(name)] = self._thing(given)
        return None

    def assigned(self, node: Node) -> Thing:
        """``name = value``, ``this.name = value``, ``name += value``"""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None:
            raise UnknownResultError
        name = text(left).removeprefix("this.")
        found = self._thing(right)
        if operator_of(node) == "+=":
            found = _sum(self._value(left), value([found], 0))
        self._variables[name] = found
        return found

    def named(self, node: Node) -> Thing:
        """A variable or a class."""
        name = text(node)
        if name in self._variables:
            return self._variables[name]
        if _is_class(name):
            return ClassName(name)
        raise UnknownResultError

    def field(self, node: Node) -> Thing:
        """``MultipartBody.FORM``, ``HttpRequest.BodyPublishers``, ``this.url``"""
        names = text(node).split(".")
        if names[0] == "this" and ".".join(names[1:]) in self._variables:
            return self._variables[".".join(names[1:])]
        qualified = ".".join(names[-2:])
        if qualified in CONSTANTS:
            return CONSTANTS[qualified]
        if names[-1] in self._variables and names[0][:1].isupper():
            return self._variables[names[-1]]
        if _is_class(names[-1]):
            return ClassName(names[-1])
        raise UnknownResultError

    def created(self, node: Node) -> Thing:
        """``new Request.Builder()``"""
        self._waiting += [child for child in node.named_children if child.type == "class_body"]
        kind = node.child_by_field_name("type")
        name = text(kind).partition("<")[0] if kind is not None else ""
        names = name.split(".")
        made = CONSTRUCTORS.get(".".join(names[-2:])) or CONSTRUCTORS.get(names[-1])
        if made is None:
            raise UnknownResultError
        return self._remembered(made(self._arguments(node)))

    def called(self, node: Node) -> Thing:
        """A chain of calls, from its first to its last."""
        chain = [node]
        first = node.child_by_field_name("object")
        while first is not None and first.type == "method_invocation":
            chain.append(first)
            first = first.child_by_field_name("object")
        found = None if first is None else self._thing(first)
        for call in reversed(chain):
            try:
                found = self._call(found, call)
            except UnknownResultError:
                found = self._source.unknown(call)
        return found

    def _call(self, of: Thing, node: Node) -> Thing:
        name = node.child_by_field_name("name")
        method = "" if name is None else text(name)
        arguments = self._arguments(node)
        if method in _SENDING and arguments and isinstance(arguments[0], RequestBuilder):
            self._sent = self._sent or arguments[0]
            raise UnknownResultError
        if method in _RECEIVING and isinstance(of, RequestBuilder):
            self._sent = self._sent or of
            raise UnknownResultError
        if isinstance(of, ClassName) and (function := FUNCTIONS.get(f"{of.name}.{method}")):
            return self._remembered(function(arguments))
        try:
            call_of = of.call if isinstance(of, Object) else partial(call_of_value, of)
            return self._remembered(call_of(method, arguments))
        except UnknownResultError:
            return call_of_any(method, arguments)

    def _remembered(self, thing: Thing) -> Thing:
        if self._built is None and isinstance(thing, RequestBuilder):
            self._built = thing
        return thing

    def _arguments(self, node: Node) -> list[Thing]:
        arguments = node.child_by_field_name("arguments")
        return [] if arguments is None else [self._thing(child) for child in operands(arguments)]

    def sum(self, node: Node) -> Thing:
        """``a + b + …``"""
        if operator_of(node) != "+":
            raise UnknownResultError
        right: list[Node] = []
        while node.type == "binary_expression" and operator_of(node) == "+":
            left, *_, last = operands(node)
            right.append(last)
            node = left
        total = self._value(node)
        pieces = [total]
        for operand in reversed(right):
            pieces.append(self._value(operand))
        return _sum(*pieces)

    def within(self, node: Node) -> Thing:
        """``(value)``, ``(Type) value``"""
        return self._thing(operands(node)[-1])

    def listed(self, node: Node) -> Thing:
        """``{a, b}``, ``new String[] {a, b}``"""
        inner = node.child_by_field_name("value") or node
        if inner.type != "array_initializer":
            raise UnknownResultError
        return [self._value(child) for child in operands(inner)]

    def later(self, node: Node) -> Thing:
        """A lambda: what it does is looked at behind the statement that it stands in."""
        self._waiting += reversed(node.named_children)
        raise UnknownResultError

    def literal(self, node: Node) -> Thing:
        return string(text(node))

    def number(self, node: Node) -> Thing:
        found = number(text(node))
        if found is None:
            raise UnknownResultError
        return found

    def negative(self, node: Node) -> Thing:
        found = self._value(operands(node)[-1])
        if operator_of(node) != "-" or not isinstance(found, int | float):
            raise UnknownResultError
        return -found


_SENDING = frozenset({"newCall", "send", "sendAsync"})
_RECEIVING = frozenset({"getResponseCode", "getInputStream", "getResponseMessage"})

_RULES: dict[str, Callable[[_Program, Node], Thing]] = {
    "array_creation_expression": _Program.listed,
    "array_initializer": _Program.listed,
    "assignment_expression": _Program.assigned,
    "binary_expression": _Program.sum,
    "cast_expression": _Program.within,
    "character_literal": _Program.literal,
    "decimal_floating_point_literal": _Program.number,
    "decimal_integer_literal": _Program.number,
    "false": lambda program, node: False,
    "field_access": _Program.field,
    "hex_integer_literal": _Program.number,
    "identifier": _Program.named,
    "lambda_expression": _Program.later,
    "method_invocation": _Program.called,
    "null_literal": lambda program, node: None,
    "object_creation_expression": _Program.created,
    "parenthesized_expression": _Program.within,
    "resource": _Program.declared,
    "scoped_identifier": _Program.field,
    "string_literal": _Program.literal,
    "true": lambda program, node: True,
    "unary_expression": _Program.negative,
    "variable_declarator": _Program.declared,
}
"""How each kind of node is read."""


def _is_class(name: str) -> bool:
    """By the usual spelling: ``MediaType`` is one, ``BASE_URL`` and ``request`` are not."""
    return name[:1].isupper() and (not name.isupper() or name in ("URI", "URL"))


def _sum(*values: Value) -> Value:
    """Numbers are added until the first text; then all is text."""
    total, *rest = values
    while rest and isinstance(total, int) and isinstance(rest[0], int):
        total, rest = total + rest[0], rest[1:]
    return concatenated(total, *rest) if rest else total
