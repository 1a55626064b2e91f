"""A PostgreSQL server of the tests' own: in a temporary folder, reachable by its socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import unavailable

_FASTER = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@contextmanager
def postgres_server() -> Iterator[Path]:
    """The folder of the socket on which user ``postgres`` may connect without a password."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="callwright-postgres-"))
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    try:
        _run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -k {folder} {_FASTER}"
        log = folder / "log"
        _run(binaries / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options)
        try:
            yield folder
        finally:
            _run(binaries / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path:
    """Debian keeps each version in a folder of its own, outside ``PATH``."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)
    )
    return installed[-1] if installed else unavailable("PostgreSQL is not installed")


def _run(*command: object) -> None:
    as_other_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*as_other_user, *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
