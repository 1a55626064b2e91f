"""A legal call from one that is not: what it says rightly is kept, the rest is mended.

Values move to their right place or name, texts become numbers where the schema wants them, what is
required and missing is filled by the example policy, what the document does not know is left out.
The result is checked; where it is not legal, there is none.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import Any

from core.build import Choices, build, choose_media_type
from core.carried import carried_values
from core.check import check
from core.credential import satisfied_alternative
from core.errors import CallwrightError
from core.media_type import essence
from core.openapi.body_value import value_of
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType, Operation, Parameter
from core.openapi.schema import satisfies
from core.openapi.shape import properties_of
from core.openapi.unstyle import typed
from core.request import Json, Pairs, Request
from core.route import Match, has_server, match
from core.values import ExampleValues

SIMILAR = 0.6
"""How alike (``difflib`` ratio) an unknown name must be to a known one to be taken for it."""


def corrected(request: Request, document: Document) -> Request | None:
    """The call that was probably meant, legal by the document; ``None`` where it cannot be told."""
    found = match(request, document)
    if found.operation is None:
        return None
    try:
        made = _rebuilt(request, found, found.operation)
    except CallwrightError:
        return None  # the document itself does not let this operation be called
    return made if check(made, document).is_legal else None


def _rebuilt(request: Request, found: Match, operation: Operation) -> Request:
    document = operation.document
    arguments: dict[str, Any] = {}
    for parameter, value in _kept_values(request, found, operation).items():
        arguments.setdefault(parameter.place, {})[parameter.name] = value
    media_type = _media_type(request, operation)
    if request.body is not None and media_type is not None:
        value = _body_value(request, media_type, document)
        if value is not MISSING:
            arguments["body"] = value
    alternative = satisfied_alternative(operation, request)
    choices = Choices(
        media_type=media_type.name if media_type else None,
        server=_base_url(request, operation),
        security=operation.security.index(alternative) if alternative is not None else 0,
        required_only=True,
    )
    made = build(operation, ExampleValues(document), arguments=arguments, choices=choices).request
    return replace(made, headers=_with_own_headers(made.headers, request.headers, operation))


def _kept_values(request: Request, found: Match, operation: Operation) -> dict[Parameter, Json]:
    """The request's values by the parameter they belong to, those that the schema refuses apart."""
    document = operation.document
    read = carried_values(request, found)
    kept = dict(read.by_parameter)
    free = [parameter for parameter in operation.parameters if parameter not in kept]
    for place, name, text in read.unknown:
        meant = _meant(name, place, free)
        if meant is not None:
            free.remove(meant)
            kept[meant] = typed(text, meant.schema, document)
    return {
        parameter: value
        for parameter, value in kept.items()
        if satisfies(value, parameter.schema, document)
    }


def _meant(name: str, place: str, free: list[Parameter]) -> Parameter | None:
    """The parameter of that name elsewhere, or one of a similar name at the same place."""
    for parameter in free:
        if parameter.name.lower() == name.lower():
            return parameter
    near = {parameter.name: parameter for parameter in free if parameter.place == place}
    close = difflib.get_close_matches(name, list(near), n=1, cutoff=SIMILAR)
    return near[close[0]] if close else None


def _media_type(request: Request, operation: Operation) -> MediaType | None:
    if request.body is not None:
        for media_type in operation.media_types:
            if essence(media_type.name) == essence(request.body.media_type):
                return media_type
    return choose_media_type(operation)


def _body_value(request: Request, media_type: MediaType, document: Document) -> Json:
    assert request.body is not None
    value = value_of(request.body, media_type, document)
    return value if value is MISSING else mended(value, media_type.schema, document)


def mended(value: Json, schema: Any, document: Document) -> Json:
    """A value as close as possible to what its schema allows; ``MISSING`` where nothing is left."""
    if satisfies(value, schema, document):
        return value
    resolved = document.resolve(schema)
    if isinstance(value, dict) and isinstance(resolved, dict):
        return _mended_object(value, properties_of(resolved, document), document)
    if isinstance(value, list) and isinstance(resolved, dict):
        items = [mended(item, resolved.get("items", {}), document) for item in value]
        return [item for item in items if item is not MISSING]
    text = value if isinstance(value, str) else str(value).lower()
    read = typed(text, schema, document)
    return read if satisfies(read, schema, document) else MISSING


def _mended_object(value: dict[str, Json], names: dict[str, Any], document: Document) -> Json:
    free = [name for name in names if name not in value]
    made: dict[str, Json] = {}
    for name, item in value.items():
        meant = name
        if names and name not in names:
            close = difflib.get_close_matches(name, free, n=1, cutoff=SIMILAR)
            if not close:
                continue
            meant = close[0]
            free.remove(meant)
        kept = mended(item, names.get(meant, {}), document)
        if kept is not MISSING:
            made[meant] = kept
    return made


def _base_url(request: Request, operation: Operation) -> str | None:
    """The server that the call already goes to, where it is one of the operation's."""
    for server in operation.servers:
        base = server.url.partition("://")[2].partition("/")[2].partition("?")[0].rstrip("/")
        prefix = f"/{base}" if base else ""
        if request.path.startswith(prefix) and has_server(operation, request):
            return f"{request.scheme}://{request.host}{prefix}"
    return None


def _with_own_headers(made: Pairs, own: Pairs, operation: Operation) -> Pairs:
    """The made headers with the caller's credentials, and the caller's other ones behind them."""
    declared = {parameter.name.lower() for parameter in operation.parameters}
    given = {name.lower(): value for name, value in own if name.lower() not in declared}
    headers = {
        name.lower(): (name, _credential(value, given.get(name.lower()))) for name, value in made
    }
    for name, value in own:
        if name.lower() not in declared and name.lower() not in ("authorization",):
            headers.setdefault(name.lower(), (name, value))
    return tuple(headers.values())


def _credential(made: str, given: str | None) -> str:
    """The caller's own credential where it is of the wanted kind."""
    if given is None or (" " in made and given.split(" ")[0].lower() != made.split(" ")[0].lower()):
        return made
    return given
