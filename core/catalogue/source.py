"""Catalogues from files: JSON, Python signatures, or any OpenAPI document. Nothing is executed.

>>> read_catalogue("shapes.py", b"def area(radius: float): 'The area of a circle.'").functions[0]
Function(name='area', module='shapes', description='The area of a circle.', parameters=...)

JSON is our own form, or a list of tools as language models take them (``name``, ``description``,
``parameters`` or ``inputSchema``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

import orjson

from core.catalogue.function import (
    MOST_ARGUMENTS,
    MOST_FUNCTIONS,
    Catalogue,
    Function,
    make_function,
)
from core.catalogue.signature import functions_of_python
from core.errors import CallwrightError, DocumentError
from core.openapi.document import Document, upload_document
from core.openapi.listing import operations
from core.openapi.operation import Operation
from core.openapi.shape import properties_of, resolved

_MOST_BYTES = 20_000_000
_ARGUMENTS = ("parameters", "arguments", "inputSchema", "input_schema")
_DEEPEST = 3
_WIDEST = 30
"""Members of objects inside arguments: people do not speak of more."""


def read_catalogue(name: str, data: bytes) -> Catalogue:
    """The catalogue in a file; its name tells Python, its content JSON from OpenAPI.

    Raises ``DocumentError``.
    """
    if len(data) > _MOST_BYTES:
        raise DocumentError(f"{name}: more than {_MOST_BYTES // 1_000_000} MB. Give a part of it.")
    stem = PurePosixPath(name).stem
    if name.endswith(".py"):
        functions = functions_of_python(stem, data, name)
        return Catalogue(stem, "", tuple(functions))
    listed = _json(data)
    if listed is not None:
        return _of_json(listed, stem, name)
    return catalogue_of_document(upload_document(name, data))


def catalogue_of_document(document: Document) -> Catalogue:
    """Each operation as a function: its tag is the module, all its values are arguments.

    Raises ``DocumentError`` where it has no usable operation.
    """
    found: dict[tuple[str, str], Function] = {}
    for operation in operations(document):
        if len(found) > MOST_FUNCTIONS:
            break  # the catalogue says that it is too large
        if isinstance(operation, Operation):
            function = function_of_operation(operation)
            found.setdefault((function.module, function.name), function)
    return Catalogue(document.title, document.description[:4000], tuple(found.values()))


def function_of_operation(operation: Operation) -> Function:
    """One operation as a function."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for parameter in operation.parameters:
        schema = _plain(parameter.schema, operation.document)
        properties[parameter.name] = {
            **schema,
            **({"description": parameter.description} if parameter.description else {}),
        }
        if parameter.required:
            required.append(parameter.name)
    for media_type in operation.media_types[:1]:
        body = _plain(media_type.schema, operation.document)
        for name, schema in body.get("properties", {}).items():
            properties.setdefault(name, schema)
        required += [name for name in body.get("required", ()) if name not in required]
    description = "\n".join(filter(None, (operation.summary, operation.description)))
    module = operation.tags[0] if operation.tags else operation.document.title
    parameters = {"properties": properties, "required": required}
    return make_function(operation.operation_id, module, description, parameters)


def _plain(schema: Any, document: Document, depth: int = 0) -> dict[str, Any]:
    """A schema with its references followed, as deep as anybody speaks of."""
    try:
        whole = resolved(schema, document)
        found: dict[str, Any] = {**whole}
        if depth < _DEEPEST and (properties := properties_of(schema, document)):
            found["type"] = "object"
            found["properties"] = {
                name: _plain(inner, document, depth + 1)
                for name, inner in islice(
                    properties.items(), MOST_ARGUMENTS if not depth else _WIDEST
                )
            }
        if depth < _DEEPEST and "items" in whole:
            found["items"] = _plain(whole["items"], document, depth + 1)
    except CallwrightError:
        return {}  # a broken reference: the argument stays, with any value
    return found


def _json(data: bytes) -> Any:
    """What a JSON file holds, unless that is an OpenAPI document; ``None`` if it is neither."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    is_document = isinstance(found, dict) and ("openapi" in found or "swagger" in found)
    return None if is_document else found


def _of_json(root: Any, stem: str, file: str) -> Catalogue:
    whole = root if isinstance(root, Mapping) else {"functions": root}
    name = (str(whole.get("name") or "").strip() or stem)[:200].strip()
    listed = whole.get("functions", whole.get("tools"))
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise DocumentError(
            f"{file}: no list of functions. Give a list, or an object with “functions”: each with "
            "a name, a description and parameters (a JSON Schema)."
        )
    functions = tuple(_functions(listed, name, file))
    return Catalogue(name, str(whole.get("description") or "")[:4000], functions)


def _functions(listed: Sequence[Any], catalogue: str, file: str) -> Iterator[Function]:
    for at, row in enumerate(listed):
        inner = row.get("function") if isinstance(row, Mapping) else None
        each = inner if isinstance(inner, Mapping) else row
        name = each.get("name") if isinstance(each, Mapping) else None
        if not isinstance(name, str) or not name.strip():
            raise DocumentError(f"{file}: functions[{at}] has no “name”. Give it one.")
        parameters: Any = next((each[key] for key in _ARGUMENTS if key in each), {})
        if not isinstance(parameters, Mapping):
            raise DocumentError(
                f"{file}: the parameters of functions[{at}] are no JSON Schema of an object."
            )
        module, called = _place(name.strip(), str(each.get("module") or "").strip())
        description = str(each.get("description") or "")
        yield make_function(called, module or catalogue, description, parameters)


def _place(name: str, module: str) -> tuple[str, str]:
    """Module and name; without a module, what stands before the last dot is one."""
    before, _, after = (part.strip() for part in name.rpartition("."))
    return (before, after) if not module and before and after else (module, name)
