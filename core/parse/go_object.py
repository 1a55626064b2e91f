"""Objects of Go's standard library that requests are built from, and of the code's own types."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.parse.call import Call, PartsValue, PartValue, basic_credentials
from core.parse.multipart import part_head
from core.parse.query import query_pairs, query_text
from core.parse.thing import Arguments, Folded, Thing, Traffic, argument, plain
from core.parse.url import UrlParts, as_path
from core.parse.value import Holes, Unknown, Value, as_json, concatenated
from core.request import FORM_MEDIA_TYPE, MULTIPART_MEDIA_TYPE


@dataclass
class Pairs(Thing):
    """``url.Values`` or ``http.Header``: names with one or more values each."""

    pairs: list[tuple[Value, Value]] = field(default_factory=list)
    is_header: bool = False

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        name, value = argument(arguments, 0, unknown), argument(arguments, 1, unknown)
        if method in ("Set", "Del"):
            self._delete(name)
        if method in ("Set", "Add"):
            self.pairs.append((name, value))
        elif method == "Get":
            return next((v for n, v in self.pairs if self._same(n) == self._same(name)), "")
        elif method == "Encode":  # which sorts by name
            return query_text(sorted(self.pairs, key=lambda pair: str(pair[0])))
        return unknown

    def set_item(self, name: Value, values: Value) -> None:
        """``header[name] = []string{…}``"""
        self._delete(name)
        self.pairs += [
            (name, value) for value in (values if isinstance(values, list) else [values])
        ]

    def _delete(self, name: Value) -> None:
        self.pairs = [pair for pair in self.pairs if self._same(pair[0]) != self._same(name)]

    def _same(self, name: Value) -> Value:
        return name.lower() if self.is_header and isinstance(name, str) else name


@dataclass
class Url(Thing):
    """``*url.URL``."""

    parts: UrlParts

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if method == "Query":
            return Pairs(query_pairs("" if self.parts.query is None else self.parts.query))
        if method in ("String", "RequestURI"):
            return self.parts.whole()
        if method == "JoinPath":
            joined = Url(UrlParts.of(self.parts.whole()))
            joined.parts.add_path(*[plain(each, unknown) for each in arguments])
            return joined
        return unknown

    def get(self, name: str, unknown: Unknown) -> Folded:
        part = _URL_FIELDS.get(name)
        return unknown if part is None else getattr(self.parts, part) or ""

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        part = _URL_FIELDS.get(name)
        if part is not None:
            text = plain(value, unknown)
            setattr(self.parts, part, as_path(text) if name == "Path" else text)

    def value(self, unknown: Unknown) -> Folded:
        return self.parts.whole()


_URL_FIELDS = {"Scheme": "scheme", "Host": "authority", "Path": "path", "RawQuery": "query"}


@dataclass
class Buffer(Thing):
    """``bytes.Buffer``, ``strings.Builder``, and readers: a text that may grow."""

    text: Value = ""
    parts: list[Part] | None = None
    """Those of the ``multipart.Writer`` that writes into it."""

    def write(self, text: Value) -> None:
        """Puts a text behind the others."""
        self.text = concatenated(self.text, text)

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if method in ("Write", "WriteString"):
            self.write(argument(arguments, 0, unknown))
        return self.text if method in ("String", "Bytes") else unknown

    def content(self) -> Value | PartsValue:
        """What is sent where it is a body."""
        return self.text if self.parts is None else PartsValue([p.content() for p in self.parts])

    def value(self, unknown: Unknown) -> Folded:
        return self.text


@dataclass
class Part:
    """A part of a ``multipart.Writer``; what ``CreateFormFile`` and its like return fills it."""

    name: Value
    filename: Value = None
    media_type: Value = None
    buffer: Buffer = field(default_factory=Buffer)

    def content(self) -> PartValue:
        """What is sent."""
        return PartValue(self.name, self.buffer.text, self.filename, self.media_type)


@dataclass
class FormWriter(Thing):
    """``multipart.Writer``."""

    parts: list[Part]

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        first, second = argument(arguments, 0, unknown), argument(arguments, 1, unknown)
        if method == "WriteField":
            self.parts.append(Part(first, buffer=Buffer(second)))
        elif method in ("CreateFormField", "CreateFormFile"):
            self.parts.append(Part(first, filename=second))
        elif method == "CreatePart" and arguments and isinstance(arguments[0], Pairs):
            self.parts.append(_part_by_header(arguments[0]))
        elif method == "FormDataContentType":
            return MULTIPART_MEDIA_TYPE
        else:
            return unknown
        return self.parts[-1].buffer


def _part_by_header(header: Pairs) -> Part:
    holes = Holes()
    lines = [f"{holes.text(name)}: {holes.text(value)}" for name, value in header.pairs]
    name, filename, media_type = part_head("\r\n".join(lines), holes)
    return Part(name, filename, media_type)


@dataclass
class Encoder(Thing):
    """``json.NewEncoder(writer)``."""

    buffer: Buffer

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        if method == "Encode":
            self.buffer.write(as_json(argument(arguments, 0, unknown)))
        return unknown


@dataclass
class Request(Thing):
    """``*http.Request``."""

    method: Value
    url: Url
    body: Value | Buffer = None
    header: Pairs = field(default_factory=lambda: Pairs(is_header=True))

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        first, second = argument(arguments, 0, unknown), argument(arguments, 1, unknown)
        if method == "SetBasicAuth":
            self.header.set_item("Authorization", basic_credentials(first, second))
        elif method == "AddCookie" and isinstance(first, dict):
            cookie = concatenated(first.get("Name", ""), "=", first.get("Value", ""))
            self.header.pairs.append(("Cookie", cookie))
        elif method in ("WithContext", "Clone"):
            return self
        return unknown

    def get(self, name: str, unknown: Unknown) -> Folded:
        return {"URL": self.url, "Header": self.header, "Method": self.method}.get(name, unknown)

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        if name == "Header":
            self.header = header(value, unknown)
        elif name == "Host":
            self.header.set_item("Host", plain(value, unknown))
        elif name == "Method":
            self.method = plain(value, unknown)
        elif name == "URL":
            self.url = value if isinstance(value, Url) else Url(UrlParts.of(unknown))
        elif name == "Body":
            self.body = body(value, unknown)

    def call(self) -> Call:
        """What is sent."""
        sent = self.body.content() if isinstance(self.body, Buffer) else self.body
        return Call(self.method, self.url.parts.whole(), headers=self.header.pairs, body=sent)


def header(value: Folded, unknown: Unknown) -> Pairs:
    """``http.Header{…}``, or one whose names are not known."""
    return value if isinstance(value, Pairs) else Pairs([(unknown, unknown)], is_header=True)


def body(value: Folded, unknown: Unknown) -> Value | Buffer:
    """What a reader reads."""
    return value if isinstance(value, Buffer) else plain(value, unknown)


@dataclass
class Client(Thing):
    """``http.Client``; its functions are those of the package, too."""

    traffic: Traffic

    def invoke(self, method: str, arguments: Arguments, unknown: Unknown) -> Folded:
        request = arguments[0] if arguments else None
        url = argument(arguments, 0, unknown)
        if method == "Do" and isinstance(request, Request):
            self.traffic.send(request.call())
        elif method in ("Get", "Head"):
            self.traffic.send(Call(method.upper(), url))
        elif method in ("Post", "PostForm") and len(arguments) > 1:
            sent = Request("POST", Url(UrlParts.of(url)))
            sent.body = body(arguments[-1], unknown)
            media_type = argument(arguments, 1, unknown) if method == "Post" else FORM_MEDIA_TYPE
            if isinstance(arguments[-1], Pairs):
                sent.body = query_text(arguments[-1].pairs)
            sent.header.pairs.append(("Content-Type", media_type))
            self.traffic.send(sent.call())
        return unknown


@dataclass(frozen=True)
class Field:
    """A field of a ``struct`` as ``encoding/json`` writes it."""

    name: str
    json_name: str
    is_optional: bool
    zero: Folded
    """What it is where the code gives it no value."""


@dataclass
class Struct(Thing):
    """A value of one of the code's own types."""

    kind: str
    layout: list[Field] | None = None
    """``None`` where the type is not in the code."""
    fields: dict[str, Folded] = field(default_factory=dict)

    def get(self, name: str, unknown: Unknown) -> Folded:
        zeros = {each.name: each.zero for each in self.layout or []}
        return self.fields.get(name, zeros.get(name, unknown))

    def set(self, name: str, value: Folded, unknown: Unknown) -> None:
        self.fields[name] = value

    def value(self, unknown: Unknown) -> Folded:
        if self.layout is None:
            return self.fields
        written = [(each, self.fields.get(each.name, each.zero)) for each in self.layout]
        return {
            each.json_name: item
            for each, item in written
            if each.json_name and not (each.is_optional and item in _EMPTY)
        }


_EMPTY: tuple[Folded, ...] = ("", 0, False, None, [], {})
