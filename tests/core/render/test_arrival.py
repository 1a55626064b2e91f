"""What a server receives when a call is run is the request that it was rendered from.

Every call of the table runs against a server in this process, in its own language, wherever the
language is installed. The code is ours and the host is this machine.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPMessage, parse_headers
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest

from core.render import CLIENTS, render
from core.request import (
    Body,
    FileBody,
    FormBody,
    JsonBody,
    MultipartBody,
    Part,
    Request,
    TextBody,
    json_body,
)
from tests.conftest import require, unavailable
from tests.core.render.requests import REQUESTS

PYTHON = [sys.executable, "-c", "import runpy, sys\nfor call in sys.argv[1:]: runpy.run_path(call)"]
RUNNERS = {
    "curl": ["sh", "-c", 'for call; do sh "$call"; done', "sh"],
    "node-fetch": [
        "node",
        "--input-type=module",
        "--eval",
        "for (const call of process.argv.slice(1)) "
        "await import(`${process.cwd()}/${call}`).catch(console.error)",
    ],
    "php-curl": ["php", "-r", "foreach (array_slice($argv, 1) as $call) include $call;", "--"],
    "python-http-client": PYTHON,
    "python-requests": PYTHON,
    "ruby-nethttp": ["ruby", "-e", "ARGV.each { |call| load call }"],
}
"""How to run many calls, one after the other."""
TOOLS = {"curl": "curl", "node-fetch": "node", "php-curl": "php", "ruby-nethttp": "ruby"}
UNABLE = {
    ("node-fetch", "get-json-body"): "fetch refuses to send a body with GET",
    ("node-fetch", "get-query-reserved"): "URL percent-encodes an apostrophe in a query",
    ("ruby-nethttp", "get-query-reserved"): "URI percent-encodes an apostrophe in a query",
    ("ruby-nethttp", "post-empty"): "Net::HTTP gives a POST without a body a content type",
    ("ruby-nethttp", "put-empty"): "Net::HTTP gives a PUT without a body a content type",
}
"""What a library cannot do, however it is asked."""

Received = tuple[str, str, HTTPMessage, bytes]
"""Method, target, headers and content."""


class Server(ThreadingTCPServer):
    """Keeps what arrives, by the number that the path begins with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.received: dict[str, Received] = {}


class Receiver(StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        method, target, _ = self.rfile.readline().decode("latin-1").split(" ")
        headers = parse_headers(self.rfile)
        if headers["Expect"]:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        number = target.split("/")[1]
        self.server.received[number] = (method, target, headers, self.content(headers))
        self.wfile.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def content(self, headers: HTTPMessage) -> bytes:
        if headers["Transfer-Encoding"] != "chunked":
            return self.rfile.read(int(headers["Content-Length"] or 0))
        content = b""
        while length := int(self.rfile.readline(), 16):
            content += self.rfile.read(length)
            self.rfile.readline()
        self.rfile.readline()
        return content


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module", params=RUNNERS)
def client_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name in TOOLS:
        require(TOOLS[name])
    if name == "php-curl" and subprocess.run(["php", "-r", "curl_init();"]).returncode:
        unavailable("PHP's cURL extension is not installed")
    return name


@pytest.fixture(scope="module")
def arrived(
    client_name: str, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Request, Received | None]]:
    """Every request with what the server received for it."""
    folder = tmp_path_factory.mktemp(client_name)
    calls: dict[str, Request] = {}
    for number, request in enumerate(REQUESTS.values()):
        local = replace(
            request,
            scheme="http",
            host=f"127.0.0.1:{server.server_address[1]}",
            path=f"/{client_name}-{number}{request.path}",
        )
        file_name = f"{number}.{CLIENTS[client_name].extension}"
        (folder / file_name).write_bytes(render(local, client_name).encode())
        calls[file_name] = local
        for name in file_names(request.body):
            write_file(folder / name)
    subprocess.run(
        [*RUNNERS[client_name], *calls],
        cwd=folder,
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        timeout=120,
        capture_output=True,
    )
    return {
        name: (local, server.received.get(local.path.split("/")[1]))
        for name, local in zip(REQUESTS, calls.values(), strict=True)
    }


def file_names(body: Body | None) -> list[str]:
    if isinstance(body, FileBody):
        return [body.filename]
    return [part.filename for part in getattr(body, "parts", ()) if part.filename]


def write_file(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content_of_file(path.name))


def content_of_file(name: str) -> bytes:
    return b"\x00\xff\r\n" + Path(name).name.encode()


def request_received(wanted: Request, received: Received) -> Request:
    """What arrived, as a request; libraries add headers, so only those wanted are looked at."""
    method, target, headers, content = received
    cookies = re.findall(r"([^=;]*)=([^;]*)(?:; )?", headers["Cookie"] or "")
    return Request.from_url(
        method,
        f"http://{wanted.host}{target}",
        headers=tuple((name, headers[name]) for name, _ in wanted.headers),
        cookies=tuple(cookies),
        body=body_received(wanted.body, headers["Content-Type"] or "", content),
    )


def body_received(wanted: Body | None, media_type: str, content: bytes) -> Body | None:
    """What arrived, read as the kind of body that was wanted."""
    if isinstance(wanted, JsonBody):
        return json_body(json.loads(content), media_type)
    if isinstance(wanted, FormBody):
        pairs = parse_qsl(content.decode(), keep_blank_values=True)
        return FormBody(tuple(pairs), media_type)
    if isinstance(wanted, MultipartBody):
        media_type, _, boundary = media_type.partition("; boundary=")
        parts = parts_received(wanted, content, boundary.strip('"').encode())
        return MultipartBody(parts, media_type)
    if isinstance(wanted, FileBody) and content == content_of_file(wanted.filename):
        return FileBody(wanted.filename, media_type)
    return TextBody(content.decode(), media_type) if content or media_type else None


def parts_received(wanted: MultipartBody, content: bytes, boundary: bytes) -> tuple[Part, ...]:
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)
    assert (
        pieces[0] == b"" and pieces[-1].rstrip() == b"--" and len(pieces) - 2 == len(wanted.parts)
    )
    return tuple(
        part_received(part, *piece.removeprefix(b"\r\n").split(b"\r\n\r\n", 1))
        for part, piece in zip(wanted.parts, pieces[1:-1], strict=True)
    )


def part_received(wanted: Part, head: bytes, content: bytes) -> Part:
    """One part. A library may drop a file's folder (RFC 7578 section 4.2) and name its type."""
    text = head.decode()
    name = re.search(r'; name="(.*?)"', text)
    filename = re.search(r'; filename="(.*?)"', text)
    media_type = re.search(r"^content-type: *(.*?)\r?$", text, re.IGNORECASE | re.MULTILINE)
    assert name
    if filename is None:
        return Part(name[1], content.decode(), None, media_type and media_type[1])
    wanted_name = wanted.filename or ""
    assert filename[1] in (wanted_name, Path(wanted_name).name)
    assert content == content_of_file(wanted_name)
    return Part(
        name[1], None, wanted_name, media_type[1] if media_type and wanted.media_type else None
    )


@pytest.mark.parametrize("request_name", REQUESTS)
def test_server_receives_the_request(
    client_name: str, request_name: str, arrived: dict[str, tuple[Request, Received | None]]
) -> None:
    if (client_name, request_name) in UNABLE:
        pytest.skip(UNABLE[client_name, request_name])
    wanted, received = arrived[request_name]
    assert received is not None, "Nothing arrived."
    assert request_received(wanted, received) == wanted
