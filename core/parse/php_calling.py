"""What PHP's calls make: of the platform's functions, and of those that the code declares."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse.php_assignment import assign
from core.parse.php_folding import MISSING, Folder, Rule
from core.parse.php_function import CONSTRUCTORS, FUNCTIONS, PlatformFunction, merged
from core.parse.php_object import (
    Class,
    Function,
    Object,
    array_of,
    is_true,
)
from core.parse.thing import Arguments, Folded
from core.parse.tree import Source, operands, text
from core.parse.value import Unknown


class Caller:
    """Reads functions where they are called."""

    def __init__(
        self,
        source: Source,
        functions: dict[str, PlatformFunction],
        rules: dict[str, Rule],
        block: Callable[[Node], None],
    ) -> None:
        """The platform's functions by their names in lower case, which answer ``None`` where they
        do not know. ``block`` reads the statements of a function.
        """
        own: dict[str, Rule] = {
            "anonymous_function": lambda folder, node: self.function(node),
            "arrow_function": lambda folder, node: self.function(node),
            "function_call_expression": lambda folder, node: self.call(node),
            "member_call_expression": lambda folder, node: self.method(node),
            "nullsafe_member_call_expression": lambda folder, node: self.method(node),
            "scoped_call_expression": lambda folder, node: self.method(node),
            "object_creation_expression": lambda folder, node: self.new(node),
        }
        self.folder = Folder(source, {**own, **rules})
        self.functions: dict[str, Function] = {}
        self.uncalled: dict[Function, None] = {}
        """Functions that nothing has called yet, in source order."""
        self._platform = {**FUNCTIONS, "define": self._define, **functions}
        self._block = block

    def declare(self, node: Node, variables: dict[str, Folded]) -> Function:
        """A function that the code declares, and the variables that it begins with."""
        made = Function(node, variables)
        self.uncalled[made] = None
        return made

    def function(self, node: Node) -> Function:
        """A function without a name, and what it takes over from the code around it."""
        around = self.folder.variables
        taken: dict[str, Folded] = around if node.type == "arrow_function" else {}
        for clause in operands(node):
            if clause.type == "anonymous_function_use_clause":
                names = [text(name).lstrip("&") for name in operands(clause)]
                taken = {name: around[name] for name in names if name in around}
        if "$this" in around:
            taken = {**taken, "$this": around["$this"]}
        return self.declare(node, taken)

    def new(self, node: Node) -> Folded:
        """``new``: the one instance of a class that the code declares, or a platform's object."""
        name = operands(node)[0]
        arguments = self._arguments(node)
        made_of = self.folder.class_of(name)
        if made_of is not None:
            return self._instance(made_of, arguments)
        platform = CONSTRUCTORS.get(text(name).rpartition("\\")[2].lower())
        made = platform(arguments) if platform else None
        return self._outside(node, arguments) if made is None else made

    def _instance(self, made_of: Class, arguments: Arguments) -> Object:
        constructor = made_of.methods.get("__construct")
        if constructor is not None:
            self.apply(constructor, arguments)
        return made_of.instance

    def call(self, node: Node) -> Folded:
        """``f(…)``."""
        callee = node.child_by_field_name("function") or node
        is_named = callee.type in ("name", "qualified_name")
        name = text(callee).rpartition("\\")[2].lower() if is_named else ""
        if name in ("isset", "empty"):
            return self._test(node, name)
        function = self.functions.get(name) if is_named else self.folder.fold(callee)
        arguments = self._arguments(node)
        if isinstance(function, Function):
            return self._applied(node, function, arguments)
        if name == "array_map" and len(arguments) == 2:
            return self._mapped(node, arguments)
        self.folder.flow.handle(*arguments)
        if name in _CHANGING:
            return self._changed(node, name, arguments)
        made = self._platform[name](arguments) if name in self._platform else None
        self.folder.flow.handle(made)
        return self._outside(node, arguments) if made is None else made

    def _test(self, node: Node, name: str) -> Folded:
        """``isset`` and ``empty``, which may be given what there is not."""
        found = node.child_by_field_name("arguments") or node
        tested = [each for argument in operands(found) for each in operands(argument)]
        values = [self.folder.found(each) for each in tested]
        for each, value in zip(tested, values, strict=True):
            if isinstance(value, Unknown) or (value is MISSING and each.type == "variable_name"):
                return self.folder.unknown(node)
        if name == "isset":
            return all(value is not MISSING and value is not None for value in values)
        return not any(value is not MISSING and is_true(value) for value in values)

    def _mapped(self, node: Node, arguments: Arguments) -> Folded:
        function, array = arguments
        unknown = self.folder.unknown(node)
        platform = self._platform.get(function.lower()) if isinstance(function, str) else None
        if not isinstance(array, dict):
            return unknown
        if isinstance(function, Function):
            return {key: self.apply(function, [item], unknown) for key, item in array.items()}
        if platform is None:
            return unknown
        made = {key: platform([item]) for key, item in array.items()}
        return {key: unknown if item is None else item for key, item in made.items()}

    def method(self, node: Node) -> Folded:
        """``$pets->add(…)`` or ``self::add(…)``."""
        owner = operands(node)[0]
        name = text(node.child_by_field_name("name") or node).lower()
        if node.type == "scoped_call_expression":
            made_of = self.folder.class_of(owner)
        else:
            held = self.folder.fold(owner)
            made_of = held.made_of if isinstance(held, Object) else None
        arguments = self._arguments(node)
        function = made_of.methods.get(name) if made_of else None
        if function is None:
            return self._outside(node, arguments)
        return self._applied(node, function, arguments)

    def _applied(self, node: Node, function: Function, arguments: Arguments) -> Folded:
        """What a call returns; what it is given by reference is not known any more."""
        value = self.apply(function, arguments, self.folder.unknown(node))
        listed = function.node.child_by_field_name("parameters")
        parameters = operands(listed) if listed else []
        for parameter, argument in zip(parameters, _argument_nodes(node), strict=False):
            if parameter.child_by_field_name("reference_modifier") is not None:
                self._forget(argument)
        return value

    def _changed(self, node: Node, name: str, arguments: Arguments) -> Folded:
        """A function that changes the array that it is given."""
        array = arguments[0] if arguments else None
        targets = _argument_nodes(node)[:1]
        if name == "array_push" and isinstance(array, dict):
            added = merged([array, dict(enumerate(arguments[1:]))])
            assign(self.folder, operands(targets[0])[-1], added)
        else:
            for target in targets:
                self._forget(target)
        return self.folder.unknown(node)

    def _forget(self, argument: Node) -> None:
        target = operands(argument)[-1]
        assign(self.folder, target, self.folder.unknown(target))

    def _outside(self, node: Node, arguments: Arguments) -> Folded:
        """A call of what is not in the code; it may call the functions that it is given."""
        for argument in arguments:
            if isinstance(argument, Function) and argument in self.uncalled:
                self.apply(argument)
        return self.folder.unknown(node)

    def apply(
        self,
        function: Function,
        arguments: Arguments | None = None,
        unknown: Unknown | None = None,
    ) -> Folded:
        """What a function returns for these arguments, or for any where there are none given."""
        self.uncalled.pop(function, None)
        folder, node = self.folder, function.node

        def read() -> None:
            outer, folder.variables = folder.variables, dict(function.variables)
            shared, folder.shared = folder.shared, frozenset()
            self._take(node, arguments)
            body = node.child_by_field_name("body")
            if body is not None and body.type == "compound_statement":
                self._block(body)
            elif body is not None:
                folder.flow.give(folder.fold(body))
            folder.variables, folder.shared = outer, shared

        return folder.flow.call(node, read, unknown)

    def _take(self, function: Node, arguments: Arguments | None) -> None:
        """Gives the parameters of a function their values."""
        listed = function.child_by_field_name("parameters")
        for index, parameter in enumerate(operands(listed) if listed else []):
            name = parameter.child_by_field_name("name") or parameter
            default = parameter.child_by_field_name("default_value")
            if arguments is not None and parameter.type == "variadic_parameter":
                value: Folded = array_of(arguments[index:])
            elif arguments is not None and index < len(arguments):
                value = arguments[index]
            else:
                value = self.folder.fold(default) if default else self.folder.unknown(name)
            self.folder.variables[text(name)] = value
            this = self.folder.variables.get("$this")
            if parameter.type == "property_promotion_parameter" and isinstance(this, Object):
                this.members[text(name).lstrip("$")] = value

    def _arguments(self, node: Node) -> Arguments:
        arguments: Arguments = []
        for argument in _argument_nodes(node):
            value = self.folder.only(argument)
            is_spread = any(each.type == "variadic_unpacking" for each in operands(argument))
            arguments += value.values() if is_spread and isinstance(value, dict) else [value]
        return arguments

    def _define(self, arguments: Arguments) -> Folded:
        """``define("NAME", value)``."""
        if len(arguments) > 1 and isinstance(arguments[0], str):
            self.folder.constants[arguments[0]] = arguments[1]
        return None


_CHANGING = frozenset(
    {"array_pop", "array_push", "array_shift", "array_splice", "array_unshift", "array_walk"}
    | {"arsort", "asort", "krsort", "ksort", "natsort", "rsort", "shuffle", "sort"}
    | {"uasort", "uksort", "usort"}
)


def _argument_nodes(node: Node) -> list[Node]:
    found = next((each for each in operands(node) if each.type == "arguments"), None)
    return operands(found) if found else []
