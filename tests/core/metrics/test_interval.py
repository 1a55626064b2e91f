"""Intervals hold what they should, and clusters make them wider."""

from __future__ import annotations

import numpy as np
import pytest

from core.metrics.interval import quantile, ratios, wilson


def share(hits: int, total: int, cluster_size: int = 1) -> tuple[float, float, float]:
    rows = np.zeros((total, 1))
    rows[:hits] = 1
    found = ratios(rows, np.ones((total, 1)), np.arange(total) // cluster_size)
    return float(found.value[0]), float(found.low[0]), float(found.high[0])


def test_rows_alone_have_about_the_interval_of_wilson() -> None:
    value, low, high = share(120, 400)
    wanted = wilson(120, 400)
    assert value == 0.3
    assert low == pytest.approx(wanted[0], abs=0.01)
    assert high == pytest.approx(wanted[1], abs=0.01)


def test_rows_that_go_together_say_less() -> None:
    _, low, high = share(120, 400)
    _, wide_low, wide_high = share(120, 400, cluster_size=20)
    assert wide_high - wide_low > 3 * (high - low)


@pytest.mark.parametrize(("hits", "value"), [(0, 0.0), (40, 1.0)])
def test_all_or_nothing_is_not_certain(hits: int, value: float) -> None:
    found, low, high = share(hits, 40, cluster_size=4)
    assert found == value
    assert high - low == pytest.approx(wilson(0, 10)[1], abs=1e-9)


def test_one_cluster_says_next_to_nothing() -> None:
    _, low, high = share(20, 40, cluster_size=40)
    assert high - low > 0.8


def test_what_counts_no_row_has_no_value() -> None:
    found = ratios(np.zeros((3, 1)), np.zeros((3, 1)), np.arange(3))
    assert np.isnan(found.value[0]) and found.total[0] == 0


def test_the_same_rows_have_the_same_interval() -> None:
    assert share(31, 97, 3) == share(31, 97, 3)


def test_interval_holds_the_truth_in_about_95_of_100_samples() -> None:
    generator = np.random.default_rng(3)
    held = 0
    for _ in range(200):
        chances = generator.beta(2, 2, size=60)
        rows = generator.binomial(1, np.repeat(chances, 5)).astype(float)[:, None]
        found = ratios(rows, np.ones_like(rows), np.repeat(np.arange(60), 5))
        held += bool(found.low[0] <= 0.5 <= found.high[0])
    assert 180 <= held <= 199


def test_quantile_lies_within_its_interval() -> None:
    values = np.arange(1000.0)
    value, low, high = quantile(values, 0.95)
    assert low < value < high and high - low < 60
    assert quantile(np.array([2.0]), 0.5) == (2.0, 2.0, 2.0)
