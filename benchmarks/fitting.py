"""Weights for the choice among operations: a softmax over each question's candidates.

And from the best one's suitability and its lead, how likely it is right (a logistic curve).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Report, Table, percent
from core.suitability import Traits

_RIDGE = 0.02
_STEPS = 500
_RATE = 0.05

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The candidates of one question, and which of them are right; maybe none is."""

    traits: Sequence[Traits]
    right: Sequence[bool]


def fit(examples: Sequence[Example], *, with_meaning: bool) -> Report:
    """Weights to be copied into :mod:`core.suitability`."""
    absent = {"reranked"} | (set() if with_meaning else {"meaning"})
    used = np.array([name not in absent for name in Traits._fields], float)
    weights = _weights([each for each in examples if any(each.right)], used)
    curve = _curve(examples, weights)
    names = (*Traits._fields, "by_suitability", "by_lead", "bias")
    values = [round(float(value), 2) for value in (*weights, *curve)]
    rows = list(zip(names, values, strict=True))
    first = sum(each.right[int(np.argmax(np.array(each.traits) @ weights))] for each in examples)
    return Report(
        title="The choice among operations, fitted to the tuned halves",
        tables=[Table("Weights", ("trait", "weight"), rows)],
        notes=[f"Right operation first on what it was fitted to: {percent(first, len(examples))}."],
    )


def _weights(examples: Sequence[Example], used: Array) -> Array:
    """By Adam, on traits that are made equally wide."""
    most = max(len(each.traits) for each in examples)
    traits = np.zeros((len(examples), most, len(Traits._fields)))
    wanted = np.zeros((len(examples), most))
    absent = np.full((len(examples), most), -1e9)
    for row, each in enumerate(examples):
        size = len(each.traits)
        traits[row, :size] = np.array(each.traits) * used
        wanted[row, :size] = np.array(each.right, float) / sum(each.right)
        absent[row, :size] = 0
    width = traits[absent == 0].std(axis=0) + 1e-6
    traits = (traits - traits[absent == 0].mean(axis=0)) / width

    def slope(weights: Array) -> Array:
        odds = traits @ weights + absent
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        found: Array = _RIDGE * weights - np.einsum("qc,qct->t", wanted - shares, traits) / len(
            examples
        )
        return found

    found: Array = _descend(slope, len(used)) / width * used
    return found


def _curve(examples: Sequence[Example], weights: Array) -> Array:
    """Of suitability and lead; questions without an answer count twice, as they are few."""
    rows, right, counts = [], [], []
    for each in examples:
        odds = np.sort(np.array(each.traits) @ weights)[::-1]
        best = int(np.argmax(np.array(each.traits) @ weights))
        rows.append((odds[0], 1 / np.exp(odds - odds[0]).sum(), 1.0))
        right.append(float(each.right[best]))
        counts.append(1.0 if any(each.right) else 2.0)
    traits, wanted, share = np.array(rows), np.array(right), np.array(counts)
    width = np.append(traits[:, :2].std(axis=0), 1.0)

    def slope(curve: Array) -> Array:
        likely = 1 / (1 + np.exp(-(traits / width) @ curve))
        found: Array = -(share * (wanted - likely)) @ (traits / width) / share.sum()
        return found

    found: Array = _descend(slope, 3, steps=4 * _STEPS) / width
    return found


def _descend(slope: Callable[[Array], Array], size: int, steps: int = _STEPS) -> Array:
    found, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        now = slope(found)
        mean = 0.9 * mean + 0.1 * now
        spread = 0.99 * spread + 0.01 * now * now
        found -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return found
