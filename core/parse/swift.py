"""Swift with ``URLSession``: the request that is sent first.

>>> code = 'URLSession.shared.dataTask(with: URL(string: "https://api.example.com/pets")!).resume()'
>>> parse(code).request.method
'GET'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tree_sitter import Node

from core.parse.call import Call, Parsed, finish
from core.parse.flow import Flow
from core.parse.swift_calling import Calls, items_of
from core.parse.swift_folding import EXPRESSIONS, Folder
from core.parse.swift_object import Instance
from core.parse.swift_own import Functions, unpacked
from core.parse.swift_scope import Scope
from core.parse.swift_type import declared_types
from core.parse.thing import Folded, Traffic
from core.parse.tree import Source, operand, operands, operator_of, part, read_source, text
from core.parse.value import Unknown


def parse(code: str) -> Parsed:
    """The request that is sent first, else the first one that is built."""
    return finish(_Program(read_source("swift", code)).run())


class _Program:
    """Follows the statements from the top; functions that nothing calls are read last."""

    def __init__(self, source: Source) -> None:
        self._root = source.root
        self._traffic = Traffic()
        self._flow = Flow()
        self._scope = Scope()
        self._folder = Folder(source, self._scope, self._run, self._called, self._computed)
        self._own = Functions(self._scope, self._folder, self._flow, self._last)
        self._calls = Calls(self._scope, self._folder, self._own, self._traffic)

    def run(self) -> Call:
        """What the code sends."""
        declarations = ("function_declaration", "class_declaration")
        for is_declaration in (True, False):
            for node in operands(self._root):
                if (node.type in declarations) == is_declaration:
                    self._run(node)
        for name in self._scope.functions:
            if name not in self._own.called and self._traffic.sent is None:
                owner = self._scope.owners.get(name)
                self._own.apply(name, None if owner is None else self._own.instance(owner), [])
        return self._traffic.first()

    def _called(self, node: Node) -> Folded:
        return self._calls.called(node)

    def _computed(self, statements: Node, of: Instance, unknown: Unknown) -> Folded:
        return self._own.follow(statements, statements, {"self": of}, unknown)

    def _run(self, node: Node) -> None:
        """Does what a statement does."""
        if self._traffic.sent is not None:
            return
        rule = _RULES.get(node.type)
        if rule is not None:
            rule(self, node)
        elif node.type in EXPRESSIONS:
            self._folder.fold(node)
        else:
            for child in operands(node):
                self._run(child)

    def _last(self, node: Node) -> Folded:
        """Statements one after the other; the value of the last one."""
        value: Folded = None
        for child in operands(node):
            if self._traffic.sent is not None:
                break
            value = None
            if child.type in EXPRESSIONS:
                value = self._folder.fold(child)
            else:
                self._run(child)
        return value

    def declared(self, node: Node) -> None:
        """``let a = b, (c, d) = e``"""
        target: Node | None = None
        for index, child in enumerate(node.children):
            name = node.field_name_for_child(index)
            if name == "name":
                target = child
                self._bind(target, None)
            elif name == "value" and target is not None:
                if child.type == "lambda_literal":
                    self._own.enclosed(child, [])
                self._bind(target, self._folder.fold(child))

    def _bind(self, pattern: Node, value: Folded) -> None:
        """Gives the names in a pattern their values."""
        inner = [each for each in operands(pattern) if each.type == "pattern"]
        if not inner:
            self._scope.names[text(pattern)] = value
            return
        values = unpacked(value)
        for index, each in enumerate(inner):
            is_known = index < len(values)
            self._bind(each, values[index] if is_known else self._folder.unknown(each))

    def assigned(self, node: Node) -> None:
        """``a = b``, ``a += b``"""
        target, value = part(node, "target"), self._folder.fold(part(node, "result"))
        target = operand(target) if target.type.startswith("directly") else target
        if operator_of(node) == "+=":
            value = self._folder.added([self._folder.fold(target), value], node)
        self._folder.assign(target, value)

    def branched(self, node: Node) -> None:
        """``if``: the branch that is known to be taken, else both."""
        is_met = self._are_met(_conditions(node))
        for is_first, branch in _branches(node):
            if is_met is None or is_met == is_first:
                self._run(branch)

    def guarded(self, node: Node) -> None:
        """``guard``: as if it held."""
        self._are_met(_conditions(node))

    def _are_met(self, conditions: list[list[Node]]) -> bool | None:
        """Whether conditions hold, as far as that is known; binds what they bind."""
        results = [self._is_met(condition) for condition in conditions]
        if False in results:
            return False
        return None if None in results else True

    def _is_met(self, condition: list[Node]) -> bool | None:
        """``let name = value``, ``let name``, ``value``"""
        if condition[0].type == "case":
            return None
        value = self._folder.fold(condition[-1])
        if condition[0].type != "value_binding_pattern":
            return value if isinstance(value, bool) else None
        if value is None:
            return False
        self._scope.names[text(condition[1])] = value
        return None if isinstance(value, Unknown) else True

    def loop(self, node: Node) -> None:
        """Once for each item that is known, else as if it ran once."""
        pattern, items = part(node, "item"), items_of(self._folder.fold(part(node, "collection")))
        for item in items or [[self._folder.unknown(pattern)]]:
            self._bind(pattern, item[0])
            for each in operands(node):
                if each.type == "statements" and self._flow.reaches(each):
                    self._run(each)

    def returned(self, node: Node) -> None:
        """``return value``, unless it is ``nil``."""
        result = node.child_by_field_name("result")
        value = None if result is None else self._folder.fold(result)
        if value is not None and text(node).startswith("return"):
            self._flow.give(value)

    def defined(self, node: Node) -> None:
        """``func name(…) { … }``"""
        self._scope.functions[text(part(node, "name"))] = node

    def typed(self, node: Node) -> None:
        """``struct Name { … }`` and its like."""
        for kind in declared_types(node):
            known = self._scope.types.setdefault(kind.name, kind)
            known.fields |= kind.fields
            known.computed |= kind.computed
            for name, function in kind.functions.items():
                self._scope.functions[name], self._scope.owners[name] = function, known
            for name, value in kind.statics.items():
                self._scope.names[f"{kind.name}.{name}"] = self._folder.fold(value)
            for name, raw in kind.cases.items():
                self._scope.names[f"{kind.name}.{name}"] = (
                    name if raw is None else self._folder.fold(raw)
                )


def _conditions(node: Node) -> list[list[Node]]:
    """What stands between the commas of a condition."""
    found: list[list[Node]] = [[]]
    for index, child in enumerate(node.children):
        is_condition = node.field_name_for_child(index) in ("condition", "bound_identifier")
        if is_condition and child.type not in ("=", "type_annotation"):
            found[-1].append(child)
        elif child.type == "," and found[-1]:
            found.append([])
    return [condition for condition in found if condition]


def _branches(node: Node) -> Iterator[tuple[bool, Node]]:
    """The statements of an ``if``, and whether they are those of its first branch."""
    is_first = True
    for child in node.children:
        if child.type == "else":
            is_first = False
        elif child.type in ("statements", "if_statement"):
            yield is_first, child


_RULES: dict[str, Callable[[_Program, Node], None]] = {
    "assignment": _Program.assigned,
    "class_declaration": _Program.typed,
    "control_transfer_statement": _Program.returned,
    "for_statement": _Program.loop,
    "function_declaration": _Program.defined,
    "guard_statement": _Program.guarded,
    "if_statement": _Program.branched,
    "import_declaration": lambda program, node: None,
    "property_declaration": _Program.declared,
}
"""How each kind of statement is read."""
