"""The agreement that the benchmark of judges prints."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, precision_score, recall_score

from benchmarks.judges import kappa, precision, recall, run
from benchmarks.model_server import model_server
from core.models.opening import Offer
from core.settings import Settings
from core.store.database import open_store
from core.store.model_servers import add_server

COUNT = st.integers(1, 30)


@given(COUNT, COUNT, COUNT, COUNT)
def test_measures_are_those_of_scikit_learn(hit: int, alarm: int, miss: int, right: int) -> None:
    wanted = [1] * hit + [0] * alarm + [1] * miss + [0] * right
    said = [1] * (hit + alarm) + [0] * (miss + right)
    counts = np.array([[hit, alarm, miss, right]], float)
    assert kappa(counts)[0] == pytest.approx(cohen_kappa_score(wanted, said))
    assert precision(counts)[0] == pytest.approx(precision_score(wanted, said))
    assert recall(counts)[0] == pytest.approx(recall_score(wanted, said))


def test_both_judges_beat_the_trivial_rule_on_the_oracle(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules were frozen before a label was looked at: what they find does not change.

    A language model that calls everything good stands beside them, with a kappa of nothing.
    """
    monkeypatch.setenv("CALLWRIGHT_WORKSPACE", str(tmp_path / "w"))
    with model_server() as server, closing(open_store(Settings(tmp_path / "w"))) as store:
        add_server(store, Offer("echo", server.server()))
        report = run(argparse.Namespace(models=["echo"], prompts=["judge-plain"]))
    assert report.problems == []
    rules, fitted, trivial, by_model = report.tables[0].rows
    assert by_model[0] == "judge-plain+echo" and by_model[-1] == 0
    assert str(by_model[1]).startswith("0.000 ") and str(by_model[3]).startswith("0.000 ")
    assert str(rules[1]).startswith("0.613 ") and str(rules[3]).startswith("0.688 ")
    assert float(str(fitted[1]).split()[0]) > float(str(trivial[1]).split()[0])
