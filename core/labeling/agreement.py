"""How well people agree with each other, and judges with people.

Kappa is scikit-learn's, alpha is the library krippendorff's. Intervals hold 95 %: they come from
resampling whole operations, because candidates of one operation are much alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import nan

import numpy as np
from numpy.typing import NDArray

from core.candidate import Label as GoodOrBad

RESAMPLES = 400
_SEED = 2_402
_CELLS: tuple[tuple[GoodOrBad, GoodOrBad], ...] = (
    ("good", "good"),
    ("good", "bad"),
    ("bad", "good"),
    ("bad", "bad"),
)
Votes = Mapping[str, Mapping[str, GoodOrBad]]
"""Who says what, by candidate; who skips or flags says nothing."""
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the interval around it; not a number where it is not defined."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two who judged the same candidates, the first one right by definition where one is."""

    num_candidates: int
    counts: dict[tuple[GoodOrBad, GoodOrBad], int]
    """How many the first one calls so, and the second one so."""
    percent: Estimate
    """From 0 to 1: the share of which both say the same."""
    kappa: Estimate
    """Cohen, 1960."""
    bad_precision: Estimate
    """Of what the second one calls bad, the share that the first one calls bad."""
    bad_recall: Estimate
    """Of what the first one calls bad, the share that the second one calls bad."""


def people_say(votes: Votes, final: Mapping[str, GoodOrBad]) -> dict[str, GoodOrBad]:
    """One label per candidate: the final one, else the majority's; none where people are even."""
    found = dict(final)
    for key, said in votes.items():
        good, bad = _votes(said)
        if key not in final and good != bad:
            found[key] = "good" if good > bad else "bad"
    return found


def conflicts(votes: Votes, final: Mapping[str, GoodOrBad]) -> list[str]:
    """Candidates that people label differently, and nobody has decided."""
    return [key for key, said in votes.items() if len(set(said.values())) > 1 and key not in final]


def compare(
    first: Mapping[str, GoodOrBad], second: Mapping[str, GoodOrBad], groups: Mapping[str, str]
) -> Comparison:
    """Two sets of labels on what both have, with the operation of each candidate."""
    both = [key for key in first if key in second]
    counts, weights = _by_group(both, groups, lambda key: _CELLS.index((first[key], second[key])))
    total, drawn = counts.sum(axis=0), weights @ counts
    return Comparison(
        num_candidates=len(both),
        counts={cell: int(count) for cell, count in zip(_CELLS, total, strict=True)},
        percent=_estimate(_percent, total, drawn),
        kappa=_estimate(cohen_kappa, total, drawn),
        bad_precision=_estimate(lambda cells: _share(cells[3], cells[1] + cells[3]), total, drawn),
        bad_recall=_estimate(lambda cells: _share(cells[3], cells[2] + cells[3]), total, drawn),
    )


def pairs(votes: Votes, groups: Mapping[str, str]) -> dict[tuple[str, str], Comparison]:
    """Every two people who have labelled the same candidates."""
    by_person: defaultdict[str, dict[str, GoodOrBad]] = defaultdict(dict)
    for key, said in votes.items():
        for person, label in said.items():
            by_person[person][key] = label
    return {
        (one, other): compare(by_person[one], by_person[other], groups)
        for one, other in combinations(sorted(by_person), 2)
        if by_person[one].keys() & by_person[other].keys()
    }


def alpha(votes: Votes, groups: Mapping[str, str]) -> Estimate:
    """Krippendorff's alpha over everybody, for labels without an order."""
    keys = [key for key, said in votes.items() if len(said) > 1]
    rows = np.array([_votes(votes[key]) for key in keys]).reshape(-1, 2)
    names = [groups[key] for key in keys]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    of = np.array([numbers[name] for name in names], dtype=int)
    drawn = [
        krippendorff_alpha(np.repeat(rows, weight[of].astype(int), axis=0))
        for weight in _weights(len(numbers))
    ]
    return _between(krippendorff_alpha(rows), drawn)


def cohen_kappa(cells: Sequence[float] | Counts) -> float:
    """Kappa of how often two say (good, good), (good, bad), (bad, good) and (bad, bad)."""
    return _cohen_kappa(tuple(cells))


@lru_cache(maxsize=100_000)  # few candidates are resampled to the same counts again and again
def _cohen_kappa(cells: tuple[float, ...]) -> float:
    from sklearn import config_context
    from sklearn.metrics import cohen_kappa_score

    if max(cells) == sum(cells) and cells[1] == cells[2] == 0:
        return nan  # chance alone agrees always
    one, other = zip(*_CELLS, strict=True)
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return float(cohen_kappa_score(one, other, sample_weight=list(cells)))


def krippendorff_alpha(rows: NDArray[np.int64]) -> float:
    """Alpha of how many call each candidate good, and bad."""
    from krippendorff import alpha as library_alpha

    if not (rows.sum(axis=0) > 0).all():
        return nan  # nobody, or everybody says the same
    return float(library_alpha(value_counts=rows, level_of_measurement="nominal"))


def _votes(said: Mapping[str, GoodOrBad]) -> tuple[int, int]:
    counted = Counter(said.values())
    return counted["good"], counted["bad"]


def _by_group(
    keys: Iterable[str], groups: Mapping[str, str], cell: Callable[[str], int]
) -> tuple[Counts, Counts]:
    """How often each cell comes in each operation, and how often each resample draws that one."""
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(_CELLS))
    for key in keys:
        counted[groups[key]][cell(key)] += 1
    counts = np.array(list(counted.values()), dtype=float).reshape(-1, len(_CELLS))
    return counts, _weights(len(counts))


def _weights(num_groups: int) -> Counts:
    if not num_groups:
        return np.zeros((0, 0))
    drawn = np.random.default_rng(_SEED).multinomial(
        num_groups, np.full(num_groups, 1 / num_groups), size=RESAMPLES
    )
    return drawn.astype(float)


def _percent(cells: Sequence[float] | Counts) -> float:
    return _share(cells[0] + cells[3], sum(cells))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else nan


def _estimate(figure: Callable[[Counts], float], total: Counts, drawn: Counts) -> Estimate:
    return _between(figure(total), [figure(cells) for cells in drawn])


def _between(value: float, drawn: Iterable[float]) -> Estimate:
    defined = [figure for figure in drawn if figure == figure]
    if value != value or not defined:
        return Estimate(value, nan, nan)
    low, high = np.percentile(defined, (2.5, 97.5))
    return Estimate(value, float(low), float(high))
