"""Vectors in Chroma: a server of one's own that the first who needs it starts, or one that is set.

>>> vectors = ChromaVectors(ensure_server(settings), embedder.name)
>>> vectors.add(open_vectors(folder))
12
>>> vectors.nearest(query, 10)
['5f0c…', …]

App, jobs and commands are all clients over HTTP: a second client on Chroma's own folder would see
old data and not know it. A collection holds the vectors of one embedder under the identities of
their texts; what is given is always vectors, so that the server never looks for a model.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import numpy as np
import orjson
import psutil

from core.errors import ModelError
from core.retrieval.embed import Matrix
from core.retrieval.vectors import Vectors, vectors_folder
from core.settings import Settings
from core.workspace import whole_file

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_HOST = "127.0.0.1"
_START_SECONDS = 60.0
_LOOK_SECONDS = 0.1
_ANSWER_SECONDS = 2.0
_RUNNING = "server.json"
"""The file that says where the server answers, and which process it is."""
_QUIET = {"ANONYMIZED_TELEMETRY": "False", "CHROMA_ANONYMIZED_TELEMETRY": "False"}


def ensure_server(settings: Settings) -> str:
    """The URL of a Chroma server that answers: the one that is set, or the workspace's own.

    The workspace's own is started where none runs, once for all processes, and outlives them.
    Raises ``ModelError``.
    """
    if settings.chroma_url:
        if not _answers(settings.chroma_url):
            raise ModelError(
                f"No Chroma server answers at {settings.chroma_url}. Start it, or correct "
                "CALLWRIGHT_CHROMA_URL; without it, the workspace starts its own."
            )
        return settings.chroma_url
    folder = server_folder(settings.workspace)
    with _locked(folder):
        running = _running(folder)
        if running and _answers(running["url"]):
            return str(running["url"])
        server = _start(folder)
        with whole_file(folder / _RUNNING) as file:
            file.write(orjson.dumps(server))
        return str(server["url"])


def stop_server(workspace: Path) -> bool:
    """End the workspace's own server; whether one ran."""
    folder = server_folder(workspace)
    if not folder.exists():
        return False
    with _locked(folder):
        running = _running(folder)
        (folder / _RUNNING).unlink(missing_ok=True)
        if not running:
            return False
        try:
            process = psutil.Process(running["pid"])
            if str(folder / "data") not in process.cmdline():
                return False  # the number is another process's by now
            process.terminate()
            process.wait(_START_SECONDS)
        except psutil.NoSuchProcess:
            return False
        return True


def server_folder(workspace: Path) -> Path:
    """Where the workspace's own server keeps its data and its log."""
    return workspace.absolute() / "index" / "chroma"


class ChromaVectors:
    """The collection of one embedder. Safe to share between threads."""

    def __init__(self, url: str, embedder: str) -> None:
        """Raises ``ModelError`` where the server does not answer as Chroma does."""
        self._url = url
        with self._asking():
            self._client = _client(url)
            self._most_at_once = self._client.get_max_batch_size()
            self._collection: Collection = self._client.get_or_create_collection(
                vectors_folder(Path(), embedder).name,
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )

    def add(self, vectors: Vectors) -> int:
        """Add those that are not there yet; how many that were. Raises ``ModelError``."""
        with self._asking():
            known = set(self._collection.get(include=[])["ids"])
            names = [name for name in vectors.rows if name not in known]
            for start in range(0, len(names), self._most_at_once):
                batch = names[start : start + self._most_at_once]
                rows = [vectors.rows[name] for name in batch]
                self._collection.add(ids=batch, embeddings=np.asarray(vectors.matrix[rows]))
        return len(names)

    def nearest(self, query: Matrix, count: int) -> list[str]:
        """The identities of the nearest vectors, about; best first. Raises ``ModelError``."""
        with self._asking():
            found = self._collection.query(
                query_embeddings=query[np.newaxis], n_results=count, include=[]
            )
        return found["ids"][0]

    def __len__(self) -> int:
        with self._asking():
            return self._collection.count()

    def close(self) -> None:
        """Give up the connections."""
        self._client.close()
        clients: list[Any] = [self._client, self._client._admin_client]
        for client in clients:  # whose sockets it leaves open
            client._server._session.close()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Says in words what a server or the way to it may do."""
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, httpx.HTTPError, ValueError) as error:
            raise ModelError(
                f"The Chroma server at {self._url} does not answer as it should: {error}. Start it "
                "again, or set CALLWRIGHT_VECTORS=files to do without it."
            ) from error


def _client(url: str) -> Client:
    from chromadb import HttpClient
    from chromadb.api.client import Client
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url)
    client = HttpClient(
        host=parts.hostname or _HOST,
        port=parts.port or (443 if parts.scheme == "https" else 80),
        ssl=parts.scheme == "https",
        settings=ChromaSettings(anonymized_telemetry=False),
    )
    assert isinstance(client, Client)  # which can be closed
    return client


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/heartbeat", timeout=_ANSWER_SECONDS).is_success
    except httpx.HTTPError:
        return False


def _running(folder: Path) -> dict[str, Any]:
    """What the last one to start a server wrote; empty where nobody has."""
    try:
        found: dict[str, Any] = orjson.loads((folder / _RUNNING).read_bytes())
    except FileNotFoundError:
        return {}
    return found


def _start(folder: Path) -> dict[str, Any]:
    """A server that goes on when whoever started it ends, and is nobody's child."""
    port = _free_port()
    program = Path(sysconfig.get_path("scripts")) / "chroma"
    if not program.exists():
        raise ModelError(
            "Chroma is not installed: pip install -r requirements.txt, or set "
            "CALLWRIGHT_VECTORS=files."
        )
    order = [
        str(program),
        "run",
        "--path",
        str(folder / "data"),
        "--host",
        _HOST,
        "--port",
        str(port),
    ]
    started = subprocess.run(
        ["sh", "-c", '"$@" </dev/null >>"$0" 2>&1 & echo $!', str(folder / "log"), *order],
        env={**os.environ, **_QUIET},
        start_new_session=True,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    url, pid = f"http://{_HOST}:{port}", int(started.stdout)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and psutil.pid_exists(pid):
        if _answers(url):
            return {"url": url, "pid": pid}
        time.sleep(_LOOK_SECONDS)
    with suppress(psutil.NoSuchProcess):
        psutil.Process(pid).kill()
    raise ModelError(
        f"Chroma did not start; {folder / 'log'} says why. Remove {folder / 'data'}, which is made "
        "again, or set CALLWRIGHT_VECTORS=files."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone among all processes of this machine, and threads."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
