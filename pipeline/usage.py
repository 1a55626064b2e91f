"""What language models did for a dataset: who was asked, how much it took, and what failed.

>>> [(each.step, each.calls, cost) for each, cost in used(dataset, settings)]
[('pets: instruct', 1185, 0.12)]
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from core.models.cache import Price, ReplyCache, Usage, replies_path
from core.models.opening import prices_of
from core.settings import Settings
from core.store.database import open_store
from core.store.model_servers import model_offers
from pipeline.dataset import Dataset
from pipeline.drop import FILTERS
from pipeline.receipt import Receipt, read_receipt

TASKS = ("refine", "instruct", "judge", "score")
"""What models may be asked for, in the order in which it is done."""
FAILED = tuple(name for name, filter_ in FILTERS.items() if filter_.asks)
"""The filters that take what a model did not answer, or not usably."""
_STEPS = ("instruct", "judge", "score")
"""Those that may ask models."""


def asked(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    """Who was asked what, and how, so far; more than one where parts differ."""
    found: dict[str, list[dict[str, Any]]] = {}
    for _, receipt in _receipts(dataset):
        for what, each in receipt.asked.items():
            if each not in found.setdefault(what, []):
                found[what].append(each)
    return {what: found[what] for what in TASKS if what in found}


def used(dataset: Dataset, settings: Settings) -> list[tuple[Usage, float]]:
    """What models have read and written in all runs under the dataset's name, and what it cost."""
    path = replies_path(settings.workspace)
    if not path.exists():
        return []
    with ReplyCache(path) as cache:
        found = cache.usage()
    usage = [each for what in TASKS for each in found if each.step == f"{dataset.name}: {what}"]
    with closing(open_store(settings)) as store:
        prices = prices_of(model_offers(store))
    return [(each, each.cost(prices.get(each.model, Price()))) for each in usage]


def num_failed(dataset: Dataset) -> int:
    """How much models did not answer, or not usably."""
    return sum(_failed(receipt) for _, receipt in _receipts(dataset))


def ask_again(dataset: Dataset) -> int:
    """Let the next run ask once more for what failed; in how many parts it is."""
    found = [path for path, receipt in _receipts(dataset) if _failed(receipt)]
    for path in found:
        path.unlink()
    return len(found)


def _failed(receipt: Receipt) -> int:
    return sum(counts.get(name, 0) for counts in receipt.lost.values() for name in FAILED)


def _receipts(dataset: Dataset) -> Iterator[tuple[Path, Receipt]]:
    for step in _STEPS:
        for part in dataset.shard_names:
            path = dataset.receipt_path(step, part)
            if receipt := read_receipt(path):
                yield path, receipt
