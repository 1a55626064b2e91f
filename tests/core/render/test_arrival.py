"""Calls that really run, against a server of this machine: what arrives is what the request says.

Only the calls of the table are run, which we wrote; the app runs no code at all.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from core.render import CLIENTS, render
from core.request import Body, FileBody, FormBody, JsonBody, MultipartBody
from tests.conftest import require
from tests.core.render.requests import REQUESTS

_RUN_PYTHON = "import runpy, sys\nfor file in sys.argv[1:]: runpy.run_path(file)"

RUN_EACH = {
    "curl": ("bash", "-c", 'for file; do bash "$file"; done', "run"),
    "node-fetch": (
        *("node", "--input-type=module", "--eval"),
        "for (const file of process.argv.slice(1)) await import(file).catch(console.error)",
    ),
    "php-curl": ("php", "-r", "foreach (array_slice($argv, 1) as $file) include $file;"),
    "python-http-client": ("python", "-c", _RUN_PYTHON),
    "python-requests": ("python", "-c", _RUN_PYTHON),
    "ruby-nethttp": ("ruby", "-e", "ARGV.each { |file| load file }"),
}
"""The command that runs the files named behind it, one after the other."""

NOT_SENT = {"node-fetch": {"get-json-body"}}
"""Calls that the library refuses to make: ``fetch`` lets no GET have a body."""

FILE_CONTENT = b"\x89PNG\r\n\x00\xff\xfe"


@dataclass(frozen=True)
class Arrival:
    """A request as the server reads it."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def read_arrival(connection: socket.socket) -> Arrival:
    connection.settimeout(10)
    with connection, connection.makefile("rb") as stream:
        method, target, _ = stream.readline().decode().split(" ")
        lines = iter(lambda: stream.readline().decode().rstrip("\r\n"), "")
        pairs = [line.partition(":") for line in lines]
        headers = {name.lower(): value.strip(" \t") for name, _, value in pairs}
        assert len(headers) == len(pairs)
        body = stream.read(int(headers.get("content-length", 0)))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return Arrival(method, target, headers, body)


@contextmanager
def servers(names: list[str]) -> Iterator[tuple[dict[str, int], dict[str, Arrival]]]:
    """A port for each name, and what arrived there so far."""
    arrivals: dict[str, Arrival] = {}
    with ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())
        ports = {}
        for name in names:
            server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            selector.register(server, selectors.EVENT_READ, name)
            ports[name] = server.getsockname()[1]
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                for key, _ in selector.select(timeout=0.1):
                    assert isinstance(key.fileobj, socket.socket)
                    arrivals[key.data] = read_arrival(key.fileobj.accept()[0])

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield ports, arrivals
        finally:
            is_over.set()
            thread.join()


@pytest.fixture(scope="module", params=RUN_EACH)
def client_and_arrivals(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Arrival]]:
    client_name: str = request.param
    program, *arguments = RUN_EACH[client_name]
    program = sys.executable if program == "python" else require(program)
    folder = tmp_path_factory.mktemp(client_name)
    with servers(list(REQUESTS)) as (ports, arrivals):
        files = []
        for name, call in REQUESTS.items():
            local = replace(call, scheme="http", host=f"127.0.0.1:{ports[name]}")
            file = folder / f"call-{name}.{CLIENTS[client_name].extension}"
            file.write_bytes(render(local, client_name).encode())
            files.append(str(file))
            write_files(call.body, folder)
        subprocess.run(
            [program, *arguments, *files], cwd=folder, stdout=subprocess.DEVNULL, timeout=120
        )
    return client_name, arrivals


def write_files(body: Body | None, folder: Path) -> None:
    names = [body.filename] if isinstance(body, FileBody) else []
    if isinstance(body, MultipartBody):
        names = [part.filename for part in body.parts if part.filename is not None]
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(FILE_CONTENT)


@pytest.mark.parametrize("request_name", REQUESTS)
def test_call_arrives(
    client_and_arrivals: tuple[str, dict[str, Arrival]], request_name: str
) -> None:
    client_name, arrivals = client_and_arrivals
    if request_name in NOT_SENT.get(client_name, ()):
        assert request_name not in arrivals
        return
    request, arrival = REQUESTS[request_name], arrivals[request_name]
    assert arrival.method == request.method
    # Some libraries encode the apostrophe, which no server reads differently.
    assert arrival.target.replace("%27", "'") == request.target
    assert {name: arrival.headers[name.lower()] for name, _ in request.headers} == dict(
        request.headers
    )
    assert arrival.headers.get("cookie", "") == request.cookie
    if request.body is None:
        assert arrival.body == b""
        return
    content_type = arrival.headers["content-type"]
    assert re.sub(r"; boundary=.*", "", content_type) == request.body.media_type
    assert meaning(arrival.body, content_type, request.body) == expected(request.body)


def meaning(payload: bytes, content_type: str, body: Body) -> Any:
    """What a server makes of a payload of this kind."""
    if isinstance(body, JsonBody):
        return json.loads(payload)
    if isinstance(body, FormBody):
        return tuple(parse_qsl(payload.decode(), keep_blank_values=True))
    if isinstance(body, MultipartBody):
        return read_parts(payload, content_type, body)
    return payload


def expected(body: Body) -> Any:
    if isinstance(body, JsonBody):
        return body.value
    if isinstance(body, FormBody):
        return body.pairs
    if isinstance(body, MultipartBody):
        return [
            (
                part.name,
                Path(part.filename).name if part.filename else None,
                part.media_type,
                FILE_CONTENT if part.value is None else part.value.encode(),
            )
            for part in body.parts
        ]
    return FILE_CONTENT if isinstance(body, FileBody) else body.text.encode()


def read_parts(
    payload: bytes, content_type: str, body: MultipartBody
) -> list[tuple[str, str | None, str | None, bytes]]:
    separator = b"\r\n--" + content_type.partition("boundary=")[2].strip('"').encode()
    first, *sections, last = (b"\r\n" + payload).split(separator)
    assert first == b"" and last.strip() == b"--"
    parts = []
    for section, part in zip(sections, body.parts, strict=True):
        head, _, content = section.partition(b"\r\n\r\n")
        name = re.search(rb'\bname="([^"]*)"', head)
        filename = re.search(rb'filename="(?:[^"]*/)?([^"]*)"', head)
        media_type = re.search(rb"(?i)content-type: (.*)", head)
        assert name
        parts.append(
            (
                name[1].decode(),
                filename[1].decode() if filename else None,
                # Where none is stated, the library may say what it thinks.
                media_type[1].decode().strip() if media_type and part.media_type else None,
                content,
            )
        )
    return parts
