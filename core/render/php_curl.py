"""PHP with its cURL extension, as API Pack published it."""

from __future__ import annotations

from core.render.body import chunks, content_type, quoted_text
from core.render.headers import in_published_order
from core.render.literals import as_php, double_quoted
from core.request import MULTIPART_MEDIA_TYPE, Body, MultipartBody, Part, Request

_OPENING = """<?php

$curl = curl_init();

curl_setopt_array($curl, [
"""
_LIMITS = """  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => "",
  CURLOPT_MAXREDIRS => 10,
  CURLOPT_TIMEOUT => 30,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
"""
_CLOSING = """]);

$response = curl_exec($curl);
$err = curl_error($curl);

curl_close($curl);

if ($err) {
  echo "cURL Error #:" . $err;
} else {
  echo $response;
}"""


def render(request: Request) -> str:
    body = request.body
    headers = request.headers
    options = f"  CURLOPT_CUSTOMREQUEST => {_quoted(request.method)},\n"
    if _has_dot_segment(request.path):
        options = f"  CURLOPT_PATH_AS_IS => true,\n{options}"
    if body is None:
        if request.method == "HEAD":
            # Without this, cURL waits for a body that never comes.
            options += "  CURLOPT_NOBODY => true,\n"
    elif isinstance(body, MultipartBody) and _is_upload(body):
        options += f"  CURLOPT_POSTFIELDS => {_fields(body)},\n"
    else:
        options += f"  CURLOPT_POSTFIELDS => {_bytes(body)},\n"
        headers += (("content-type", content_type(body)),)
    if request.cookies:
        options += f"  CURLOPT_COOKIE => {_quoted(request.cookie)},\n"
    if headers:
        lines = ",\n    ".join([_header(*header) for header in in_published_order(headers)])
        options += f"  CURLOPT_HTTPHEADER => [\n    {lines}\n  ],\n"
    return f"{_OPENING}  CURLOPT_URL => {_quoted(request.url)},\n{_LIMITS}{options}{_CLOSING}"


def _header(name: str, value: str) -> str:
    return _quoted(f"{name}: {value}" if value else f"{name};")


def _has_dot_segment(path: str) -> bool:
    """Whether cURL would shorten the path before it sends it (RFC 3986 section 5.2.4)."""
    return "/." in path and ("/./" in f"{path}/" or "/../" in f"{path}/")


def _is_upload(body: MultipartBody) -> bool:
    """Whether the body holds files, and cURL sends it as it is from an array of fields.

    An array holds a name once, and a text in it has no media type. Texts alone are published as
    the bytes that are sent.
    """
    names = [part.name for part in body.parts]
    return (
        body.media_type == MULTIPART_MEDIA_TYPE
        and len(names) == len(set(names))
        and any(part.filename is not None for part in body.parts)
        and not any(part.value is not None and part.media_type for part in body.parts)
    )


def _fields(body: MultipartBody) -> str:
    lines = ",\n    ".join([f"{_quoted(part.name)} => {_field(part)}" for part in body.parts])
    return f"[\n    {lines}\n  ]"


def _field(part: Part) -> str:
    if part.filename is None:
        return _quoted(part.value or "")
    arguments = [part.filename] if part.media_type is None else [part.filename, part.media_type]
    return f"new CURLFile({', '.join([_quoted(argument) for argument in arguments])})"


def _bytes(body: Body) -> str:
    """The expression for all that is sent: one text, or texts and files in a row."""
    text = quoted_text(body)
    if text is not None:
        return as_php(text)
    pieces = [
        _quoted(chunk)
        if isinstance(chunk, str)
        else f"file_get_contents({_quoted(chunk.filename)})"
        for chunk in chunks(body)
    ]
    return " . ".join(pieces)


def _quoted(text: str) -> str:
    return as_php(double_quoted(text))
