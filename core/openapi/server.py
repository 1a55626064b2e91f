"""Base URLs: Server Objects of 3.x, ``schemes``/``host``/``basePath`` of 2.0."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from core.openapi.document import Document
from core.openapi.operation import Server, ServerVariable
from core.placeholder import holds_placeholder, placeholder
from core.request import Json

_variable = re.compile(r"\{([^{}]*)\}")
_has_scheme = re.compile(r"[^/?#]*://").match
_in_angles = re.compile(r"<([^<>]*)>")
_spoils_url = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`|]+")


def servers_of(document: Document, *declared: Json) -> tuple[Server, ...]:
    """The servers of the innermost level that names any; one placeholder host where none does.

    ``declared`` are the ``servers`` members of the operation and the path item, inner first.
    """
    for listed in declared:
        if isinstance(listed, list) and (servers := _servers(document, listed)):
            return servers
    if document.is_swagger:
        return _swagger_servers(document)
    listed = document.root.get("servers")
    servers = _servers(document, listed) if isinstance(listed, list) else ()
    return servers or _servers(document, [{"url": "/"}])


def fill(server: Server, values: dict[str, str]) -> str:
    """The server's URL with these values for its variables, defaults for the others."""
    defaults = {variable.name: variable.default for variable in server.variables}
    return _filled(server.template, {**defaults, **values})


def _servers(document: Document, listed: list[Json]) -> tuple[Server, ...]:
    return tuple(
        _server(document, raw)
        for raw in listed
        if isinstance(raw, dict) and isinstance(raw.get("url"), str)
    )


def _server(document: Document, raw: dict[str, Json]) -> Server:
    declared = raw.get("variables")
    written = _in_angles.sub(r"{\1}", raw["url"])  # “https://<your-domain>” is meant as a variable
    variables = tuple(
        _server_variable(name, declared.get(name) if isinstance(declared, dict) else None)
        for name in dict.fromkeys(_variable.findall(written))
    )
    template = _absolute(document, written)
    filled = _filled(template, {variable.name: variable.default for variable in variables})
    return Server(
        _tidy(_absolute(document, filled)), template, _text(raw.get("description")), variables
    )


def _server_variable(name: str, raw: Json) -> ServerVariable:
    raw = raw if isinstance(raw, dict) else {}
    enum = tuple(str(item) for item in raw["enum"]) if isinstance(raw.get("enum"), list) else ()
    default = raw.get("default")
    if default in (None, ""):
        default = enum[0] if enum else ("" if default == "" else placeholder(name))
    return ServerVariable(name, str(default), enum, _text(raw.get("description")))


def _filled(template: str, values: dict[str, str]) -> str:
    return _variable.sub(lambda match: values.get(match[1], placeholder(match[1])), template)


def _absolute(document: Document, url: str) -> str:
    """Relative servers stand beside the document (OpenAPI 3.1 section 4.8.5): where that is
    unknown, the host is a placeholder.
    """
    url = url.strip()
    if _has_scheme(url) or url.startswith("{"):
        return url
    if document.url:
        return urljoin(document.url, url)
    if url.startswith("//"):
        return "https:" + url
    head = url.partition("/")[0]
    if holds_placeholder(head) or ("." in head.strip(".") and not url.startswith(".")):
        return "https://" + url  # a host without its scheme, as some documents have it
    return urljoin(f"https://{placeholder('host')}/", url)


def _swagger_servers(document: Document) -> tuple[Server, ...]:
    root = document.root
    host = root.get("host") if isinstance(root.get("host"), str) else ""
    base = root.get("basePath") if isinstance(root.get("basePath"), str) else ""
    schemes = root.get("schemes")
    listed = (
        [scheme for scheme in schemes if scheme in ("http", "https")]
        if isinstance(schemes, list)
        else []
    )
    path = "/" + str(base).strip().strip("/")
    if not host and document.url:
        return _servers(document, [{"url": path}])
    host = _scheme_removed(str(host).strip()) or placeholder("host")
    return tuple(
        Server(_tidy(url), url)
        for url in [f"{scheme}://{host}{path}" for scheme in listed or ["https"]]
    )


def _scheme_removed(host: str) -> str:
    return host.split("://", 1)[-1].rstrip("/")


def _tidy(url: str) -> str:
    """No trailing slash, nothing that would end or split a URL, a host in any case."""
    url = _filled(_spoils_url.sub("", url), {})
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "https", url
    if scheme.lower() not in ("http", "https"):
        scheme = "https"  # websocket servers answer their opening request over https
    host, slash, path = rest.lstrip("/").partition("/")
    path, question, query = path.partition("#")[0].partition("?")
    host = host or placeholder("host")
    return f"{scheme.lower()}://{host}{(slash + path).rstrip('/')}{question}{query}"


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""
