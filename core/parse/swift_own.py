"""The functions and types that Swift code declares: what they return, and what they make."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse.flow import Flow
from core.parse.swift_folding import Folder
from core.parse.swift_object import Instance, Member, labelled
from core.parse.swift_scope import Scope
from core.parse.swift_type import Type
from core.parse.thing import Arguments, Folded
from core.parse.tree import operands, part, text
from core.parse.value import Unknown


class Functions:
    """Follows functions and closures where they are called."""

    def __init__(
        self, scope: Scope, folder: Folder, flow: Flow, last: Callable[[Node], Folded]
    ) -> None:
        """``last`` does what statements do, and tells the value of the last one."""
        self._scope = scope
        self._folder = folder
        self._flow = flow
        self._last = last
        self.called: set[str] = set()
        """The names of the functions that have been followed."""

    def apply(self, name: str, owner: Folded, arguments: Arguments) -> Folded:
        """What one of the code's own functions returns; arguments that lack are unknown."""
        node = self._scope.functions[name]
        self.called.add(name)
        bound = self._parameters(node, arguments)
        if owner is not None:
            bound["self"] = owner
        body, unknown = part(node, "body"), self._folder.unknown(part(node, "name"))
        return self.follow(node, body, bound, unknown)

    def new(self, kind: Type, arguments: Arguments) -> Folded:
        """``Pet(name: "Rex")``"""
        made = self.instance(kind)
        if kind.initializer is None:
            made.fields |= labelled(arguments)
        else:
            unknown = self._folder.unknown(kind.initializer)
            bound = self._parameters(kind.initializer, arguments) | {"self": made}
            self.follow(kind.initializer, part(kind.initializer, "body"), bound, unknown)
        return made

    def instance(self, kind: Type) -> Instance:
        """A value of a type whose fields have their defaults."""
        fields = {
            name: None if node is None else self._folder.fold(node)
            for name, node in kind.fields.items()
        }
        keys = {name: text(node).strip('"') if node else name for name, node in kind.keys.items()}
        return Instance(kind.name, fields, keys)

    def follow(
        self, function: Node, body: Node, bound: dict[str, Folded], unknown: Unknown
    ) -> Folded:
        """What the statements of a function return."""
        outside, self._scope.names = self._scope.names, {**self._scope.names, **bound}

        def read() -> None:
            value = [self._last(each) for each in operands(body)][-1:]
            if value and value[0] is not None:
                self._flow.give(value[0])

        returned = self._flow.call(function, read, unknown)
        self._scope.names = outside
        return returned

    def _parameters(self, function: Node, arguments: Arguments) -> dict[str, Folded]:
        """The values of a function's parameters: arguments, defaults, or unknown."""
        given = labelled(arguments)
        unlabelled = [value for label, value in given.items() if label.isdecimal()]
        bound: dict[str, Folded] = {}
        last = ""
        for index, child in enumerate(function.children):
            if child.type == "parameter":
                name = part(child, "name")
                label = child.child_by_field_name("external_name") or name
                last = "" if text(label) in given else text(name)
                bound[text(name)] = given.get(text(label), self._folder.unknown(name))
                if text(label) == "_" and unlabelled:
                    last, bound[text(name)] = "", unlabelled.pop(0)
            elif function.field_name_for_child(index) == "default_value" and last:
                bound[last] = self._folder.fold(child)
        return bound

    def enclosed(self, closure: Node, values: list[Folded]) -> Folded:
        """What a closure gives back for the values of its parameters."""
        if not self._flow.reaches(closure):
            return self._folder.unknown(closure)
        names = [part(each, "name") for each in _closure_parameters(closure)]
        if len(values) == 1 and (len(names) > 1 or "$1" in text(closure)):
            values = unpacked(values[0])
        for index, name in enumerate(names):
            is_known = index < len(values)
            self._scope.names[text(name)] = (
                values[index] if is_known else self._folder.unknown(name)
            )
        self._scope.names |= {f"${index}": value for index, value in enumerate(values)}
        statements = [each for each in operands(closure) if each.type == "statements"]
        return self._last(statements[0]) if statements else None


def _closure_parameters(closure: Node) -> list[Node]:
    kind = closure.child_by_field_name("type")
    listed = [] if kind is None else operands(kind)
    return [each for inner in listed for each in operands(inner) if each.type == "lambda_parameter"]


def unpacked(folded: Folded) -> list[Folded]:
    """The parts of a tuple, or of a dictionary's member."""
    if isinstance(folded, Member):
        return [folded.key, folded.content]
    return folded if isinstance(folded, list) else []
