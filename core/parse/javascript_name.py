"""What the names in JavaScript code stand for: variables by scope, and what modules export.

A function has a path, whatever the code calls it: ``readFile`` of ``node:fs/promises`` is
``fs.promises.readFile``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from core.parse.javascript_literal import string_value
from core.parse.javascript_object import member_of, set_member, text_of
from core.parse.thing import Folded, Thing
from core.parse.tree import Source, operands, text
from core.parse.value import Unknown, Value

_GLOBALS = frozenset({"window", "globalThis", "global", "self"})
_EXPORTERS = frozenset({"fetch", "undici", "url", "buffer", "formdata-node", "xmlhttprequest"})
_OF_PLATFORMS = frozenset(
    {"Blob", "Buffer", "File", "FormData", "Headers", "Request", "URL", "URLSearchParams"}
    | {"XMLHttpRequest", "fetch"}
)
_SAME = {
    "cross-fetch": "fetch",
    "form-data": "FormData",
    "isomorphic-fetch": "fetch",
    "node-fetch": "fetch",
    "postman-request": "request",
    "request-promise": "request",
    "request-promise-native": "request",
    "undici.request": "fetch",
    "xhr2": "XMLHttpRequest",
}
"""Packages that are called like another, or like what platforms have."""


def path_of_module(name: str) -> str:
    """The path of what ``require`` and ``import`` know by a name."""
    path = name.removeprefix("node:").replace("/", ".")
    return _SAME.get(path, path)


def path_of_member(path: str, name: str) -> str:
    """The path of what a module or object exports."""
    if name == "default":
        return path
    if path in _GLOBALS or (path in _EXPORTERS and name in _OF_PLATFORMS):
        return name
    return _SAME.get(f"{path}.{name}", f"{path}.{name}")


@dataclass(frozen=True)
class Module(Thing):
    """A module, or what it exports."""

    path: str

    def get(self, name: str, unknown: Unknown) -> Folded:
        return Module(path_of_member(self.path, name))


@dataclass
class Scope:
    """Names that code has given values to, within a function or at the top."""

    parent: Scope | None = None
    names: dict[str, Folded] = field(default_factory=dict)

    def holder(self, name: str) -> Scope | None:
        """The innermost scope from here that knows a name."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.parent
        return scope


@dataclass(eq=False)
class Function(Thing):
    """A function as written, and the names that it sees."""

    node: Node
    scope: Scope


@dataclass(eq=False)
class Class(Thing):
    """A class as written; its fields and methods are members of the one instance it has here."""

    members: dict[str, Folded] = field(default_factory=dict)

    def get(self, name: str, unknown: Unknown) -> Folded:
        return self.members.get(name, unknown)

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        self.members[name] = value


class Names:
    """Gives names their values, and finds them; ``fold`` is asked for those of expressions."""

    def __init__(self, source: Source, fold: Callable[[Node], Folded]) -> None:
        self.scope = Scope(names={"this": Class()})
        self._source = source
        self._fold = fold

    def unknown(self, node: Node) -> Unknown:
        """What stands for an expression whose value the code does not state."""
        return self._source.unknown(node)

    def value(self, node: Node) -> Folded:
        """What a name stands for."""
        name = text(node)
        holder = self.scope.holder(name)
        return self.unknown(node) if holder is None else holder.names[name]

    def path(self, node: Node) -> str:
        """What a function is called by its platform; empty for what the code itself makes."""
        if node.type == "identifier":
            name = text(node)
            holder = self.scope.holder(name)
            if holder is None:
                return name
            value = holder.names[name]
            return value.path if isinstance(value, Module) else ""
        if node.type == "member_expression":
            owner, member = operands(node)[0], operands(node)[-1]
            path = self.path(owner)
            return path and path_of_member(path, text(member))
        if node.type == "call_expression" and self.path(operands(node)[0]) == "require":
            required = self._fold(node)
            return required.path if isinstance(required, Module) else ""
        return ""

    def declare(self, pattern: Node, value: Folded) -> None:
        """Gives the names of a pattern their values in the scope at hand."""
        kind = pattern.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            self.scope.names[text(pattern)] = value
        elif kind in ("assignment_pattern", "object_assignment_pattern"):
            target, default = operands(pattern)
            is_stated = value is not None and not isinstance(value, Unknown)
            self.declare(target, value if is_stated else self._fold(default))
        elif kind == "object_pattern":
            for member in operands(pattern):
                self._declare_member(member, value)
        elif kind == "array_pattern":
            items = value if isinstance(value, list) else []
            for index, item in enumerate(operands(pattern)):
                self.declare(item, items[index] if index < len(items) else self.unknown(item))
        elif kind == "rest_pattern":
            self.declare(operands(pattern)[0], self.unknown(pattern))

    def _declare_member(self, member: Node, value: Folded) -> None:
        name, target = member, member
        if member.type == "pair_pattern":
            name, target = operands(member)
        elif member.type == "object_assignment_pattern":
            name = operands(member)[0]
        found = member_of(value, text(name), self.unknown(member))
        self.declare(target, found)

    def declare_import(self, statement: Node) -> None:
        """Gives the names of an ``import`` the modules that they stand for."""
        source = statement.child_by_field_name("source")
        if source is None:
            return
        path = path_of_module(string_value(text(source)))
        for alias, member in _imported(statement):
            found = path_of_member(path, member) if member else path
            self.scope.names[alias] = Module(found)

    def assign(self, target: Node, value: Folded) -> None:
        """Gives a name, a member or a pattern its value."""
        if target.type == "identifier":
            name = text(target)
            (self.scope.holder(name) or self.scope).names[name] = value
        elif target.type == "member_expression":
            owner, member = operands(target)[0], operands(target)[-1]
            set_member(self._fold(owner), text(member), value, self.unknown(target))
        elif target.type == "subscript_expression":
            owner, key = operands(target)[0], operands(target)[-1]
            set_member(self._fold(owner), self._key(key), value, self.unknown(target))
        else:
            self.declare(target, value)

    def delete(self, target: Node) -> Folded:
        """Takes a member of an object away."""
        if target.type in ("member_expression", "subscript_expression"):
            held, key = self._fold(operands(target)[0]), operands(target)[-1]
            is_member = target.type == "member_expression"
            if isinstance(held, dict):
                held.pop(text(key) if is_member else self._key(key), None)
        return True

    def _key(self, node: Node) -> Value:
        return text_of(self._fold(node))


def _imported(statement: Node) -> Iterator[tuple[str, str]]:
    """The names that an ``import`` declares, each with the member that it stands for."""
    for clause in operands(statement):
        for node in operands(clause) if clause.type == "import_clause" else []:
            if node.type == "identifier":
                yield text(node), ""
            elif node.type == "namespace_import":
                yield text(operands(node)[-1]), ""
            for specifier in operands(node) if node.type == "named_imports" else []:
                names = [text(name) for name in operands(specifier)]
                yield names[-1], names[0]
