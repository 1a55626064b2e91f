"""Python: ``requests`` (``httpx`` and ``aiohttp`` are called alike), ``http.client``, ``urllib``.

>>> parse('import requests\\nrequests.get("https://api.example.com/pets")').request.method
'GET'
"""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, cast

from core.parse.call import Call, Parsed, finish
from core.parse.flow import Flow
from core.parse.python_clients import USUAL_IMPORTS, call_of_library
from core.parse.python_folding import Folded, Folder, end_of_name
from core.parse.tree import check_code
from core.parse.value import Unknown

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_OWNERS = frozenset({"self", "cls"})


def parse(code: str) -> Parsed:
    """The first call that the code makes, top to bottom. Raises ``UnreadableCodeError``."""
    check_code(code)
    text, margin = _without_margin(code)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is its author's matter
            tree = ast.parse(text)
    except SyntaxError as error:
        return Parsed(None, reason=f"This is not Python: line {error.lineno}: {error.msg}.")
    except (ValueError, MemoryError) as error:
        return Parsed(None, reason=f"Python does not read this code: {error}.")
    return finish(_Reader(text, margin).read(tree.body))


def _without_margin(code: str) -> tuple[str, int]:
    """The code without prompts or common indentation, and how many columns those take."""
    start = code.lstrip("\r\n")
    if start.startswith(">>> "):
        prompts = (">>> ", "... ")
        lines = [line[4:] if line.startswith(prompts) else "" for line in code.split("\n")]
        return "\n".join(lines), 4
    if start[:1] not in (" ", "\t"):
        return code, 0
    text = textwrap.dedent(code)
    return text, _first_line(start) - _first_line(text.lstrip("\r\n"))


def _first_line(text: str) -> int:
    return len(text.split("\n", 1)[0])


class _Span(NamedTuple):
    """Where a statement stands."""

    id: int
    start_byte: int
    end_byte: int


class _Reader:
    """Follows the statements in source order, functions where they are called, and those that
    nothing calls at the end.
    """

    def __init__(self, code: str, margin: int) -> None:
        self._folder = Folder(code, margin, self._call, USUAL_IMPORTS)
        self._sent: Call | None = None
        self._functions: dict[str, _Function] = {}
        self._called: set[str] = set()
        self._flow = Flow()

    def read(self, statements: list[ast.stmt]) -> Call:
        """The first call that the statements send."""
        self._block(statements)
        for name in list(self._functions):
            if name not in self._called and self._sent is None:
                self._apply(name, None)
        return self._sent or Call()

    def _call(self, node: ast.Call, name: str, holder: Folded) -> Folded:
        """What a call to a library or to the code's own functions makes."""
        made = call_of_library(self._folder, node, name, holder)
        if isinstance(made, Call):
            self._sent = self._sent or made
            return self._folder.unknown(node)
        if made is not None or not (holder is None or isinstance(holder, Unknown)):
            return made
        first, _, rest = name.partition(".")
        own = end_of_name(node.func) or first
        is_own = own in self._functions and (not rest or first in _OWNERS)
        return self._apply(own, self._arguments(node, own)) if is_own else None

    def _apply(self, name: str, given: dict[str, Folded] | None) -> Folded:
        """What one of the code's own functions returns, or a class makes; nothing is ``given``
        where the code does not call it.
        """
        self._called.add(name)
        node = self._functions[name]
        unknown = self._folder.unknown(node)
        with self._folder.inside(self._parameters(node, given)):
            returned = self._flow.call(self._span(node), lambda: self._block(node.body), unknown)
        return cast(Folded, returned)

    def _span(self, node: ast.stmt) -> _Span:
        return _Span(id(node), *self._folder.bounds(node))

    def _arguments(self, node: ast.Call, name: str) -> dict[str, Folded]:
        """The arguments of a call by the names of a function's parameters."""
        arguments = self._functions[name].args
        names = [each.arg for each in [*arguments.posonlyargs, *arguments.args]]
        given = self._folder.arguments(node, *names[names[:1] in (["self"], ["cls"]) :])
        known = {*names, *[each.arg for each in arguments.kwonlyargs]}
        bound: dict[str, Folded] = {name: value for name, value in given.items() if name in known}
        if arguments.kwarg is not None:
            others = {name: value for name, value in given.items() if name not in known}
            bound[arguments.kwarg.arg] = others
        return bound

    def _block(self, statements: list[ast.stmt]) -> None:
        """Reads statements, those inside branches and loops as if they ran once."""
        for statement in statements:
            if self._sent is not None:
                return
            rule = _STATEMENTS.get(type(statement))
            if rule is not None:
                rule(self, statement)
                continue
            self._folder.look_into(statement)
            for name in ("body", "orelse", "finalbody"):
                self._block(getattr(statement, name, []))

    def _assign(self, node: ast.Assign) -> None:
        value = self._folder.fold(node.value)
        for target in node.targets:
            self._folder.assign(target, value)

    def _assign_annotated(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._folder.assign(node.target, self._folder.fold(node.value))

    def _assign_more(self, node: ast.AugAssign) -> None:
        both = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
        self._folder.assign(node.target, self._folder.fold(both))

    def _loop(self, node: ast.For | ast.AsyncFor) -> None:
        """Once for each item that is known, else as if it ran once."""
        items = self._folder.fold(node.iter)
        known = items if isinstance(items, list) else []
        for item in known or [self._folder.unknown(node.target)]:
            self._folder.assign(node.target, item)
            if self._flow.reaches(self._span(node)):
                self._folder.forget_calls()
                self._block(node.body)
        self._block(node.orelse)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self._folder.fold(item.context_expr)
            if item.optional_vars is not None:
                self._folder.assign(item.optional_vars, value)
        self._block(node.body)

    def _define(self, node: _Function) -> None:
        self._functions[node.name] = node

    def _define_class(self, node: ast.ClassDef) -> None:
        """A class is called by its name to be initialised."""
        self._block(node.body)
        initialise = self._functions.pop("__init__", None)
        if initialise is not None:
            self._functions = {node.name: initialise, **self._functions}

    def _return(self, node: ast.Return) -> None:
        value = None if node.value is None else self._folder.fold(node.value)
        if value is not None:
            self._flow.give(value)

    def _parameters(self, node: _Function, given: dict[str, Folded] | None) -> dict[str, Folded]:
        """A function's parameters: as given, by default, else unknown, as is a ``None`` by default
        where the code does not call the function.
        """
        arguments = node.args
        listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        missing = [None] * (len(listed) - len(arguments.defaults) - len(arguments.kw_defaults))
        defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
        bound: dict[str, Folded] = {}
        for each, default in zip(listed, defaults, strict=True):
            value = None if default is None else self._folder.fold(default)
            is_unknown = value is None and (default is None or given is None)
            bound[each.arg] = self._folder.unknown(each) if is_unknown else value
        return bound | (given or {})

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        self._folder.imports(node)


_STATEMENTS: dict[type[ast.stmt], Callable[[_Reader, Any], None]] = {
    ast.AnnAssign: _Reader._assign_annotated,
    ast.Assign: _Reader._assign,
    ast.AsyncFor: _Reader._loop,
    ast.AsyncFunctionDef: _Reader._define,
    ast.AsyncWith: _Reader._with,
    ast.AugAssign: _Reader._assign_more,
    ast.For: _Reader._loop,
    ast.ClassDef: _Reader._define_class,
    ast.FunctionDef: _Reader._define,
    ast.Import: _Reader._import,
    ast.ImportFrom: _Reader._import,
    ast.Return: _Reader._return,
    ast.With: _Reader._with,
}
