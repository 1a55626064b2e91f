"""Swift with ``URLSession`` and ``async``, as one writes it today."""

from __future__ import annotations

import re

import orjson

from core.render.body import chunks, content_type
from core.render.json_text import has_integer_beyond_double, is_shallow_structure
from core.render.literals import as_swift, double_quoted
from core.render.multipart import FileChunk
from core.request import Body, JsonBody, Request

_find_hash_runs = re.compile(r'\\#*|"#+').findall


def render(request: Request) -> str:
    lines = [
        "import Foundation",
        "",
        f"var request = URLRequest(url: URL(string: {_quoted(request.url)})!)",
        f"request.httpMethod = {_quoted(request.method)}",
    ]
    if request.cookies:
        lines.append(_header("Cookie", request.cookie))
    lines += [_header(name, value) for name, value in request.headers]
    if request.body is not None:
        lines.append(_header("Content-Type", content_type(request.body)))
        lines += _body(request.body)
    lines += [
        "",
        "let (data, _) = try await URLSession.shared.data(for: request)",
        "print(String(decoding: data, as: UTF8.self))",
    ]
    return "\n".join(lines)


def _header(name: str, value: str) -> str:
    return f"request.setValue({_quoted(value)}, forHTTPHeaderField: {_quoted(name)})"


def _body(body: Body) -> list[str]:
    if isinstance(body, JsonBody) and _is_kept_by_orjson(body.text):
        return [f"request.httpBody = Data({_pretty(body)}.utf8)"]
    pieces = [_data(chunk) for chunk in chunks(body)]
    if len(pieces) == 1:
        return [f"request.httpBody = {pieces[0]}"]
    return [
        "",
        f"var body = {pieces[0]}",
        *[f"body.append({piece})" for piece in pieces[1:]],
        "request.httpBody = body",
    ]


def _is_kept_by_orjson(text: str) -> bool:
    """Whether orjson, by far the fastest printer, takes it: no integers beyond 64 bits."""
    return is_shallow_structure(text) and not has_integer_beyond_double(text)


def _pretty(body: JsonBody) -> str:
    """The JSON on many lines, as a literal in which JSON's own escapes stay as they are.

    JSON never has three quotes in a row; with hashes, Swift reads only ``\\#`` as its own escape.
    Some editors' grammars end such a literal at a single quote with its hashes, so it has more.
    """
    text = orjson.dumps(body.value, option=orjson.OPT_INDENT_2).decode().replace("\x7f", "\\u007f")
    hashes = "#" * max(map(len, _find_hash_runs(text))) if "\\" in text else ""
    return f'{hashes}"""\n{text}\n"""{hashes}'


def _data(chunk: str | FileChunk) -> str:
    if isinstance(chunk, FileChunk):
        return f"try Data(contentsOf: URL(fileURLWithPath: {_quoted(chunk.filename)}))"
    return f"Data({_quoted(chunk)}.utf8)"


def _quoted(text: str) -> str:
    return as_swift(double_quoted(text))
