"""Reading from the web: nothing private, nothing without end, and a sentence for every failure."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest

from core.errors import FetchError
from core.fetch import Fetched, fetch, is_public
from core.settings import Settings

BODY = b"openapi: 3.1.0\n" * 1_000
SETTINGS = Settings(Path("unused"), max_download_bytes=100_000, download_seconds=20)
LOCAL = replace(SETTINGS, allow_private_urls=True)


class Handler(BaseHTTPRequestHandler):
    """Answers by the path: ``/to/URL`` redirects, ``/status/404`` fails, others misbehave."""

    def do_GET(self) -> None:
        name, _, rest = self.path[1:].partition("/")
        answer: Callable[[str], None] = getattr(self, f"answer_{name.partition('?')[0]}")
        with suppress(OSError):  # the client has seen enough
            answer(rest)

    def answer_file(self, _: str) -> None:
        self.send(200, BODY)

    def answer_gzip(self, _: str) -> None:
        self.send(200, gzip.compress(BODY), **{"Content-Encoding": "gzip"})

    def answer_bomb(self, _: str) -> None:
        self.send(200, gzip.compress(b"0" * 50_000_000), **{"Content-Encoding": "gzip"})

    def answer_damaged(self, _: str) -> None:
        self.send(200, b"no gzip", **{"Content-Encoding": "gzip"})

    def answer_to(self, rest: str) -> None:
        self.send(302, b"", Location=rest)

    def answer_round(self, rest: str) -> None:
        count = int(rest)
        self.send(301, b"", Location=f"/round/{count - 1}" if count else "/file/openapi.yaml")

    def answer_nowhere(self, _: str) -> None:
        self.send(302, b"")

    def answer_status(self, rest: str) -> None:
        self.send(int(rest), b"no")

    def answer_large(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100001")
        self.end_headers()

    def answer_endless(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"0" * 10_000)

    def answer_slowly(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"0")

    def answer_silently(self, _: str) -> None:
        self.drip(b"")

    def answer_headers(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self.drip(b"x")

    def answer_half(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"half")

    def answer_nonsense(self, _: str) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")

    def drip(self, piece: bytes) -> None:
        for _ in range(60):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(0.1)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, address: str) -> list[str]:
    """An internet whose public addresses all lead to the test's server; who was connected to."""
    names = {
        "zoo.example": ["8.8.8.8"],
        "two.example": ["8.8.8.8", "10.0.0.1"],
        "rebound.example": ["8.8.8.8"],
    }
    connected: list[str] = []
    inner = httpcore.SyncBackend.connect_tcp

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        found = names.get(host, [host])
        if host == "rebound.example":  # public when it is looked at, private afterwards
            names[host] = ["127.0.0.1"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    def connect(self: Any, host: str, port: int, *more: Any, **named: Any) -> Any:
        connected.append(host)
        return inner(self, "127.0.0.1", int(address.rpartition(":")[2]), *more, **named)

    monkeypatch.setattr("core.fetch.socket.getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


def test_a_file_is_read(address: str) -> None:
    url = f"{address}/file/docs/open%20api.yaml?token=1#top"
    found = fetch(url, LOCAL)
    assert found == Fetched(url, BODY)
    assert found.name == "open api.yaml"


def test_a_packed_answer_is_unpacked(address: str) -> None:
    assert fetch(f"{address}/gzip", LOCAL).data == BODY


def test_an_address_without_a_file_is_named_by_its_host() -> None:
    assert Fetched("https://zoo.example/", b"").name == "zoo.example"


def test_redirects_are_followed_to_a_limit(address: str) -> None:
    found = fetch(f"{address}/round/4", LOCAL)
    assert found == Fetched(f"{address}/file/openapi.yaml", BODY)
    with pytest.raises(FetchError, match="end of 5 redirects"):
        fetch(f"{address}/round/5", LOCAL)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("status/404", r"answers 404 \(Not Found\)"),
        ("status/500", "answers 500"),
        ("status/204", "answers 204"),
        ("nowhere", "answers 302"),
        ("large", "larger than 0 MB.*CALLWRIGHT_MAX_DOWNLOAD_MB"),
        ("endless", "larger than"),
        ("bomb", "larger than"),
        ("damaged", "cannot be read"),
        ("half", "cannot be read"),
        ("nonsense", "cannot be read"),
        ("to/ftp://zoo.example/x", "no address of a web server"),
        ("to/file:///etc/passwd", "no address of a web server"),
        ("to/http://me:secret@127.0.0.1/", "user name or password"),
        ("to/http://[::1/", "cannot be read"),
    ],
)
def test_answers_that_are_no_file_are_explained(address: str, path: str, sentence: str) -> None:
    with pytest.raises(FetchError, match=sentence):
        fetch(f"{address}/{path}", LOCAL)


@pytest.mark.parametrize("path", ["slowly", "silently", "headers"])
def test_slow_answers_end_at_the_deadline(address: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"too slowly: 0\.4 seconds"):
        fetch(f"{address}/{path}", replace(LOCAL, download_seconds=0.4))
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://zoo.example/x", "begins with https:// or http://"),
        ("file:///etc/passwd", "begins with"),
        ("openapi.yaml", "begins with"),
        ("https://", "begins with"),
        ("http://[zoo]/", "no web address"),
        ("http://a\x00b/", "no web address"),
        ("https://me:secret@zoo.example/", "user name or password"),
        ("http://127.0.0.1:1/", "cannot be read"),
    ],
)
def test_addresses_that_lead_nowhere_are_explained(url: str, sentence: str) -> None:
    with pytest.raises(FetchError, match=sentence) as caught:
        fetch(url, LOCAL)
    assert "secret" not in str(caught.value)


def test_a_name_that_does_not_exist_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr("core.fetch.socket.getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"There is no “zoo\.example” on this network"):
        fetch("https://zoo.example/", SETTINGS)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433", "0x7f000001"]
)
def test_this_machine_is_refused_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    addresses = {"[::1]": "::1", "::1": "::1", "0.0.0.0": "0.0.0.0"}

    def resolve(name: str, port: int, **_: Any) -> list[Any]:
        return [(2, 1, 6, "", (addresses.get(name, "127.0.0.1"), port))]

    monkeypatch.setattr("core.fetch.socket.getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"private network.*CALLWRIGHT_ALLOW_PRIVATE_URLS"):
        fetch(f"http://{host}/secret", SETTINGS)


def test_public_addresses_are_read(internet: list[str]) -> None:
    assert fetch("http://zoo.example/file/a.yaml", SETTINGS).data == BODY
    assert internet == ["8.8.8.8"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/secret",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:10.0.0.1]/",
        "//192.168.1.1/router",
    ],
)
def test_a_redirect_into_a_private_network_is_refused(internet: list[str], target: str) -> None:
    with pytest.raises(FetchError, match="private network"):
        fetch(f"http://zoo.example/to/{target}", SETTINGS)
    assert internet == ["8.8.8.8"]


def test_a_name_with_one_private_address_is_refused(internet: list[str]) -> None:
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch("http://two.example/file", SETTINGS)
    assert internet == []


def test_a_name_is_resolved_once_so_that_it_cannot_change(internet: list[str]) -> None:
    assert fetch("http://rebound.example/file", SETTINGS).data == BODY
    assert internet == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("2001:0:7f00:1::808:808", False),
    ],
)
def test_only_addresses_of_the_internet_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected
