"""Shares, their intervals, and how a report is printed."""

from __future__ import annotations

import json

import pytest

from benchmarks.report import Report, Table, interval, percent, print_report


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(50, 100, 0.404, 0.596), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert interval(hits, total) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("hits", "total", "text"),
    [
        (0, 0, "–"),
        (1, 2, "50.00 % (9.45–90.55)"),
        (9_999_999, 10_000_000, ">99.99 % (100.00–100.00)"),
        (100, 100, "100.00 % (96.30–100.00)"),
    ],
)
def test_only_a_whole_share_is_shown_as_whole(hits: int, total: int, text: str) -> None:
    assert percent(hits, total) == text


REPORT = Report(
    "Title",
    [Table("Counts", ("name", "number"), [("a", 1000), ("long name", 1.5)]), Table("None", (), [])],
    ["A note."],
    ["A problem."],
)


def test_report_is_printed_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(REPORT, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "",
        "Title",
        "=====",
        "",
        "Counts",
        "  name       number",
        "  ---------  ------",
        "  a           1,000",
        "  long name    1.50",
        "",
        "None",
        "  (nothing)",
        "",
        "A note.",
        "",
        "PROBLEM: A problem.",
    ]


def test_report_is_printed_as_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(REPORT, as_json=True)
    assert json.loads(capsys.readouterr().out)["problems"] == ["A problem."]
