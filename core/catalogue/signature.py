"""Functions from Python source, read and never run: signatures, types and docstrings.

>>> source = b"class Map:\\n  def zoom(self, level: int = 3):\\n    'Look closer.'"
>>> [(each.label, each.arguments) for each in functions_of_python("maps", source, "maps.py")]
[('Map.zoom', {'level': {'type': 'integer', 'default': 3}})]
"""

from __future__ import annotations

import ast
import inspect
import math
import re
import warnings
from collections.abc import Iterator
from typing import Any

from core.catalogue.function import Function, make_function
from core.errors import DocumentError

_MOST_BYTES = 1_000_000
_NAMES = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}
_NAMES |= {"date": "string", "datetime": "string", "dict": "object"}
_FORMATS = {"date": "date", "datetime": "date-time"}
_LISTS = frozenset({"list", "tuple", "set", "frozenset", "Sequence", "Iterable", "List", "Tuple"})
_of_argument = re.compile(
    r"^\s*(?::param\s+(?:[\w.\[\]]+\s+)?)?\*{0,2}(?P<name>\w+)\s*(?:\([^)]*\))?\s*:\s+(?P<says>\S.*)$"
)

Def = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of_python(module: str, source: bytes, file: str) -> Iterator[Function]:
    """Public functions and methods, in their order; a method's module is its class.

    Raises ``DocumentError``.
    """
    if len(source) > _MOST_BYTES:
        raise DocumentError(f"{file}: more than {_MOST_BYTES // 1_000_000} MB of Python.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the stranger's escapes, not ours
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise DocumentError(f"{file}: cannot be read as Python 3.11: {error}") from error
    for node in tree.body:
        if isinstance(node, Def) and not node.name.startswith("_"):
            yield _function(node, module, has_self=False)
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, Def) and not inner.name.startswith("_"):
                    yield _function(inner, node.name, has_self=not _is_static(inner))


def _is_static(node: Def) -> bool:
    return any(
        isinstance(each, ast.Name) and each.id == "staticmethod" for each in node.decorator_list
    )


def _function(node: Def, module: str, *, has_self: bool) -> Function:
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(spec.defaults))
    pairs = list(zip(positional, [*defaults, *spec.defaults], strict=True))[has_self:]
    pairs += zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
    doc = inspect.cleandoc(ast.get_docstring(node) or "")
    said = _said_of_arguments(doc)
    properties: dict[str, Any] = {}
    for argument, default in pairs:
        schema = _schema(argument.annotation) if argument.annotation else {}
        if argument.arg in said:
            schema["description"] = said[argument.arg]
        if isinstance(default, ast.Constant) and _is_json(default.value):
            schema["default"] = default.value
        properties[argument.arg] = schema
    required = [argument.arg for argument, default in pairs if default is None]
    description = "\n".join(_before_arguments(doc))
    return make_function(
        node.name, module, description, {"properties": properties, "required": required}
    )


def _schema(node: ast.expr) -> dict[str, Any]:
    """The JSON Schema of an annotation; empty where JSON knows nothing of the kind."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            found = {"type": _NAMES[name]} if name in _NAMES else {}
            found = {"type": "array"} if name in _LISTS else found
            return {**found, "format": _FORMATS[name]} if name in _FORMATS else found
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _schema(right if _is_none(left) else left)
        case ast.Constant(value=str(text)):
            return _quoted(text)
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            return _subscript(name, inner)
    return {}


def _quoted(text: str) -> dict[str, Any]:
    try:
        return _schema(ast.parse(text, mode="eval").body) if len(text) < 200 else {}
    except (SyntaxError, ValueError, RecursionError):
        return {}


def _subscript(name: str, inner: ast.expr) -> dict[str, Any]:
    items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        values = [each.value for each in items if isinstance(each, ast.Constant)]
        return {"enum": [value for value in values if _is_json(value)]}
    if name == "Optional":
        return _schema(inner)
    if name == "Union":
        return next((_schema(each) for each in items if not _is_none(each)), {})
    if name == "Annotated":
        return _schema(items[0])
    if name in _LISTS and items:
        return {"type": "array", "items": _schema(items[0])}
    return {"type": "object"} if name.lower() in ("dict", "mapping") else {}


def _is_json(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, str | int)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _said_of_arguments(doc: str) -> dict[str, str]:
    """“name: text” of a section of arguments, and “:param name: text”."""
    matches = map(_of_argument.match, doc.splitlines()[1:])
    return {match["name"]: match["says"].strip() for match in matches if match}


def _before_arguments(doc: str) -> Iterator[str]:
    for line in doc.splitlines():
        if re.match(
            r"\s*(?:Args|Arguments|Parameters|Returns|Raises|Example)s?:?\s*$|\s*:\w", line
        ):
            return
        yield line
