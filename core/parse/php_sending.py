"""How PHP sends requests: the cURL extension, and the HTTP streams of ``file_get_contents``."""

from __future__ import annotations

import re

from core.parse.call import Call, PartsValue
from core.parse.curl_options import CurlOptions, header_lines
from core.parse.php_function import PlatformFunction, given, text_given
from core.parse.php_object import Context, is_true, parts_of, text_of
from core.parse.thing import Arguments, Folded
from core.parse.value import Holes, Mixed, Value, file_beside
from core.request import FORM_MEDIA_TYPE

_FLAGS = frozenset({"HTTPGET", "NOBODY", "PATH_AS_IS", "POST", "PUT", "UPLOAD"})
_is_web = re.compile("https?://", re.IGNORECASE).match


class Sender:
    """Notes the request that is sent first."""

    def __init__(self) -> None:
        self.sent: Call | None = None
        self._handles: list[CurlOptions] = []
        self.functions: dict[str, PlatformFunction] = {
            "curl_exec": self._execute,
            "curl_init": self._begin,
            "curl_multi_add_handle": lambda arguments: self._execute(arguments[1:]),
            "curl_reset": _reset,
            "curl_setopt": _set_option,
            "curl_setopt_array": _set_options,
            "file_get_contents": self._open,
            "fopen": self._open,
        }
        """By their names."""

    def prepared(self) -> Call | None:
        """What the first handle would send that no statement sends."""
        return self._handles[0].call() if self._handles else None

    def _send(self, call: Call) -> None:
        if self.sent is None:
            self.sent = call

    def _begin(self, arguments: Arguments) -> Folded:
        handle = CurlOptions()
        if given(arguments, 0) is not None:
            handle.set("URL", text_given(arguments, 0))
        self._handles.append(handle)
        return handle

    def _execute(self, arguments: Arguments) -> Folded:
        handle = given(arguments, 0)
        if isinstance(handle, CurlOptions):
            self._send(handle.call())
        return None

    def _open(self, arguments: Arguments) -> Folded:
        """A file, or what is fetched from a URL."""
        name = text_given(arguments, 0)
        context = next((each for each in arguments if isinstance(each, Context)), None)
        start = name.pieces[0] if isinstance(name, Mixed) else name
        if context is None and not (isinstance(start, str) and _is_web(start)):
            return file_beside(name)
        self._send(_stream_call(name, context.options if context else {}))
        return None


def _reset(arguments: Arguments) -> Folded:
    handle = given(arguments, 0)
    if isinstance(handle, CurlOptions):
        handle.reset()
    return None


def _set_option(arguments: Arguments) -> Folded:
    handle, option, value = [given(arguments, index) for index in range(3)]
    if isinstance(handle, CurlOptions) and isinstance(option, str):
        name = option.removeprefix("CURLOPT_")
        handle.set("READDATA" if name == "INFILE" else name, _option_value(name, value))
    return None


def _set_options(arguments: Arguments) -> Folded:
    options = given(arguments, 1)
    for option, value in options.items() if isinstance(options, dict) else []:
        _set_option([given(arguments, 0), option, value])
    return None


def _option_value(name: str, value: Folded) -> Value | PartsValue:
    if name in _FLAGS:
        return is_true(value) is not False
    if name == "HTTPHEADER":
        return [text_of(line) for line in (value.values() if isinstance(value, dict) else [value])]
    if name == "POSTFIELDS" and isinstance(value, dict):
        return PartsValue(parts_of(value))
    return text_of(value)


def _stream_call(url: Value, options: Folded) -> Call:
    """What the options of a stream's context say (PHP manual, "HTTP context options")."""
    http = options.get("http", {}) if isinstance(options, dict) else {}
    said = http if isinstance(http, dict) else {}
    lines = said.get("header", {})
    texts = list(lines.values()) if isinstance(lines, dict) else _lines(text_of(lines))
    headers, names = header_lines([text_of(line) for line in texts])
    if "user_agent" in said and "user-agent" not in names:
        headers.append(("User-Agent", text_of(said["user_agent"])))
    body = text_of(said["content"]) if "content" in said else None
    if body not in (None, "") and "content-type" not in names:
        headers.append(("Content-Type", FORM_MEDIA_TYPE))
    return Call(method=text_of(said.get("method", "GET")), url=url, headers=headers, body=body)


def _lines(text: Value) -> list[Folded]:
    holes = Holes()
    return [holes.value(line.strip()) for line in holes.text(text).split("\n")]
