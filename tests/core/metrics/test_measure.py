"""Figures of boards from scored rows."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.measure import CALIBRATION, LATENCIES, MEASURES, columns_of, measures, title_of
from core.metrics.published import PublishedScore
from core.metrics.request_score import Counts, RequestScore

RIGHT = RequestScore(
    "right",
    operation=True,
    is_legal=True,
    body=True,
    parameters={"query": Counts(2, 2, 2), "body": Counts(1, 1, 1)},
)
WRONG = RequestScore("illegal", parameters={"query": Counts(0, 3, 1)})
SILENT = RequestScore("no answer", parameters={"query": Counts(0, 0, 1)})


def figures(*scores: RequestScore):
    rows = [columns_of(score, PublishedScore(False, False), None) for score in scores]
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    columns["seconds"] = np.arange(1.0, len(rows) + 1)
    columns["confidence"] = np.linspace(0.05, 1.0, len(rows))
    columns["tokens"] = np.full(len(rows), np.nan)
    return measures(columns, np.arange(len(rows)))


def test_shares_are_of_all_rows() -> None:
    found = figures(RIGHT, WRONG, SILENT, SILENT)
    assert found["right"].value == 0.25 and found["right"].count == 4
    assert found["abstained"].value == 0.5
    assert found["read"].value == 0.5
    assert 0 <= found["right"].low < 0.25 < found["right"].high <= 1


def test_what_does_not_apply_is_left_out() -> None:
    found = figures(RIGHT, WRONG)
    assert found["body"].value == 1 and found["body"].count == 1
    assert "executed" not in found and "security" not in found and "tokens" not in found


def test_parameters_are_counted_over_all_rows() -> None:
    found = figures(RIGHT, WRONG, SILENT)
    assert found["query_precision"].value == pytest.approx(2 / 5)
    assert found["query_recall"].value == pytest.approx(2 / 4)
    assert found["query_f1"].value == pytest.approx(4 / 9)
    assert found["all_f1"].value == pytest.approx(6 / 11)


def test_latency_is_a_quantile() -> None:
    found = figures(RIGHT, WRONG, SILENT)
    assert found["latency_p50"].value == 2


def test_calibration_is_told_by_confidence() -> None:
    found = figures(WRONG, RIGHT)  # 5 % sure, and entirely sure
    assert found["confidence_0"].value == 0 and found["confidence_0"].count == 1
    assert found["confidence_90"].value == 1
    assert "confidence_50" not in found
    assert CALIBRATION["confidence_90"] == 95


def test_every_measure_has_a_title_of_its_own() -> None:
    names = [*MEASURES, *LATENCIES]
    assert len({title_of(name) for name in names}) == len(names)
