"""What Ruby's own functions and methods, and those of its standard library, make of values."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urljoin

from core.parse.printf import formatted
from core.parse.query import query_text
from core.parse.ruby_object import Http, Request, Uri, form_pairs, uri
from core.parse.thing import Arguments, Folded, Traffic, argument, plain
from core.parse.url import UrlParts
from core.parse.value import (
    FileContent,
    Mixed,
    Unknown,
    Value,
    as_json,
    check_size,
    concatenated,
    encoded,
    file_content,
    joined,
)

Function: TypeAlias = Callable[[Arguments, Unknown], Folded]
"""Takes the arguments, and what stands for the call where its result cannot be told."""

Method: TypeAlias = Callable[[Folded, Arguments, Unknown], Folded]
"""Takes what the method belongs to first."""

_CLASSES = (
    *("Delete", "Get", "Head", "Options", "Patch", "Post", "Put", "Trace"),
    *("Copy", "Lock", "Mkcol", "Move", "Propfind", "Proppatch", "Unlock"),
)


def functions(traffic: Traffic) -> dict[str, Function]:
    """By the names that code calls them by."""

    def connection(arguments: Arguments, unknown: Unknown) -> Folded:
        port = argument(arguments, 1, unknown)
        options = plain(arguments[-1], unknown) if arguments else None
        is_secure = isinstance(options, dict) and options.get("use_ssl", False) is not False
        host = argument(arguments, 0, unknown)
        return Http(traffic, host, None if isinstance(port, dict) else port, is_secure)

    def built(request: Request, headers: Value) -> Request:
        request.headers.update(headers)
        traffic.build(request.call)
        return request

    def new_request(method: str) -> Function:
        def new(arguments: Arguments, unknown: Unknown) -> Folded:
            url = uri(arguments[0], unknown) if arguments else UrlParts.of(unknown)
            return built(Request(method, url), argument(arguments, 1, unknown))

        return new

    def generic_request(arguments: Arguments, unknown: Unknown) -> Folded:
        """``Net::HTTPGenericRequest.new(method, sends body, receives body, url, headers)``"""
        url = uri(arguments[3], unknown) if len(arguments) > 3 else UrlParts.of(unknown)
        return built(Request(argument(arguments, 0, unknown), url), argument(arguments, 4, unknown))

    def get(arguments: Arguments, unknown: Unknown) -> Folded:
        """``Net::HTTP.get(uri, headers)``, ``Net::HTTP.get(host, path)``"""
        headers = argument(arguments, 1, unknown)
        if isinstance(headers, str):
            path = argument(arguments, 1, unknown)
            url = UrlParts("http", argument(arguments, 0, unknown), path)
            headers = None
        else:
            url = uri(arguments[0], unknown) if arguments else UrlParts.of(unknown)
        request = Request("GET", url)
        request.headers.update(headers)
        traffic.send(request.call())
        return unknown

    def send_body(method: str) -> Function:
        """``Net::HTTP.post(uri, body, headers)``"""

        def send(arguments: Arguments, unknown: Unknown) -> Folded:
            url = uri(arguments[0], unknown) if arguments else UrlParts.of(unknown)
            request = Request(method, url, body=argument(arguments, 1, unknown))
            request.headers.update(argument(arguments, 2, unknown))
            traffic.send(request.call())
            return unknown

        return send

    def post_form(arguments: Arguments, unknown: Unknown) -> Folded:
        url = uri(arguments[0], unknown) if arguments else UrlParts.of(unknown)
        request = Request("POST", url)
        request.invoke("set_form_data", arguments[1:], unknown)
        traffic.send(request.call())
        return unknown

    return {
        **_FUNCTIONS,
        **{f"Net::HTTP::{name}.new": new_request(name.upper()) for name in _CLASSES},
        "Net::HTTP.get": get,
        "Net::HTTP.get_print": get,
        "Net::HTTP.get_response": get,
        "Net::HTTP.new": connection,
        "Net::HTTP.post": send_body("POST"),
        "Net::HTTP.post_form": post_form,
        "Net::HTTP.put": send_body("PUT"),
        "Net::HTTP.start": connection,
        "Net::HTTPGenericRequest.new": generic_request,
    }


def ruby_text(folded: Folded, unknown: Unknown) -> Value:
    """What ``to_s`` makes of it."""
    value = plain(folded, unknown)
    if value is None:
        return ""
    return unknown if isinstance(value, list | dict) else concatenated(value)


def _uri(arguments: Arguments, unknown: Unknown) -> Folded:
    first = arguments[0] if arguments else None
    return first if isinstance(first, Uri) else Uri(UrlParts.of(plain(first, unknown)))


def _joined_uri(arguments: Arguments, unknown: Unknown) -> Folded:
    base, *others = [ruby_text(each, unknown) for each in arguments] or [unknown]
    for other in others:
        if not isinstance(base, str) or not isinstance(other, str):
            return unknown
        base = urljoin(base, other)
    return Uri(UrlParts.of(base))


def _built_uri(arguments: Arguments, unknown: Unknown) -> Folded:
    """``URI::HTTPS.build(host: …, path: …, query: …)``"""
    given = argument(arguments, 0, unknown)
    if not isinstance(given, dict):
        return unknown
    port = [":", given["port"]] if "port" in given else []
    host = concatenated(given.get("host", ""), *port)
    scheme = given.get("scheme", "https")
    return Uri(UrlParts(scheme, host, given.get("path", ""), given.get("query")))


def _form_text(arguments: Arguments, unknown: Unknown) -> Folded:
    fields = argument(arguments, 0, unknown)
    if not isinstance(fields, dict | list):
        return unknown
    return query_text([(name, ruby_text(item, unknown)) for name, item in form_pairs(fields)])


def _encoded(arguments: Arguments, unknown: Unknown) -> Folded:
    return encoded(ruby_text(arguments[0], unknown)) if arguments else unknown


def _json(arguments: Arguments, unknown: Unknown) -> Folded:
    return as_json(argument(arguments, 0, unknown))


def _parsed_json(arguments: Arguments, unknown: Unknown) -> Folded:
    text = argument(arguments, 0, unknown)
    try:
        return json.loads(text) if isinstance(text, str) else unknown
    except ValueError:
        return unknown


def _file(arguments: Arguments, unknown: Unknown) -> Folded:
    return file_content(argument(arguments, 0, unknown))


def _base64(line_end: str) -> Function:
    def encode(arguments: Arguments, unknown: Unknown) -> Folded:
        text = argument(arguments, 0, unknown)
        return b64encode(text.encode()).decode() + line_end if isinstance(text, str) else unknown

    return encode


def _format(arguments: Arguments, unknown: Unknown) -> Folded:
    template, *values = [plain(each, unknown) for each in arguments] or [None]
    made = formatted(template, values) if isinstance(template, str) else None
    return unknown if made is None else made


def _same(arguments: Arguments, unknown: Unknown) -> Folded:
    return arguments[0] if arguments else ""


_FUNCTIONS: dict[str, Function] = {
    "Base64.encode64": _base64("\n"),
    "Base64.strict_encode64": _base64(""),
    "CGI.escape": _encoded,
    "ERB::Util.url_encode": _encoded,
    "File.binread": _file,
    "File.new": _file,
    "File.open": _file,
    "File.read": _file,
    "Hash.new": lambda arguments, unknown: {},
    "IO.binread": _file,
    "IO.read": _file,
    "JSON.dump": _json,
    "JSON.generate": _json,
    "JSON.parse": _parsed_json,
    "JSON.pretty_generate": _json,
    "String": _same,
    "String.new": _same,
    "StringIO.new": _same,
    "URI": _uri,
    "URI.encode_uri_component": _encoded,
    "URI.encode_www_form": _form_text,
    "URI.encode_www_form_component": _encoded,
    "URI.join": _joined_uri,
    "URI.parse": _uri,
    "URI::HTTP.build": _built_uri,
    "URI::HTTPS.build": _built_uri,
    "format": _format,
    "sprintf": _format,
}


def _itself(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    return of


def _copy(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    return of.copy() if isinstance(of, list | dict) else of


def _to_s(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    return ruby_text(of, unknown)


def _to_json(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    return as_json(plain(of, unknown))


def _of_text(change: Callable[..., str]) -> Method:
    """A method of a text whose arguments are known texts, too."""

    def changed(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
        if not all(isinstance(each, str) for each in (of, *arguments)):
            return of if isinstance(of, Mixed | FileContent) and not arguments else unknown
        try:
            return change(of, *arguments)
        except TypeError:  # too many or too few of them
            return unknown

    return changed


def _chomp(text: str, ending: str = "\n") -> str:
    return text.removesuffix(ending)


def _join(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    separator = argument(arguments, 0, unknown)
    if not isinstance(of, list):
        return unknown
    return joined([ruby_text(each, unknown) for each in of], separator or "")


def _push(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if isinstance(of, list):
        of += arguments
    return of


def _concat(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if isinstance(of, list) and arguments and isinstance(arguments[0], list):
        check_size(arguments[0])
        of += arguments[0]
    return of


def _merge(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if not isinstance(of, dict) or not all(isinstance(each, dict) for each in arguments):
        return unknown
    merged = dict(of)
    for each in arguments:
        merged |= each if isinstance(each, dict) else {}
    return merged


def _merge_into(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if isinstance(of, dict):
        for each in arguments:
            of |= each if isinstance(each, dict) else {}
    return of


def _store(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if isinstance(of, dict) and len(arguments) == 2 and isinstance(arguments[0], str | int):
        of[str(arguments[0])] = arguments[1]
    return unknown


def _item(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    key = argument(arguments, 0, unknown)
    if isinstance(of, dict) and isinstance(key, str | int) and str(key) in of:
        return of[str(key)]
    if isinstance(of, list) and isinstance(key, int) and -len(of) <= key < len(of):
        return of[key]
    return unknown


def _compact(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    if isinstance(of, dict):
        return {name: item for name, item in of.items() if item is not None}
    return [item for item in of if item is not None] if isinstance(of, list) else unknown


def _pack(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    """``["user:password"].pack("m0")``: Base64"""
    is_base64 = isinstance(of, list) and len(of) == 1 and arguments == ["m0"]
    return _base64("")(of, unknown) if is_base64 and isinstance(of, list) else unknown


def _percent(of: Folded, arguments: Arguments, unknown: Unknown) -> Folded:
    first = arguments[0] if arguments else None
    return _format([of, *(first if isinstance(first, list) else arguments)], unknown)


METHODS: dict[str, Method] = {
    "%": _percent,
    "[]": _item,
    "[]=": _store,
    "append": _push,
    "b": _itself,
    "chomp": _of_text(_chomp),
    "clone": _copy,
    "close": _itself,
    "compact": _compact,
    "concat": _concat,
    "delete_prefix": _of_text(str.removeprefix),
    "delete_suffix": _of_text(str.removesuffix),
    "dig": _item,
    "downcase": _of_text(str.lower),
    "dup": _copy,
    "encode": _itself,
    "fetch": _item,
    "force_encoding": _itself,
    "freeze": _itself,
    "join": _join,
    "merge": _merge,
    "merge!": _merge_into,
    "pack": _pack,
    "push": _push,
    "read": _itself,
    "rstrip": _of_text(str.rstrip),
    "store": _store,
    "strip": _of_text(str.strip),
    "to_a": _itself,
    "to_h": _itself,
    "to_json": _to_json,
    "to_s": _to_s,
    "to_str": _to_s,
    "to_sym": _itself,
    "upcase": _of_text(str.upper),
    "update": _merge_into,
}
"""Methods of texts, lists, hashes and files; some of them change what they belong to."""
