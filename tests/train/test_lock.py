"""One process trains in a folder at a time, and its end frees the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import CallwrightError
from tests.conftest import REPOSITORY
from train.lock import holder, training_in

HOLD = """
import sys, time
from pathlib import Path
from train.lock import training_in
with training_in(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_nobody_trains_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert holder(tmp_path / "none") is None
    with training_in(tmp_path / "run"):
        pass
    assert holder(tmp_path / "run") is None


def test_a_folder_is_held_until_its_process_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        assert holder(tmp_path) == process.pid
        with (
            pytest.raises(CallwrightError, match=f"Process {process.pid} is training in"),
            training_in(tmp_path),
        ):
            pass
        process.kill()
    assert holder(tmp_path) is None
    with training_in(tmp_path):
        pass
