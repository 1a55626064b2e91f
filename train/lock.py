"""Who trains in a folder: one process at a time.

>>> with training_in(Path("workspace/models/pets")):
...     train()

The lock (flock(2)) ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import CallwrightError

_FILE = "lock"


@contextmanager
def training_in(folder: Path) -> Iterator[None]:
    """The folder for this process alone. Raises ``CallwrightError`` where another one trains."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _FILE).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CallwrightError(
                f"Process {holder(folder) or '?'} is training in {folder}. Wait for it, stop it, "
                "or choose another folder."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def holder(folder: Path) -> int | None:
    """The process that trains in a folder on this machine; none where nobody does."""
    try:
        with (folder / _FILE).open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
    except FileNotFoundError:
        pass
    return None
