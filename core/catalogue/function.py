"""A catalogue of functions, and the OpenAPI document that says the same.

>>> function = Function("add_marker", "layers", "Put a marker on the map.", {"type": "object"})
>>> function.label
'layers.add_marker'
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import quote

from core.errors import DocumentError
from core.openapi.document import Document

MOST_FUNCTIONS = 5_000
MOST_ARGUMENTS = 200
_LONGEST = {"name": 200, "module": 200, "description": 4_000}

_KEPT = (
    *("type", "enum", "const", "format", "description", "default", "example", "examples", "title"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems"),
)
"""Keywords that say something about a value by themselves."""
_TYPES = {"dict": "object", "float": "number", "int": "integer", "str": "string", "bool": "boolean"}
_TYPES |= {"list": "array", "tuple": "array"}
"""How catalogues for Python programmers spell JSON's types."""
_LARGEST = 2**53
_DEEPEST = 4
_WIDEST = 50
"""Members of an object inside an argument."""


@dataclass(frozen=True, slots=True)
class Function:
    """One thing that can be called."""

    name: str
    module: str
    description: str
    parameters: Mapping[str, Any]
    """Its arguments: a JSON Schema of type ``object``, without references."""

    @property
    def label(self) -> str:
        """What people read: ``layers.add_marker``."""
        return f"{self.module}.{self.name}"

    @property
    def arguments(self) -> dict[str, dict[str, Any]]:
        """The schema of each argument by its name."""
        return dict(self.parameters.get("properties", {}))

    @property
    def required(self) -> frozenset[str]:
        """The arguments that every call must have."""
        return frozenset(self.parameters.get("required", ()))


@dataclass(frozen=True)
class Catalogue:
    """Functions under one name. Raises ``DocumentError`` for none, and for two of one label."""

    name: str
    description: str
    functions: tuple[Function, ...]

    def __post_init__(self) -> None:
        if not self.functions:
            raise DocumentError(f"{self.name}: there is no function in it.")
        if len(self.functions) > MOST_FUNCTIONS:
            raise DocumentError(
                f"{self.name}: {len(self.functions):,} functions are more than {MOST_FUNCTIONS:,}. "
                "Split the catalogue."
            )
        label, count = Counter(each.label for each in self.functions).most_common(1)[0]
        if count > 1:
            raise DocumentError(f"{self.name}: {count} functions are called {label}. Rename them.")
        for each in self.functions:
            if len(each.arguments) > MOST_ARGUMENTS:
                raise DocumentError(
                    f"{self.name}: {each.label} has more than {MOST_ARGUMENTS} arguments."
                )

    @cached_property
    def by_label(self) -> dict[str, Function]:
        """The functions by their labels."""
        return {each.label: each for each in self.functions}

    @property
    def modules(self) -> list[str]:
        """In the order in which they come."""
        return list(dict.fromkeys(each.module for each in self.functions))

    def as_json(self) -> dict[str, Any]:
        """As :func:`core.catalogue.source.read_catalogue` reads it."""
        return {
            "name": self.name,
            "description": self.description,
            "functions": [
                {
                    "name": each.name,
                    "module": each.module,
                    "description": each.description,
                    "parameters": dict(each.parameters),
                }
                for each in self.functions
            ],
        }

    @property
    def sha256(self) -> str:
        """The same for the same content."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def make_function(
    name: str, module: str, description: str, parameters: Mapping[str, Any]
) -> Function:
    """A function of a stranger's words: cut to what anybody reads, arguments simplified."""
    limits = _LONGEST
    schema = simple_schema(parameters)
    schema["type"] = "object"
    schema.setdefault("properties", {})
    schema.setdefault("required", [])
    return Function(
        _text(name)[: limits["name"]].strip(),
        _text(module)[: limits["module"]].strip(),
        _text(description)[: limits["description"]].strip(),
        schema,
    )


def simple_schema(schema: Any, depth: int = 0) -> dict[str, Any]:
    """What a schema says of values by itself: no references, no combinations, not too deep."""
    if not isinstance(schema, Mapping):
        return {}
    found = {name: _plain(schema[name]) for name in _KEPT if name in schema}
    kind = found.pop("type", None)
    kind = _TYPES.get(kind, kind) if isinstance(kind, str) else kind
    if kind in ("string", "integer", "number", "boolean", "array", "object", "null"):
        found["type"] = kind
    if depth == _DEEPEST:
        return found
    properties = schema.get("properties")
    if isinstance(properties, Mapping):
        found["properties"] = {
            _text(str(name)): simple_schema(value, depth + 1)
            for name, value in islice(properties.items(), _WIDEST if depth else None)
        }
        required = schema.get("required")
        listed = required if isinstance(required, list) else []
        names = found["properties"]
        found["required"] = [name for name in listed if isinstance(name, str) and name in names]
    if "items" in schema:
        found["items"] = simple_schema(schema["items"], depth + 1)
    return found


def _plain(value: Any) -> Any:
    """A value of a stranger as any JSON writer takes it."""
    match value:
        case str():
            return _text(value)
        case int() if abs(value) > _LARGEST:
            return float(value) if abs(value) < sys.float_info.max else None
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {_text(str(name)): _plain(item) for name, item in value.items()}
    return value


def _text(text: str) -> str:
    """Halves of surrogates are no text."""
    return text.encode("utf-8", "replace").decode()


def document_of(catalogues: Sequence[Catalogue]) -> Document:
    """Catalogues as one document: each function an operation whose body holds its arguments.

    Operations come in the order of the functions, so that :func:`function_paths` names them.
    """
    functions = [each for catalogue in catalogues for each in catalogue.functions]
    paths = function_paths(functions)
    root: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": catalogues[0].name, "version": "1"},
        "servers": [{"url": "https://functions.example"}],
        "paths": {path: {"post": _operation(each)} for path, each in paths.items()},
    }
    digest = hashlib.sha256(json.dumps(root, sort_keys=True).encode()).hexdigest()
    return Document(root, name=catalogues[0].name, sha256=digest)


def function_paths(functions: Sequence[Function]) -> dict[str, Function]:
    """The path of each function in the document; a number keeps like ones apart."""
    found: dict[str, Function] = {}
    for each in functions:
        path = f"/{_segment(each.module)}/{_segment(each.name)}"
        while path in found:
            path += "-2"
        found[path] = each
    return found


def _operation(function: Function) -> dict[str, Any]:
    summary, _, rest = function.description.partition("\n")
    body = {
        "required": bool(function.required),
        "content": {"application/json": {"schema": dict(function.parameters)}},
    }
    found: dict[str, Any] = {
        "operationId": function.name,
        "summary": summary or function.name,
        "description": rest.strip(),
        "tags": [function.module],
        "responses": {},
    }
    return {**found, "requestBody": body} if function.arguments else found


def _segment(name: str) -> str:
    """A name as part of a path: no braces, slashes or other signs that mean something there."""
    return quote(re.sub(r"[^\w.~-]+", "-", name) or "-")
