"""libcurl in C, as API Pack published it.

Parts with files go through libcurl's own ``curl_mime``, which needs version 7.56 or later.
"""

from __future__ import annotations

from core.render.body import content_type, sent_text
from core.render.literals import c_quoted
from core.request import FileBody, MultipartBody, Part, Request


def render(request: Request) -> str:
    body = request.body
    text = None if body is None else sent_text(body)
    blocks = ["CURL *hnd = curl_easy_init();", _request_line(request)]
    headers = [f"{name}: {value}" if value else f"{name};" for name, value in request.headers]
    if body is not None:
        # libcurl adds the boundary of its own parts.
        media_type = body.media_type if text is None else content_type(body)
        headers.append(f"content-type: {media_type}")
    if headers:
        blocks.append(_headers(headers))
    if request.cookies:
        blocks.append(_option("COOKIE", c_quoted(request.cookie)))
    if text is not None:
        blocks.append(_option("POSTFIELDS", c_quoted(text)))
    elif isinstance(body, MultipartBody):
        blocks.append(_parts(body))
    elif isinstance(body, FileBody):
        blocks.append(_file(body))
    blocks.append("CURLcode ret = curl_easy_perform(hnd);")
    return "\n\n".join(blocks)


def _option(name: str, value: str) -> str:
    return f"curl_easy_setopt(hnd, CURLOPT_{name}, {value});"


def _request_line(request: Request) -> str:
    lines = [
        _option("CUSTOMREQUEST", c_quoted(request.method)),
        _option("URL", c_quoted(request.url)),
    ]
    if request.method == "HEAD" and request.body is None:
        lines.append(_option("NOBODY", "1L"))  # else it would wait for a body in the answer
    return "\n".join(lines)


def _headers(headers: list[str]) -> str:
    # "name:" would take a header away; "name;" sends it empty.
    lines = [f"headers = curl_slist_append(headers, {c_quoted(header)});" for header in headers]
    return "\n".join(
        ["struct curl_slist *headers = NULL;", *lines, _option("HTTPHEADER", "headers")]
    )


def _file(body: FileBody) -> str:
    return "\n".join(
        [
            f'FILE *file = fopen({c_quoted(body.filename)}, "rb");',
            "fseek(file, 0, SEEK_END);",
            _option("POSTFIELDSIZE_LARGE", "(curl_off_t) ftell(file)"),
            "rewind(file);",
            _option("POST", "1L"),
            _option("READDATA", "file"),
        ]
    )


def _parts(body: MultipartBody) -> str:
    lines = ["curl_mime *mime = curl_mime_init(hnd);", "curl_mimepart *part;"]
    for part in body.parts:
        lines += _part(part)
    return "\n".join([*lines, _option("MIMEPOST", "mime")])


def _part(part: Part) -> list[str]:
    lines = ["part = curl_mime_addpart(mime);", f"curl_mime_name(part, {c_quoted(part.name)});"]
    if part.value is not None:
        lines.append(f"curl_mime_data(part, {c_quoted(part.value)}, CURL_ZERO_TERMINATED);")
    elif part.filename is not None:
        lines.append(f"curl_mime_filedata(part, {c_quoted(part.filename)});")
    if part.media_type is not None:
        lines.append(f"curl_mime_type(part, {c_quoted(part.media_type)});")
    return lines
