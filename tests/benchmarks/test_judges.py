"""The agreement that the benchmark of judges prints."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, precision_score, recall_score

from benchmarks.judges import kappa, precision, recall, run

COUNT = st.integers(1, 30)


@given(COUNT, COUNT, COUNT, COUNT)
def test_measures_are_those_of_scikit_learn(hit: int, alarm: int, miss: int, right: int) -> None:
    wanted = [1] * hit + [0] * alarm + [1] * miss + [0] * right
    said = [1] * (hit + alarm) + [0] * (miss + right)
    counts = np.array([[hit, alarm, miss, right]], float)
    assert kappa(counts)[0] == pytest.approx(cohen_kappa_score(wanted, said))
    assert precision(counts)[0] == pytest.approx(precision_score(wanted, said))
    assert recall(counts)[0] == pytest.approx(recall_score(wanted, said))


def test_both_judges_beat_the_trivial_rule_on_the_oracle(shared: Path) -> None:
    """The rules were frozen before a label was looked at: what they find does not change."""
    report = run(argparse.Namespace())
    assert report.problems == []
    rules, fitted, trivial = report.tables[0].rows
    assert str(rules[1]).startswith("0.613 ") and str(rules[3]).startswith("0.688 ")
    assert float(str(fitted[1]).split()[0]) > float(str(trivial[1]).split()[0])
