"""Arguments as a person writes them: ``limit=5``, ``path.petId=7``, ``body.owner.email=a@b.c``.

A bare name is a parameter's; ``path.``, ``query.``, ``header.`` or ``cookie.`` before it says which
of two with the same name is meant; ``body.`` leads into the members of the body. What the schema
expects decides the type: ``5`` is a number for an integer and a text for a string, ``a,b`` is a
list for an array.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.build import choose_media_type
from core.errors import RequestError, UnknownNameError
from core.media_type import is_json, is_textual
from core.openapi.document import Document
from core.openapi.keyword import Violation
from core.openapi.operation import MediaType, Operation, Parameter
from core.openapi.schema import violations
from core.openapi.shape import property_of, schema_type
from core.request import Json
from core.wire import shorten

_BODY = "body."


@dataclass
class Given:
    """What :func:`core.build.build` takes as arguments, and what is odd about the values."""

    arguments: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_assignments(
    operation: Operation,
    assignments: Sequence[tuple[str, str]],
    *,
    body: str | None = None,
    media_type: str | None = None,
) -> Given:
    """The arguments that names and texts stand for; ``body`` is the text of a whole body.

    A value that the schema forbids in another way than by its type is kept and noted: somebody may
    want to send just that. Raises ``UnknownNameError`` for a name that the operation does not have,
    ``RequestError`` for a text that cannot be of the wanted type.
    """
    given = Given()
    chosen = choose_media_type(operation, media_type)
    if body is not None:
        given.arguments["body"] = _whole_body(operation, chosen, body)
    for name, text in assignments:
        parameter = _parameter(operation, name)
        if parameter is not None:
            value = _typed(name, text, parameter.schema, operation.document, given.notes)
            given.arguments.setdefault(parameter.place, {})[parameter.name] = value
        elif name.startswith("path.") and f"{{{name[5:]}}}" in operation.path:
            given.arguments.setdefault("path", {})[name[5:]] = text
        elif name.startswith(_BODY) and chosen is not None:
            _assign_member(operation.document, chosen, name, text, given)
        else:
            raise UnknownNameError(
                f"parameter of {operation.label}", name, _names(operation, chosen)
            )
    return given


def _whole_body(operation: Operation, media_type: MediaType | None, text: str) -> Json:
    if media_type is None:
        raise RequestError(f"{operation.label} takes no body. Leave it out.")
    try:
        return json.loads(text)
    except ValueError as error:
        if is_textual(media_type.name) and not is_json(media_type.name):
            return text
        raise RequestError(
            f"The body is not JSON: {error}. Write it as JSON, whatever its media type "
            f"({media_type.name}) makes of it."
        ) from error


def _parameter(operation: Operation, name: str) -> Parameter | None:
    """The parameter that a name means; ``None`` where it means none.

    Raises ``RequestError`` where two could be meant.
    """
    found = [parameter for parameter in operation.parameters if _is_called(parameter, name)]
    if len(found) < 2:
        place, _, inner = name.partition(".")
        named = (p for p in operation.parameters if p.place == place and _is_called(p, inner))
        return found[0] if found else next(named, None)
    spelled = " or ".join(f"{parameter.place}.{parameter.name}" for parameter in found)
    raise RequestError(f"{operation.label} has two parameters called {name}. Write {spelled}.")


def _is_called(parameter: Parameter, name: str) -> bool:
    if parameter.place == "header":
        return parameter.name.lower() == name.lower()
    return parameter.name == name


def _names(operation: Operation, media_type: MediaType | None) -> Iterator[str]:
    for parameter in operation.parameters:
        yield parameter.name
    if media_type is not None:
        schema = operation.document.resolve(media_type.schema)
        properties = schema.get("properties") if isinstance(schema, dict) else None
        yield from (_BODY + str(name) for name in properties or {})


def _assign_member(
    document: Document, media_type: MediaType, name: str, text: str, given: Given
) -> None:
    """Puts a value where ``body.owner.email`` leads, with the objects on the way."""
    steps = name.removeprefix(_BODY).split(".")
    members = given.arguments.setdefault("body", {})
    schema: Any = document.resolve(media_type.schema)
    for step in steps[:-1]:
        members = members.setdefault(step, {}) if isinstance(members, dict) else members
        schema = _member_schema(schema, step, document)
    if not isinstance(members, dict):
        raise RequestError(
            f"{name} leads into a value that is no object. Give the whole body as JSON."
        )
    schema = _member_schema(schema, steps[-1], document)
    if not schema:
        given.notes.append(f"The document does not describe {name}; it is sent all the same.")
    members[steps[-1]] = _typed(name, text, schema, document, given.notes)


def _member_schema(schema: Any, name: str, document: Document) -> dict[str, Json]:
    return property_of(schema, name, document)


def _typed(name: str, text: str, schema: Any, document: Document, notes: list[str]) -> Json:
    """The first reading of a text that the schema allows, else the first of the right type."""
    of_right_type: list[tuple[Json, Violation]] = []
    of_wrong_type: list[Violation] = []
    for reading in _readings(text, document.resolve(schema), document):
        broken = [found for found in violations(reading, schema, document) if found.decided]
        if not broken:
            return reading
        wrong = next((found for found in broken if _is_about_type(found)), None)
        if wrong is None:
            of_right_type.append((reading, broken[0]))
        else:
            of_wrong_type.append(wrong)
    if of_right_type:
        value, violation = of_right_type[0]
        where = f" at {violation.instance}" if violation.instance else ""
        notes.append(f"The value of {name}{where} {violation.message}.")
        return value
    raise RequestError(f"{name} cannot be {shorten(text)}: it {of_wrong_type[0].message}.")


def _is_about_type(violation: Violation) -> bool:
    return violation.pointer.endswith("/type") and not violation.instance


def _readings(text: str, schema: Any, document: Document) -> Iterator[Json]:
    """What a text may mean: itself, the JSON that it is, the list that its commas make."""
    yield text
    with contextlib.suppress(ValueError):
        yield json.loads(text)
    if isinstance(schema, dict) and schema_type(schema) == "array":
        items = schema.get("items")
        yield [_item(piece, items, document) for piece in text.split(",")] if text else []


def _item(text: str, schema: Any, document: Document) -> Json:
    for reading in _readings(text, document.resolve(schema), document):
        if not violations(reading, schema, document):
            return reading
    return text
