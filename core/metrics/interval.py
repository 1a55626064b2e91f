"""95 % intervals of shares and ratios, drawn by cluster: rows of one operation are not independent.

>>> ratios(np.array([[1.0], [0.0]]), np.array([[1.0], [1.0]]), np.array([0, 1])).value
array([0.5])

Whole clusters (operations; whole APIs at Level 3) are drawn again and again with replacement, the
same draws for all measures of a set of rows. Seeded: the same rows have the same interval.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20240215
"""Any number; the same for ever."""
_Z = 1.959964
"""Standard deviations around the mean that hold 95 % of a normal distribution."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ratios:
    """Several measures of the same rows; NaN where a measure counts none of them."""

    value: Floats
    low: Floats
    high: Floats
    total: Floats
    """What each was divided by."""


def ratios(numerators: Floats, denominators: Floats, clusters: NDArray[np.int64]) -> Ratios:
    """Sum over sum with intervals, a column for each measure, a row for each observation.

    ``clusters`` says, for each row, the number of its cluster. Where the draws cannot say anything,
    at 0, at 1 and with a single cluster, Wilson's interval takes the clusters for observations.
    """
    names, cluster_of = np.unique(clusters, return_inverse=True)
    above = _by_cluster(numerators, cluster_of, len(names))
    below = _by_cluster(denominators, cluster_of, len(names))
    draws = _draws(len(names))
    total = below.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = above.sum(axis=0) / total
        drawn = (draws @ above) / (draws @ below)
    low, high = np.quantile(np.where(np.isfinite(drawn), drawn, value), (0.025, 0.975), axis=0)
    for column in np.flatnonzero(total > 0):
        num_clusters = int(np.count_nonzero(below[:, column]))
        if num_clusters < 2 or value[column] in (0.0, 1.0):
            low[column], high[column] = _without_draws(float(value[column]), num_clusters)
    return Ratios(value, low, high, total)


def wilson(hits: float, total: float) -> tuple[float, float]:
    """Wilson's score interval of a share, which also holds near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, _Z * _Z / total
    middle = (share + spread / 2) / (1 + spread)
    reach = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def quantile(values: Floats, share: float) -> tuple[float, float, float]:
    """A quantile of independent values, with the interval that order statistics give it."""
    ordered = np.sort(values)
    last = len(ordered) - 1
    reach = _Z * math.sqrt(len(ordered) * share * (1 - share))
    low = max(0, math.floor(len(ordered) * share - reach))
    high = min(last, math.ceil(len(ordered) * share + reach))
    return float(np.quantile(ordered, share)), float(ordered[min(low, last)]), float(ordered[high])


def _by_cluster(rows: Floats, cluster_of: NDArray[np.int64], count: int) -> Floats:
    columns = [np.bincount(cluster_of, row, minlength=count) for row in rows.T]
    return np.stack(columns, axis=1) if columns else np.zeros((count, 0))


@lru_cache(maxsize=32)
def _draws(count: int) -> Floats:
    """How often each cluster is in each draw."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(count, np.full(count, 1 / count), size=DRAWS).astype(np.float64)


def _without_draws(value: float, num_clusters: int) -> tuple[float, float]:
    """Wilson's interval of a share; none of anything else."""
    return wilson(value * num_clusters, num_clusters) if 0 <= value <= 1 else (value, value)
