"""A server of language models as small as can be: real HTTP on loopback, echoing what it is asked.

It can be made to die, to talk nonsense and to be slow, and it counts what reaches it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.models.server import Server

_USAGE = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


@dataclass
class ModelServer:
    """One such server."""

    port: int = 0
    model: str = "echo"
    owner: str = "vllm"
    seconds: float = 0.0
    """How long it thinks."""
    spoil: Callable[[int], bytes | int | None] = lambda number: None
    """What it sends to the n-th call instead of an answer: bytes as they are, or a status."""
    say: Callable[[dict[str, Any]], str] = lambda body: echo(body)
    """What it answers to the body of a call for text."""
    calls: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of all calls for text or scores."""
    paths: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    hung_up: threading.Event = field(default_factory=threading.Event)
    aborted: int = 0
    """Streams that whoever read them did not read to their end."""
    _running: _Listening | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def server(self, **options: Any) -> Server:
        options = {"dialect": "structured_outputs", "can_score": True, **options}
        return Server(self.url, self.model, **options)

    def start(self) -> None:
        self._running = _Listening(("127.0.0.1", self.port), _handler(self))
        self.port = self._running.server_address[1]
        threading.Thread(target=self._running.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._running:
            self._running.shutdown()
            self._running.hang_up()
            self._running.server_close()
            self._running = None


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.taken: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        taken, address = super().get_request()
        self.taken.append(taken)
        return taken, address

    def hang_up(self) -> None:
        """Clients keep connections open, and would be served on."""
        for taken in self.taken:
            with suppress(OSError):
                taken.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the tests."""


@contextmanager
def model_server(**options: Any) -> Iterator[ModelServer]:
    """A server that runs."""
    server = ModelServer(**options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _handler(model: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            served = [{"id": model.model, "object": "model", "owned_by": model.owner}]
            self._send({"object": "list", "data": served})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.paths.append(self.path)
            if self.path == "/tokenize":
                self._send({"tokens": _tokens(body)})
                return
            with model.lock:
                model.calls.append(body)
                number = len(model.calls)
            model.keys.add(self.headers.get("Authorization", ""))
            time.sleep(model.seconds)
            spoilt = model.spoil(number)
            if isinstance(spoilt, int):
                self._send({"error": {"message": f"no: {self.headers['Authorization']}"}}, spoilt)
            elif spoilt is not None:
                self._send_bytes(spoilt, "application/json")
            elif body.get("stream"):
                self._stream(body)
            else:
                self._send(_completion(body, model.say(body)))

        def _stream(self, body: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            chats = "messages" in body
            try:
                for piece in _streamed(body, model.say(body)):
                    said = {"delta": {"content": piece}} if chats else {"text": piece}
                    self._event({"choices": [{"index": 0, **said}]})
                    time.sleep(model.seconds)
                if body.get("stream_options", {}).get("include_usage"):
                    self._event({"choices": [], "usage": _USAGE})
                self.wfile.write(b"data: [DONE]\n\n")
            except OSError:
                with model.lock:
                    model.aborted += 1
                model.hung_up.set()
            self.close_connection = True

        def _event(self, event: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
            self.wfile.flush()

        def _send(self, answer: dict[str, Any], status: int = 200) -> None:
            self._send_bytes(json.dumps(answer).encode(), "application/json", status)

        def _send_bytes(self, data: bytes, kind: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _tokens(body: dict[str, Any]) -> list[int]:
    text = body.get("prompt") or "".join(turn["content"] for turn in body["messages"])
    return [*([1] if body.get("add_special_tokens") else []), *text.encode()]


def _said(body: dict[str, Any]) -> str:
    return f"you said {body['messages'][-1]['content'] if 'messages' in body else body['prompt']}"


def _streamed(body: dict[str, Any], text: str) -> list[str]:
    """What a stream says, a word at a time."""
    return [f"{word} " for word in text.split(" ")] if text == _said(body) else [text]


def echo(body: dict[str, Any]) -> str:
    """An echo; the first of a vLLM choice, the last of OpenAI's."""
    constraint = body.get("structured_outputs", {})
    if "response_format" in body:
        members = body["response_format"]["json_schema"]["schema"]["properties"]
        return json.dumps({"choice": members["choice"]["enum"][-1]} if "choice" in members else {})
    return constraint["choice"][0] if "choice" in constraint else _said(body)


def _completion(body: dict[str, Any], text: str) -> dict[str, Any]:
    choice: dict[str, Any] = {"index": 0, "finish_reason": "stop"}
    if "messages" in body:
        choice["message"] = {"role": "assistant", "content": text}
    else:
        choice["text"] = text
    if body.get("prompt_logprobs") is not None:
        # The probability of a token hangs on its number, so that a test can work it out.
        choice["prompt_logprobs"] = [
            None,
            *({str(token): {"logprob": -token / 100}} for token in body["prompt"][1:]),
        ]
    return {"id": "1", "object": "x", "model": "echo", "choices": [choice], "usage": _USAGE}
