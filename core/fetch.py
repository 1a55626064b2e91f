"""Read one file from the web, and from nowhere else: a web address is a stranger's input too.

>>> fetch("https://zoo.example/openapi.yaml", settings).data[:8]
b'openapi:'

Names are resolved once, every address is looked at, and the connection goes to one that was looked
at; a redirect is a new address. Size and time are bounded, whatever the other side does.
"""

from __future__ import annotations

import http
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from core.errors import FetchError
from core.settings import Settings
from core.wire import shorten

MAX_REDIRECTS = 5
_SILENCE_SECONDS = 15
"""How long the other side may say nothing."""
_HEADERS = {"User-Agent": "Callwright", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
_HOLDING_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""IPv6 addresses whose last 32 bits are an IPv4 address that may be meant (RFC 6052, RFC 4291)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at a web address."""

    url: str
    """Where the redirects ended."""
    data: bytes

    @property
    def name(self) -> str:
        """The file's name, as far as the address has one."""
        parts = urlsplit(self.url)
        return unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname or "document"


def fetch(url: str, settings: Settings) -> Fetched:
    """Read what stands at an ``http`` or ``https`` address.

    Raises ``FetchError``: for addresses within private networks, unless the settings allow them;
    for answers that are errors, too large or too slow.
    """
    backend = _Guard(settings.allow_private_urls, time.monotonic() + settings.download_seconds)
    try:
        with httpx.Client(
            transport=_Transport(backend), timeout=_SILENCE_SECONDS, trust_env=False
        ) as client:
            for _ in range(MAX_REDIRECTS + 1):
                _check(url)
                with client.stream("GET", url, headers=_HEADERS) as response:
                    if response.next_request:
                        url = str(response.next_request.url)
                        continue
                    return Fetched(url, _body(response, url, settings.max_download_bytes))
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchError(
            f"{shorten(url, 200)} answers too slowly: {settings.download_seconds:g} seconds are "
            f"the most, and {_SILENCE_SECONDS} without a word. Try again later, or download the "
            "file yourself and upload it."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError) as error:
        raise FetchError(
            f"{shorten(url, 200)} cannot be read ({error or type(error).__name__}). Check the "
            "address, or download the file yourself and upload it."
        ) from error
    raise FetchError(
        f"{shorten(url, 200)} is the end of {MAX_REDIRECTS} redirects, and leads on. "
        "Give the address where they end."
    )


def _check(url: str) -> None:
    """Raise ``FetchError`` for what is no address of a web server."""
    try:
        parts = urlsplit(url)
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError(f"{shorten(url, 200)} is no web address. Check the spelling.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(
            f"{shorten(url, 200)} is no address of a web server. Give one that begins with "
            "https:// or http://."
        )
    if parts.username or parts.password:
        raise FetchError(
            f"The address at {parts.hostname} holds a user name or password, which would be kept "
            "with the document. Download the file yourself and upload it."
        )


def _body(response: httpx.Response, url: str, max_bytes: int) -> bytes:
    if response.status_code != http.HTTPStatus.OK:
        raise FetchError(
            f"{shorten(url, 200)} answers {response.status_code} ({response.reason_phrase}). "
            "Check the address, or download the file yourself and upload it."
        )
    declared = response.headers.get("content-length", "")
    data = bytearray()
    is_too_large = declared.isdecimal() and int(declared) > max_bytes
    if not is_too_large:
        for piece in response.iter_bytes():
            data += piece
            if is_too_large := len(data) > max_bytes:
                break
    if is_too_large:
        raise FetchError(
            f"{shorten(url, 200)} is larger than {max_bytes / 1e6:,.0f} MB. If that is meant to "
            "be, set CALLWRIGHT_MAX_DOWNLOAD_MB."
        )
    return bytes(data)


class _Guard(httpcore.NetworkBackend):
    """Connects to public addresses only, and not beyond a deadline."""

    def __init__(self, allows_private: bool, deadline: float) -> None:
        self._allows_private = allows_private
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | None = None
        for address in self._addresses(host, port):
            left = _time_left(self._deadline, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
                return _GuardedStream(stream, self._deadline)
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        """Those of a name; all of them public, so that none is chosen by chance."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise FetchError(
                f"There is no {shorten(host)} on this network. Check the spelling."
            ) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        private = [address for address in addresses if not is_public(address)]
        if private and not self._allows_private:
            raise FetchError(
                f"{shorten(host)} is {private[0]}, an address within this machine or a private "
                "network, and nothing is fetched from there. Download the file yourself and "
                "upload it, or set CALLWRIGHT_ALLOW_PRIVATE_URLS to 1."
            )
        return addresses


class _GuardedStream(httpcore.NetworkStream):
    """A connection that ends at the deadline, however slowly the other side speaks."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _time_left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _time_left(self._deadline, timeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, left)
        return _GuardedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Transport(httpx.BaseTransport):
    """httpx over connections of a guard; httpx's own transport takes no backend."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_AnswerStream(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _AnswerStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def is_public(address: str) -> bool:
    """Whether an IP address is somewhere on the internet, also one that is written in another."""
    found = ip_address(address)
    meant: list[IPv4Address | IPv6Address | None] = [found]
    if isinstance(found, IPv6Address):
        meant += [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if any(found in network for network in _HOLDING_IPV4):
            meant.append(IPv4Address(int(found) & 0xFFFF_FFFF))
    return all(one.is_global and not one.is_multicast for one in meant if one is not None)


def _time_left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for this download is over")
    return left if timeout is None else min(left, timeout)
