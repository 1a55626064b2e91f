"""Node with the ``request`` package, as API Pack published it."""

from __future__ import annotations

from collections.abc import Iterable

from core.render.body import chunks
from core.render.headers import all_headers
from core.render.javascript_literal import (
    block,
    is_kept_by_objects,
    is_kept_by_stringify,
    property_name,
    write_published_object,
)
from core.render.literals import single_quoted
from core.request import (
    FORM_MEDIA_TYPE,
    MULTIPART_MEDIA_TYPE,
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Pairs,
    Part,
    Request,
)
from core.wire import QueryPairs, decode, encode, is_unreserved

_FILES = "const fs = require('fs');\n"
_CALL = """request(options, function (error, response, body) {
  if (error) throw new Error(error);

  console.log(body);
});"""


def render(request: Request) -> str:
    options = [f"method: {single_quoted(request.method)}"]
    query = _query_object(request.query)
    if query:
        options += [f"url: {single_quoted(request.base_url)}", f"qs: {_object(query)}"]
    else:
        options.append(f"url: {single_quoted(request.url)}")
    headers = all_headers(request)
    if headers:
        options.append(f"headers: {_object(headers)}")
    setup = ""
    if request.body is not None:
        options += _body(request.body)
        setup = _FILES if _reads_files(request.body) else ""
    literal = block("{", options, "}")
    return f"{setup}const request = require('request');\n\nconst options = {literal};\n\n{_CALL}"


def _query_object(query: QueryPairs) -> Pairs:
    """The query as decoded pairs, or none where the package would not write it as it is.

    It percent-encodes all but unreserved characters, always writes a ``=``, and an object cannot
    hold every list of names.
    """
    pairs = tuple([(name, value) for name, value in query if value is not None])
    if not is_unreserved("".join([f"{name}{value}" for name, value in pairs])):
        pairs = tuple([(decode(name), decode(value)) for name, value in pairs])
        if tuple([(encode(name), encode(value)) for name, value in pairs]) != query:
            return ()
    is_whole = len(pairs) == len(query) and is_kept_by_objects([name for name, _ in pairs])
    return pairs if is_whole else ()


def _reads_files(body: Body) -> bool:
    if isinstance(body, MultipartBody):
        return any(part.filename is not None for part in body.parts)
    return isinstance(body, FileBody)


def _body(body: Body) -> list[str]:
    """The options that say the body."""
    if isinstance(body, JsonBody):
        if is_kept_by_stringify(body):
            return [f"body: {write_published_object(body.value, '  ')}", "json: true"]
    elif isinstance(body, FormBody):
        if body.media_type == FORM_MEDIA_TYPE and is_kept_by_objects([k for k, _ in body.pairs]):
            return [f"form: {_object(body.pairs)}"]
    elif isinstance(body, MultipartBody) and _is_exact_as_form_data(body):
        # The package writes its own boundary into the content type.
        parts = [f"{property_name(part.name)}: {_part(part)}" for part in body.parts]
        return [f"formData: {block('{', parts, '}', '  ')}"]
    return [f"body: {_bytes(body)}"]


def _is_exact_as_form_data(body: MultipartBody) -> bool:
    """Whether the package's ``formData``, whose ``hasOwnProperty`` it calls, sends the body."""
    names = [part.name for part in body.parts]
    return (
        body.media_type == MULTIPART_MEDIA_TYPE
        and bool(names)
        and is_kept_by_objects([*names, "hasOwnProperty"])
    )


def _part(part: Part) -> str:
    if part.filename is None:
        value = single_quoted(part.value or "")
    else:
        value = f"fs.createReadStream({single_quoted(part.filename)})"
    if part.media_type is None:
        return value
    options = block("{", [f"contentType: {single_quoted(part.media_type)}"], "}", "      ")
    return block("{", [f"value: {value}", f"options: {options}"], "}", "    ")


def _bytes(body: Body) -> str:
    """The expression for all that is sent: one text, one file, or texts and files in a row."""
    pieces = [
        single_quoted(chunk)
        if isinstance(chunk, str)
        else f"fs.readFileSync({single_quoted(chunk.filename)})"
        for chunk in chunks(body)
    ]
    if len(pieces) == 1:
        return pieces[0]
    buffers = [p if p.startswith("fs.") else f"Buffer.from({p})" for p in pieces]
    return f"Buffer.concat({block('[', buffers, ']', '  ')})"


def _object(pairs: Iterable[tuple[str, str]]) -> str:
    members = [f"{property_name(name)}: {single_quoted(value)}" for name, value in pairs]
    return block("{", members, "}", "  ")
