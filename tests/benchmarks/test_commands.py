"""The command ``python -m benchmarks``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, main


def test_help_lists_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert all(f"\n    {name}" in out for name in BENCHMARKS)


def test_missing_data_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CALLWRIGHT_SHARED", str(tmp_path))
    monkeypatch.delenv("CALLWRIGHT_ARCHIVE", raising=False)
    assert main(["coverage", "--data", str(tmp_path)]) == 1
    assert "Set CALLWRIGHT_SHARED" in capsys.readouterr().err


def test_coverage_of_a_small_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = Path(__file__).parents[2] / "examples" / "documents"
    monkeypatch.setenv("CALLWRIGHT_ARCHIVE", str(examples))
    assert main(["coverage", "--syntax", "all", "--workers", "1", "--every", "3"]) == 0
    out = capsys.readouterr().out
    assert "documents read" in out
    assert "PROBLEM" not in out


def test_import_of_a_small_archive(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it meets its limits is for a machine that does nothing else."""
    examples = Path(__file__).parents[2] / "examples" / "documents"
    monkeypatch.setenv("CALLWRIGHT_ARCHIVE", str(examples))
    main(["import", "--sizes", "20", "--json"])
    (imported, searched) = json.loads(capsys.readouterr().out)["tables"]
    (row,), (search_row,) = imported["rows"], searched["rows"]
    assert 0 < row[0] <= 20 and search_row[0] == row[0]
    assert all(value > 0 for value in [*row, *search_row])
