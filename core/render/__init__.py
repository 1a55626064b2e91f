"""A request as code: one file per client, and the table that owns the choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import UnknownNameError
from core.render import (
    curl,
    go_nethttp,
    java_httpclient,
    java_okhttp,
    javascript_fetch,
    javascript_xhr,
    libcurl,
    node_fetch,
    node_request,
    php_curl,
    python_http_client,
    python_requests,
    ruby_nethttp,
    swift_nsurlsession,
    swift_urlsession,
)
from core.request import Request


@dataclass(frozen=True)
class Client:
    """One way to make an HTTP call in one language."""

    language: str
    """As the chat, the boards and the commands spell it: ``curl``, ``python``, …"""
    title: str
    """What a person picks: ``Python · requests``."""
    render: Callable[[Request], str]
    """Total: every legal ``Request`` has its text, ending without a newline."""
    highlight: str
    """The name by which syntax highlighters know the language."""
    extension: str
    """Of a file that holds the call."""
    api_pack_lang: str | None = None
    """API Pack's name of the language, where this is the client that API Pack published."""


CLIENTS: dict[str, Client] = {
    "curl": Client("curl", "cURL", curl.render, "bash", "sh", "cURL"),
    "go-nethttp": Client("go", "Go · net/http", go_nethttp.render, "go", "go", "Go"),
    "java-httpclient": Client("java", "Java · HttpClient", java_httpclient.render, "java", "java"),
    "java-okhttp": Client("java", "Java · OkHttp", java_okhttp.render, "java", "java", "Java"),
    "javascript-fetch": Client(
        "javascript", "JavaScript · fetch", javascript_fetch.render, "javascript", "js"
    ),
    "javascript-xhr": Client(
        "javascript",
        "JavaScript · XMLHttpRequest",
        javascript_xhr.render,
        "javascript",
        "js",
        "JavaScript",
    ),
    "libcurl": Client("libcurl", "C · libcurl", libcurl.render, "c", "c", "libcurl"),
    "node-fetch": Client("node", "Node · fetch", node_fetch.render, "javascript", "mjs"),
    "node-request": Client(
        "node", "Node · request", node_request.render, "javascript", "js", "Node"
    ),
    "php-curl": Client("php", "PHP · cURL", php_curl.render, "php", "php", "PHP"),
    "python-http-client": Client(
        "python", "Python · http.client", python_http_client.render, "python", "py", "Python"
    ),
    "python-requests": Client(
        "python", "Python · requests", python_requests.render, "python", "py"
    ),
    "ruby-nethttp": Client("ruby", "Ruby · Net::HTTP", ruby_nethttp.render, "ruby", "rb", "Ruby"),
    "swift-nsurlsession": Client(
        "swift", "Swift · NSURLSession", swift_nsurlsession.render, "swift", "swift", "Swift"
    ),
    "swift-urlsession": Client(
        "swift", "Swift · URLSession", swift_urlsession.render, "swift", "swift"
    ),
}


def client(name: str) -> Client:
    """The client of that name; raises ``UnknownNameError``, which says what there is."""
    try:
        return CLIENTS[name]
    except KeyError:
        raise UnknownNameError("client", name, CLIENTS) from None


def render(request: Request, client_name: str) -> str:
    """The request as code in the named client."""
    return client(client_name).render(request)
