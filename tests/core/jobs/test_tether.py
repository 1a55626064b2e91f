"""A program that hangs on a job: it ends with the job, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from core.jobs.tether import tethered

PATIENCE = 20
SLEEPER = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def told(path: Path) -> int:
    deadline = time.monotonic() + PATIENCE
    while not path.exists() or not path.read_text().endswith("\n"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return int(path.read_text())


def test_a_program_ends_by_itself_and_says_how() -> None:
    with tethered([sys.executable, "-c", "raise SystemExit(7)"]) as process:
        assert process.wait(PATIENCE) == 7


def test_it_gets_what_the_environment_says(tmp_path: Path) -> None:
    code = "import os; print(os.environ['CALLED'])"
    command = [sys.executable, "-c", code]
    with (
        (tmp_path / "out").open("wb") as output,
        tethered(command, output, {"CALLED": "so"}) as process,
    ):
        process.wait(PATIENCE)
    assert (tmp_path / "out").read_text() == "so\n"


def test_leaving_the_block_ends_it_also_where_it_does_not_listen(tmp_path: Path) -> None:
    for code in (SLEEPER, STUBBORN):
        path = tmp_path / str(len(code))
        with path.open("wb") as output, tethered([sys.executable, "-c", code], output):
            pid = told(path)
            assert psutil.pid_exists(pid)
        assert is_gone(pid)


def test_kill_9_of_its_owner_ends_it_too(tmp_path: Path) -> None:
    path = tmp_path / "out"
    owner = (
        "import sys, time; from core.jobs.tether import tethered\n"
        f"with open({str(path)!r}, 'wb') as output, tethered([sys.executable, '-c', {STUBBORN!r}],"
        " output):\n    time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", owner])
    pid = told(path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert is_gone(pid)
