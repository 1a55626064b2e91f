"""Prism, the mock server of Stoplight, as an outside judge: it says why it would refuse a call."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx

from core.errors import CallwrightError
from core.render.body import chunks
from core.render.headers import all_headers
from core.request import Body, Request

PACKAGE = "@stoplight/prism-cli@5.14.2"
"""The last that runs on node 20."""

_PROBLEM = "https://stoplight.io/prism/errors#"
NO_PATH = ": no such path"
SECURITY = ": Invalid security scheme used"
_REFUSALS = {
    "UNAUTHORIZED": SECURITY,
    "NO_PATH_MATCHED_ERROR": NO_PATH,
    "NO_METHOD_MATCHED_ERROR": ": no such method",
    "INVALID_CONTENT_TYPE": ": no such media type",
}
"""Problems of the call that name no violation; others are the mock's, which cannot answer a right
call.
"""
_SECONDS = 60.0


@dataclass(frozen=True)
class Ruling:
    """What Prism says of one call."""

    reasons: tuple[str, ...] = ()
    """Why it refuses the call: ``query.limit: … must be integer``, nothing before the colon where
    it names no place; no reason where it accepts it.
    """

    @property
    def accepts(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Prism:
    """A Prism that listens on this machine, with one document."""

    host: str
    client: httpx.Client

    def ask(self, request: Request, base_path: str) -> Ruling:
        """Sends a call, which Prism expects without the path of the document's server."""
        target = request.target.removeprefix(base_path)
        answer = self.client.send(
            httpx.Request(
                request.method,
                f"http://{self.host}{target if target.startswith('/') else '/' + target}",
                headers=all_headers(request),
                content=None if request.body is None else _content(request.body),
            )
        )
        return Ruling(tuple(_reasons(answer)))


@contextmanager
def prism(document: Path, modules: Path) -> Iterator[Prism]:
    """Prism on a document for as long as the block lasts. Raises ``CallwrightError`` where Prism
    cannot load it.
    """
    host = f"127.0.0.1:{_free_port()}"
    program = modules / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    command = ["node", str(program), "mock", "--port", host.rpartition(":")[2], str(document)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            with httpx.Client(timeout=_SECONDS, trust_env=False) as client:
                _wait(process, client, host, document, log)
                yield Prism(host, client)
        finally:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(
    process: subprocess.Popen[bytes], client: httpx.Client, host: str, path: Path, log: IO[bytes]
) -> None:
    deadline = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            client.get(f"http://{host}/")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    log.seek(0)
    said = log.read().decode().strip().splitlines() or ["nothing"]
    raise CallwrightError(f"Prism does not load {path.name}. It says: {said[-1]}")


def _content(body: Body) -> bytes:
    """The bytes of a body; those of a file do not matter."""
    texts = [chunk if isinstance(chunk, str) else "content of a file" for chunk in chunks(body)]
    return "".join(texts).encode()


def _reasons(answer: httpx.Response) -> Iterator[str]:
    """Why a call is refused. Prism answers with its own problem, or as the document has it for
    such a call and the reasons in a header.
    """
    problem = _problem(answer)
    kind = problem.get("type", "").removeprefix(_PROBLEM)
    if kind in _REFUSALS:
        yield _REFUSALS[kind]
    violations = problem.get("validation", [])
    for violation in violations + list(_listed(answer.headers.get("sl-violations", ""))):
        place = [str(step) for step in violation.get("location", ())]
        if place[:1] != ["response"] and violation["severity"] == "Error":
            yield f"{'.'.join(place).removeprefix('request').strip('.')}: {violation['message']}"


def _listed(header: str) -> Iterator[dict[str, Any]]:
    """The violations in a header, which Prism cuts where they are many."""
    decode = json.JSONDecoder().raw_decode
    at = header.find("{")
    with contextlib.suppress(ValueError):
        while at >= 0:
            violation, end = decode(header, at)
            yield violation
            at = header.find("{", end)


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """Prism's own; documents have such answers too."""
    if _PROBLEM.encode() not in answer.content:
        return {}
    problem: dict[str, Any] = answer.json()
    return problem
