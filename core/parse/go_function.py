"""What functions of Go's standard library make of what they are given."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import TypeAlias

from core.parse.go_object import (
    Buffer,
    Client,
    Encoder,
    FormWriter,
    Part,
    Request,
    Url,
    body,
)
from core.parse.printf import formatted
from core.parse.thing import Arguments, Folded, Traffic, argument, plain
from core.parse.url import UrlParts
from core.parse.value import (
    Unknown,
    as_json,
    concatenated,
    encoded,
    file_content,
    joined,
)

Function: TypeAlias = Callable[[Arguments, Unknown], Folded]
"""Takes the arguments, and what stands for the call where its result cannot be told."""


def functions(traffic: Traffic) -> dict[str, Function]:
    """By the names that code calls them by."""
    client = Client(traffic)

    def new_request(arguments: Arguments, unknown: Unknown) -> Folded:
        method, url, content = arguments if len(arguments) == 3 else (unknown, unknown, None)
        text = plain(url, unknown)
        request = Request(
            plain(method, unknown) or "GET", Url(UrlParts.of(text)), body(content, unknown)
        )
        traffic.build(request.call)
        return request

    def of_client(method: str) -> Function:
        return lambda arguments, unknown: client.invoke(method, arguments, unknown)

    return {
        **_FUNCTIONS,
        "http.NewRequest": new_request,
        "http.NewRequestWithContext": lambda given, unknown: new_request(given[1:], unknown),
        **{f"http.{name}": of_client(name) for name in ("Get", "Head", "Post", "PostForm")},
    }


def _same(arguments: Arguments, unknown: Unknown) -> Folded:
    return arguments[0] if arguments else unknown


def _buffer(arguments: Arguments, unknown: Unknown) -> Folded:
    if arguments and isinstance(arguments[0], Buffer):
        return arguments[0]
    text = argument(arguments, 0, unknown)
    return Buffer("" if text is None else text)


def _file(arguments: Arguments, unknown: Unknown) -> Folded:
    return file_content(argument(arguments, 0, unknown))


def _sprintf(arguments: Arguments, unknown: Unknown) -> Folded:
    template, *values = [plain(each, unknown) for each in arguments] or [None]
    made = formatted(template, values) if isinstance(template, str) else None
    return unknown if made is None else made


def _sprint(arguments: Arguments, unknown: Unknown) -> Folded:
    return concatenated(*[plain(each, unknown) for each in arguments])


def _fprintf(arguments: Arguments, unknown: Unknown) -> Folded:
    if arguments and isinstance(arguments[0], Buffer):
        arguments[0].write(plain(_sprintf(arguments[1:], unknown), unknown))
    return unknown


def _write(arguments: Arguments, unknown: Unknown) -> Folded:
    """``io.Copy(to, from)``, ``io.WriteString(to, text)``."""
    if len(arguments) > 1 and isinstance(arguments[0], Buffer):
        arguments[0].write(plain(arguments[1], unknown))
    return unknown


def _join(arguments: Arguments, unknown: Unknown) -> Folded:
    texts, separator = argument(arguments, 0, unknown), argument(arguments, 1, unknown)
    if not isinstance(texts, list):
        return unknown
    return joined(texts, separator)


def _of_text(change: Callable[..., str]) -> Function:
    """A function of texts that are all known."""

    def changed(arguments: Arguments, unknown: Unknown) -> Folded:
        if not all(isinstance(each, str) for each in arguments):
            return unknown
        try:
            return change(*arguments)
        except TypeError:  # too many or too few of them
            return unknown

    return changed


def _number_text(arguments: Arguments, unknown: Unknown) -> Folded:
    number = argument(arguments, 0, unknown)
    return str(number) if isinstance(number, int) else number


def _encoded(arguments: Arguments, unknown: Unknown) -> Folded:
    return encoded(argument(arguments, 0, unknown))  # a space as %20, which says the same


def _json(arguments: Arguments, unknown: Unknown) -> Folded:
    return as_json(argument(arguments, 0, unknown))


def _base64(arguments: Arguments, unknown: Unknown) -> Folded:
    text = argument(arguments, 0, unknown)
    return b64encode(text.encode()).decode() if isinstance(text, str) else unknown


def _parsed_url(arguments: Arguments, unknown: Unknown) -> Folded:
    return Url(UrlParts.of(argument(arguments, 0, unknown)))


def _joined_path(arguments: Arguments, unknown: Unknown) -> Folded:
    url = UrlParts.of(argument(arguments, 0, unknown))
    url.add_path(*[plain(each, unknown) for each in arguments[1:]])
    return url.whole()


def _form_writer(arguments: Arguments, unknown: Unknown) -> Folded:
    parts: list[Part] = []
    if arguments and isinstance(arguments[0], Buffer):
        arguments[0].parts = parts
    return FormWriter(parts)


def _encoder(arguments: Arguments, unknown: Unknown) -> Folded:
    buffer = arguments[0] if arguments else None
    return Encoder(buffer) if isinstance(buffer, Buffer) else unknown


def _append(arguments: Arguments, unknown: Unknown) -> Folded:
    old = arguments[0] if arguments else None
    if old is None or isinstance(old, list):
        return [*(old or []), *arguments[1:]]
    return unknown


_FUNCTIONS: dict[str, Function] = {
    "append": _append,
    "base64.StdEncoding.EncodeToString": _base64,
    "bufio.NewReader": _same,
    "bytes.NewBuffer": _buffer,
    "bytes.NewBufferString": _buffer,
    "bytes.NewReader": _buffer,
    "fmt.Fprint": _write,
    "fmt.Fprintf": _fprintf,
    "fmt.Sprint": _sprint,
    "fmt.Sprintf": _sprintf,
    "io.Copy": _write,
    "io.NopCloser": _same,
    "io.ReadAll": _same,
    "io.WriteString": _write,
    "ioutil.NopCloser": _same,
    "ioutil.ReadAll": _same,
    "ioutil.ReadFile": _file,
    "json.Marshal": _json,
    "json.MarshalIndent": _json,
    "json.NewEncoder": _encoder,
    "json.RawMessage": _same,
    "multipart.NewWriter": _form_writer,
    "os.Open": _file,
    "os.ReadFile": _file,
    "readFile": _file,  # as the calls that we render have it
    "strconv.FormatBool": _sprint,
    "strconv.FormatInt": _number_text,
    "strconv.Itoa": _number_text,
    "string": _same,
    "strings.Join": _join,
    "strings.NewReader": _buffer,
    "strings.ToLower": _of_text(str.lower),
    "strings.ToUpper": _of_text(str.upper),
    "strings.TrimPrefix": _of_text(str.removeprefix),
    "strings.TrimRight": _of_text(str.rstrip),
    "strings.TrimSpace": _of_text(str.strip),
    "strings.TrimSuffix": _of_text(str.removesuffix),
    "url.JoinPath": _joined_path,
    "url.Parse": _parsed_url,
    "url.PathEscape": _encoded,
    "url.QueryEscape": _encoded,
    "int": _same,
    "int64": _same,
    "float64": _same,
}
