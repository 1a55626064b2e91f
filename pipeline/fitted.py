"""A small judge fitted to people's labels: logistic regression on rule findings and measures.

>>> fitted = fit(labelled, {"labels": "oracle.csv"})
>>> judge_by(fitted)(Candidate("g", "List pets", "Pets", "List all pets", "", "")).label
'good'

Coefficients are JSON: a workspace has its own once somebody fitted them to its labels, and until
then those apply that come with the program.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.candidate import Candidate, Label
from core.errors import StoreError
from core.workspace import whole_file
from pipeline.judgement import Finding, Judge, Judgement
from pipeline.labelled import Labelled
from pipeline.rules import RULES, findings
from pipeline.score import score

BUNDLED = Path(__file__).with_name("fitted.json")

_MEASURES = {
    "words": "extra",
    "ungrounded": "fact",
    "covers": "intent",
    "names_api": "api-name",
    "reading_ease": "grammar",
}
"""Measures of one candidate, and the reason that each speaks for."""
FEATURES = (*RULES, *_MEASURES)
_STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)
"""Inverse penalties that are tried."""
_CUTS = tuple(cut / 20 for cut in range(4, 15))
"""Thresholds that are tried."""
_INNER = 5
"""Folds in which penalty and threshold are chosen."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """A logistic model of a candidate being bad."""

    weights: Mapping[str, float]
    """By feature, for the feature as it is."""
    bias: float
    threshold: float
    """The probability from which on a candidate is bad."""
    provenance: Mapping[str, Any]
    """What it was fitted to, and how."""


def features(candidate: Candidate, found: Sequence[Finding]) -> dict[str, float]:
    """What the model sees: 1 for each rule that finds something, and the measures."""
    measures = score(candidate)
    rules = {finding.rule for finding in found}
    return {
        **{rule: float(rule in rules) for rule in RULES},
        "words": math.log1p(measures.words),
        "ungrounded": 1 - measures.grounded,
        "covers": measures.covers,
        "names_api": measures.names_api,
        "reading_ease": measures.reading_ease / 100,
    }


def fit(labelled: Sequence[Labelled], provenance: Mapping[str, Any]) -> Fitted:
    """The model of some labels; penalty and threshold are chosen by cross-validation over APIs.

    Raises ``StoreError`` where the labels are all the same, or of one API only.
    """
    table = _table(labelled)
    strength, threshold = _chosen(table)
    weights, bias = _logistic(table, strength)
    counts = {
        "candidates": len(table.bad),
        "bad": int(table.bad.sum()),
        "apis": len(set(table.apis)),
    }
    return Fitted(
        dict(zip(FEATURES, (round(float(weight), 4) for weight in weights), strict=True)),
        round(bias, 4),
        round(threshold, 4),
        {**provenance, **counts, "inverse_penalty": strength},
    )


def out_of_fold(labelled: Sequence[Labelled]) -> list[Label]:
    """What models say of candidates of APIs that they never saw: nested cross-validation.

    Raises ``StoreError`` as :func:`fit` does.
    """
    table = _table(labelled)
    is_bad = np.zeros(len(table.bad), bool)
    for api in sorted(set(table.apis)):
        held_out = table.apis == api
        seen = table.where(~held_out)
        strength, threshold = _chosen(seen)
        is_bad[held_out] = _likely(table.rows[held_out], *_logistic(seen, strength)) >= threshold
    return ["bad" if each else "good" for each in is_bad]


def judge_by(fitted: Fitted) -> Judge:
    """The judge of a model.

    Its reasons are what the rules find; where they find nothing in a bad candidate, the measure
    that speaks most against it.
    """

    def judge(candidate: Candidate) -> Judgement:
        found = findings(candidate)
        seen = features(candidate, found)
        pull = {name: fitted.weights[name] * value for name, value in seen.items()}
        likely = 1 / (1 + math.exp(-sum(pull.values()) - fitted.bias))
        is_bad = likely >= fitted.threshold
        if is_bad and not found:
            worst = max(_MEASURES, key=lambda name: pull[name])
            found = (Finding(_MEASURES[worst], f"fitted:{worst}", "", 0, 0),)
        return Judgement("bad" if is_bad else "good", found, _centred(likely, fitted.threshold))

    return judge


def fitted_path(workspace: Path) -> Path:
    """Where a workspace keeps the judge that was fitted to its own labels."""
    return workspace / "judges" / "fitted.json"


def read_fitted(path: Path) -> Fitted:
    """A model from its file. Raises ``StoreError``."""
    try:
        found = Fitted(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{path.name} cannot be read as a fitted judge: {error}") from error
    if missing := set(FEATURES) - found.weights.keys():
        raise StoreError(
            f"{path.name} has no weight for {', '.join(sorted(missing))}: it was fitted by another "
            "version. Fit it anew."
        )
    return found


def write_fitted(path: Path, fitted: Fitted) -> None:
    """Keep a model as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(json.dumps(asdict(fitted), indent=1).encode() + b"\n")


def _centred(likely: float, threshold: float) -> float:
    """How good, so that the threshold comes to lie at a half."""
    if likely < threshold:
        return 1 - 0.5 * likely / threshold
    return 0.5 * (1 - likely) / (1 - threshold)


@dataclass(frozen=True)
class _Table:
    rows: Floats
    bad: NDArray[np.bool_]
    apis: NDArray[np.str_]

    def where(self, kept: NDArray[np.bool_]) -> _Table:
        return _Table(self.rows[kept], self.bad[kept], self.apis[kept])


def _table(labelled: Sequence[Labelled]) -> _Table:
    table = _Table(
        np.array([_row(each.candidate) for each in labelled]),
        np.array([each.label == "bad" for each in labelled], bool),
        np.array([each.candidate.api_name for each in labelled], str),
    )
    if not labelled or table.bad.all() or not table.bad.any() or len(set(table.apis)) < 2:
        raise StoreError(
            "A judge cannot be fitted to these labels. Label good and bad candidates of at least "
            "two APIs."
        )
    return table


def _row(candidate: Candidate) -> list[float]:
    return list(features(candidate, findings(candidate)).values())


def _logistic(table: _Table, strength: float) -> tuple[Floats, float]:
    """Weights and bias for the features as they are; the penalty sees them equally wide."""
    from sklearn.linear_model import LogisticRegression

    width = table.rows.std(axis=0)
    width[width == 0] = 1
    if table.bad.all() or not table.bad.any():  # of the APIs of one fold
        return np.zeros(len(width)), 20.0 if table.bad.all() else -20.0
    model = LogisticRegression(C=strength, max_iter=2000).fit(table.rows / width, table.bad)
    return model.coef_[0] / width, float(model.intercept_[0])


def _likely(rows: Floats, weights: Floats, bias: float) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-(rows @ weights + bias)))
    return likely


def _chosen(table: _Table) -> tuple[float, float]:
    """The penalty under which unseen APIs are told best, and the threshold that does it."""
    folds = list(_folds(table.apis))
    best = (-1.0, _STRENGTHS[0], 0.5)
    for strength in _STRENGTHS:
        likely = np.zeros(len(table.bad))
        for held_out in folds:
            model = _logistic(table.where(~held_out), strength)
            likely[held_out] = _likely(table.rows[held_out], *model)
        best = max(best, *((_kappa(table.bad, likely >= cut), strength, cut) for cut in _CUTS))
    return best[1], best[2]


def _folds(apis: NDArray[np.str_]) -> Iterator[NDArray[np.bool_]]:
    """Groups of APIs of about equal size: the largest API goes to the emptiest fold."""
    names, counts = np.unique(apis, return_counts=True)
    folds: list[list[str]] = [[] for _ in range(min(_INNER, len(names)))]
    sizes = [0] * len(folds)
    for number in np.argsort(-counts, kind="stable"):
        emptiest = sizes.index(min(sizes))
        folds[emptiest].append(names[number])
        sizes[emptiest] += int(counts[number])
    yield from (np.isin(apis, fold) for fold in folds)


def _kappa(wanted: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(wanted, said)) if said.any() else 0.0
