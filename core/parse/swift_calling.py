"""What calls in Swift code make, of the library's functions and of the code's own."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from core.parse.swift_folding import Folder, last_operand, member
from core.parse.swift_function import METHODS, functions
from core.parse.swift_object import Instance, Member, Request, Url, labelled
from core.parse.swift_own import Functions
from core.parse.swift_scope import Scope
from core.parse.thing import Arguments, Folded, Thing, Traffic, plain
from core.parse.tree import operands, text
from core.parse.value import Unknown, check_size

_SENDING = frozenset(
    {"bytes", "data", "dataTask", "dataTaskPublisher", "download", "downloadTask"}
) | {"upload", "uploadTask"}
_LOOPS = frozenset({"compactMap", "forEach", "map"})


class Calls:
    """Tells what calls make, and notes the request that is sent."""

    def __init__(self, scope: Scope, folder: Folder, own: Functions, traffic: Traffic) -> None:
        self._scope = scope
        self._folder = folder
        self._own = own
        self._traffic = traffic
        self._library = functions(traffic)

    def called(self, node: Node) -> Folded:
        """A call with its closures."""
        callee, *suffixes = operands(node)
        callee, suffix = last_operand(callee), suffixes[0] if suffixes else node
        unknown = self._folder.unknown(node)
        if callee.type in ("array_literal", "dictionary_literal"):  # [String: Any]()
            return [] if callee.type == "array_literal" else {}
        closures = list(_closures(suffix))
        if callee.type == "navigation_expression" and closures and member(callee)[1] in _LOOPS:
            return self._mapped(callee, closures[0], unknown)
        found = self._result(callee, self._folder.arguments(suffix), unknown)
        for closure in closures:
            self._own.enclosed(closure, [])
        return found

    def _result(self, callee: Node, arguments: Arguments, unknown: Unknown) -> Folded:
        """What a call of the library's or of the code's own functions gives back."""
        name = text(callee)
        if name in self._library:
            return self._library[name](labelled(arguments), unknown)
        if callee.type == "simple_identifier":
            return self._of_own(name, self._scope.names.get("self"), arguments, unknown)
        if callee.type != "navigation_expression":
            self._folder.fold(callee)
            return unknown
        holder, name = member(callee)
        kind = self._scope.types.get(text(holder))
        of = self._folder.link(holder) if kind is None else self._own.instance(kind)
        if name in _SENDING and self._sends(arguments, unknown):
            return unknown
        if isinstance(of, Instance | Unknown) and name in self._scope.functions:
            return self._of_own(name, of, arguments, unknown)
        if isinstance(of, Thing):
            return of.invoke(name, arguments, unknown)
        if name == "append":
            return self._append(holder, of, arguments, unknown)
        method = METHODS.get(name)
        return unknown if method is None else method(of, labelled(arguments), unknown)

    def _sends(self, arguments: Arguments, unknown: Unknown) -> bool:
        """``session.data(for: request)``, ``session.upload(for: request, from: body)``"""
        given = labelled(arguments)
        sent = next(iter(given.values()), None)
        if isinstance(sent, Url):
            sent = Request(sent.parts.whole())
        if not isinstance(sent, Request):
            return False
        for label in ("from", "fromFile"):
            body = given.get(label)
            if body is not None and not isinstance(body, Url):
                sent.body = plain(body, unknown)
        self._traffic.send(sent.call())
        return True

    def _append(self, holder: Node, of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
        """``items.append(item)``, ``data.append(more)``"""
        given = labelled(arguments)
        added = next(iter(given.values()), None)
        if not isinstance(of, list):
            self._folder.assign(holder, self._folder.added([of, added], holder))
        elif "contentsOf" in given and isinstance(added, list):
            check_size(added)
            of += added
        else:
            of.append(added)
        return unknown

    def _of_own(self, name: str, owner: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
        """A call of the code's own functions, or a value of one of its types."""
        if name in self._scope.types:
            return self._own.new(self._scope.types[name], arguments)
        return self._own.apply(name, owner, arguments) if name in self._scope.functions else unknown

    def _mapped(self, callee: Node, closure: Node, unknown: Unknown) -> Folded:
        """``items.map { … }``"""
        of = self._folder.fold(member(callee)[0])
        if not isinstance(of, list | dict):
            self._own.enclosed(closure, [])
            return unknown
        return [self._own.enclosed(closure, item) for item in items_of(of)]


def _closures(suffix: Node) -> Iterator[Node]:
    """The closures that a call is given, as arguments and behind them."""
    for each in operands(suffix):
        if each.type == "lambda_literal":
            yield each
        elif each.type == "value_arguments":
            for argument in operands(each):
                value = argument.child_by_field_name("value")
                if value is not None and value.type == "lambda_literal":
                    yield value


def items_of(folded: Folded) -> list[list[Folded]]:
    """What a loop's variable is, one time after the other, as far as that is known."""
    if isinstance(folded, dict):
        return [[Member(name, item)] for name, item in folded.items()]
    return [[item] for item in folded] if isinstance(folded, list) else []
