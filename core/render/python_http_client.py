"""Python with ``http.client`` of the standard library, as API Pack published it."""

from __future__ import annotations

from core.render.body import chunks, quoted_text
from core.render.headers import all_headers
from core.render.literals import double_quoted, single_quoted
from core.render.multipart import FileChunk
from core.request import Body, Request


def render(request: Request) -> str:
    connection = "HTTPConnection" if request.scheme == "http" else "HTTPSConnection"
    opening = f"conn = http.client.{connection}({double_quoted(request.host)})"
    call = f"{double_quoted(request.method)}, {double_quoted(request.target)}"
    pairs = all_headers(request)
    headers = f"headers = {_dictionary(pairs)}\n\n" if pairs else ""
    imports = "import http.client"
    payload = ""
    if request.body is not None:
        literal = quoted_text(request.body)
        sent = "payload"
        if literal is None:
            imports += "\nfrom pathlib import Path"
            literal = _bytes(request.body)
        elif not literal.isascii():
            sent = 'payload.encode("utf-8")'  # http.client itself knows Latin-1 only
        payload = f"payload = {literal}\n\n"
        call += f", {sent}, headers"
    elif pairs:
        call += ", headers=headers"
    return f"""\
{imports}

{opening}

{payload}{headers}conn.request({call})

res = conn.getresponse()
data = res.read()

print(data.decode("utf-8"))"""


def _dictionary(pairs: list[tuple[str, str]]) -> str:
    entries = [f"{single_quoted(name)}: {double_quoted(value)}" for name, value in pairs]
    if len(entries) == 1:
        return f"{{ {entries[0]} }}"
    return "{\n    " + ",\n    ".join(entries) + "\n    }"


def _bytes(body: Body) -> str:
    pieces = [
        f"Path({double_quoted(chunk.filename)}).read_bytes()"
        if isinstance(chunk, FileChunk)
        else f'{double_quoted(chunk)}.encode("utf-8")'
        for chunk in chunks(body)
    ]
    if len(pieces) == 1:
        return pieces[0]
    return "(\n    " + "\n    + ".join(pieces) + "\n)"
