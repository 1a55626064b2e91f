"""How browsers and Node send requests: ``fetch`` and ``XMLHttpRequest`` (WHATWG Fetch, XHR)."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.parse.call import Call, FormValue, PartsValue
from core.parse.javascript_function import Send, SendingFunction
from core.parse.javascript_object import Blob, Entries, entries_of, text_of
from core.parse.query import Pairs
from core.parse.thing import Arguments, Folded, Thing
from core.parse.value import Unknown, Value

_TEXT = "text/plain;charset=UTF-8"

Options = dict[str | Unknown, Folded]


@dataclass
class RequestObject(Thing):
    """A ``Request``: what ``fetch`` is given."""

    url: Value = None
    options: Options = field(default_factory=dict)


class Xhr(Thing):
    """An ``XMLHttpRequest``."""

    def __init__(self, send: Send) -> None:
        self._call = Call(default_media_type=_TEXT)
        self._send = send

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        one, two = [*arguments, None, None][:2]
        if method == "open":
            self._call.method, self._call.url = text_of(one), text_of(two)
        elif method == "setRequestHeader":
            self._call.headers.append((text_of(one), text_of(two)))
        elif method == "send":
            set_body(self._call, one)
            self._send(self._call)
        return None


def stated_method(options: Options) -> Value:
    """The method, ``GET`` by default."""
    if "method" in options:
        return text_of(options["method"])
    return _unknown_members(options) or "GET"


def header_pairs(options: Options) -> Pairs:
    """The headers; a pair of unknowns where there may be others."""
    given = options.get("headers", _unknown_members(options))
    return entries_of("Headers", given).pairs()


def set_body(call: Call, body: Folded) -> None:
    """Gives a call its body, and the content type that the body has of its own."""
    if isinstance(body, Entries) and body.kind == "URLSearchParams":
        call.body = FormValue(body.pairs())
    elif isinstance(body, Entries) and body.kind == "FormData":
        call.body = PartsValue(body.parts())
    elif isinstance(body, Blob):
        call.body = body.content
        names = [name.lower() for name, _ in call.headers if isinstance(name, str)]
        if body.media_type is not None and "content-type" not in names:
            call.headers.append(("Content-Type", body.media_type))
    elif body is not None:
        call.body = text_of(body)


def _fetch(arguments: Arguments, send: Send) -> Folded:
    asked = _request_object(arguments)
    options = asked.options
    call = Call(
        method=stated_method(options),
        url=asked.url,
        headers=header_pairs(options),
        default_media_type=_TEXT,
    )
    set_body(call, options.get("body"))
    send(call)
    return None


def _request_object(arguments: Arguments) -> RequestObject:
    resource, given = [*arguments, None, None][:2]
    options: Options = given if isinstance(given, dict) else {}
    if isinstance(given, Unknown):
        options = {given: given}
    if isinstance(resource, RequestObject):
        return RequestObject(resource.url, {**resource.options, **options})
    return RequestObject(None if resource is None else text_of(resource), options)


def _unknown_members(options: Options) -> Unknown | None:
    """What stands for members that the code takes over from elsewhere."""
    return next((name for name in options if isinstance(name, Unknown)), None)


FUNCTIONS: dict[str, SendingFunction] = {"fetch": _fetch}
CONSTRUCTORS: dict[str, SendingFunction] = {
    "Request": lambda arguments, send: _request_object(arguments),
    "XMLHttpRequest": lambda arguments, send: Xhr(send),
}
