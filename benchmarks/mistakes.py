"""Five kinds of mistake that can be planted in a right call, drawn with a seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from core import wire
from core.openapi.operation import Operation
from core.request import FormBody, JsonBody, Request, json_body

Built = list[tuple[Operation, Request]]
"""Operations of one document with the right calls for them."""

Plant = Callable[[Operation, Request, Built, random.Random], Request | None]
"""Makes a mistake of one kind in a right call; ``None`` where there is no room for it."""


def _wrong_method(
    operation: Operation, request: Request, built: Built, draw: random.Random
) -> Request:
    others = [method for method in ("GET", "POST", "PUT", "DELETE") if method != request.method]
    return replace(request, method=draw.choice(others))


def _renamed_parameter(
    operation: Operation, request: Request, built: Built, draw: random.Random
) -> Request | None:
    """A query pair, a member of a JSON body, or a form field under a name with one letter more."""
    if request.query:
        at = draw.randrange(len(request.query))
        query = list(request.query)
        query[at] = (query[at][0] + "x", query[at][1])
        return replace(request, query=tuple(query))
    body = request.body
    if isinstance(body, JsonBody) and isinstance(body.value, dict) and body.value:
        name = draw.choice(list(body.value))
        value = {(key + "x" if key == name else key): item for key, item in body.value.items()}
        return replace(request, body=json_body(value, body.media_type))
    if isinstance(body, FormBody) and body.pairs:
        (name, text), *others = body.pairs
        return replace(request, body=FormBody(((name + "x", text), *others), body.media_type))
    return None


def _dropped_parameter(
    operation: Operation, request: Request, built: Built, draw: random.Random
) -> Request | None:
    required = {
        wire.encode(parameter.name)
        for parameter in operation.parameters
        if parameter.required and parameter.place == "query"
    }
    kept = tuple(pair for pair in request.query if pair[0] not in required)
    if len(kept) < len(request.query):
        return replace(request, query=kept)
    if operation.body_required and request.body is not None:
        return replace(request, body=None)
    return None


def _other_path(
    operation: Operation, request: Request, built: Built, draw: random.Random
) -> Request | None:
    others = [
        other.path
        for each, other in built
        if each.path != operation.path and other.path != request.path
    ]
    return replace(request, path=draw.choice(others)) if others else None


def _wrong_type(
    operation: Operation, request: Request, built: Built, draw: random.Random
) -> Request | None:
    """A word where a number or truth value is wanted; a number for a whole JSON object."""
    typed = {
        wire.encode(parameter.name)
        for parameter in operation.parameters
        if parameter.place == "query" and _wants_number(operation, parameter.schema)
    }
    for at, (name, _) in enumerate(request.query):
        if name in typed:
            query = (*request.query[:at], (name, "many"), *request.query[at + 1 :])
            return replace(request, query=query)
    if isinstance(request.body, JsonBody) and isinstance(request.body.value, dict):
        return replace(request, body=json_body(7, request.body.media_type))
    return None


def _wants_number(operation: Operation, schema: object) -> bool:
    resolved = operation.document.resolve(schema)
    return isinstance(resolved, dict) and resolved.get("type") in ("integer", "number", "boolean")


MISTAKES: dict[str, Plant] = {
    "wrong method": _wrong_method,
    "renamed parameter": _renamed_parameter,
    "dropped required parameter": _dropped_parameter,
    "another operation's path": _other_path,
    "wrong type": _wrong_type,
}
