"""Go with ``net/http``: the request that is sent first.

>>> parse('resp, err := http.Get("https://api.example.com/pets")').request.method
'GET'
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse.call import Call, Parsed, finish
from core.parse.flow import Flow
from core.parse.go_function import functions
from core.parse.go_literal import string
from core.parse.go_object import Client, Pairs, Request
from core.parse.go_type import Types
from core.parse.literal import number
from core.parse.thing import Folded, Thing, Traffic, argument, plain
from core.parse.tree import Source, operand, operands, operator_of, part, read_source, text
from core.parse.url import is_absolute
from core.parse.value import Unknown, Value, concatenated


def parse(code: str) -> Parsed:
    """The request that is sent first, else the first one that is built."""
    # Without a line end, the grammar takes a last line such as f(x) for a conversion to a type f.
    return finish(_Program(read_source("go", f"{code}\n")).run())


class _Program:
    """Follows the statements from ``main`` on; functions that nothing calls are read last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._traffic = Traffic()
        self._library = functions(self._traffic)
        self._types = Types(self.fold, self._source.unknown, self._traffic)
        self._names: dict[str, Folded] = {}
        self._functions: dict[str, Node] = {}
        self._called: set[str] = set()
        self._flow = Flow()

    def run(self) -> Call:
        """What the code sends."""
        statements = []
        for node in operands(self._source.root):
            name = node.child_by_field_name("name")
            if node.type in ("function_declaration", "method_declaration") and name is not None:
                self._functions[text(name)] = node
            elif node.type == "type_declaration":
                self._types.declare(node)
            else:
                statements.append(node)
        for node in statements:
            self._run(node)
        for function in sorted(self._functions, key="main".__ne__):
            if function not in self._called and self._traffic.sent is None:
                self._apply(function, None, [])
        return self._traffic.first()

    def _run(self, node: Node) -> None:
        """Does what a statement does; branches and loops as if they ran once."""
        if self._traffic.sent is not None:
            return
        rule = _RULES.get(node.type)
        if rule is not None:
            rule(self, node)
            return
        for child in operands(node):
            self._run(child)

    def fold(self, node: Node) -> Folded:
        """What an expression stands for."""
        rule = _RULES.get(node.type)
        if rule is not None:
            return rule(self, node)
        for child in operands(node):
            self._run(child)
        return self._source.unknown(node)

    def _value(self, node: Node) -> Value:
        return plain(self.fold(node), self._source.unknown(node))

    def declared(self, node: Node) -> Folded:
        """``a, b := f()``, ``a, b = c, d``, ``a += b``"""
        values = [self.fold(value) for value in operands(part(node, "right"))]
        self._assign_all(operands(part(node, "left")), values, operator_of(node))
        return None

    def specified(self, node: Node) -> Folded:
        """``var a, b int``, ``const a = "x"``"""
        targets = node.children_by_field_name("name")
        given, kind = node.child_by_field_name("value"), node.child_by_field_name("type")
        if given is not None:
            self._assign_all(targets, [self.fold(value) for value in operands(given)])
        elif kind is not None:
            for target in targets:
                self._names[text(target)] = self._types.zero(kind)
        return None

    def loop(self, node: Node) -> Folded:
        """Once for each item that is known, else as if it ran once."""
        clause, body = operand(node), part(node, "body")
        if clause.type != "range_clause":
            self._run(clause)
            if clause != body:
                self._run(body)
            return None
        left, items = clause.child_by_field_name("left"), self.fold(part(clause, "right"))
        targets = [] if left is None else operands(left)
        for item in _items(items) or [list(map(self._source.unknown, targets))]:
            for target, value in zip(targets, item, strict=False):
                self._assign(target, value)
            if self._flow.reaches(body):
                self._run(body)
        return None

    def _assign_all(self, targets: list[Node], values: list[Folded], operator: str = "=") -> None:
        """Where one call gives several values, the first one counts; the others are errors."""
        for index, target in enumerate(targets):
            value = values[index] if index < len(values) else self._source.unknown(target)
            if operator == "+=":
                value = _sum([self._value(target), plain(value, self._source.unknown(target))])
            self._assign(target, value)

    def _assign(self, target: Node, value: Folded) -> None:
        if target.type == "identifier":
            self._names[text(target)] = value
            return
        if target.type not in ("selector_expression", "index_expression"):
            return
        holder, key = _member(target)
        of = self.fold(holder)
        if isinstance(of, Thing) and target.type == "selector_expression":
            of.set(text(key), value, self._source.unknown(target))
        elif target.type == "index_expression":
            name = self._value(key)
            if isinstance(of, Pairs):
                of.set_item(name, plain(value, self._source.unknown(target)))
            elif isinstance(of, dict) and isinstance(name, str):
                of[name] = value

    def returned(self, node: Node) -> Folded:
        """The first value, unless it is the ``nil`` beside an error."""
        values = [self.fold(child) for inner in operands(node) for child in operands(inner)]
        if values and values[0] is not None:
            self._flow.give(values[0])
        return None

    def named(self, node: Node) -> Folded:
        name = text(node)
        return self._names[name] if name in self._names else self._source.unknown(node)

    def selected(self, node: Node) -> Folded:
        """``request.Header``, ``http.MethodPost``"""
        name = text(node)
        if name.startswith("http.Method"):
            return name.removeprefix("http.Method").upper()
        if name in ("http.DefaultClient", "http.NoBody"):
            return Client(self._traffic) if name == "http.DefaultClient" else None
        holder, key = _member(node)
        of, unknown = self.fold(holder), self._source.unknown(node)
        return of.get(text(key), unknown) if isinstance(of, Thing) else unknown

    def indexed(self, node: Node) -> Folded:
        """``items[0]``, ``members["name"]``"""
        holder, key = _member(node)
        of, at = self.fold(holder), self._value(key)
        if isinstance(of, dict) and isinstance(at, str) and at in of:
            return of[at]
        if isinstance(of, list) and isinstance(at, int) and 0 <= at < len(of):
            return of[at]
        return self._source.unknown(node)

    def called(self, node: Node) -> Folded:
        """A call of the library's or of the code's own functions and methods."""
        function, given = part(node, "function"), part(node, "arguments")
        name = text(function)
        unknown = self._source.unknown(node)
        if name in ("make", "new"):
            return self._types.new(operand(given)) if operands(given) else unknown
        if name in self._library:
            return self._library[name]([self.fold(each) for each in operands(given)], unknown)
        of: Folded = None
        if function.type == "selector_expression":
            holder, key = _member(function)
            of, name = self.fold(holder), text(key)
        elif function.type != "identifier":
            self._run(function)
        arguments = [self.fold(each) for each in operands(given)]
        if name in self._functions and not isinstance(of, Client | Request | Pairs):
            return self._apply(name, of, arguments)
        if isinstance(of, Thing):
            return of.invoke(name, arguments, unknown)
        is_sending = name == "Do" or is_absolute(argument(arguments, 0, unknown))
        if isinstance(of, Unknown) and is_sending:  # a client from elsewhere
            return Client(self._traffic).invoke(name, arguments, unknown)
        return unknown

    def _apply(self, name: str, receiver: Folded, arguments: list[Folded]) -> Folded:
        """What one of the code's own functions returns; arguments that lack are unknown."""
        node = self._functions[name]
        self._called.add(name)
        outside, self._names = self._names, dict(self._names)
        for values, field in (([receiver], "receiver"), (arguments, "parameters")):
            for index, target in enumerate(_parameters(node.child_by_field_name(field))):
                is_given = index < len(values) and values[index] is not None
                value = values[index] if is_given else self._source.unknown(target)
                self._names[text(target)] = value
        body, unknown = part(node, "body"), self._source.unknown(part(node, "name"))
        returned = self._flow.call(node, lambda: self._run(body), unknown)
        self._names = outside
        return returned

    def of_function(self, node: Node) -> Folded:
        """A function without a name: as if it ran at once."""
        self._run(part(node, "body"))
        return self._source.unknown(node)

    def sum(self, node: Node) -> Folded:
        right: list[Node] = []
        while node.type == "binary_expression" and operator_of(node) == "+":
            right.append(part(node, "right"))
            node = part(node, "left")
        if not right:
            for child in operands(node):
                self._run(child)
            return self._source.unknown(node)
        return _sum([self._value(operand) for operand in [node, *reversed(right)]])

    def signed(self, node: Node) -> Folded:
        """``&value``, ``*value``, ``-1``"""
        found = self.fold(part(node, "operand"))
        if operator_of(node) in ("&", "*"):
            return found
        if operator_of(node) == "-" and isinstance(found, int | float):
            return -found
        return self._source.unknown(node)

    def within(self, node: Node) -> Folded:
        """``(value)``, ``[]byte(value)``, ``value.(Type)``"""
        inner = node.child_by_field_name("operand") or operand(node, -1)
        return self.fold(inner)

    def composed(self, node: Node) -> Folded:
        return self._types.literal(part(node, "type"), part(node, "body"))

    def literal(self, node: Node) -> Folded:
        found = string(text(node)) if node.type in _STRINGS else number(text(node))
        return self._source.unknown(node) if found is None else found


def _member(node: Node) -> tuple[Node, Node]:
    """``holder.field``, ``holder[index]``"""
    return part(node, "operand"), part(
        node, "field" if node.type == "selector_expression" else "index"
    )


def _items(folded: Folded) -> list[list[Folded]]:
    """What the variables of a loop are, one time after the other, as far as that is known."""
    if isinstance(folded, list):
        return [[index, item] for index, item in enumerate(folded)]
    return [[name, item] for name, item in folded.items()] if isinstance(folded, dict) else []


def _parameters(node: Node | None) -> list[Node]:
    """The names of a function's parameters."""
    declared = [] if node is None else operands(node)
    return [name for each in declared for name in each.children_by_field_name("name")]


def _sum(values: list[Value]) -> Value:
    numbers = [value for value in values if isinstance(value, int | float)]
    return sum(numbers) if len(numbers) == len(values) else concatenated(*values)


_STRINGS = ("interpreted_string_literal", "raw_string_literal")

_RULES: dict[str, Callable[[_Program, Node], Folded]] = {
    "assignment_statement": _Program.declared,
    "binary_expression": _Program.sum,
    "call_expression": _Program.called,
    "composite_literal": _Program.composed,
    "const_spec": _Program.specified,
    "false": lambda program, node: False,
    "float_literal": _Program.literal,
    "for_statement": _Program.loop,
    "func_literal": _Program.of_function,
    "identifier": _Program.named,
    "import_declaration": lambda program, node: None,
    "index_expression": _Program.indexed,
    "int_literal": _Program.literal,
    "interpreted_string_literal": _Program.literal,
    "nil": lambda program, node: None,
    "parenthesized_expression": _Program.within,
    "raw_string_literal": _Program.literal,
    "return_statement": _Program.returned,
    "selector_expression": _Program.selected,
    "short_var_declaration": _Program.declared,
    "true": lambda program, node: True,
    "type_assertion_expression": _Program.within,
    "type_conversion_expression": _Program.within,
    "unary_expression": _Program.signed,
    "var_spec": _Program.specified,
}
"""How each kind of node is read."""
