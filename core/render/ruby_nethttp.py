"""Ruby with ``Net::HTTP``, as API Pack published it, except that certificates are checked."""

from __future__ import annotations

from core.render.body import chunks, quoted_text
from core.render.headers import all_headers
from core.render.literals import as_ruby, double_quoted, ruby_single_quoted
from core.render.multipart import FileChunk
from core.request import Body, Request

_CLASSES = {
    method: method.capitalize()
    for method in (
        *("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"),
        *("COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "UNLOCK"),
    )
}

_TLS = """
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_PEER"""


def render(request: Request) -> str:
    imports, tls = "require 'uri'\nrequire 'net/http'", ""
    if request.scheme != "http":
        imports += "\nrequire 'openssl'"
        tls = _TLS
    lines = [f"request = {_new_request(request)}"]
    for name, value in all_headers(request):
        lines.append(f"request[{_quoted(name)}] = {ruby_single_quoted(value)}")
    if request.body is not None:
        literal = quoted_text(request.body)
        text = _concatenation(request.body) if literal is None else as_ruby(literal)
        lines.append(f"request.body = {text}")
    settings = "\n".join(lines)
    return f"""\
{imports}

url = URI({_quoted(request.url)})

http = Net::HTTP.new(url.host, url.port){tls}

{settings}

response = http.request(request)
puts response.read_body"""


def _new_request(request: Request) -> str:
    name = _CLASSES.get(request.method)
    if name is not None:
        return f"Net::HTTP::{name}.new(url)"
    sends_body = "false" if request.body is None else "true"
    method = ruby_single_quoted(request.method)
    return f"Net::HTTPGenericRequest.new({method}, {sends_body}, true, url)"


def _concatenation(body: Body) -> str:
    # Ruby joins bytes with other bytes only, not with UTF-8 text: hence ".b".
    return " + ".join(
        [
            f"File.binread({_quoted(chunk.filename)})"
            if isinstance(chunk, FileChunk)
            else f"{_quoted(chunk)}.b"
            for chunk in chunks(body)
        ]
    )


def _quoted(text: str) -> str:
    return as_ruby(double_quoted(text))
