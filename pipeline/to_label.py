"""The candidates of a dataset, brought to the people who label."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from core.candidate import Candidate
from core.store.candidates import add_candidates, by_id
from core.store.database import Store
from pipeline.dataset import Dataset
from pipeline.rate import groups
from pipeline.row import candidate_of
from pipeline.work import Task

MOST = 100_000
"""More than any team labels; a larger dataset is sampled by its first shards."""


def bring(store: Store, dataset: Dataset) -> int:
    """Add the candidates that ``instruct`` has made, up to ``MOST``; how many are new."""
    return add_candidates(store, dataset.name, by_id(islice(_candidates(store, dataset), MOST)))


def _candidates(store: Store, dataset: Dataset) -> Iterator[Candidate]:
    for part in dataset.shard_names:
        if dataset.receipt_path("instruct", part).exists():
            for operation, rows in groups(Task(dataset, store.settings, part)):
                yield from (candidate_of(operation, row.text, row.origin) for row in rows)
