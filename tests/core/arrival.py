"""Calls that really run, each in its own language, and the requests that arrive for them.

The server is in this process and the code is ours: whatever a call does, it reaches this machine
only.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPMessage, parse_headers
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import parse_qsl

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

Runner = Callable[[Path, list[str]], list[str]]
"""From a folder and the files of the calls in it to the command that runs one after the other."""

Received = tuple[str, str, HTTPMessage, bytes]
"""Method, target, headers and content."""

_GO_MAIN = """\
package main

import (
{imports})

func main() {{
	for _, call := range []func(){{{calls}}} {{
		run(call)
	}}
}}

func run(call func()) {{
	defer func() {{ recover() }}()
	call()
}}
"""


def each(*command: str) -> Runner:
    """A program that takes any number of calls."""
    return lambda folder, calls: [*command, *calls]


def go_program(folder: Path, calls: list[str]) -> list[str]:
    """One program of all calls, each a package of its own: built one by one they take minutes."""
    names = [f"call{Path(call).stem}" for call in calls]
    for name, call in zip(names, calls, strict=True):
        code = (folder / call).read_bytes().decode()
        code = code.replace("package main\n", f"package {name}\n", 1)
        code = code.replace("\nfunc main() {", "\nfunc Main() {", 1)
        write_text(folder / name / "call.go", code)
    imports = "".join(f'\t"calls/{name}"\n' for name in names)
    listed = ", ".join(f"{name}.Main" for name in names)
    write_text(folder / "program" / "main.go", _GO_MAIN.format(imports=imports, calls=listed))
    write_text(folder / "go.mod", "module calls\n")
    return ["go", "run", "./program"]


_python = each(
    sys.executable, "-c", "import runpy, sys\nfor call in sys.argv[1:]: runpy.run_path(call)"
)
RUNNERS: dict[str, Runner] = {
    "curl": each("sh", "-c", 'for call; do sh "$call"; done', "sh"),
    "go-nethttp": go_program,
    "node-fetch": each(
        "node",
        "--input-type=module",
        "--eval",
        "for (const call of process.argv.slice(1)) "
        "await import(`${process.cwd()}/${call}`).catch(console.error)",
    ),
    "php-curl": each("php", "-r", "foreach (array_slice($argv, 1) as $call) include $call;", "--"),
    "python-http-client": _python,
    "python-requests": _python,
    "ruby-nethttp": each("ruby", "-e", "ARGV.each { |call| load call }"),
}
"""The clients whose calls run here, and how."""

_TOOLS = {
    "curl": "curl",
    "go-nethttp": "go",
    "node-fetch": "node",
    "php-curl": "php",
    "ruby-nethttp": "ruby",
}


def require_client(name: str) -> None:
    """Skips the test where the client's language is not installed."""
    if name in _TOOLS:
        require(_TOOLS[name])
    if name == "php-curl" and subprocess.run(["php", "-r", "curl_init();"]).returncode:
        unavailable("PHP's cURL extension is not installed")


class Server(ThreadingTCPServer):
    """Keeps what arrives, by the first segment of its path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.received: dict[str, Received] = {}

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


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


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block lasts."""
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def arrivals(
    requests: Mapping[str, Request], client_name: str, server: Server, folder: Path
) -> dict[str, Received | None]:
    """What the server receives when a client sends each request, by name.

    The path of each request begins with a segment of its own, by which the server keeps it.
    """
    files: list[str] = []
    for number, request in enumerate(requests.values()):
        files.append(f"{number}.{CLIENTS[client_name].extension}")
        write_text(folder / files[-1], render(request, client_name))
        for name in _file_names(request.body):
            _write_file(folder / name)
    subprocess.run(
        RUNNERS[client_name](folder, files),
        cwd=folder,
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        timeout=240,
    )
    return {
        name: server.received.get(request.path.split("/")[1]) for name, request in requests.items()
    }


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def _file_names(body: Body | None) -> list[str]:
    if isinstance(body, FileBody):
        return [body.filename]
    return [part.filename for part in getattr(body, "parts", ()) if part.filename]


def _write_file(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_content_of_file(path.name))


def _content_of_file(name: str) -> bytes:
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
        body=_body_received(wanted.body, headers["Content-Type"] or "", content),
    )


def _body_received(wanted: Body | None, media_type: str, content: bytes) -> Body | None:
    """What arrived, read as the kind of body that was wanted."""
    if isinstance(wanted, JsonBody):
        return json_body(json.loads(content), media_type)
    if isinstance(wanted, FormBody):
        pairs = parse_qsl(content.decode(), keep_blank_values=True)
        return FormBody(tuple(pairs), media_type)
    if isinstance(wanted, MultipartBody):
        media_type, _, boundary = media_type.partition("; boundary=")
        parts = _parts_received(wanted, content, boundary.strip('"').encode())
        return MultipartBody(parts, media_type)
    if isinstance(wanted, FileBody) and content == _content_of_file(wanted.filename):
        return FileBody(wanted.filename, media_type)
    return TextBody(content.decode(), media_type) if content or media_type else None


def _parts_received(wanted: MultipartBody, content: bytes, boundary: bytes) -> tuple[Part, ...]:
    pieces = (b"\r\n" + content).split(b"\r\n--" + boundary)
    assert (
        pieces[0] == b"" and pieces[-1].rstrip() == b"--" and len(pieces) - 2 == len(wanted.parts)
    )
    return tuple(
        _part_received(part, *piece.removeprefix(b"\r\n").split(b"\r\n\r\n", 1))
        for part, piece in zip(wanted.parts, pieces[1:-1], strict=True)
    )


def _part_received(wanted: Part, head: bytes, content: bytes) -> Part:
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
    assert content == _content_of_file(wanted_name)
    return Part(
        name[1], None, wanted_name, media_type[1] if media_type and wanted.media_type else None
    )
