"""The workspace folder: what is where, and files that are there whole or not at all.

documents/ab/abcd….bin     a document's bytes as they came (see core.openapi.bundle)
documents/ab/abcd….json    the same converted, where reading the original is slow
index/                     what is built from the database, and may be deleted
jobs/                      logs
uploads/                   what was handed over and is not imported yet
callwright.sqlite          the database, unless another one is set
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import StoreError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that gets its name, on the disk for good, when the block ends well.

    Who has the old one open goes on reading it. Raises ``StoreError`` where the disk says no.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(partial).unlink(missing_ok=True)


def original_path(workspace: Path, sha256: str) -> Path:
    """Where a document's bytes are."""
    return workspace / "documents" / sha256[:2] / f"{sha256}.bin"


def converted_path(workspace: Path, sha256: str) -> Path:
    """Where the same document is as JSON, if it was converted."""
    return original_path(workspace, sha256).with_suffix(".json")


def uploads_path(workspace: Path) -> Path:
    """Where files wait for their import."""
    return workspace / "uploads"


def index_path(workspace: Path) -> Path:
    """Where the words of all operations are; built from the database, and may be deleted."""
    return workspace / "index" / "words.bin"


def write_once(path: Path, data: bytes) -> None:
    """Write a file whose name says what it holds, unless it is there. Raises ``StoreError``."""
    if not path.exists():
        with whole_file(path) as file:
            file.write(data)


def remove_partials(workspace: Path, *, untouched_seconds: float) -> None:
    """Remove what processes that were killed that long ago had half-written of documents."""
    for partial in workspace.glob("documents/*/.*"):
        with suppress(FileNotFoundError):  # another process does the same, or has just finished it
            if partial.stat().st_mtime < time.time() - untouched_seconds:
                partial.unlink()


def _sync_folder(folder: Path) -> None:
    """The name is on the disk only when the folder is (fsync(2), “Notes”)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be written: {error.strerror}. Free some space, or set "
        "CALLWRIGHT_WORKSPACE to a folder that you may write to."
    )
