"""JavaScript, in browsers and in Node."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from core.parse.call import Call, Parsed, finish
from core.parse.javascript_calling import Caller
from core.parse.javascript_name import Class, Scope
from core.parse.javascript_object import Entries, is_scalar, is_true
from core.parse.thing import Folded
from core.parse.tree import Source, operands, operator_of, read_source, text


def parse(code: str) -> Parsed:
    """The request that the code sends first. Raises ``UnreadableCodeError``."""
    source = read_source("javascript", code)
    fault = source.fault()
    if fault is not None:
        line, column = source.position(fault)
        return Parsed(None, reason=f"This is not JavaScript: see line {line}, column {column}.")
    return finish(_Reader(source).read() or Call())


class _Reader:
    """Follows the statements in the order in which they run; nothing is executed.

    Loops are read once for each item that is known, functions where they are called, and those
    that nothing calls at the end.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sent: Call | None = None
        self._caller = Caller(source, self._send, self.block)
        self._folder = self._caller.folder
        self._flow = self._caller.flow

    def read(self) -> Call | None:
        """The call that is sent first, if there is one."""
        self.block(self._source.root)
        first = self._sent
        while not (self._sent and self._sent.is_stated) and self._caller.uncalled:
            self._sent = None
            self._caller.apply(next(iter(self._caller.uncalled)))
            first = first or self._sent
        return self._sent or first

    def _send(self, call: Call) -> None:
        if self._sent is None:
            self._sent = call

    def block(self, node: Node) -> None:
        """Statements one after the other; functions are known before they are declared."""
        statements = operands(node)
        for statement in statements:
            declared = _exported(statement)
            if declared.type in ("function_declaration", "generator_function_declaration"):
                name = declared.child_by_field_name("name") or declared
                self._folder.names.declare(name, self._caller.function(declared))
        for statement in statements:
            self.statement(statement)

    def statement(self, node: Node) -> None:
        """Any statement, or an expression that stands in one."""
        if self._sent is not None or not self._flow.reaches(node):
            return
        rule = _STATEMENTS.get(node.type)
        if rule is not None:
            rule(self, node)
        else:
            self._folder.fold(node)

    def each(self, node: Node) -> None:
        """All that is in a statement, in source order."""
        for child in operands(node):
            self.statement(child)

    def declaration(self, node: Node) -> None:
        """``const``, ``let`` and ``var``."""
        for declarator in operands(node):
            name = declarator.child_by_field_name("name") or declarator
            value = declarator.child_by_field_name("value")
            self._folder.names.declare(name, None if value is None else self._folder.fold(value))

    def export(self, node: Node) -> None:
        """``export`` of a declaration, or of a value."""
        declared = _exported(node)
        if declared is not node:
            self.statement(declared)

    def imports(self, node: Node) -> None:
        """``import`` in all its forms."""
        self._folder.names.declare_import(node)

    def branch(self, node: Node) -> None:
        """``if``: one branch where the condition is known, else all of them."""
        condition, *branches = operands(node)
        truth = is_true(self._folder.fold(condition))
        if truth is None:
            with self._flow.doubt():
                for each in branches:
                    self.statement(each)
        elif len(branches) > 1 - truth:
            self.statement(branches[1 - truth])

    def perhaps(self, node: Node) -> None:
        """What may run once, never or many times."""
        with self._flow.doubt():
            self.each(node)

    def count_up(self, node: Node) -> None:
        """``for (let i = 0; …; i++)``, as it is the first time."""
        start, body = [node.child_by_field_name(name) for name in ("initializer", "body")]
        if start is not None:
            self.statement(start)
        if body is not None:
            with self._flow.doubt():
                self.statement(body)

    def switch(self, node: Node) -> None:
        """``switch``: from the case that is known to be meant to a ``break``, else all cases."""
        subject, body = operands(node)
        value = self._folder.fold(subject)
        if not is_scalar(value):
            return self.perhaps(body)
        for statement in self._meant(operands(body), value):
            if statement.type == "break_statement":
                return None
            self.statement(statement)
        return None

    def _meant(self, cases: list[Node], value: Folded) -> Iterator[Node]:
        """The statements of the case for a value, and of those below it."""
        keys = [case.child_by_field_name("value") for case in cases]
        found = [key is not None and self._folder.fold(key) == value for key in keys]
        start = found.index(True) if True in found else keys.index(None) if None in keys else None
        for case in cases[start:] if start is not None else []:
            for statement in case.children_by_field_name("body"):
                yield from (
                    operands(statement) if statement.type == "statement_block" else [statement]
                )

    def loop_over(self, node: Node) -> None:
        """``for (const item of items)``, and ``in`` for names."""
        target, held, body = [node.child_by_field_name(name) for name in ("left", "right", "body")]
        if target is None or held is None or body is None:
            return
        values = _values(self._folder.fold(held), operator_of(node))
        self._flow.handle(values)
        for value in values or []:
            if not self._flow.reaches(node):
                return
            self._folder.names.declare(target, value)
            self.statement(body)
        if values is None:
            self._folder.names.declare(target, self._folder.names.unknown(target))
            self.perhaps(body)

    def class_declaration(self, node: Node) -> None:
        """A class, whose ``this`` is its one instance."""
        made = Class()
        names = self._folder.names
        outer, names.scope = names.scope, Scope(names.scope, {"this": made})
        body = node.child_by_field_name("body")
        for member in operands(body) if body else []:
            name = member.child_by_field_name("name") or member.child_by_field_name("property")
            value = member.child_by_field_name("value")
            if name is not None and member.type == "method_definition":
                made.members[text(name)] = self._caller.function(member)
            elif name is not None and value is not None:
                made.members[text(name)] = self._folder.fold(value)
        names.scope = outer
        names.declare(node.child_by_field_name("name") or node, made)

    def returned(self, node: Node) -> None:
        """``return``, with a value or without."""
        self._flow.give(self._folder.only(node))

    def nothing(self, node: Node) -> None:
        """What says nothing, or was read before."""


def _exported(statement: Node) -> Node:
    """What an ``export`` declares; any other statement itself."""
    if statement.type != "export_statement":
        return statement
    declared = statement.child_by_field_name("declaration")
    return declared or statement.child_by_field_name("value") or statement


def _values(held: Folded, operator: str) -> list[Folded] | None:
    """What a loop goes over, where that is known."""
    if operator == "in":
        return list(held) if isinstance(held, dict) else None
    if isinstance(held, Entries):
        return [list(pair) for pair in held.pairs()]
    return list(held) if isinstance(held, list) else None


_STATEMENTS: dict[str, Callable[[_Reader, Node], None]] = {
    "lexical_declaration": _Reader.declaration,
    "variable_declaration": _Reader.declaration,
    "statement_block": _Reader.block,
    "return_statement": _Reader.returned,
    "for_in_statement": _Reader.loop_over,
    "class_declaration": _Reader.class_declaration,
    "if_statement": _Reader.branch,
    "switch_statement": _Reader.switch,
    "export_statement": _Reader.export,
    "import_statement": _Reader.imports,
    "function_declaration": _Reader.nothing,
    "generator_function_declaration": _Reader.nothing,
    "for_statement": _Reader.count_up,
    **dict.fromkeys(("while_statement", "do_statement", "catch_clause"), _Reader.perhaps),
    **dict.fromkeys(
        (
            "expression_statement", "else_clause", "try_statement", "finally_clause",
            "switch_case", "switch_default", "labeled_statement", "throw_statement",
        ),
        _Reader.each,
    ),
}  # fmt: skip
