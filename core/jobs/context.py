"""What a job's function sees of its job: a place to say how far it is, and to go on from."""

from __future__ import annotations

import threading
import time
from typing import Any

from core.store.database import Store
from core.store.jobs import Job, add_drops, is_cancelled, write_job

HEARTBEAT_SECONDS = 2.0
"""How often a running job says that it is alive."""

_WRITE_SECONDS = 0.5
"""Progress is written at most this often, and at the end."""


class Cancelled(BaseException):
    """Ends a job's function because somebody asked; no ``except Exception`` holds it up."""


class JobContext:
    """The job's own process writes through this; nothing else touches the row meanwhile."""

    def __init__(self, store: Store, job: Job) -> None:
        self.store = store
        self.job = job
        self.checkpoint: Any = job.checkpoint
        """What :meth:`save` was last given, in this attempt or an earlier one."""
        self._drops: list[tuple[str, str, str]] = []
        self._progress: dict[str, Any] = {}
        self._written_at = 0.0
        self._stopped = threading.Event()
        self._beater = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> JobContext:
        self._beater.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._beater.join()
        self.flush()

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """How much is done, of how much, and what is being done. Raises ``Cancelled``."""
        self._progress.update(done=done, total=total, message=message[:300])
        if time.monotonic() - self._written_at >= _WRITE_SECONDS:
            self.flush()
            if is_cancelled(self.store, self.job.id):
                raise Cancelled

    def save(self, checkpoint: Any) -> None:
        """Where to go on from after an interruption: a small JSON value, written at once."""
        self.checkpoint = checkpoint
        write_job(self.store, self.job.id, checkpoint=checkpoint, **self._taken())

    def drop(self, step: str, key: str, reason: str) -> None:
        """Something is left out; counted with its reason, once however often it is said."""
        self._drops.append((step, key, reason))
        if len(self._drops) >= 500:
            self.flush()

    def flush(self) -> None:
        """Writes what is known now."""
        if self._drops:
            add_drops(self.store, self.job.id, self._drops)
            self._drops = []
        values = self._taken()
        if values:
            write_job(self.store, self.job.id, heartbeat_at=time.time(), **values)

    def _taken(self) -> dict[str, Any]:
        values, self._progress = self._progress, {}
        self._written_at = time.monotonic()
        return values

    def _beat(self) -> None:
        while not self._stopped.wait(HEARTBEAT_SECONDS):
            write_job(self.store, self.job.id, heartbeat_at=time.time())
