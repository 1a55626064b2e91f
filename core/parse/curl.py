"""cURL on a command line: what its options put on the wire (curl 8)."""

from __future__ import annotations

import re
from collections.abc import Callable

from core import wire
from core.parse.call import Call, Parsed, PartsValue, PartValue, basic_credentials, finish
from core.parse.curl_form import read_form
from core.parse.curl_options import header_lines, with_scheme
from core.parse.shell import Command, read_commands
from core.parse.value import (
    FileContent,
    Holes,
    Unknown,
    Value,
    concatenated,
    encoded,
    file_content,
)
from core.request import FORM_MEDIA_TYPE, JSON_MEDIA_TYPE


def parse(code: str) -> Parsed:
    """The request of the first ``curl`` in the code."""
    commands, holes = read_commands(code)
    for command in commands:
        arguments = _arguments(command.words)
        if arguments is not None:
            return _Curl(command, holes).read(arguments)
    return finish(Call())


_RUNNERS = frozenset({"$", "%", ">", "sudo", "time", "command", "exec", "env", "nohup", "xargs"})
_is_curl = re.compile(r"(?:.*[/\\])?curl(?:\.exe)?", re.DOTALL).fullmatch
_is_assignment = re.compile(r"[A-Za-z_]\w*=", re.ASCII).match


def _arguments(words: list[str]) -> list[str] | None:
    """What follows ``curl`` in a command that runs it."""
    for index, word in enumerate(words):
        if _is_curl(word):
            return words[index + 1 :]
        is_runner = word in _RUNNERS or (index > 0 and word[:1] == "-")
        if not is_runner and not _is_assignment(word):
            break
    return None


class _Curl:
    """What the options of one command have said so far. Words are texts of ``holes``."""

    def __init__(self, command: Command, holes: Holes) -> None:
        self._command = command
        self._holes = holes
        self._urls: list[str] = []
        self._method = ""
        self._lines: list[Value] = []
        self._implied: list[tuple[str, Value]] = []
        self._data: list[Value] = []
        self._parts: list[PartValue] = []
        self._queries: list[Value] = []
        self._upload = ""
        self._user = ""
        self._flags: set[str] = set()

    def read(self, arguments: list[str]) -> Parsed:
        """What the command sends."""
        waiting = arguments[::-1]
        while waiting:
            word = waiting.pop()
            if word in ("--next", "-:"):
                break
            if word.startswith("--"):
                name, equals, _ = word[2:].partition("=")
                if equals:
                    return Parsed(
                        None,
                        reason=f"curl knows no option {wire.shorten(word)}. Put a space in the "
                        f"place of the “=” behind --{name}.",
                    )
                self._option(name, "", waiting)
            elif len(word) > 1 and word[0] == "-":
                self._short_options(word[1:], waiting)
            else:
                self._urls.append(word)
        return finish(self._call())

    def _short_options(self, letters: str, waiting: list[str]) -> None:
        """``-sSL``, ``-XPOST``: flags, then perhaps one option with its argument."""
        for index, letter in enumerate(letters, 1):
            name = _SHORT.get(letter, letter)
            takes_argument = name in _OPTIONS or name in _IGNORED
            self._option(name, letters[index:] if takes_argument else "", waiting)
            if takes_argument:
                break

    def _option(self, name: str, glued: str, waiting: list[str]) -> None:
        if name not in _OPTIONS and name not in _IGNORED:
            self._flags.add(name)
        elif glued or waiting:
            argument = glued or waiting.pop()
            if name in _OPTIONS:
                _OPTIONS[name](self, argument)

    def url(self, argument: str) -> None:
        self._urls.append(argument)

    def request(self, argument: str) -> None:
        self._method = argument

    def header(self, argument: str) -> None:
        self._lines.append(self._holes.value(argument))

    def _imply(self, name: str, value: str) -> None:
        """A header that curl sends unless ``--header`` says another, or none, of its name."""
        self._implied.append((name, self._holes.value(value)))

    def user_agent(self, argument: str) -> None:
        if argument:
            self._imply("User-Agent", argument)

    def referer(self, argument: str) -> None:
        self._imply("Referer", argument.removesuffix(";auto"))

    def range(self, argument: str) -> None:
        self._imply("Range", f"bytes={argument}")

    def bearer(self, argument: str) -> None:
        self._imply("Authorization", f"Bearer {argument}")

    def cookie(self, argument: str) -> None:
        if "=" in argument or "\0" in argument:  # else it is a file of cookies
            self._imply("Cookie", argument)

    def user(self, argument: str) -> None:
        self._user = argument

    def data(self, argument: str) -> None:
        if argument[:1] == "@":
            self._data.append(self._content(argument[1:], _without_line_ends))
        else:
            self.data_raw(argument)

    def data_raw(self, argument: str) -> None:
        self._data.append(self._holes.value(argument))

    def data_binary(self, argument: str) -> None:
        if argument[:1] == "@":
            self._data.append(self._content(argument[1:]))
        else:
            self.data_raw(argument)

    def data_urlencode(self, argument: str) -> None:
        self._data.append(self._encoded_pair(argument))

    def json(self, argument: str) -> None:
        self.data_binary(argument)
        self._flags.add("json")

    def url_query(self, argument: str) -> None:
        is_raw = argument[:1] == "+"
        self._queries.append(
            self._holes.value(argument[1:]) if is_raw else self._encoded_pair(argument)
        )

    def form(self, argument: str) -> None:
        self._parts += read_form(argument, self._holes)

    def form_string(self, argument: str) -> None:
        name, _, value = argument.partition("=")
        self._parts.append(PartValue(self._holes.value(name), self._holes.value(value)))

    def upload_file(self, argument: str) -> None:
        self._upload = argument

    def _content(self, name: str, read: Callable[[str], str] = str) -> Value:
        """What a file holds; standard input where its name is ``-``."""
        if name != "-":
            return file_content(self._holes.value(name))
        text = self._command.stdin
        return FileContent("stdin") if text is None else self._holes.value(read(text))

    def _encoded_pair(self, argument: str) -> Value:
        """``name=content``, ``=content``, ``content``, ``name@file``, ``@file``."""
        found = _pair(argument)
        if not found:
            return encoded(self._holes.value(argument))
        name, sign, content = found.groups()
        value = self._content(content) if sign == "@" else self._holes.value(content)
        if not name:
            return encoded(value)
        return concatenated(self._holes.value(name), "=", encoded(value))

    def _call(self) -> Call:
        separator = "" if "json" in self._flags else "&"
        payload = _joined(self._data, separator) if self._data else None
        is_get = "get" in self._flags
        is_head = "head" in self._flags
        queries = [*self._queries, payload] if is_get and payload is not None else self._queries
        body: Value | PartsValue = None
        if self._parts:
            body = PartsValue(self._parts)
        elif self._upload:
            body = self._content(self._upload)
        elif not is_get:
            body = payload
        if payload not in (None, "") and body is payload:
            is_json = "json" in self._flags
            self._imply("Content-Type", JSON_MEDIA_TYPE if is_json else FORM_MEDIA_TYPE)
            if is_json:
                self._imply("Accept", JSON_MEDIA_TYPE)
        if self._user:
            self._implied.append(("Authorization", self._credentials()))
        headers, names = header_lines(self._lines)
        headers += [pair for pair in self._implied if pair[0].lower() not in names]
        implied = "PUT" if self._upload else "GET" if body is None else "POST"
        return Call(
            method=self._holes.value(self._method or ("HEAD" if is_head else implied)),
            url=self._whole_url(queries),
            headers=headers,
            body=body,
        )

    def _credentials(self) -> Value:
        user, colon, password = self._user.partition(":")
        asked = Unknown("password", 0, 0)
        return basic_credentials(
            self._holes.value(user), self._holes.value(password) if colon else asked
        )

    def _whole_url(self, queries: list[Value]) -> Value:
        if not self._urls:
            return None
        url = next((url for url in self._urls if not _is_hole(url)), self._urls[0])
        url = url.strip().partition("#")[0]
        if self._upload and url.endswith("/"):
            url += self._upload.rpartition("/")[2]
        whole = with_scheme(self._holes.value(url))
        if not queries:
            return whole
        sign = "" if url.endswith(("?", "&")) else "&" if "?" in url else "?"
        return concatenated(whole, sign, _joined(queries, "&"))


def _without_line_ends(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def _joined(values: list[Value], separator: str) -> Value:
    joined: list[Value] = []
    for value in values:
        joined += [separator, value] if joined else [value]
    return concatenated(*joined)


_pair = re.compile(r"([^=@]*)([=@])(.*)", re.DOTALL).fullmatch
_is_hole = re.compile("\0[0-9]+\0").fullmatch

_OPTIONS: dict[str, Callable[[_Curl, str], None]] = {
    "cookie": _Curl.cookie,
    "data": _Curl.data,
    "data-ascii": _Curl.data,
    "data-binary": _Curl.data_binary,
    "data-raw": _Curl.data_raw,
    "data-urlencode": _Curl.data_urlencode,
    "form": _Curl.form,
    "form-string": _Curl.form_string,
    "header": _Curl.header,
    "json": _Curl.json,
    "oauth2-bearer": _Curl.bearer,
    "range": _Curl.range,
    "referer": _Curl.referer,
    "request": _Curl.request,
    "upload-file": _Curl.upload_file,
    "url": _Curl.url,
    "url-query": _Curl.url_query,
    "user": _Curl.user,
    "user-agent": _Curl.user_agent,
}
"""What goes on the wire; every one takes an argument."""

_WITHOUT_EFFECT = """
abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
connect-timeout connect-to continue-at cookie-jar create-file-mode crlfile curves delegation
dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine
etag-compare etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method ftp-port
ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip hostpubmd5 hostpubsha256 hsts
interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type krb libcurl limit-rate
local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time
netrc-file noproxy output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default
proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser
proxy-user proxy1.0 pubkey quote random-file rate request-target resolve retry retry-delay
retry-max-time sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service
socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max
tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket
variable vlan-priority write-out
"""
_IGNORED = frozenset(_WITHOUT_EFFECT.split())
"""What takes an argument and says nothing about the request."""

_SHORT = {
    "A": "user-agent", "C": "continue-at", "D": "dump-header", "E": "cert", "F": "form",
    "G": "get", "H": "header", "I": "head", "K": "config", "P": "ftp-port", "Q": "quote",
    "T": "upload-file", "U": "proxy-user", "X": "request", "Y": "speed-limit", "b": "cookie",
    "c": "cookie-jar", "d": "data", "e": "referer", "m": "max-time", "o": "output", "r": "range",
    "t": "telnet-option", "u": "user", "w": "write-out", "x": "proxy", "y": "speed-time",
    "z": "time-cond",
}  # fmt: skip
