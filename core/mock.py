"""A server that is made from documents: it judges each request that arrives, and answers examples.

>>> with serving([petshelter]) as server:
...     send(request, server).status
200

It listens on this machine only and stands in for every server of its documents: requests come to
it as to a proxy, with their whole URL (RFC 9112 section 3.2.2), so that nothing of them is changed
and nothing leaves. What the document forbids is refused with the findings (RFC 9457): 404 for an
unknown endpoint, 405 for a wrong method, 422 for the rest. No code is ever run: what is sent is a
request.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from http.client import HTTPException, HTTPMessage, HTTPResponse, parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from core.check import check
from core.errors import CallwrightError
from core.known_documents import KnownDocuments
from core.media_type import is_json
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType, Operation
from core.parse.call import Call, finish
from core.parse.value import UnreadableCodeError
from core.render.multipart import FileChunk, chunks, content_type
from core.request import FormBody, Json, MultipartBody, Request
from core.values import ExampleValues
from core.verdict import Kind, Verdict
from core.wire import encode

_SECONDS = 5.0
"""How long either side waits for the other."""
_MOST_BYTES = 16_000_000
"""Of a body; more is refused."""
_PROBLEM = "application/problem+json"
_STATUSES = {Kind.UNKNOWN_ENDPOINT: 404, Kind.WRONG_METHOD: 405}


@dataclass(frozen=True)
class Reply:
    """What the server says to a request."""

    status: int
    media_type: str = ""
    content: bytes = b""

    @property
    def is_accepted(self) -> bool:
        """Whether the request was taken for legal."""
        return self.status < 400


class MockServer(ThreadingTCPServer):
    """Answers for documents, one thread for each request."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, documents: Sequence[Document]) -> None:
        self._known = KnownDocuments(documents)
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        """The free port that it found."""
        return int(self.server_address[1])

    def reply(self, request: Request) -> Reply:
        """The example for a legal request, the findings for another one."""
        home = self._known.calling(request)
        verdict = check(request, home.document)
        if not verdict.is_legal or verdict.operation is None:
            return _refusal(verdict)
        try:
            return example_reply(verdict.operation)
        except CallwrightError:  # the answer is described badly; the request is right all the same
            return Reply(200)


@contextmanager
def serving(documents: Sequence[Document]) -> Iterator[MockServer]:
    """A server for as long as the block lasts."""
    with MockServer(documents) as server:
        Thread(target=partial(server.serve_forever, poll_interval=0.05), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def send(request: Request, server: MockServer) -> Reply:
    """The server's reply to a request, which goes there over the loopback device.

    Raises ``CallwrightError`` where no reply comes.
    """
    content, media_type = _content(request)
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=_SECONDS) as connection:
            connection.sendall(_head(request, media_type, len(content)) + content)
            response = HTTPResponse(connection, method=request.method)
            response.begin()
            found = response.getheader("Content-Type") or ""
            return Reply(response.status, found, response.read())
    except (OSError, HTTPException) as error:
        raise CallwrightError(f"The mock server did not answer {request.url}: {error}.") from error


def example_reply(operation: Operation) -> Reply:
    """The success that the document describes, with its example or one made from its schema."""
    document = operation.document
    responses = operation.raw.get("responses")
    responses = responses if isinstance(responses, dict) else {}
    for code in sorted(map(str, responses), key=_success_first):
        response = document.resolve(responses.get(code, {}))
        if isinstance(response, dict):
            return _example_of(_status_of(code), response, operation)
    return Reply(200)


def _success_first(code: str) -> tuple[bool, bool, str]:
    return not code.startswith("2"), code != "default", code


def _status_of(code: str) -> int:
    """``2XX`` and ``default`` stand for success; a document that knows errors only has none."""
    return int(code) if code.isdecimal() and len(code) == 3 and code.startswith("2") else 200


def _example_of(status: int, response: dict[str, Json], operation: Operation) -> Reply:
    for media_type in _media_types(response, operation):
        if is_json(media_type.name):
            values = ExampleValues(operation.document)
            value = values.body(media_type, required_only=False).value
            if value is not MISSING:
                content = json.dumps(value, ensure_ascii=False).encode(errors="replace")
                return Reply(status, media_type.name, content)
        shown = next((each for each in media_type.examples if isinstance(each, str)), None)
        if shown is not None:
            return Reply(status, media_type.name, shown.encode(errors="replace"))
    return Reply(status)


def _media_types(response: dict[str, Json], operation: Operation) -> Iterator[MediaType]:
    """Each way to write the answer, as a request's body is described (2.0 has its own shape)."""
    document, where = operation.document, operation.pointer
    content = response.get("content")
    for name, described in (content if isinstance(content, dict) else {}).items():
        if isinstance(described, dict):
            examples = tuple(_examples(described, document))
            yield MediaType(str(name), described.get("schema", True), where, examples)
    if document.is_swagger and "schema" in response:
        by_name = response.get("examples")
        shown: dict[str, Json] = by_name if isinstance(by_name, dict) else {}
        name = next((name for name in map(str, shown) if is_json(name)), "application/json")
        given = (shown[name],) if name in shown else ()
        yield MediaType(name, response["schema"], where, given)


def _examples(described: dict[str, Json], document: Document) -> Iterator[Json]:
    if "example" in described:
        yield described["example"]
    examples = described.get("examples")
    for example in (examples if isinstance(examples, dict) else {}).values():
        resolved = document.resolve(example)
        if isinstance(resolved, dict) and "value" in resolved:
            yield resolved["value"]


def _refusal(verdict: Verdict) -> Reply:
    forbidden = [each for each in verdict.findings if each.severity == "illegal"]
    status = next((_STATUSES[each.kind] for each in forbidden if each.kind in _STATUSES), 422)
    return _problem(status, "The document does not allow this request.", [*map(asdict, forbidden)])


def _problem(status: int, title: str, findings: Sequence[Any] = ()) -> Reply:
    said = {"status": status, "title": title, "findings": findings}
    return Reply(status, _PROBLEM, json.dumps(said, ensure_ascii=False).encode())


def _head(request: Request, media_type: str, length: int) -> bytes:
    lines = [f"{request.method} {request.url} HTTP/1.1", f"Host: {request.host}"]
    lines += [f"{name}: {value}" for name, value in request.headers if name.lower() != "host"]
    if request.cookies:
        lines.append(f"Cookie: {request.cookie}")
    if media_type:
        lines.append(f"Content-Type: {media_type}")
    if length or media_type:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


def _content(request: Request) -> tuple[bytes, str]:
    """A body as bytes, with its content type; of a file only its name is known, so that is sent."""
    body = request.body
    if body is None:
        return b"", ""
    if isinstance(body, MultipartBody):
        pieces = [each.filename if isinstance(each, FileChunk) else each for each in chunks(body)]
        return "".join(pieces).encode(), content_type(body)
    if isinstance(body, FormBody):
        pairs = [f"{encode(name)}={encode(value)}" for name, value in body.pairs]
        return "&".join(pairs).encode(), body.media_type
    text: str = getattr(body, "text", "") or getattr(body, "filename", "")
    return text.encode(), body.media_type


class _Handler(StreamRequestHandler):
    """Reads one request from the wire."""

    timeout = _SECONDS

    def handle(self) -> None:
        assert isinstance(self.server, MockServer)
        try:
            reply = self._reply(self.server)
        except (OSError, HTTPException, ValueError) as error:
            reply = _problem(400, f"This is not HTTP as it is understood here: {error}")
        head = [f"HTTP/1.1 {reply.status} ", f"Content-Length: {len(reply.content)}"]
        if reply.media_type:
            head.append(f"Content-Type: {reply.media_type}")
        head += ["Connection: close", "", ""]
        self.wfile.write("\r\n".join(head).encode(errors="replace") + reply.content)

    def _reply(self, server: MockServer) -> Reply:
        line = self.rfile.readline(_MOST_BYTES).decode()
        method, _, target = line.rstrip("\r\n").removesuffix(" HTTP/1.1").partition(" ")
        headers = parse_headers(self.rfile)
        length = int(headers["Content-Length"] or 0)
        if length > _MOST_BYTES:
            return _problem(413, "The body is too large.")
        try:
            parsed = finish(_call(method, target, headers, self.rfile.read(length)))
        except UnreadableCodeError as error:
            return _problem(400, str(error))
        if parsed.request is None:
            return _problem(400, parsed.reason)
        return server.reply(parsed.request)


def _call(method: str, target: str, headers: HTTPMessage, content: bytes) -> Call:
    """What arrived, as parsers gather it from code."""
    own = {"connection", "content-length", "host"}
    said = [(name, value) for name, value in headers.items() if name.lower() not in own]
    body = content.decode(errors="replace") if content or "Content-Type" in headers else None
    return Call(method=method, url=target, headers=[*said], body=body)
