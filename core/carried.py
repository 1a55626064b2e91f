"""The typed values that a request carries for an operation, and what it carries besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core import wire
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import Operation, Parameter
from core.openapi.shape import property_of
from core.openapi.unstyle import header_value, path_value, query_value, takes_any_name, typed
from core.request import Json, Request
from core.route import Match

_STANDARD_HEADERS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "connection",
        "date",
        "expect",
        "forwarded",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "max-forwards",
        "origin",
        "pragma",
        "prefer",
        "proxy-authorization",
        "range",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
        "x-requested-with",
        "x-request-id",
    }
)


@dataclass(frozen=True)
class Carried:
    """What a request says, in an operation's terms."""

    by_parameter: dict[Parameter, Json]
    unknown: list[tuple[str, str, str]]
    """(place, name, text) that no parameter describes."""


def carried_values(request: Request, found: Match) -> Carried:
    """The typed values of an operation's parameters in a request, and what is left over."""
    assert found.operation is not None
    operation, document = found.operation, found.operation.document
    by_parameter: dict[Parameter, Json] = {}
    headers = {name.lower(): value for name, value in request.headers}
    used_query: set[int] = set()
    used_cookies: set[int] = set()
    path_values = {**_values_in_query(operation, request), **found.path_values}
    for parameter in operation.parameters:
        value: Json = MISSING
        if parameter.place == "path":
            if parameter.name in path_values:
                value = path_value(parameter, path_values[parameter.name], document)
        elif parameter.place == "header":
            if parameter.name.lower() in headers:
                value = header_value(parameter, headers[parameter.name.lower()], document)
        elif parameter.place == "query":
            value, used = query_value(parameter, request.query, document)
            used_query.update(used)
        else:
            value, used = query_value(parameter, request.cookies, document)
            used_cookies.update(used)
        if value is not MISSING:
            by_parameter[parameter] = value
    unknown = list(_left_over(operation, request, used_query, used_cookies))
    for parameter in operation.parameters:
        if takes_any_name(parameter, document):
            unknown = _taken(parameter, unknown, by_parameter, document)
    return Carried(by_parameter, unknown)


def _taken(
    parameter: Parameter,
    unknown: list[tuple[str, str, str]],
    by_parameter: dict[Parameter, Json],
    document: Document,
) -> list[tuple[str, str, str]]:
    """Gives the query's unknown names to a parameter that takes any, and returns the others."""
    members = {
        name: typed(text, property_of(parameter.schema, name, document), document)
        for place, name, text in unknown
        if place == "query"
    }
    if members:
        by_parameter[parameter] = {**by_parameter.get(parameter, {}), **members}
    return [each for each in unknown if each[0] != "query"]


def _values_in_query(operation: Operation, request: Request) -> dict[str, str]:
    """Wire text of path parameters that the path key has in its query: ``/alerts?lat={lat}``."""
    given = {name: text for name, text in request.query if text is not None}
    written = (
        (name, wire.decode(text or "")) for name, text in wire.split_query(operation.template_query)
    )
    return {
        text[1:-1]: given[name]
        for name, text in written
        if name in given and text.startswith("{") and text.endswith("}")
    }


def _left_over(
    operation: Operation, request: Request, used_query: set[int], used_cookies: set[int]
) -> Iterator[tuple[str, str, str]]:
    keys = {
        (scheme.place, scheme.parameter.lower() if scheme.place == "header" else scheme.parameter)
        for alternative in operation.security
        for scheme in alternative
        if scheme.kind == "apiKey"
    }
    fixed = {name for name, _ in wire.split_query(operation.template_query)}
    declared = {each.name.lower() for each in operation.parameters if each.place == "header"}
    for index, (name, text) in enumerate(request.query):
        decoded = wire.decode(name)
        if index not in used_query and ("query", decoded) not in keys and name not in fixed:
            yield "query", decoded, wire.decode(text or "")
    for name, text in request.headers:
        lower = name.lower()
        if (
            lower not in declared
            and lower not in _STANDARD_HEADERS
            and ("header", lower) not in keys
        ):
            yield "header", name, text
    for index, (name, text) in enumerate(request.cookies):
        if index not in used_cookies and ("cookie", name) not in keys:
            yield "cookie", name, wire.decode(text)
