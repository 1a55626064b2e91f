"""What Swift expressions stand for."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse.literal import number
from core.parse.swift_function import properties
from core.parse.swift_object import Argument, Instance, labelled
from core.parse.swift_scope import Scope
from core.parse.swift_string import Strings, swift_text
from core.parse.thing import Arguments, Folded, Thing, plain
from core.parse.tree import Source, operand, operands, part, text
from core.parse.value import Unknown, Value, check_size, concatenated


class Folder:
    """Folds expressions; what calls make is told by the one who follows the statements."""

    def __init__(
        self,
        source: Source,
        scope: Scope,
        run: Callable[[Node], None],
        called: Callable[[Node], Folded],
        computed: Callable[[Node, Instance, Unknown], Folded],
    ) -> None:
        """``run`` does what statements do, ``called`` tells what a call makes, ``computed`` what
        a property is that is worked out by statements.
        """
        self._source = source
        self._scope = scope
        self._run = run
        self._called = called
        self._computed = computed
        self._strings = Strings(source, self.fold)

    def fold(self, node: Node) -> Folded:
        """What an expression stands for."""
        rule = _RULES.get(node.type)
        if rule is None:
            for child in operands(node):
                self._run(child)
            return self.unknown(node)
        left = _left_operand(node)
        if left is not None:
            return self.added([self.fold(left), rule(self, node)], node)
        return rule(self, node)

    def unknown(self, node: Node) -> Unknown:
        """What stands for an expression whose value the code does not state."""
        start = _base(node) if node.type in _CHAIN else node
        if start.type != "additive_expression":
            return self._source.unknown(node)
        start = last_operand(start)
        written = self._source.code[start.start_byte : node.end_byte].decode()
        return Unknown(written, *self._source.position(start))

    def link(self, node: Node) -> Folded:
        """What the members and calls belong to that follow a node: see :func:`last_operand`."""
        node = last_operand(node)
        rule = _RULES.get(node.type)
        return rule(self, node) if rule and node.type in _CHAIN else self.fold(node)

    def named(self, node: Node) -> Folded:
        """A variable, or a member of ``self``."""
        name = text(node)
        if name in self._scope.names:
            return self._scope.names[name]
        owner = self._scope.names.get("self")
        return self._member_of(owner, name, self.unknown(node))

    def selected(self, node: Node) -> Folded:
        """``request.httpMethod``, ``Constants.baseURL``"""
        name = text(node)
        if name in self._scope.names:
            return self._scope.names[name]
        holder, name = member(node)
        return self._member_of(self.link(holder), name, self.unknown(node))

    def _member_of(self, of: Folded, name: str, unknown: Unknown) -> Folded:
        if isinstance(of, Instance):
            kind = self._scope.types.get(of.kind)
            if kind is not None and name in kind.computed:
                return self._computed(kind.computed[name], of, unknown)
        if isinstance(of, Thing):
            return of.get(name, unknown)
        return unknown if isinstance(of, Unknown) else properties(of, name, unknown)

    def sum(self, node: Node) -> Folded:
        right: list[Node] = []
        first = node
        while first.type == "additive_expression" and _operator(first) == "+":
            right.append(part(first, "rhs"))
            first = part(first, "lhs")
        if not right:
            return self.unknown(node)
        return self.added([self.fold(each) for each in [first, *reversed(right)]], node)

    def added(self, values: list[Folded], node: Node) -> Folded:
        """Lists, numbers or texts added up."""
        lists = [value for value in values if isinstance(value, list)]
        if len(lists) == len(values):
            check_size(lists)
            return [item for each in lists for item in each]
        numbers = [value for value in values if isinstance(value, int | float)]
        if len(numbers) == len(values):
            return sum(numbers)
        unknown = self.unknown(node)
        return concatenated(*[swift_text(value, unknown) for value in values])

    def compared(self, node: Node) -> Folded:
        """``a == b``, ``a != b``"""
        left, right = self.fold(part(node, "lhs")), self.fold(part(node, "rhs"))
        if all(value is None or isinstance(value, str | int) for value in (left, right)):
            return (left == right) == (_operator(node) == "==")
        return self.unknown(node)

    def alternative(self, node: Node) -> Folded:
        """``a ?? b``"""
        value = self.fold(part(node, "value"))
        if value is None:
            return self.fold(part(node, "if_nil"))
        return self.unknown(node) if isinstance(value, Unknown) else value

    def chosen(self, node: Node) -> Folded:
        """``condition ? a : b``"""
        condition = self.fold(part(node, "condition"))
        if isinstance(condition, bool):
            return self.fold(part(node, "if_true" if condition else "if_false"))
        return self.unknown(node)

    def prefixed(self, node: Node) -> Folded:
        """``-1``, ``!a``, ``&a``, ``.post``"""
        operation, target = _operator(node), part(node, "target")
        if operation == ".":
            return self._case(text(target), self.unknown(node))
        value = self.fold(target)
        if operation == "-" and isinstance(value, int | float):
            return -value
        if operation == "!" and isinstance(value, bool):
            return not value
        return value if operation == "&" else self.unknown(node)

    def _case(self, name: str, unknown: Unknown) -> Folded:
        """A case of the one ``enum`` that has it."""
        found = [kind.name for kind in self._scope.types.values() if name in kind.cases]
        return self._scope.names[f"{found[0]}.{name}"] if len(found) == 1 else unknown

    def within(self, node: Node) -> Folded:
        """``try value``, ``await value``, ``value as Type``, ``value!``, ``(a, b)``"""
        values = node.children_by_field_name("value")
        if len(values) > 1:
            return [self.fold(value) for value in values]
        inner = values or node.children_by_field_name("expr")
        return self.fold(inner[0] if inner else part(node, "target"))

    def itself(self, node: Node) -> Folded:
        """``self``"""
        return self._scope.names.get("self", self.unknown(node))

    def listed(self, node: Node) -> Folded:
        return [self.fold(each) for each in node.children_by_field_name("element")]

    def dictionary(self, node: Node) -> Folded:
        """``[key: value]``; unknown where a key is."""
        made: dict[str, Folded] = {}
        keys, values = (node.children_by_field_name(name) for name in ("key", "value"))
        for key, value in zip(keys, values, strict=False):
            name = self.fold(key)
            if not isinstance(name, str):
                name = swift_text(name, self.unknown(key))
            if not isinstance(name, str):
                return self.unknown(node)
            made[name] = self.fold(value)
        return made

    def quoted(self, node: Node) -> Folded:
        return self._strings.quoted(node)

    def number(self, node: Node) -> Folded:
        found = number(text(node).lstrip("0") or "0") if node.type != "hex_literal" else None
        found = number(text(node)) if found is None else found
        return self.unknown(node) if found is None else found

    def called(self, node: Node) -> Folded:
        """A call, or ``items[key]``."""
        callee, *suffixes = operands(node)
        if not suffixes or not text(suffixes[0]).startswith("["):
            return self._called(node)
        key = _first(self.arguments(suffixes[0]))
        return _item(self.link(callee), plain(key, self.unknown(node)), self.unknown(node))

    def arguments(self, suffix: Node) -> Arguments:
        """What a call or a subscript is given between its parentheses or brackets."""
        given = [each for each in operands(suffix) if each.type == "value_arguments"]
        found: Arguments = []
        for index, each in enumerate(operands(given[0]) if given else []):
            label, value = each.child_by_field_name("name"), each.child_by_field_name("value")
            folded = self.unknown(each) if value is None else self.fold(value)
            found.append(Argument(str(index) if label is None else text(label), folded))
        return found

    def assign(self, target: Node, value: Folded) -> None:
        """Gives a variable, a property or a member a value."""
        if target.type == "postfix_expression":
            target = part(target, "target")
        if target.type == "navigation_expression":
            holder, name = member(target)
            of = self.fold(holder)
            if isinstance(of, Thing):
                of.set(name, value, self.unknown(target))
        elif target.type == "call_expression":  # items[key]
            callee, suffix = operand(target), operand(target, 1)
            of, key = self.fold(callee), _first(self.arguments(suffix))
            if isinstance(of, dict) and isinstance(key, str):
                of[key] = value
        elif target.type == "simple_identifier":
            name, owner = text(target), self._scope.names.get("self")
            is_field = isinstance(owner, Instance) and name in owner.fields
            if isinstance(owner, Instance) and is_field and name not in self._scope.names:
                owner.fields[name] = value
            else:
                self._scope.names[name] = value


def _operator(node: Node) -> str:
    found = node.child_by_field_name("op") or node.child_by_field_name("operation")
    return "" if found is None else text(found)


def _first(arguments: Arguments) -> Folded:
    return next(iter(labelled(arguments).values()), None)


def _item(of: Folded, key: Value, unknown: Unknown) -> Folded:
    """``items[key]``; ``nil`` where a dictionary lacks the key."""
    if isinstance(of, dict) and isinstance(key, str):
        return of.get(key)
    if isinstance(of, list) and isinstance(key, int) and 0 <= key < len(of):
        return of[key]
    return unknown


def member(node: Node) -> tuple[Node, str]:
    """``holder.name``"""
    return part(node, "target"), text(part(part(node, "suffix"), "suffix"))


def last_operand(node: Node) -> Node:
    """The grammar takes ``a + b.c()`` for ``(a + b.c)()``: what is called is the last operand."""
    while node.type == "additive_expression":
        node = part(node, "rhs")
    return node


def _left_operand(node: Node) -> Node | None:
    """What is added to a chain of members and calls that the grammar has put it into."""
    base = _base(node) if node.type in _CHAIN else node
    return part(base, "lhs") if base != node and base.type == "additive_expression" else None


def _base(node: Node) -> Node:
    """What a chain of members and calls begins with."""
    while node.type in _CHAIN:
        node = operand(node) if node.type == "call_expression" else part(node, "target")
    return node


_CHAIN = frozenset({"call_expression", "navigation_expression", "postfix_expression"})

_RULES: dict[str, Callable[[Folder, Node], Folded]] = {
    "additive_expression": Folder.sum,
    "array_literal": Folder.listed,
    "as_expression": Folder.within,
    "await_expression": Folder.within,
    "boolean_literal": lambda folder, node: text(node) == "true",
    "call_expression": Folder.called,
    "dictionary_literal": Folder.dictionary,
    "equality_expression": Folder.compared,
    "hex_literal": Folder.number,
    "integer_literal": Folder.number,
    "lambda_literal": lambda folder, node: folder.unknown(node),
    "line_string_literal": Folder.quoted,
    "multi_line_string_literal": Folder.quoted,
    "navigation_expression": Folder.selected,
    "nil_coalescing_expression": Folder.alternative,
    "nil_literal": lambda folder, node: None,
    "postfix_expression": Folder.within,
    "prefix_expression": Folder.prefixed,
    "raw_string_literal": Folder.quoted,
    "real_literal": Folder.number,
    "self_expression": Folder.itself,
    "simple_identifier": Folder.named,
    "ternary_expression": Folder.chosen,
    "try_expression": Folder.within,
    "tuple_expression": Folder.within,
}
"""How each kind of node is read."""

EXPRESSIONS = frozenset(_RULES)
"""The kinds of nodes that stand for a value."""
