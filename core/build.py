"""Operation → Request: the one way from what a document describes to what goes on the wire."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core import wire
from core.errors import OperationError, RequestError, UnknownNameError
from core.media_type import essence, has_members, is_json
from core.openapi import style
from core.openapi.content import body_of
from core.openapi.document import Document
from core.openapi.json_value import MISSING, laid_over
from core.openapi.operation import Alternative, MediaType, Operation, Parameter, SecurityScheme
from core.openapi.schema import satisfies
from core.placeholder import placeholder
from core.request import KEPT_ELSEWHERE, Body, Json, Request, check_header_text, is_token
from core.values import Values

Arguments = Mapping[str, Any]
"""What the caller knows: ``{"path": {"petId": 5}, "query": {...}, "header": {...}, "cookie": {...},
"body": value}``. A ``body`` object is laid over the sample, member by member; any other replaces
it."""

NO_ARGUMENTS: Arguments = {}

_CHANGES_PATH = ("", ".", "..")
"""Path values that clients and servers fold away (RFC 3986 section 5.2.4)."""

_in_braces = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Choices:
    """What may be chosen where a document offers several ways."""

    media_type: str | None = None
    """Of the body; by default JSON where it is offered, else the first."""
    server: str | None = None
    """A base URL, its variables filled; by default the first server's."""
    security: int = 0
    """Which of the security alternatives; an index into ``operation.security``."""
    required_only: bool = False
    """Leave out what neither the document requires nor the caller gives."""


@dataclass(frozen=True)
class Built:
    """A request, and what had to be passed over or guessed to make it."""

    request: Request
    notes: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A request under construction."""

    query: list[tuple[str, str | None]]
    headers: dict[str, tuple[str, str]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    path_values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def build(
    operation: Operation,
    values: Values,
    *,
    arguments: Arguments = NO_ARGUMENTS,
    choices: Choices = Choices(),
) -> Built:
    """The request for an operation: the caller's arguments, and the policy's values for the rest.

    Raises ``UnknownNameError`` for an argument that the operation does not take, ``RequestError``
    for a value that cannot be sent where it belongs, ``OperationError`` where nothing can be made
    of it.
    """
    if arguments:
        _refuse_unknown(operation, arguments)
    template, template_query = operation.template, operation.template_query
    base = choices.server or (
        operation.servers[0].url if operation.servers else f"https://{placeholder('host')}"
    )
    scheme, host, base_path, base_query = _split_server(base)
    draft = _Draft(list(base_query))
    for parameter in operation.parameters:
        _add_parameter(draft, parameter, values, arguments, choices.required_only)
    for parameter in _undescribed(template, draft.path_values):
        _add_parameter(draft, parameter, values, arguments, choices.required_only)
    if operation.security:
        _add_security(draft, _chosen_alternative(operation, choices.security), values)
    if template_query:
        _add_template_query(draft, template_query)
    request = Request(
        method=operation.method,
        scheme=scheme,
        host=host,
        path=_expanded(base_path + template, draft.path_values),
        query=tuple(draft.query),
        headers=tuple(draft.headers.values()),
        cookies=tuple(draft.cookies.items()),
        body=_body(draft, operation, values, arguments, choices),
    )
    return Built(request, tuple(dict.fromkeys(draft.notes)))


def choose_media_type(operation: Operation, name: str | None = None) -> MediaType | None:
    """The media type of that name, its parameters apart, or the one that people mean: JSON, else
    the first. Raises ``UnknownNameError``.
    """
    if not operation.media_types:
        return None
    if name is not None:
        names = [media_type.name for media_type in operation.media_types]
        for candidates, wanted in ((names, name), (list(map(essence, names)), essence(name))):
            if wanted in candidates:
                return operation.media_types[candidates.index(wanted)]
        raise UnknownNameError("media type", name, names)
    for media_type in operation.media_types:
        if is_json(media_type.name):
            return media_type
    return operation.media_types[0]


def _refuse_unknown(operation: Operation, arguments: Arguments) -> None:
    for place, given in arguments.items():
        if place == "body":
            if not operation.media_types:
                raise RequestError(
                    f"{operation.label} takes no body. Leave it out, or choose another operation."
                )
            continue
        known = {parameter.name for parameter in operation.parameters if parameter.place == place}
        known |= set(_in_braces.findall(operation.path)) if place == "path" else set()
        for name in given:
            if name not in known:
                raise UnknownNameError(
                    f"{place} parameter of {operation.label}", name, sorted(known)
                )


def _add_parameter(
    draft: _Draft, parameter: Parameter, values: Values, arguments: Arguments, required_only: bool
) -> None:
    given = arguments.get(parameter.place)
    if given and parameter.name in given:
        _place(draft, parameter, given[parameter.name])
    elif required_only and not parameter.required:
        return
    else:
        sample = values.parameter(parameter)
        draft.notes += sample.notes
        if sample.value is not MISSING and sample.value not in (None, [], {}):
            _place_sample(draft, parameter, sample.value)
        elif parameter.required:
            _place(draft, parameter, placeholder(parameter.name))


def _place_sample(draft: _Draft, parameter: Parameter, value: Json) -> None:
    """A sample, or a placeholder where it cannot be sent."""
    try:
        _place(draft, parameter, value)
    except RequestError:
        draft.notes.append(f"No {parameter.place} can hold the sample of “{parameter.name}”.")
        _place(draft, parameter, placeholder(parameter.name))


def _place(draft: _Draft, parameter: Parameter, value: Json) -> None:
    place = parameter.place
    if place == "query":
        draft.query += style.query_pairs(parameter, value) or [(wire.encode(parameter.name), "")]
    elif place == "path":
        draft.path_values[parameter.name] = _path_value(
            parameter.name, style.path_text(parameter, value)
        )
    elif place == "header":
        text = style.header_text(parameter, value)
        check_header_text("header", parameter.name, text)
        draft.headers[parameter.name.lower()] = (parameter.name, text)
    else:
        draft.cookies.update(style.cookie_pairs(parameter, value))


def _undescribed(template: str, described: Mapping[str, str]) -> list[Parameter]:
    """What stands in the path's braces though the document describes no such parameter."""
    if template.count("{") == len(described):
        return []
    return [
        Parameter(
            name, "path", required=True, schema=True, style="simple", explode=False, pointer=""
        )
        for name in _in_braces.findall(template)
        if name not in described and _bare(name) not in described
    ]


def _path_value(name: str, text: str) -> str:
    if text in _CHANGES_PATH:
        raise RequestError(
            f"The path parameter “{name}” cannot be {wire.shorten(text)}: it would change the path."
        )
    return text


def _chosen_alternative(operation: Operation, index: int) -> Alternative:
    if not 0 <= index < len(operation.security):
        raise RequestError(
            f"{operation.label} has {len(operation.security)} security alternatives, there is no "
            f"number {index}."
        )
    return operation.security[index]


def _add_security(draft: _Draft, alternative: Alternative, values: Values) -> None:
    for scheme in alternative:
        credential = values.credential(scheme)
        if scheme.kind == "apiKey":
            _add_key(draft, scheme, credential)
        elif scheme.kind == "mutualTLS":
            draft.notes.append(
                f"“{scheme.name}” is a client certificate, which the caller's connection must "
                f"bring."
            )
        else:
            is_named = scheme.kind == "http" and is_token(scheme.scheme)
            word = scheme.scheme.capitalize() if is_named else "Bearer"
            _add_authorization(draft, scheme, f"{word} {credential}")


def _add_authorization(draft: _Draft, scheme: SecurityScheme, value: str) -> None:
    _, written = draft.headers.get("authorization", ("", ""))
    if (
        " " in written
    ):  # another scheme's: one header cannot carry both; two OAuth flows share a token
        if written.split(" ")[0] == value.split(" ")[0]:
            return
        draft.notes.append(f"“{scheme.name}” would need a second Authorization header; left out.")
        return
    draft.headers["authorization"] = ("Authorization", value)


def _add_key(draft: _Draft, scheme: SecurityScheme, credential: str) -> None:
    name = scheme.parameter or scheme.name
    if scheme.place not in ("query", "cookie") and (
        not is_token(name) or name.lower() in KEPT_ELSEWHERE
    ):
        draft.notes.append(f"“{name}” cannot be the name of a key's header; left out.")
        return
    if scheme.place == "query":
        wire_name = wire.encode(name)
        draft.query = [pair for pair in draft.query if pair[0] != wire_name] + [
            (wire_name, wire.encode(credential))
        ]
    elif scheme.place == "cookie":
        draft.cookies[wire.encode(name)] = credential
    else:
        draft.headers[name.lower()] = (name, credential)


def _add_template_query(draft: _Draft, text: str) -> None:
    """Pairs that the path key itself writes (``/items?action=sum``), those of parameters
    excepted.
    """
    named = {name for name, _ in draft.query}
    for name, value in wire.split_query(_expanded_query(text, draft.path_values)):
        if name not in named:
            draft.query.append((name, value))


def _expanded(template: str, path_values: dict[str, str]) -> str:
    """A path template with its values; what no parameter describes stays a placeholder."""
    pieces = _in_braces.split(template)
    for index in range(1, len(pieces), 2):
        name = pieces[index]
        pieces[index] = path_values.get(name) or path_values.get(_bare(name)) or placeholder(name)
    pieces[::2] = [wire.normal_path(piece) for piece in pieces[::2]]
    path = "".join(pieces)
    return path if path.startswith("/") else "/" + path


def _bare(name: str) -> str:
    """The name in an expression of RFC 6570: ``{+path}``, ``{path*}``."""
    return name.strip("+*/.;?")


def _expanded_query(text: str, path_values: dict[str, str]) -> str:
    return _in_braces.sub(lambda match: path_values.get(match[1]) or placeholder(match[1]), text)


def _body(
    draft: _Draft, operation: Operation, values: Values, arguments: Arguments, choices: Choices
) -> Body | None:
    media_type = choose_media_type(operation, choices.media_type)
    if media_type is None:
        return None
    given = arguments.get("body", MISSING)
    if given is MISSING and choices.required_only and not operation.body_required:
        return None
    value = given
    if given is MISSING or isinstance(given, dict):
        sample = values.body(media_type, required_only=choices.required_only)
        draft.notes += sample.notes
        value = _completed(given, sample.value, media_type, operation.document)
    if value is MISSING:
        if not operation.body_required:
            return None
        value = {} if has_members(media_type.name) else placeholder("body")
    return body_of(media_type, value, operation.document)


def _completed(given: Json, sample: Json, media_type: MediaType, document: Document) -> Json:
    """The caller's object over the sample; alone where they do not go together, as two
    alternatives.
    """
    value = laid_over(sample, given)
    if given is MISSING or satisfies(value, media_type.schema, document):
        return value
    return given if satisfies(given, media_type.schema, document) else value


@functools.lru_cache(maxsize=1024)
def _split_server(url: str) -> tuple[str, str, str, wire.QueryPairs]:
    scheme, separator, rest = url.partition("://")
    if not separator:
        raise OperationError(
            f"{wire.shorten(url)} is not an absolute server URL. Give one that begins with https://."
        )
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    return scheme.lower(), host, (slash + path).rstrip("/"), wire.split_query(query)
