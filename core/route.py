"""Which operation of a document a request calls.

By host, method, path template, and the single-valued query or header by which operations that
share a path tell themselves apart (all of AWS). More literal segments win, then document order
(OpenAPI 3.1 section 4.8.8.2).
"""

from __future__ import annotations

import difflib
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from core import wire
from core.errors import CallwrightError
from core.openapi.document import Document
from core.openapi.listing import PathReader, operations, raw_paths
from core.openapi.operation import Operation, Parameter, Server, template_of
from core.openapi.style import plain_text
from core.placeholder import find_placeholders, holds_placeholder
from core.request import Json, Request

MAX_OTHERS = 100
"""How many operations that fit alike are told."""

Outcome = Literal["matched", "wrong server", "wrong method", "unknown endpoint"]

_in_braces = re.compile(r"\{([^{}]*)\}")


_Fixed = tuple[str, str, str]
"""(place, name, value); headers by lower name."""


@dataclass(frozen=True)
class Match:
    """The operation that a request calls, or the one that it comes closest to."""

    outcome: Outcome
    operation: Operation | None = None
    """With ``wrong server`` the operation of that path; with ``wrong method`` one of the path's
    others; with ``unknown endpoint`` the most similar one, or ``None``."""
    path_values: dict[str, str] = field(default_factory=dict)
    """The wire text at each ``{name}`` of the template."""
    others: tuple[Match, ...] = ()
    """Further operations that fit as well by URL and method, overloads that only parameters tell
    apart; never those of a less literal template."""


@dataclass(frozen=True)
class _Route:
    operation: Operation
    template: str
    """With the path of the server before it."""
    names: tuple[str, ...]
    fixed: frozenset[_Fixed]
    """Values that only this operation takes."""


@dataclass
class _Node:
    """One segment's worth of the tree of templates."""

    literal: dict[str, _Node] = field(default_factory=dict)
    templated: dict[str, _Node] = field(default_factory=dict)
    """By the segment's regular expression."""
    paths: list[tuple[str, str]] = field(default_factory=list)
    """The path keys that end here, each with the path of the server before it."""


class Routes:
    """Every path template of one document as a tree, for matching requests against it.

    Operations are read when a request comes to their path: most documents are asked for one.
    """

    def __init__(self, document: Document) -> None:
        self._root = _Node()
        self._document = document
        self._reader = PathReader(document)
        self._paths = _readable_paths(document)
        self._routes: dict[tuple[str, str], list[_Route]] = {}
        bases = _bases(self._reader.servers)
        for path, raw in self._paths.items():
            for base in self._own_bases(path) if _has_own_servers(raw) else bases:
                self._node(base + template_of(path)).paths.append((path, base))

    def match(self, request: Request) -> Match:
        """The operation that a request calls."""
        found = list(self._found(request))
        for outcome, fits in _STAGES:
            for routes in found:
                fitting = [
                    Match(outcome, route.operation, _path_values(route, request.path))
                    for route in routes
                    if fits(route, request)
                ]
                if fitting:
                    return replace(fitting[0], others=tuple(fitting[1:MAX_OTHERS]))
        return Match("unknown endpoint", self._most_similar(request))

    def methods(self, request: Request) -> list[str]:
        """The methods that the document gives for the request's path, in document order."""
        routes = itertools.chain.from_iterable(self._found(request))
        return list(dict.fromkeys(route.operation.method for route in routes))

    def _own_bases(self, path: str) -> list[str]:
        read = self._reader.path_item(path, self._paths[path])
        servers = [each.servers for each in read if isinstance(each, Operation)]
        return _bases(itertools.chain.from_iterable(servers))

    def _node(self, template: str) -> _Node:
        """Where a template ends, made where it is new."""
        node = self._root
        for segment in template.strip("/").split("/"):
            if "{" in segment:
                node = node.templated.setdefault(_segment_expression(segment), _Node())
            else:
                node = node.literal.setdefault(_canonical(wire.normal_path(segment)), _Node())
        return node

    def _routes_at(self, path: str, base: str) -> list[_Route]:
        """The operations of a path, on a server whose path is ``base``."""
        if (path, base) not in self._routes:
            self._routes[path, base] = [
                _route(operation, base)
                for operation in self._reader.path_item(path, self._paths[path])
                if isinstance(operation, Operation) and base in _bases(operation.servers)
            ]
        return self._routes[path, base]

    def _found(self, request: Request) -> Iterator[list[_Route]]:
        """By template that the path fits, most literal first: its routes, fixed values right."""
        given = _given_values(request)
        for node in _walk(self._root, request.path.strip("/").split("/"), 0):
            routes = [route for path, base in node.paths for route in self._routes_at(path, base)]
            fitting = [route for route in routes if route.fixed <= given]
            if not _has_method(fitting, request) and _has_method(routes, request):
                fitting = _alone(routes, request)
            yield sorted(fitting, key=lambda route: -len(route.fixed))

    def _most_similar(self, request: Request) -> Operation | None:
        wanted = f"{request.method} {wire.decode(request.path)}"
        listed = (each for each in operations(self._document) if isinstance(each, Operation))
        labels = {each.label: each for each in listed}
        close = difflib.get_close_matches(wanted, list(labels)[:5000], n=1, cutoff=0.4)
        return labels[close[0]] if close else None


def routes_of(document: Document) -> Routes:
    """The document's routes, made once as long as the document lives."""
    found: Routes | None = document.derived.get(Routes)
    if found is None:
        found = document.derived[Routes] = Routes(document)
    return found


def match(request: Request, document: Document) -> Match:
    """The operation of a document that a request calls."""
    return routes_of(document).match(request)


def has_server(operation: Operation, request: Request) -> bool:
    """Whether the request goes to one of the operation's servers, or to a placeholder host."""
    return any(_is_host_of(server, request) for server in operation.servers)


def _is_host_of(server: Server, request: Request) -> bool:
    host = server.url.partition("://")[2].partition("/")[0]
    if (
        host.lower() == request.host.lower()
        or find_placeholders(host)
        or holds_placeholder(request.host)
    ):
        return True
    template = server.template.partition("://")[2].partition("/")[0]
    if "{" not in template:
        return False
    return re.fullmatch(_expression(template, "[^/]*"), request.host, re.IGNORECASE) is not None


def _fits_all(route: _Route, request: Request) -> bool:
    return route.operation.method == request.method and has_server(route.operation, request)


def _fits_method(route: _Route, request: Request) -> bool:
    return route.operation.method == request.method


def _fits_server(route: _Route, request: Request) -> bool:
    return has_server(route.operation, request)


_STAGES: tuple[tuple[Outcome, Callable[[_Route, Request], bool]], ...] = (
    ("matched", _fits_all),
    ("wrong server", _fits_method),
    ("wrong method", _fits_server),
)


def _readable_paths(document: Document) -> dict[str, Json]:
    """Path items by their keys; none where the list of operations says why there are none."""
    try:
        return raw_paths(document)
    except CallwrightError:
        return {}


def _has_own_servers(raw: Json) -> bool:
    """Whether a path item, or an operation of it, may have servers that are not the document's."""
    if not isinstance(raw, dict):
        return False
    items = [raw, *(each for each in raw.values() if isinstance(each, dict))]
    return any("servers" in each or "$ref" in each for each in items)


def _bases(servers: Iterable[Server]) -> list[str]:
    return list(dict.fromkeys(map(_base, servers)))


def _base(server: Server) -> str:
    """The path of a server, from its slash on; empty where it has none."""
    base = server.url.partition("://")[2].partition("?")[0].partition("/")[2]
    return f"/{base}" if base else ""


def _route(operation: Operation, base: str) -> _Route:
    template = base + operation.template
    names = tuple(_in_braces.findall(template))
    return _Route(operation, template, names, frozenset(_fixed_values(operation)))


def _walk(node: _Node, segments: list[str], index: int) -> Iterator[_Node]:
    if index == len(segments):
        if node.paths:
            yield node
        return
    segment = segments[index]
    following = node.literal.get(_canonical(segment))
    if following is not None:
        yield from _walk(following, segments, index + 1)
    for expression, templated in sorted(node.templated.items(), key=_literal_length):
        if segment and re.fullmatch(expression, segment):
            yield from _walk(templated, segments, index + 1)


def _literal_length(item: tuple[str, _Node]) -> int:
    """Sorts the more literal segment first: ``{id}.json`` before ``{id}``."""
    return -len(item[0])


def _canonical(segment: str) -> str:
    """A literal segment by what it decodes to: ``%3A`` and ``:`` lead to the same operation."""
    return wire.decode(segment)


def _segment_expression(segment: str) -> str:
    return _expression(segment, ".+?")


def _expression(template: str, hole: str) -> str:
    pieces = _in_braces.split(template)
    pieces[::2] = [re.escape(wire.normal_path(piece)) for piece in pieces[::2]]
    pieces[1::2] = [f"({hole})"] * len(pieces[1::2])
    return "".join(pieces)


@functools.lru_cache(maxsize=10_000)
def _template_pattern(template: str) -> re.Pattern[str]:
    """Made where a path is read: a document has thousands of templates, a question needs one."""
    return re.compile(_expression("/" + template.strip("/"), "[^/]+?") + "/?")


def _path_values(route: _Route, path: str) -> dict[str, str]:
    found = _template_pattern(route.template).fullmatch(path) if route.names else None
    return dict(zip(route.names, found.groups(), strict=True)) if found else {}


def _fixed_values(operation: Operation) -> Iterator[_Fixed]:
    """Required query and header parameters with one allowed value, and pairs in the path key."""
    for name, value in wire.split_query(operation.template_query):
        if value is not None and "{" not in value and "%7B" not in value:
            yield "query", wire.decode(name), wire.decode(value)
    for parameter in operation.parameters:
        schema = operation.document.resolve(parameter.schema) if parameter.required else None
        if parameter.place in ("query", "header") and isinstance(schema, dict):
            enum = schema.get("enum")
            if isinstance(enum, list) and len(enum) == 1:
                yield parameter.place, _name(parameter), plain_text(enum[0])
            elif isinstance(schema.get("const"), str):
                yield parameter.place, _name(parameter), schema["const"]


def _name(parameter: Parameter) -> str:
    return parameter.name.lower() if parameter.place == "header" else parameter.name


def _has_method(routes: list[_Route], request: Request) -> bool:
    return any(route.operation.method == request.method for route in routes)


def _alone(routes: list[_Route], request: Request) -> list[_Route]:
    """The one route of the request's method: a missing fixed value is then a plain mistake."""
    same_method = [route for route in routes if route.operation.method == request.method]
    return same_method if len(same_method) == 1 else []


def _given_values(request: Request) -> set[_Fixed]:
    given = {("query", wire.decode(name), wire.decode(text or "")) for name, text in request.query}
    given |= {("header", name.lower(), text) for name, text in request.headers}
    return given
