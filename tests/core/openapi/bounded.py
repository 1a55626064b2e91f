"""Open a hostile file in a process of its own, that may not take much time or memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

MAX_BYTES = 1_000_000_000
MAX_SECONDS = 20

_CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({bytes}, {bytes}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from core.errors import DocumentError
from core.openapi.files import read_path
from core.openapi.syntax import parse
try:
    files = read_path(Path(sys.argv[1]))
    value = parse(files[files.entry], files.entry)
except DocumentError as error:
    print("refused:", error)
else:
    print("read:", sorted(value))
"""


def open_bounded(path: Path) -> str:
    """``refused: <message>`` or ``read: <keys>``; fails if the process dies, whatever of."""
    code = _CHILD.format(bytes=MAX_BYTES, seconds=MAX_SECONDS)
    child = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=3 * MAX_SECONDS,
        check=False,
    )
    assert child.returncode == 0, f"the process ended with {child.returncode}: {child.stderr}"
    return child.stdout.strip()
