"""Python: ``requests`` (``httpx`` and ``aiohttp`` are called alike), ``http.client``, ``urllib``.

>>> parse('import requests\\nrequests.get("https://api.example.com/pets")').request.method
'GET'
"""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Callable
from typing import Any

from core.parse.call import Call, Parsed, finish
from core.parse.python_clients import USUAL_IMPORTS, call_of_library
from core.parse.python_folding import Folded, Folder
from core.parse.tree import check_code


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


class _Reader:
    """Follows the statements in source order; nothing is executed."""

    def __init__(self, code: str, margin: int) -> None:
        self._folder = Folder(code, margin, self._call, USUAL_IMPORTS)
        self._sent: Call | None = None

    def read(self, statements: list[ast.stmt]) -> Call:
        """The first call that the statements send."""
        self._block(statements)
        return self._sent or Call()

    def _call(self, node: ast.Call, name: str, holder: Folded) -> Folded:
        made = call_of_library(self._folder, node, name, holder)
        if not isinstance(made, Call):
            return made
        self._sent = self._sent or made
        return self._folder.unknown(node)

    def _block(self, statements: list[ast.stmt]) -> None:
        """Reads statements, those inside functions, branches and loops as if they ran once."""
        for statement in statements:
            if self._sent is not None:
                return
            rule = _STATEMENTS.get(type(statement))
            if rule is None:
                self._folder.look_into(statement)
            else:
                rule(self, statement)
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
        """A loop runs once, with the first item."""
        items = self._folder.fold(node.iter)
        first = items[0] if isinstance(items, list) and items else None
        self._folder.assign(
            node.target, self._folder.unknown(node.target) if first is None else first
        )

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            value = self._folder.fold(item.context_expr)
            if item.optional_vars is not None:
                self._folder.assign(item.optional_vars, value)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function's parameters are known by their defaults only."""
        arguments = node.args
        listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        missing = [None] * (len(listed) - len(arguments.defaults) - len(arguments.kw_defaults))
        defaults = [*missing, *arguments.defaults, *arguments.kw_defaults]
        for argument, default in zip(listed, defaults, strict=True):
            value = None if default is None else self._folder.fold(default)
            self._folder.names[argument.arg] = (
                self._folder.unknown(argument) if value is None else value
            )

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        self._folder.imports(node)


_STATEMENTS: dict[type[ast.stmt], Callable[[_Reader, Any], None]] = {
    ast.AnnAssign: _Reader._assign_annotated,
    ast.Assign: _Reader._assign,
    ast.AsyncFor: _Reader._loop,
    ast.AsyncFunctionDef: _Reader._function,
    ast.AsyncWith: _Reader._with,
    ast.AugAssign: _Reader._assign_more,
    ast.For: _Reader._loop,
    ast.FunctionDef: _Reader._function,
    ast.Import: _Reader._import,
    ast.ImportFrom: _Reader._import,
    ast.With: _Reader._with,
}
