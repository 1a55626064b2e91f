"""The agreement that the benchmark of judges prints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, precision_score, recall_score

from benchmarks.judges import kappa, precision, recall

COUNT = st.integers(1, 30)


@given(COUNT, COUNT, COUNT, COUNT)
def test_measures_are_those_of_scikit_learn(hit: int, alarm: int, miss: int, right: int) -> None:
    wanted = [1] * hit + [0] * alarm + [1] * miss + [0] * right
    said = [1] * (hit + alarm) + [0] * (miss + right)
    counts = np.array([[hit, alarm, miss, right]], float)
    assert kappa(counts)[0] == pytest.approx(cohen_kappa_score(wanted, said))
    assert precision(counts)[0] == pytest.approx(precision_score(wanted, said))
    assert recall(counts)[0] == pytest.approx(recall_score(wanted, said))
