"""The types that Swift code declares: what their values hold, and their names in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from core.parse.tree import operands, part, text


@dataclass
class Type:
    """A ``struct``, ``class``, ``enum`` or what extends one."""

    name: str
    fields: dict[str, Node | None] = field(default_factory=dict)
    """With the expressions of their defaults."""
    statics: dict[str, Node] = field(default_factory=dict)
    cases: dict[str, Node | None] = field(default_factory=dict)
    """Of an ``enum``, with the expressions of their raw values."""
    keys: dict[str, Node | None] = field(default_factory=dict)
    """Of ``CodingKeys``, by the names of the fields."""
    functions: dict[str, Node] = field(default_factory=dict)
    computed: dict[str, Node] = field(default_factory=dict)
    """Properties that are worked out, with their statements."""
    initializer: Node | None = None


def declared_types(node: Node) -> Iterator[Type]:
    """The type that a declaration declares, and those within it."""
    made = Type(text(part(node, "name")))
    for member in operands(part(node, "body")):
        if member.type == "property_declaration":
            _add_properties(made, member)
        elif member.type == "function_declaration":
            made.functions[text(part(member, "name"))] = member
        elif member.type == "init_declaration":
            made.initializer = member
        elif member.type == "enum_entry":
            made.cases |= _with_values(member, "raw_value")
        elif member.type == "class_declaration":
            for inner in declared_types(member):
                if inner.name == "CodingKeys":
                    made.keys = inner.cases
                else:
                    yield inner
    yield made


def _add_properties(made: Type, node: Node) -> None:
    modifiers = next((each for each in operands(node) if each.type == "modifiers"), None)
    is_static = modifiers is not None and "static" in text(modifiers).split()
    for name, value in _with_values(node, "value").items():
        if is_static and value is not None:
            made.statics[name] = value
        elif not is_static:
            made.fields[name] = value
    computed = node.child_by_field_name("computed_value")
    if computed is not None:
        name = text(part(node, "name"))
        made.fields.pop(name, None)
        made.computed[name] = computed


def _with_values(node: Node, field_name: str) -> dict[str, Node | None]:
    """The names that are declared, with the expression that follows each of them."""
    found: dict[str, Node | None] = {}
    last = ""
    for index, child in enumerate(node.children):
        name = node.field_name_for_child(index)
        if name == "name":
            last = text(child)
            found[last] = None
        elif name == field_name and last:
            found[last] = child
    return found
