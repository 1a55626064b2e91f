"""How Node sends requests beside ``fetch``: its ``http`` and ``https``, the ``request`` package."""

from __future__ import annotations

from collections.abc import Iterator

from core.parse.call import (
    Call,
    FormValue,
    JsonValue,
    PartsValue,
    PartValue,
    basic_credentials,
)
from core.parse.javascript_function import Send, SendingFunction, query_values
from core.parse.javascript_object import joined_url, plain, text_of
from core.parse.javascript_web import Options, header_pairs, set_body, stated_method
from core.parse.thing import Arguments, Folded, Thing
from core.parse.value import Unknown, Value, concatenated
from core.request import FORM_MEDIA_TYPE

_VERBS = ("get", "post", "put", "patch", "head", "options", "delete")
_PORTS = {"http": "80", "https": "443"}


class HttpRequest(Thing):
    """What ``https.request`` returns, until it ends."""

    def __init__(self, scheme: str, arguments: Arguments, send: Send) -> None:
        url, options = _url_and_options(arguments)
        self._call = Call(
            method=stated_method(options),
            url=_address(scheme, options) if url is None else text_of(url),
            headers=header_pairs(options),
        )
        self._written: list[Value] = []
        self._send = send

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if method in ("write", "end"):
            self._written += [text_of(data) for data in arguments[:1]]
        if method == "setHeader" and len(arguments) == 2:
            self._call.headers.append((text_of(arguments[0]), text_of(arguments[1])))
        elif method == "end":
            self.end()
        return None

    def end(self) -> None:
        """Sends the request with all that was written."""
        if self._written:
            self._call.body = concatenated(*self._written)
        self._send(self._call)


def _url_and_options(arguments: Arguments) -> tuple[Folded, Options]:
    """``(url, options, callback)``, of which every one may be missing."""
    url, given = [*arguments, None, None][:2]
    if isinstance(url, dict):
        url, given = None, url
    if isinstance(given, Unknown) and len(arguments) > 2:  # the last one is the callback
        return url, {given: given}
    return url, given if isinstance(given, dict) else {}


def _address(scheme: str, options: Options) -> Value:
    """The URL that the options of ``http`` say in pieces."""
    host = options.get("hostname", options.get("host"))
    if host is None:
        return None
    protocol = text_of(options.get("protocol") or f"{scheme}:")
    port = text_of(options.get("port") or "")
    ending = [] if port in ("", _PORTS[scheme]) else [":", port]
    path = text_of(options.get("path") or "/")
    return concatenated(protocol, "//", text_of(host), *ending, path)


def _request(verb: str | None) -> SendingFunction:
    def request(arguments: Arguments, send: Send) -> Folded:
        url, options = _url_and_options(arguments)
        url = options.get("url", options.get("uri")) if url is None else url
        base = options.get("baseUrl")
        if base is not None:
            url = joined_url(text_of(url), text_of(base))
        call = Call(
            method=verb or stated_method(options),
            url=None if url is None else text_of(url),
            query=query_values(options.get("qs")),
            headers=header_pairs(options),
        )
        _add_credentials(call, options.get("auth"))
        _add_body(call, options)
        send(call)
        return None

    return request


def _add_credentials(call: Call, auth: Folded) -> None:
    if not isinstance(auth, dict):
        return
    user = auth.get("user", auth.get("username"))
    password = auth.get("pass", auth.get("password", ""))
    credentials = (
        concatenated("Bearer ", text_of(auth["bearer"]))
        if "bearer" in auth
        else basic_credentials(text_of(user), text_of(password))
    )
    call.headers.append(("Authorization", credentials))


def _add_body(call: Call, options: Options) -> None:
    fields, form, json = options.get("formData"), options.get("form"), options.get("json")
    if isinstance(fields, dict):
        call.body = PartsValue(
            [part for name, item in fields.items() for part in _parts(name, item)]
        )
    elif isinstance(form, dict):
        call.body = FormValue(query_values(form))
    elif form is not None:
        call.body = text_of(form)
        call.default_media_type = FORM_MEDIA_TYPE
    elif json is not None and not isinstance(json, bool):
        call.body = JsonValue(plain(json))
    elif json is True and "body" in options:
        call.body = JsonValue(plain(options["body"]))
    else:
        set_body(call, options.get("body"))


def _parts(name: Value, item: Folded) -> Iterator[PartValue]:
    """A field of ``formData``: a text, a file, ``{value, options}``, or a list of such."""
    if isinstance(item, list):
        for each in item:
            yield from _parts(name, each)
    elif isinstance(item, dict) and "value" in item:
        options = item.get("options")
        said = options if isinstance(options, dict) else {}
        filename, media_type = plain(said.get("filename")), plain(said.get("contentType"))
        yield PartValue(name, text_of(item["value"]), filename, media_type)
    else:
        yield PartValue(name, text_of(item))


FUNCTIONS: dict[str, SendingFunction] = {
    "request": _request(None),
    **{f"request.{verb}": _request(verb.upper()) for verb in _VERBS},
    "request.del": _request("DELETE"),
    "http.request": lambda arguments, send: HttpRequest("http", arguments, send),
    "https.request": lambda arguments, send: HttpRequest("https", arguments, send),
    "http.get": lambda arguments, send: HttpRequest("http", arguments, send).end(),
    "https.get": lambda arguments, send: HttpRequest("https", arguments, send).end(),
}
