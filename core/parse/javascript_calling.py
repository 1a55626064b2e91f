"""What JavaScript's calls make: of platforms' functions, and of those that the code declares."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from core.parse import javascript_node, javascript_web
from core.parse.flow import Flow
from core.parse.javascript_folding import Folder
from core.parse.javascript_function import (
    CONSTRUCTORS,
    FUNCTIONS,
    Send,
    value_method,
)
from core.parse.javascript_name import Class, Function, Scope
from core.parse.javascript_object import member_of
from core.parse.thing import Arguments, Folded, Thing
from core.parse.tree import Source, operands, text
from core.parse.value import Unknown

_SENDING = {**javascript_web.FUNCTIONS, **javascript_node.FUNCTIONS}
_CHANGING = frozenset(
    {"copyWithin", "fill", "pop", "reverse", "shift", "sort", "splice", "unshift"}
)
_EACH = frozenset({"forEach", "map"})


class Caller:
    """Reads functions where they are called."""

    def __init__(self, source: Source, send: Send, block: Callable[[Node], None]) -> None:
        """``send`` is told what is sent; ``block`` reads the statements of a function."""
        self.flow = Flow()
        self.folder = Folder(
            source,
            self.flow,
            {
                "arrow_function": lambda folder, node: self.function(node),
                "function_expression": lambda folder, node: self.function(node),
                "generator_function": lambda folder, node: self.function(node),
                "method_definition": lambda folder, node: self.function(node),
                "call_expression": lambda folder, node: self.call(node),
                "new_expression": lambda folder, node: self.new(node),
            },
        )
        self.uncalled: dict[Function, None] = {}
        """Functions that nothing has called yet, in source order."""
        self._send = send
        self._block = block

    def function(self, node: Node) -> Function:
        """A function as the code writes it; it is read when it is called."""
        made = Function(node, self.folder.names.scope)
        self.uncalled[made] = None
        return made

    def new(self, node: Node) -> Folded:
        """``new``: the one instance of a class that the code declares, or a platform's object."""
        constructor = node.child_by_field_name("constructor") or node
        path = self.folder.names.path(constructor)
        value = None if path else self.folder.fold(constructor)
        arguments = self._arguments(node)
        if isinstance(value, Class):
            return self._instance(value, arguments)
        self.flow.handle(*arguments)
        if path in CONSTRUCTORS:
            return CONSTRUCTORS[path](arguments)
        if path in javascript_web.CONSTRUCTORS:
            return javascript_web.CONSTRUCTORS[path](arguments, self._send)
        return self._outside(node, arguments)

    def _instance(self, made_of: Class, arguments: Arguments) -> Folded:
        """The one instance of a class: what is set on it stays."""
        constructor = made_of.members.get("constructor")
        if isinstance(constructor, Function):
            self.apply(constructor, arguments)
        return made_of

    def call(self, node: Node) -> Folded:
        """``f(…)`` and ``pets.add(…)``."""
        function = node.child_by_field_name("function") or node
        path = self.folder.names.path(function)
        if not path and function.type == "member_expression":
            return self._method(node, function)
        value = None if path else self.folder.fold(function)
        arguments = self._arguments(node)
        if isinstance(value, Function):
            return self.apply(value, arguments, self.folder.names.unknown(node))
        made: Folded = None
        self.flow.handle(*arguments)
        if path in FUNCTIONS:
            made = FUNCTIONS[path](arguments)
            self.flow.handle(made)
        elif path in _SENDING:
            made = _SENDING[path](arguments, self._send)
        return self._outside(node, arguments) if made is None else made

    def _method(self, node: Node, function: Node) -> Folded:
        parts = operands(function)
        held, method = self.folder.fold(parts[0]), text(parts[-1])
        arguments = self._arguments(node)
        unknown = self.folder.names.unknown(node)
        member = member_of(held, method, unknown)
        if isinstance(member, Function):
            return self.apply(member, arguments, unknown, this=held)
        self.flow.handle(held, *arguments)
        if isinstance(held, Thing):
            return held.invoke(method, arguments, unknown)
        callback = arguments[0] if arguments else None
        if isinstance(held, list) and isinstance(callback, Function) and method in _EACH:
            made = [self.apply(callback, [item, index]) for index, item in enumerate(held)]
            return made if method == "map" else None
        if isinstance(held, list) and method in _CHANGING:
            held[:] = [unknown]
            return unknown
        found = value_method(held, method, arguments)
        return self._outside(node, arguments) if found is None else found

    def _outside(self, node: Node, arguments: Arguments) -> Folded:
        """A call of what is not in the code; it may call the functions that it is given."""
        for argument in arguments:
            if isinstance(argument, Function) and argument in self.uncalled:
                self.apply(argument)
        return self.folder.names.unknown(node)

    def apply(
        self,
        function: Function,
        arguments: Arguments | None = None,
        unknown: Unknown | None = None,
        *,
        this: Folded = None,
    ) -> Folded:
        """What a function returns for these arguments, or for any where there are none given."""
        self.uncalled.pop(function, None)
        node = function.node

        def read() -> None:
            outer, self.folder.names.scope = self.folder.names.scope, Scope(function.scope)
            if this is not None and node.type != "arrow_function":
                self.folder.names.scope.names["this"] = this
            self._take(node, arguments)
            body = node.child_by_field_name("body")
            if body is not None and body.type == "statement_block":
                self._block(body)
            elif body is not None:
                self.flow.give(self.folder.fold(body))
            self.folder.names.scope = outer

        return self.flow.call(node, read, unknown)

    def _take(self, function: Node, arguments: Arguments | None) -> None:
        """Gives the parameters of a function their values."""
        single = function.child_by_field_name("parameter")
        listed = function.child_by_field_name("parameters")
        parameters = [single] if single else operands(listed) if listed else []
        for index, parameter in enumerate(parameters):
            if arguments is None:
                self.folder.names.declare(parameter, self.folder.names.unknown(parameter))
            else:
                self.folder.names.declare(
                    parameter, arguments[index] if index < len(arguments) else None
                )

    def _arguments(self, node: Node) -> Arguments:
        found = node.child_by_field_name("arguments")
        return self.folder.array(found) if found is not None and found.type == "arguments" else []
