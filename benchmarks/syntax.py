"""Is a call a text of its language? By the grammars that editors use, and Python's own parser."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module

from tree_sitter import Language, Parser

from core.render import CLIENTS

_GRAMMARS = {
    "curl": "bash",
    "go": "go",
    "java": "java",
    "javascript": "javascript",
    "libcurl": "c",
    "node": "javascript",
    "php": "php",
    "ruby": "ruby",
    "swift": "swift",
}


def parses(client: str, code: str) -> bool:
    """Whether a call in this client is free of syntax errors."""
    return _check(CLIENTS[client].language)(code)


@cache
def _check(language: str) -> Callable[[str], bool]:
    if language == "python":
        return _is_python
    name = _GRAMMARS[language]
    grammar = import_module(f"tree_sitter_{name}")
    parser = Parser(Language(grammar.language_php() if name == "php" else grammar.language()))
    return lambda code: not parser.parse(code.encode()).root_node.has_error


def _is_python(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # such as an escape that no string literal knows
        try:
            compile(code, "call.py", "exec")
        except (SyntaxError, ValueError, Warning):
            return False
    return True
