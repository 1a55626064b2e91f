"""Agreement, held against scikit-learn and against examples from the literature."""

from __future__ import annotations

import math
import os
import random
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, confusion_matrix, precision_score, recall_score

from core.candidate import Label
from core.labeling.agreement import (
    alpha,
    cohen_kappa,
    compare,
    conflicts,
    krippendorff_alpha,
    pairs,
    people_say,
)
from core.labeling.sheet import load_sheet
from core.store.candidates import stored_candidates
from core.store.database import Store
from core.store.labels import current_labels
from tests.conftest import REPOSITORY

ORACLE = (
    Path(os.environ.get("CALLWRIGHT_SHARED", REPOSITORY.parent / "shared"))
    / "data/api-pack/human_oracle_dev.csv"
)


def said(seed: int, count: int = 60) -> dict[str, Label]:
    dice = random.Random(seed)
    return {str(number): dice.choice(["good", "good", "bad"]) for number in range(count)}


GROUPS = {str(number): str(number // 5) for number in range(60)}


@pytest.mark.parametrize("seed", range(3))
def test_comparison_is_what_scikit_learn_says(seed: int) -> None:
    first, second = said(seed), said(seed + 100)
    found = compare(first, second, GROUPS)
    ordered = [first[key] for key in first], [second[key] for key in first]
    counts = confusion_matrix(*ordered, labels=["good", "bad"])
    assert [*found.counts.values()] == counts.flatten().tolist()
    assert found.kappa.value == pytest.approx(cohen_kappa_score(*ordered))
    assert found.bad_precision.value == precision_score(*ordered, pos_label="bad")
    assert found.bad_recall.value == recall_score(*ordered, pos_label="bad")
    for estimate in (found.percent, found.kappa, found.bad_recall):
        assert estimate.low <= estimate.value <= estimate.high


def test_interval_grows_when_candidates_of_an_operation_are_alike() -> None:
    first = said(1)
    second = {key: label if int(GROUPS[key]) % 2 else "bad" for key, label in first.items()}
    alone = compare(first, second, {key: key for key in first}).percent
    together = compare(first, second, GROUPS).percent
    assert together.high - together.low > alone.high - alone.low


@pytest.mark.parametrize("cells", [[5, 0, 0, 0], [0, 0, 0, 9], [0, 0, 0, 0]])
def test_kappa_is_not_defined_where_chance_agrees_always(cells: list[float]) -> None:
    assert math.isnan(cohen_kappa(cells))


def test_nothing_in_common_is_no_number() -> None:
    found = compare({"1": "good"}, {"2": "bad"}, GROUPS)
    assert found.num_candidates == 0
    assert math.isnan(found.kappa.value) and math.isnan(found.percent.low)


def test_alpha_of_two_people_without_gaps_is_near_their_kappa() -> None:
    first, second = said(1), said(2)
    votes = {key: {"ada": first[key], "ben": second[key]} for key in first}
    assert alpha(votes, GROUPS).value == pytest.approx(
        cohen_kappa_score(list(first.values()), list(second.values())), abs=0.02
    )


def test_alpha_of_an_example_by_hand() -> None:
    """Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), A: binary data."""
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    rows = np.array([[2 - a - b, a + b] for a, b in zip(one, other, strict=True)])
    assert krippendorff_alpha(rows) == pytest.approx(0.095, abs=0.0005)


def test_alpha_takes_gaps_and_is_not_defined_without_overlap() -> None:
    votes: dict[str, dict[str, Label]] = {
        "1": {"ada": "good", "ben": "good", "eve": "good"},
        "2": {"ada": "bad", "eve": "bad"},
        "3": {"ben": "good"},
    }
    assert alpha(votes, GROUPS).value == 1.0
    assert math.isnan(alpha({"3": {"ben": "good"}}, GROUPS).value)
    assert math.isnan(alpha({}, GROUPS).value)


def test_pairs_are_those_who_share_candidates() -> None:
    votes: dict[str, dict[str, Label]] = {
        "1": {"ada": "good", "ben": "bad"},
        "2": {"eve": "good"},
    }
    assert list(pairs(votes, GROUPS)) == [("ada", "ben")]


def test_people_say_what_is_final_or_what_most_say() -> None:
    votes: dict[str, dict[str, Label]] = {
        "most": {"a": "bad", "b": "bad", "c": "good"},
        "even": {"a": "bad", "b": "good"},
        "final": {"a": "bad", "b": "good"},
        "none": {},
    }
    assert people_say(votes, {"final": "good"}) == {"final": "good", "most": "bad"}
    assert conflicts(votes, {"final": "good"}) == ["most", "even"]


@pytest.mark.skipif(not ORACLE.exists(), reason="the human oracle of API Pack is not there")
def test_rules_against_the_oracle_are_as_an_independent_computation_says(store: Store) -> None:
    from pipeline.judge import JUDGES

    loaded = load_sheet(store, ORACLE.name, ORACLE.read_bytes())
    assert loaded.labels == {"good": 247, "bad": 93}
    rows = {row.key: row.candidate for row in stored_candidates(store)}
    people = {label.candidate: label.decision.verdict for label in current_labels(store)}
    rules = {key: JUDGES["rules"](candidate).label for key, candidate in rows.items()}
    found = compare(people, rules, {key: row.group for key, row in rows.items()})  # type: ignore[arg-type]
    ordered = list(people.values()), [rules[key] for key in people]
    assert found.num_candidates == 340
    assert found.kappa.value == pytest.approx(cohen_kappa_score(*ordered))
    counts = confusion_matrix(*ordered, labels=["good", "bad"]).flatten().tolist()
    assert [*found.counts.values()] == counts
