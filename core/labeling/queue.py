"""In which order people see candidates, and which one comes next.

>>> found = arrange(store, QueueChoice(order="sample", num_operations=121, seed=7))
>>> next_key(store, found, "ada", done=set(), overlap=2)

The same choice gives the same order everywhere, and a candidate that is added moves no other one
further than by itself: what is drawn by lot is ordered by a hash of the seed and the key.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from core.store.candidates import walk
from core.store.database import Store
from core.store.judge_verdicts import JudgeVerdict, walk_verdicts
from core.store.labels import how_many_say

OPERATIONS = 121
"""As many as API Pack had labelled by hand, five candidates of each (arXiv 2402.09615, 3.2)."""
_METADATA = ("api_name", "functionality", "description", "endpoint")
_AHEAD = 50
"""Candidates that are looked at together for how many people have labelled them."""

Verdicts = Mapping[str, Mapping[str, JudgeVerdict]]
"""What each judge says, by judge and candidate."""


@dataclass(frozen=True, slots=True)
class QueueChoice:
    """What somebody wants to label, in which order."""

    order: str = "sample"
    """A key of :data:`ORDERS`."""
    pool: str = ""
    """Empty for all."""
    seed: int = 1
    num_operations: int = OPERATIONS
    """Of a sample."""


@dataclass(frozen=True)
class Queue:
    """Candidates in order."""

    keys: tuple[str, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Order:
    """One way to queue."""

    title: str
    arrange: Callable[[Store, QueueChoice], list[str]]


def arrange(store: Store, choice: QueueChoice) -> Queue:
    """The candidates of a choice in their order."""
    keys = tuple(ORDERS[choice.order].arrange(store, choice))
    return Queue(keys, {key: place for place, key in enumerate(keys)})


def next_key(
    store: Store,
    queue: Queue,
    annotator: str,
    *,
    done: Collection[str],
    overlap: int = 0,
    after: str = "",
) -> str | None:
    """The next candidate for somebody, from the one ``after`` this on, then from the start.

    ``done`` are their own labels; with an ``overlap``, what so many others have labelled is left
    out.
    """
    start = queue.places.get(after, -1) + 1
    waiting = (key for key in _around(queue, start) if key not in done)
    if not overlap:
        return next(waiting, None)
    while ahead := list(islice(waiting, _AHEAD)):
        others = how_many_say(store, ahead, besides=annotator)
        if found := next((key for key in ahead if others.get(key, 0) < overlap), None):
            return found
    return None


def by_lot(seed: int, name: str) -> bytes:
    """Where a name stands among others when lots are drawn."""
    return hashlib.blake2b(f"{seed}\0{name}".encode(), digest_size=16).digest()


def disagreement(verdicts: Verdicts) -> dict[str, float]:
    """How far judges are from saying the same, from 0 to 1, by candidate.

    A judge that only scores says “good” of the better half of what it has scored.
    """
    votes: defaultdict[str, list[bool]] = defaultdict(list)
    for said in verdicts.values():
        ranks = _ranks(said)
        for key, verdict in said.items():
            if verdict.label:
                votes[key].append(verdict.label == "good")
            elif key in ranks:
                votes[key].append(ranks[key] >= 0.5)
    return {
        key: 2 * min(sum(said), len(said) - sum(said)) / len(said) for key, said in votes.items()
    }


def uncertainty(verdicts: Verdicts) -> dict[str, float]:
    """How near to the border between good and bad the judges' scores are, from 0 to 1.

    The border lies where a judge's own share of bad ones ends; in the middle if it only scores.
    """
    near: defaultdict[str, list[float]] = defaultdict(list)
    for said in verdicts.values():
        labelled = [verdict.label for verdict in said.values() if verdict.label]
        border = labelled.count("bad") / len(labelled) if labelled else 0.5
        for key, rank in _ranks(said).items():
            near[key].append(1 - abs(rank - border) / max(border, 1 - border))
    return {key: float(np.mean(values)) for key, values in near.items()}


def _around(queue: Queue, start: int) -> Iterator[str]:
    for place in range(start, start + len(queue.keys)):
        yield queue.keys[place % len(queue.keys)]


def _sample(store: Store, choice: QueueChoice) -> list[str]:
    """All candidates of operations drawn by lot, of those with the same metadata one."""
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    chosen: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in walk(store, ("key", "pool", "group", *_METADATA), choice.pool):
        members[row.pool, row.group].append(row.key)
        chosen.setdefault(tuple(getattr(row, name) for name in _METADATA), (row.pool, row.group))
    groups = sorted(set(chosen.values()), key=lambda group: by_lot(choice.seed, "\0".join(group)))
    return [key for group in groups[: choice.num_operations] for key in members[group]]


def _random(store: Store, choice: QueueChoice) -> list[str]:
    keys = [row.key for row in walk(store, ("key",), choice.pool)]
    return sorted(keys, key=lambda key: by_lot(choice.seed, key))


def _by_api(store: Store, choice: QueueChoice) -> list[str]:
    rows = walk(store, ("key", "api_name"), choice.pool)
    return [row.key for row in sorted(rows, key=lambda row: row.api_name.casefold())]


def _by_worth(worth: Callable[[Verdicts], dict[str, float]]) -> Callable[..., list[str]]:
    def arranged(store: Store, choice: QueueChoice) -> list[str]:
        verdicts: defaultdict[str, dict[str, JudgeVerdict]] = defaultdict(dict)
        for judge, key, verdict in walk_verdicts(store):
            verdicts[judge][key] = verdict
        worths = worth(verdicts)
        return sorted(_random(store, choice), key=lambda key: -worths.get(key, 0))

    return arranged


def _ranks(said: Mapping[str, JudgeVerdict]) -> dict[str, float]:
    """Where each score stands among a judge's scores, from 0 to 1; equal ones stand together."""
    scores = {key: verdict.score for key, verdict in said.items() if verdict.score is not None}
    ordered = np.sort(np.array(list(scores.values())))
    if not scores:
        return {}
    values = np.array(list(scores.values()))
    low, high = (np.searchsorted(ordered, values, side) for side in ("left", "right"))
    return dict(zip(scores, ((low + high) / 2 / len(ordered)).tolist(), strict=True))


ORDERS: dict[str, Order] = {
    "sample": Order("Sample of operations", _sample),
    "random": Order("Random", _random),
    "disagreement": Order("Judges disagree most", _by_worth(disagreement)),
    "uncertainty": Order("Judges are least sure", _by_worth(uncertainty)),
    "api": Order("By API", _by_api),
}
"""By the name that addresses and settings use."""
