"""OkHttp in Java, as API Pack published it.

OkHttp sends the content type of the body, to which it adds a charset where there is none; the
header is printed because the published text has it. It refuses a GET or HEAD that has a body.
"""

from __future__ import annotations

from core.render.body import content_type, quoted_text
from core.render.headers import all_headers
from core.render.literals import double_quoted
from core.render.multipart import boundary
from core.request import MULTIPART_MEDIA_TYPE, Body, FileBody, MultipartBody, Part, Request

_OWN_CALLS = {"POST": "post", "PUT": "put", "PATCH": "patch", "DELETE": "delete"}
_NEED_BODY = frozenset({"POST", "PUT", "PATCH", "PROPPATCH", "REPORT"})


def render(request: Request) -> str:
    body = request.body
    headers = [
        f"  .addHeader({double_quoted(name)}, {double_quoted(value)})\n"
        for name, value in all_headers(request)
    ]
    return (
        "OkHttpClient client = new OkHttpClient();\n\n"
        f"{'' if body is None else _body(body)}"
        "Request request = new Request.Builder()\n"
        f"  .url({double_quoted(request.url)})\n"
        f"  .{_method(request.method, has_body=body is not None)}\n"
        f"{''.join(headers)}"
        "  .build();\n\n"
        "Response response = client.newCall(request).execute();"
    )


def _method(method: str, *, has_body: bool) -> str:
    argument = "null"
    if has_body:
        argument = "body"
    elif method in _NEED_BODY:
        argument = 'RequestBody.create(null, "")'
    if method in _OWN_CALLS:
        return f"{_OWN_CALLS[method]}({argument})"
    if method in {"GET", "HEAD"} and not has_body:
        return f"{method.lower()}()"
    return f"method({double_quoted(method)}, {argument})"


def _body(body: Body) -> str:
    literal = quoted_text(body)
    if isinstance(body, MultipartBody) and literal is None:
        return _parts(body)
    content = _file(body.filename) if isinstance(body, FileBody) else literal
    return (
        f"MediaType mediaType = MediaType.parse({double_quoted(content_type(body))});\n"
        f"RequestBody body = RequestBody.create(mediaType, {content});\n"
    )


def _parts(body: MultipartBody) -> str:
    is_form = body.media_type == MULTIPART_MEDIA_TYPE
    media_type = "MultipartBody.FORM" if is_form else _media_type(body.media_type)
    parts = [f"  .addFormDataPart({_part(part)})\n" for part in body.parts]
    return (
        f"RequestBody body = new MultipartBody.Builder({double_quoted(boundary(body))})\n"
        f"  .setType({media_type})\n"
        f"{''.join(parts)}"
        "  .build();\n"
    )


def _part(part: Part) -> str:
    """The arguments of one part: name and text, or name, file name (or null) and content."""
    name = double_quoted(part.name)
    if part.filename is not None:
        filename, content = double_quoted(part.filename), _file(part.filename)
    else:
        filename, content = "null", double_quoted(part.value or "")
        if part.media_type is None:
            return f"{name}, {content}"
    return f"{name}, {filename}, RequestBody.create({_media_type(part.media_type)}, {content})"


def _media_type(media_type: str | None) -> str:
    return "null" if media_type is None else f"MediaType.parse({double_quoted(media_type)})"


def _file(filename: str) -> str:
    return f"new File({double_quoted(filename)})"
