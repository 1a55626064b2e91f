"""What calls to Python's HTTP libraries make: a session, a connection, a request that is sent."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeAlias

from core.parse.call import Call, FormValue, JsonValue, PartsValue, PartValue, basic_credentials
from core.parse.python_folding import Folded, Folder, Thing, end_of_name
from core.parse.python_functions import named_values, python_text
from core.parse.value import FileContent, Mixed, Unknown, Value, concatenated
from core.request import FORM_MEDIA_TYPE

_Given: TypeAlias = dict[str, Value]
"""The arguments of a call by name."""

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_SENDING = _VERBS | {"request", "stream"}
_BY_METHOD = ("method", "url", "params", "data", "headers", "cookies", "files", "auth")
_POSITIONAL = {"get": ("url", "params"), "request": _BY_METHOD, "stream": _BY_METHOD}
_MODULES = frozenset({"requests", "requests.api", "httpx"})

USUAL_IMPORTS = {
    "HTTPBasicAuth": "requests.auth.HTTPBasicAuth",
    "HTTPConnection": "http.client.HTTPConnection",
    "HTTPSConnection": "http.client.HTTPSConnection",
    "Path": "pathlib.Path",
    "Request": "urllib.request.Request",
    "b64encode": "base64.b64encode",
    "quote": "urllib.parse.quote",
    "quote_plus": "urllib.parse.quote_plus",
    "urlencode": "urllib.parse.urlencode",
    "urljoin": "urllib.parse.urljoin",
    "urlopen": "urllib.request.urlopen",
}
"""What these names mean in code that leaves its imports out."""


def call_of_library(folder: Folder, node: ast.Call, name: str, holder: Folded) -> Folded | Call:
    """What a call makes that has to do with HTTP; ``None`` for any other.

    ``name`` is the function's full name, empty for a method of the object ``holder``.
    """
    if name in _MAKERS:
        return _MAKERS[name](folder, node)
    method = end_of_name(node.func)
    if isinstance(holder, Thing):
        rule = _METHODS.get((holder.kind, method))
        return rule(folder, holder, node) if rule else None
    module, _, function = name.rpartition(".")
    if module in _MODULES and function in _SENDING:
        return _sent(folder, node, function, _session({}))
    is_client = holder is None or isinstance(holder, Unknown)  # perhaps one from elsewhere
    if is_client and method in _VERBS and _begins_with_url(folder, node):
        return _sent(folder, node, method, _session({}))
    return None


def _begins_with_url(folder: Folder, node: ast.Call) -> bool:
    url = folder.fold(node.args[0]) if node.args else None
    start = url.pieces[0] if isinstance(url, Mixed) else url
    return isinstance(start, str) and start.startswith(("https://", "http://"))


def _new_session(folder: Folder, node: ast.Call) -> Folded:
    """``requests.Session()``, ``httpx.Client(base_url=…, headers=…)``."""
    return _session(folder.arguments(node, "base_url"))


def _session(given: _Given) -> Thing:
    stated = {name: value for name, value in given.items() if value is not None}
    return Thing("session", {"headers": {}, "params": {}, "cookies": {}, **stated})


def _send(folder: Folder, session: Thing, node: ast.Call) -> Call:
    return _sent(folder, node, end_of_name(node.func), session)


def _sent(folder: Folder, node: ast.Call, function: str, session: Thing) -> Call:
    """A request by its verb's function, or by ``request(method, url, …)``."""
    given = folder.arguments(node, *_POSITIONAL.get(function, ("url", "data", "json")))
    kept = {name: None if isinstance(v, Thing) else v for name, v in session.attributes.items()}
    method = function.upper() if function in _VERBS else given.get("method")
    call = Call(method=method, url=_joined_url(kept.get("base_url"), given.get("url")))
    call.headers = _overridden(kept["headers"], given.get("headers"))
    call.cookies = _overridden(kept["cookies"], given.get("cookies"))
    _add_query(call, [kept["params"], given.get("params")])
    _add_body(call, given)
    _add_credentials(call, given.get("auth") or kept.get("auth"))
    return call


def _joined_url(base: Value, url: Value) -> Value:
    start = url.pieces[0] if isinstance(url, Mixed) else url
    if base is None or url is None or (isinstance(start, str) and "://" in start):
        return url
    if isinstance(base, str) and isinstance(start, str):
        base = base.removesuffix("/") + ("" if start[:1] in ("/", "") else "/")
    return concatenated(base, url)


def _overridden(kept: Value, given: Value) -> list[tuple[Value, Value]]:
    """A session's headers or cookies with those of the call, which win; ``None`` takes one away."""
    pairs = _pairs(kept) + _pairs(given)
    by_name = {str(name).lower(): (name, value) for name, value in pairs}
    return [(name, value) for name, value in by_name.values() if value is not None]


def _pairs(value: Value) -> list[tuple[Value, Value]]:
    """Pairs; one that stands for all of them where they are not known."""
    return [(value, value)] if isinstance(value, Unknown) else named_values(value) or []


def _add_query(call: Call, queries: list[Value]) -> None:
    for query in queries:
        pairs = named_values(query)
        if pairs is not None:
            call.query += _with_texts([pair for pair in pairs if pair[1] is not None])
        elif isinstance(query, Unknown):
            call.query.append((query, None))
        elif isinstance(query, str | Mixed) and query != "":
            has_query = isinstance(call.url, str) and "?" in call.url
            call.url = concatenated(call.url, "&" if has_query else "?", query)


def _with_texts(pairs: list[tuple[Value, Value]]) -> list[tuple[Value, Value]]:
    return [
        (name, value if (text := python_text(value)) is None else text) for name, value in pairs
    ]


def _add_body(call: Call, given: _Given) -> None:
    """``files=`` before ``data=`` (or ``content=``) before ``json=``; what is empty is not sent."""
    data = given.get("data", given.get("content"))
    fields = named_values(data)
    if given.get("files"):
        parts = [PartValue(name, value) for name, value in _with_texts(fields or [])]
        call.body = PartsValue(parts + _file_parts(given["files"]))
    elif fields:
        call.body = FormValue(_with_texts([pair for pair in fields if pair[1] is not None]))
    elif data:
        call.body = data
    elif given.get("json") is not None:
        call.body = JsonValue(given["json"])
    elif data == "":  # which is sent where the headers say what it is
        call.body = data


def _file_parts(files: Value) -> list[PartValue]:
    """``files=``: name → content, or → (file name, content, media type)."""
    if isinstance(files, dict):
        return [_file_part(name, content) for name, content in files.items()]
    if isinstance(files, list):
        pairs = [each for each in files if isinstance(each, list) and len(each) == 2]
        return [_file_part(name, content) for name, content in pairs]
    return [PartValue("file", files)]


def _file_part(name: Value, content: Value) -> PartValue:
    if not isinstance(content, list):
        return PartValue(name, content, None if isinstance(content, FileContent) else name)
    filename, value, media_type = ([*content, None, None, None])[:3]
    return PartValue(name, value, filename, media_type)


def _add_credentials(call: Call, auth: Value) -> None:
    if auth is None or any(str(name).lower() == "authorization" for name, _ in call.headers):
        return
    if isinstance(auth, list) and len(auth) == 2:
        auth = basic_credentials(auth[0], auth[1])
    call.headers.append(("Authorization", auth))


def _connection(folder: Folder, node: ast.Call) -> Folded:
    """``http.client.HTTPSConnection(host)``."""
    given = folder.arguments(node, "host", "port")
    scheme = "https://" if end_of_name(node.func).startswith("HTTPS") else "http://"
    port = [":", given["port"]] if "port" in given else []
    return Thing("connection", {"base": concatenated(scheme, given.get("host"), *port)})


def _request(folder: Folder, connection: Thing, node: ast.Call) -> Call:
    """``conn.request(method, url, body, headers)``."""
    given = folder.arguments(node, "method", "url", "body", "headers")
    base = connection.attributes["base"]
    return Call(
        method=given.get("method"),
        url=_joined_url(None if isinstance(base, Thing) else base, given.get("url")),
        headers=_pairs(given.get("headers")),
        body=given.get("body"),
    )


def _new_request(folder: Folder, node: ast.Call) -> Folded:
    """``urllib.request.Request(url, data=…, headers=…, method=…)``."""
    given = folder.arguments(node, "url", "data", "headers")
    return Thing("request", {"headers": {}, **given})


def _add_header(folder: Folder, request: Thing, node: ast.Call) -> Folded:
    """``request.add_header(name, value)``."""
    given = folder.arguments(node, "key", "val")
    headers, name = request.attributes["headers"], given.get("key")
    if isinstance(headers, dict) and isinstance(name, str):
        headers[name] = given.get("val")
    return folder.unknown(node)


def _open_url(folder: Folder, node: ast.Call) -> Call:
    """``urllib.request.urlopen`` of a request or a URL."""
    request = folder.fold(node.args[0]) if node.args else None
    given: dict[str, Folded] = {**folder.arguments(node, "url", "data")}
    if isinstance(request, Thing):
        given = {**request.attributes, **{k: v for k, v in given.items() if k != "url"}}
    stated = {name: value for name, value in given.items() if not isinstance(value, Thing)}
    return Call(
        method=stated.get("method") or ("GET" if stated.get("data") is None else "POST"),
        url=stated.get("url"),
        headers=_pairs(stated.get("headers")),
        body=stated.get("data"),
        default_media_type=FORM_MEDIA_TYPE,
    )


_MAKERS: dict[str, Callable[[Folder, ast.Call], Folded | Call]] = {
    "aiohttp.ClientSession": _new_session,
    "http.client.HTTPConnection": _connection,
    "http.client.HTTPSConnection": _connection,
    "httpx.AsyncClient": _new_session,
    "httpx.Client": _new_session,
    "requests.Session": _new_session,
    "requests.session": _new_session,
    "urllib.request.Request": _new_request,
    "urllib.request.urlopen": _open_url,
}
"""Functions by full name."""

_METHODS: dict[tuple[str, str], Callable[[Folder, Thing, ast.Call], Folded | Call]] = {
    ("connection", "request"): _request,
    ("request", "add_header"): _add_header,
    **{("session", method): _send for method in _SENDING},
}
"""Methods by the kind of the object that they belong to."""
