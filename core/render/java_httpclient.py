"""The HTTP client of the JDK, as statements that jshell runs; files need Java 16 or later."""

from __future__ import annotations

from core.render.body import chunks, content_type, quoted_text
from core.render.literals import double_quoted
from core.render.multipart import FileChunk
from core.request import Body, Request


def render(request: Request) -> str:
    body = request.body
    headers = [_header(name, value) for name, value in request.headers]
    file_import = ""
    publisher = None
    if request.cookies:
        headers.insert(0, _header("Cookie", request.cookie))
    if body is not None:
        headers.append(_header("Content-Type", content_type(body)))
        publisher = _publisher(body)
        if quoted_text(body) is None:
            file_import = "import java.nio.file.Path;\n"
    return (
        "import java.net.URI;\n"
        "import java.net.http.HttpClient;\n"
        "import java.net.http.HttpRequest;\n"
        "import java.net.http.HttpResponse;\n"
        f"{file_import}\n"
        "HttpClient client = HttpClient.newHttpClient();\n\n"
        "HttpRequest request = HttpRequest.newBuilder()\n"
        f"    .uri(URI.create({double_quoted(request.url)}))\n"
        f"{''.join(headers)}"
        f"    .{_method(request.method, publisher)}\n"
        "    .build();\n\n"
        "HttpResponse<String> response = "
        "client.send(request, HttpResponse.BodyHandlers.ofString());\n"
        "System.out.println(response.body());"
    )


def _header(name: str, value: str) -> str:
    return f"    .header({double_quoted(name)}, {double_quoted(value)})\n"


def _method(method: str, publisher: str | None) -> str:
    if method in {"GET", "DELETE"} and publisher is None:
        return f"{method}()"
    publisher = publisher or "HttpRequest.BodyPublishers.noBody()"
    if method in {"POST", "PUT"}:
        return f"{method}({publisher})"
    return f"method({double_quoted(method)}, {publisher})"


def _publisher(body: Body) -> str:
    literal = quoted_text(body)
    if literal is not None:
        return _of_text(literal)
    publishers = [
        f"HttpRequest.BodyPublishers.ofFile(Path.of({double_quoted(chunk.filename)}))"
        if isinstance(chunk, FileChunk)
        else _of_text(double_quoted(chunk))
        for chunk in chunks(body)
    ]
    if len(publishers) == 1:
        return publishers[0]
    inner = ",\n        ".join(publishers)
    return f"HttpRequest.BodyPublishers.concat(\n        {inner})"


def _of_text(literal: str) -> str:
    return f"HttpRequest.BodyPublishers.ofString({literal})"
