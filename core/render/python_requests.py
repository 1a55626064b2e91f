"""Python with ``requests``.

>>> from core.request import Request
>>> print(render(Request.from_url("GET", "https://api.example.com/pets")))
import requests
<BLANKLINE>
response = requests.get("https://api.example.com/pets")
print(response.text)
"""

from __future__ import annotations

from urllib.parse import urlencode

from core.render.body import chunks, content_type
from core.render.json_text import is_shallow_structure
from core.render.literals import double_quoted, single_quoted
from core.render.multipart import FileChunk
from core.request import (
    FORM_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    MULTIPART_MEDIA_TYPE,
    Body,
    FormBody,
    Json,
    JsonBody,
    MultipartBody,
    Pairs,
    Part,
    Request,
)
from core.wire import QueryPairs, decode, join_query

_FUNCTIONS = {
    method: f"requests.{method.lower()}"
    for method in ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
}
_LINE = 88
_WIDTH = 72
"""The longest dictionary or list that stands on one line, without indentation and brackets."""


def render(request: Request) -> str:
    arguments = [] if request.method in _FUNCTIONS else [_quoted(request.method)]
    params = _params(request.query)
    if params:
        arguments += [_quoted(request.base_url), f"params={_literal(params)}"]
    else:
        arguments.append(_quoted(request.url))
    headers = dict(request.headers)
    if request.cookies:
        if _is_kept_by_jar(request.cookies):
            arguments.append(f"cookies={_literal(dict(request.cookies))}")
        else:
            headers["Cookie"] = request.cookie
    body_arguments = []
    if request.body is not None:
        argument, implied_media_type = _body(request.body)
        body_arguments.append(argument)
        if request.body.media_type != implied_media_type:
            headers["Content-Type"] = content_type(request.body)
    if headers:
        arguments.append(f"headers={_literal(headers)}")
    arguments += body_arguments
    call = f"response = {_FUNCTIONS.get(request.method, 'requests.request')}("
    joined = _bracketed(call, arguments, ")", "", _LINE - len(call))
    return f"import requests\n\n{joined}\nprint(response.text)"


def _params(query: QueryPairs) -> dict[str, str]:
    """The query decoded, or nothing where requests would not write it as it is.

    It writes a space as ``+``, encodes what is reserved, and cannot write a name without a value.
    """
    params = {decode(name): decode(value) for name, value in query if value is not None}
    return params if urlencode(params) == join_query(query) else {}


def _is_kept_by_jar(cookies: Pairs) -> bool:
    """Whether a cookie jar holds them all; it drops backslashes within a value in quotes."""
    names = {name for name, _ in cookies}
    return len(names) == len(cookies) and not any(value.startswith('"') for _, value in cookies)


def _body(body: Body) -> tuple[str, str | None]:
    """The argument that holds the body, and the media type that requests gives it unasked."""
    if isinstance(body, JsonBody) and is_shallow_structure(body.text):
        return f"json={_literal(body.value)}", JSON_MEDIA_TYPE
    if isinstance(body, FormBody) and body.pairs:
        return f"data={_form(body.pairs)}", FORM_MEDIA_TYPE
    if isinstance(body, MultipartBody) and body.parts and body.media_type == MULTIPART_MEDIA_TYPE:
        return (
            f"files={_bracketed('[', [_part(part) for part in body.parts], ']')}",
            body.media_type,
        )
    return f"data={_content(chunks(body))}", None


def _form(pairs: Pairs) -> str:
    values = dict(pairs)
    if len(values) == len(pairs):
        return _literal(values)
    return _bracketed("[", [f"({_quoted(k)}, {_quoted(v)})" for k, v in pairs], "]")


def _part(part: Part) -> str:
    """A name, and a tuple of file name, content and media type, of which a text has no first."""
    entry = "None, " if part.filename is None else f"{_quoted(part.filename)}, "
    entry += _open(part.filename) if part.filename is not None else _quoted(part.value or "")
    if part.media_type is not None:
        entry += f", {_quoted(part.media_type)}"
    return f"({_quoted(part.name)}, ({entry}))"


def _content(pieces: list[str | FileChunk]) -> str:
    if len(pieces) > 1:
        return " + ".join(
            [
                f"{_open(piece.filename)}.read()"
                if isinstance(piece, FileChunk)
                else f'{_quoted(piece)}.encode("utf-8")'
                for piece in pieces
            ]
        )
    piece = pieces[0]
    if isinstance(piece, FileChunk):
        return _open(piece.filename)
    literal = _quoted(piece)
    return literal if literal.isascii() else f'{literal}.encode("utf-8")'


def _open(filename: str) -> str:
    return f'open({_quoted(filename)}, "rb")'


def _literal(value: Json, indent: str = "    ") -> str:
    if isinstance(value, str):
        return _quoted(value)
    inner = indent + "    "
    if isinstance(value, dict):
        entries = [
            f"{_quoted(key)}: {_quoted(item) if type(item) is str else _literal(item, inner)}"
            for key, item in value.items()
        ]
        return _bracketed("{", entries, "}", indent)
    if isinstance(value, list):
        return _bracketed("[", [_literal(item, inner) for item in value], "]", indent)
    return repr(value)  # None, True, False and numbers


def _bracketed(
    left: str, entries: list[str], right: str, indent: str = "    ", width: int = _WIDTH
) -> str:
    """Entries on one line where that is short enough, else one a line."""
    line = ", ".join(entries)
    if len(line) > width or "\n" in line:
        inner = f"\n{indent}    "
        line = f"{inner}{f',{inner}'.join(entries)},\n{indent}"
    return f"{left}{line}{right}"


def _quoted(text: str) -> str:
    # JavaScript's single quotes are Python's too.
    return single_quoted(text) if '"' in text and "'" not in text else double_quoted(text)
