"""A run in its folder is known again, also after an update."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import CallwrightError
from train.checkpoint import Run, check_same_run, write_run

RUN = Run({"seed": 1}, "data", "code", 0, 0)


def test_a_setting_that_came_with_an_update_stops_no_run(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)
    check_same_run(replace(RUN, settings={"seed": 1, "quantize": ""}), tmp_path, harmless=())


def test_other_settings_are_another_run(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)
    other = replace(RUN, settings={"seed": 2}, data_hash="others")
    with pytest.raises(CallwrightError, match=r"other settings \(seed, the data\)"):
        check_same_run(other, tmp_path, harmless=())
    check_same_run(replace(RUN, settings={"seed": 2}), tmp_path, harmless=("seed",))
