"""Programs that a job starts and that must not outlive it, however it ends.

>>> with tethered([sys.executable, "-m", "pipeline", "evaluate"], log) as process:
...     process.wait()

The program hangs on a pipe that the job holds open. When the job ends the pipe breaks, also by
kill -9, and ``python -m core.jobs.tether`` ends the program with all that it has started.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

GRACE_SECONDS = 1.5
"""Between the polite signal and the other one: less than a job has itself."""

_REPOSITORY = Path(__file__).parents[2]


@contextmanager
def tethered(
    command: Sequence[str],
    output: IO[bytes] | int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program for as long as the block lasts; its output goes to a file, or where ours goes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "core.jobs.tether", *command],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=_environment(environment or {}),
        start_new_session=True,
    )
    assert process.stdin is not None
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait()


def main(command: Sequence[str]) -> int:
    """Runs the program until it ends, or until standard input does; returns its exit code."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, args=(program,), daemon=True).start()
    return program.wait()


def _watch(program: subprocess.Popen[bytes]) -> None:
    """Ends this process's whole group, itself included, once nobody holds the pipe."""
    while os.read(0, 1024):
        pass
    if program.poll() is None:
        program.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while program.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def _environment(changes: Mapping[str, str]) -> dict[str, str]:
    paths = [str(_REPOSITORY), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **changes}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
