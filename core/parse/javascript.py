"""JavaScript, in browsers and in Node."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse import javascript_node, javascript_web
from core.parse.call import Call, Parsed, finish
from core.parse.javascript_folding import Folder
from core.parse.javascript_function import CONSTRUCTORS, FUNCTIONS
from core.parse.javascript_object import Entries, Folded
from core.parse.tree import Source, operands, read_source, text
from core.parse.value import UnreadableCodeError

_MAX_STATEMENTS = 20_000


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

    Branches are read one after the other, loops once for each item that is known, functions where
    they are called, and those that nothing calls at the end.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sent: Call | None = None
        self._returned: list[Folded] = []
        self._num_statements = 0
        self._folder = Folder(
            source,
            {
                **FUNCTIONS,
                **javascript_web.functions(self._send),
                **javascript_node.functions(self._send),
            },
            {**CONSTRUCTORS, **javascript_web.constructors(self._send)},
            self._body,
        )

    def read(self) -> Call | None:
        """The call that is sent first, if there is one."""
        self.block(self._source.root)
        while self._sent is None and self._folder.uncalled:
            self._folder.apply(next(iter(self._folder.uncalled)))
        return self._sent

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
                self._folder.names.declare(name, self._folder.function(declared))
        for statement in statements:
            self.statement(statement)

    def statement(self, node: Node) -> None:
        """Any statement, or an expression that stands in one."""
        if self._sent is not None:
            return
        self._num_statements += 1
        if self._num_statements > _MAX_STATEMENTS:
            raise UnreadableCodeError("This code has too many steps to be followed.")
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

    def loop_over(self, node: Node) -> None:
        """``for (const item of items)``, and ``in`` for names."""
        target, held, body = [node.child_by_field_name(name) for name in ("left", "right", "body")]
        if target is None or held is None or body is None:
            return
        values = _values(
            self._folder.fold(held), text(node.child_by_field_name("operator") or node)
        )
        for value in [self._folder.names.unknown(target)] if values is None else values:
            self._folder.names.declare(target, value)
            self.statement(body)

    def class_body(self, node: Node) -> None:
        """Fields of a class are members of ``this``; its constructor is its first method to run."""
        this = self._folder.names.scope.holder("this")
        for member in operands(node):
            if member.type == "method_definition":
                self._folder.function(member)
            elif this is not None and member.type == "field_definition":
                name, value = [member.child_by_field_name(name) for name in ("property", "value")]
                fields = this.names["this"]
                if name is not None and value is not None and isinstance(fields, dict):
                    fields[text(name)] = self._folder.fold(value)

    def returned(self, node: Node) -> None:
        """``return``, with a value or without."""
        self._returned.append(self._folder.only(node))

    def nothing(self, node: Node) -> None:
        """What says nothing, or was read before."""

    def _body(self, node: Node) -> Folded:
        """What the statements of a function return, where only the last one of them does."""
        outer, self._returned = self._returned, []
        self.block(node)
        returned, self._returned = self._returned, outer
        statements = operands(node)
        ends = bool(statements) and statements[-1].type == "return_statement"
        return returned[0] if ends and len(returned) == 1 else None


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
    "class_declaration": _Reader.each,
    "class_body": _Reader.class_body,
    "export_statement": _Reader.export,
    "import_statement": _Reader.imports,
    "function_declaration": _Reader.nothing,
    "generator_function_declaration": _Reader.nothing,
    **dict.fromkeys(
        (
            "expression_statement", "if_statement", "else_clause", "for_statement",
            "while_statement", "do_statement", "try_statement", "catch_clause", "finally_clause",
            "switch_statement", "switch_body", "switch_case", "switch_default",
            "labeled_statement", "throw_statement",
        ),
        _Reader.each,
    ),
}  # fmt: skip
