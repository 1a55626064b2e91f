"""PHP with its cURL extension, or with the HTTP streams of ``file_get_contents``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tree_sitter import Node

from core.parse import php_assignment
from core.parse.call import Call, Parsed, finish
from core.parse.php_calling import Caller
from core.parse.php_object import Class, is_scalar, is_true
from core.parse.php_sending import Sender
from core.parse.thing import Folded
from core.parse.tree import Source, operands, read_source, text

_has_tag = re.compile(r"<\?(?:php|=|\s)", re.IGNORECASE).search


def parse(code: str) -> Parsed:
    """The request that the code sends first. Raises ``UnreadableCodeError``."""
    source = read_source("php" if _has_tag(code) else "php_only", code)
    fault = source.fault()
    if fault is not None:
        line, column = source.position(fault)
        return Parsed(None, reason=f"This is not PHP: see line {line}, column {column}.")
    return finish(_Reader(source).read())


class _Reader:
    """Follows the statements in the order in which they run; nothing is executed.

    Loops are read once for each item that is known, functions where they are called, and those
    that nothing calls at the end.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sender = Sender()
        self._caller = Caller(source, self._sender.functions, php_assignment.RULES, self.block)
        self._folder = self._caller.folder

    def read(self) -> Call:
        """The call that is sent first, or that is at least prepared."""
        self.block(self._source.root)
        first = self._sender.sent
        while not (self._sender.sent and self._sender.sent.is_stated) and self._caller.uncalled:
            self._sender.sent = None
            self._caller.apply(next(iter(self._caller.uncalled)))
            first = first or self._sender.sent
        return self._sender.sent or first or self._sender.prepared() or Call()

    def block(self, node: Node) -> None:
        """Statements one after the other; functions and classes are known before them."""
        statements = operands(node)
        for statement in statements:
            if statement.type == "function_definition":
                name = text(statement.child_by_field_name("name") or statement).lower()
                self._caller.functions[name] = self._caller.declare(statement, {})
            elif statement.type in _CLASSES:
                self._declare_class(statement)
        for statement in statements:
            self.statement(statement)

    def _declare_class(self, node: Node) -> None:
        made = Class()
        made.instance.made_of = made
        name, body = [node.child_by_field_name(field) for field in ("name", "body")]
        self._folder.classes[text(name or node).lower()] = made
        outer, self._folder.variables = self._folder.variables, {"$this": made.instance}
        for member in operands(body) if body else []:
            if member.type == "method_declaration":
                method = text(member.child_by_field_name("name") or member).lower()
                made.methods[method] = self._caller.declare(member, {"$this": made.instance})
            elif member.type == "const_declaration":
                made.members |= self._constants(member)
            elif member.type == "property_declaration":
                self._declare_properties(made, member)
        self._folder.variables = outer

    def _declare_properties(self, made: Class, declaration: Node) -> None:
        is_static = any(child.type == "static_modifier" for child in operands(declaration))
        for element in operands(declaration):
            name, value = [
                element.child_by_field_name(field) for field in ("name", "default_value")
            ]
            if element.type == "property_element" and name is not None and value is not None:
                if is_static:
                    made.members[text(name)] = self._folder.fold(value)
                else:
                    made.instance.members[text(name).lstrip("$")] = self._folder.fold(value)

    def _constants(self, declaration: Node) -> dict[str, Folded]:
        elements = [each for each in operands(declaration) if each.type == "const_element"]
        pairs = [operands(element) for element in elements]
        return {text(name): self._folder.fold(value) for name, value in pairs}

    def statement(self, node: Node) -> None:
        """Any statement, or an expression that stands in one."""
        if self._sender.sent is not None or not self._folder.flow.reaches(node):
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

    def perhaps(self, node: Node) -> None:
        """What may run once, never or many times."""
        with self._folder.flow.doubt():
            self.each(node)

    def branch(self, node: Node) -> None:
        """``if``: one branch where the conditions are known, else all that may be meant."""
        with ExitStack() as doubts:
            for branch in [node, *node.children_by_field_name("alternative")]:
                condition = branch.child_by_field_name("condition")
                truth = True if condition is None else is_true(self._folder.fold(condition))
                if truth is None:
                    doubts.enter_context(self._folder.flow.doubt())
                body = branch.child_by_field_name("body")
                if truth is not False and body is not None:
                    self.statement(body)
                if truth:
                    break

    def count_up(self, node: Node) -> None:
        """``for ($i = 0; …; $i++)``, as it is the first time."""
        for start in node.children_by_field_name("initialize"):
            self.statement(start)
        with self._folder.flow.doubt():
            for body in node.children_by_field_name("body"):
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
        for case, key in list(zip(cases, keys, strict=True))[start:] if start is not None else []:
            yield from operands(case)[1 if key else 0 :]

    def loop_over(self, node: Node) -> None:
        """``foreach`` over an array."""
        held, target, *bodies = operands(node)
        array = self._folder.fold(held)
        self._folder.flow.handle(array)
        for key, value in array.items() if isinstance(array, dict) else []:
            if not self._folder.flow.reaches(node):
                return
            self._bind(target, key, value)
            for body in bodies:
                self.statement(body)
        if not isinstance(array, dict):
            self._bind(target, self._folder.unknown(target), self._folder.unknown(target))
            for body in bodies:
                self.perhaps(body)

    def _bind(self, target: Node, key: Folded, value: Folded) -> None:
        """Gives the variables of a ``foreach`` their values."""
        if target.type == "pair":
            name, target = operands(target)
            unknown = self._folder.unknown(name)
            php_assignment.assign(self._folder, name, unknown if key is value else key)
        php_assignment.assign(self._folder, target, value)

    def constants(self, node: Node) -> None:
        """``const NAME = …``."""
        self._folder.constants |= self._constants(node)

    def take_globals(self, node: Node) -> None:
        """``global $name``."""
        names = [text(name) for name in operands(node)]
        self._folder.shared |= set(names)
        for name in names:
            if name in self._folder.globals:
                self._folder.variables[name] = self._folder.globals[name]

    def static_variables(self, node: Node) -> None:
        """``static $name = …``, as it is the first time."""
        for name, *values in map(operands, operands(node)):
            value = self._folder.fold(values[0]) if values else None
            self._folder.variables[text(name)] = value

    def unset(self, node: Node) -> None:
        """``unset($name)``."""
        for target in operands(node):
            php_assignment.unset(self._folder, target)

    def returned(self, node: Node) -> None:
        """``return``, with a value or without."""
        self._folder.flow.give(self._folder.only(node))

    def nothing(self, node: Node) -> None:
        """What says nothing, or was read before."""


_CLASSES = frozenset({"class_declaration", "trait_declaration", "enum_declaration"})

_STATEMENTS: dict[str, Callable[[_Reader, Node], None]] = {
    "compound_statement": _Reader.block,
    "colon_block": _Reader.block,
    "if_statement": _Reader.branch,
    "switch_statement": _Reader.switch,
    "foreach_statement": _Reader.loop_over,
    "return_statement": _Reader.returned,
    "const_declaration": _Reader.constants,
    "global_declaration": _Reader.take_globals,
    "function_static_declaration": _Reader.static_variables,
    "unset_statement": _Reader.unset,
    "for_statement": _Reader.count_up,
    **dict.fromkeys(("while_statement", "do_statement", "catch_clause"), _Reader.perhaps),
    **dict.fromkeys(
        ("expression_statement", "echo_statement", "try_statement", "finally_clause",
         "namespace_definition", "case_statement", "default_statement"),
        _Reader.each,
    ),
    **dict.fromkeys(
        ("function_definition", "interface_declaration", "php_tag", "text", "text_interpolation",
         "namespace_name", "namespace_use_declaration", *_CLASSES),
        _Reader.nothing,
    ),
}  # fmt: skip
