"""Objects of Ruby's ``uri`` and ``net/http`` that requests are built from."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.parse.call import Call, FormValue, PartsValue, PartValue, basic_credentials
from core.parse.headers import Headers
from core.parse.query import query_text
from core.parse.thing import Arguments, Folded, Thing, Traffic, argument, plain
from core.parse.url import UrlParts
from core.parse.value import Holes, Unknown, Value, concatenated
from core.request import FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE

_VERBS = {
    name: name.upper()
    for name in ("get", "head", "delete", "options", "trace", "post", "put", "patch")
}
_WITH_BODY = ("post", "put", "patch")


@dataclass
class Uri(Thing):
    """``URI("…")``."""

    parts: UrlParts

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        parts, value = self.parts, argument(arguments, 0, unknown)
        if method in ("to_s", "to_str"):
            return parts.whole()
        if method in ("host", "hostname"):
            return self._host()[0]
        if method == "port":
            return self._host()[1] or {"http": 80}.get(str(parts.scheme), 443)
        if method in ("scheme", "path", "query"):
            found: Value = getattr(parts, method)
            return found
        if method == "request_uri":
            return concatenated(parts.path, *(["?", parts.query] if parts.query else []))
        if method in ("scheme=", "query="):
            setattr(parts, method[:-1], value)
        elif method == "path=":
            parts.path = value
        elif method == "host=":
            parts.authority = value
        elif method == "port=":
            parts.authority = concatenated(self._host()[0], ":", value)
        return unknown

    def _host(self) -> tuple[Value, Value]:
        holes = Holes()
        host, colon, port = holes.text(self.parts.authority).rpartition(":")
        if not colon or not port.isdecimal():
            return self.parts.authority, None
        return holes.value(host), int(port)

    def value(self, unknown: Unknown) -> Folded:
        return self.parts.whole()


def uri(folded: Folded, unknown: Unknown) -> UrlParts:
    """The parts of a ``URI`` or of its text."""
    return folded.parts if isinstance(folded, Uri) else UrlParts.of(plain(folded, unknown))


@dataclass
class Request(Thing):
    """``Net::HTTP::Post.new(uri)`` and its like."""

    method: Value
    url: UrlParts
    headers: Headers = field(default_factory=Headers)
    body: Value | FormValue | PartsValue = None

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        first, second = argument(arguments, 0, unknown), argument(arguments, 1, unknown)
        if method == "[]=":
            self.headers.set(first, second)
        elif method == "add_field":
            self.headers.add(first, second)
        elif method == "delete":
            self.headers.remove(first)
        elif method in ("content_type=", "set_content_type"):
            self.headers.set("Content-Type", first)
        elif method == "basic_auth":
            self.headers.set("Authorization", basic_credentials(first, second))
        elif method in ("body=", "body_stream="):
            self.body = first
        elif method == "initialize_http_header":
            self.headers.update(first)
        elif method in ("set_form_data", "form_data="):
            self.body = query_text(form_pairs(first))
            self.headers.set("Content-Type", FORM_MEDIA_TYPE)
        elif method == "set_form":
            self._set_form(first, FORM_MEDIA_TYPE if second is None else second)
        elif method == "body":
            return None if isinstance(self.body, FormValue | PartsValue) else self.body
        return unknown

    def _set_form(self, fields: Value, media_type: Value) -> None:
        self.headers.set("Content-Type", media_type)
        if media_type == MULTIPART_MEDIA_TYPE:
            self.body = PartsValue(_parts(fields))
        else:
            self.body = query_text(form_pairs(fields))

    def call(self, origin: Value = "") -> Call:
        """What is sent, over a connection to ``origin`` where it has only a path."""
        url = self.url.whole()
        if self.url.scheme == "" and origin != "":
            url = concatenated(origin, url)
        return Call(
            self.method,
            url,
            headers=self.headers.pairs,
            body=self.body,
            default_media_type=FORM_MEDIA_TYPE,
        )


def form_pairs(fields: Value) -> list[tuple[Value, Value]]:
    """The pairs of a hash or a list of pairs; a list as value gives a pair each."""
    items: list[tuple[Value, Value]] = []
    if isinstance(fields, dict):
        items = list(fields.items())
    elif isinstance(fields, list):
        items = [(each[0], each[1]) for each in fields if isinstance(each, list) and len(each) > 1]
    return [
        (name, each)
        for name, item in items
        for each in (item if isinstance(item, list) else [item])
    ]


def _parts(fields: Value) -> list[PartValue]:
    """Of ``set_form``: ``[[name, content, {filename:, content_type:}], …]`` or a hash."""
    if isinstance(fields, dict):
        fields = [[name, content] for name, content in fields.items()]
    found = []
    for each in fields if isinstance(fields, list) else []:
        name, content, options = [*(each if isinstance(each, list) else [each]), None, None][:3]
        said = options if isinstance(options, dict) else {}
        found.append(PartValue(name, content, said.get("filename"), said.get("content_type")))
    return found


@dataclass
class Http(Thing):
    """``Net::HTTP.new(host, port)``: a connection."""

    traffic: Traffic
    host: Value
    port: Value = None
    is_secure: bool = False

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        first = arguments[0] if arguments else None
        if method == "use_ssl=":
            self.is_secure = first is not False
        elif method == "start":
            return self
        elif method == "request" and isinstance(first, Request):
            if len(arguments) > 1:
                first.body = argument(arguments, 1, unknown)
            self.traffic.send(first.call(self._origin()))
        elif method in _VERBS or method == "send_request":
            self._send(method, arguments, unknown)
        return unknown

    def _send(self, method: str, arguments: Arguments, unknown: Unknown) -> None:
        """``http.get(path, headers)``, ``http.post(path, body, headers)``"""
        verb: Value = _VERBS.get(method)
        if verb is None:
            verb, arguments = argument(arguments, 0, unknown), arguments[1:]
        has_body = verb in ("POST", "PUT", "PATCH") or method == "send_request"
        request = Request(verb, uri(arguments[0] if arguments else unknown, unknown))
        if has_body:
            request.body = argument(arguments, 1, unknown)
        request.headers.update(argument(arguments, 2 if has_body else 1, unknown))
        self.traffic.send(request.call(self._origin()))

    def _origin(self) -> Value:
        scheme = "https" if self.is_secure or self.port == 443 else "http"
        default = {"https": 443, "http": 80}[scheme]
        port = [] if self.port in (None, default) else [":", self.port]
        return concatenated(scheme, "://", self.host, *port)
