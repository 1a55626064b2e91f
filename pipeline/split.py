"""Training and three test sets, the same for all languages (``split``).

Level 3 holds out whole APIs, by identity and by title; Level 2 holds out operations of the other
APIs, with their twins in other versions and all that say the same; Level 1 asks for operations of
the training set in words that training has not seen. Everything follows from the recipe's seed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from core.duplicates import FEW_WORDS, Clusters, SimilarTexts
from core.errors import DatasetError
from pipeline import curate, select
from pipeline.dataset import Dataset
from pipeline.drop import DropRow, Tally
from pipeline.leak import Placed, find_leaks
from pipeline.placement import UNUSED, Placement, Subject, subject_of
from pipeline.recipe import Recipe
from pipeline.row import OperationRow
from pipeline.select import Selected
from pipeline.table import read_table, write_table
from pipeline.work import Step, Task

PART = "all"
"""The only part: a split is over all operations."""


def place(subjects: Sequence[Subject], recipe: Recipe) -> list[Placement]:
    """The split of each operation, in their order."""
    apis = _apis(subjects)
    unseen = _unseen_apis(apis, recipe)
    held_out = _held_out(subjects, apis, unseen, recipe)
    splits = [
        "test_level_3"
        if apis[number] in unseen
        else "test_level_2"
        if number in held_out
        else "train"
        for number in range(len(subjects))
    ]
    for number in _given_away(subjects, splits):
        splits[number] = UNUSED
    again = _asked_again(subjects, splits, recipe)
    return [
        Placement(one.part, one.operation, one.key, splits[number], number in again)
        for number, one in enumerate(subjects)
    ]


def _apis(subjects: Sequence[Subject]) -> list[str]:
    """For each operation a name of its API: one for all that share an identity or a title."""
    union = Clusters(len(subjects))
    first: dict[tuple[str, str], int] = {}
    for number, one in enumerate(subjects):
        for known in (("api", one.api), ("title", one.title)):
            union.join(first.setdefault(known, number), number)
    return [subjects[union.first(number)].api for number in range(len(subjects))]


def _unseen_apis(apis: Sequence[str], recipe: Recipe) -> set[str]:
    """The APIs of Level 3."""
    names = _drawn(set(apis), recipe.seed, "level 3")
    return set(names[: _share(recipe.level_3, len(names))])


def _held_out(
    subjects: Sequence[Subject], apis: Sequence[str], unseen: set[str], recipe: Recipe
) -> set[int]:
    """The operations of Level 2: some of each seen API, each with all that say the same."""
    by_api: dict[str, list[int]] = {}
    for number, api in enumerate(apis):
        if api not in unseen:
            by_api.setdefault(api, []).append(number)
    held_out = set[int]()
    for api, numbers in by_api.items():
        clusters = _clusters([subjects[number] for number in numbers])
        by_name = {subjects[numbers[each]].key: each for each in clusters}
        names = _drawn(by_name, recipe.seed, f"level 2 {api}")
        chosen = {by_name[name] for name in names[: _share(recipe.level_2, len(names))]}
        held_out |= {
            number for number, each in zip(numbers, clusters, strict=True) if each in chosen
        }
    return held_out


def _clusters(subjects: Sequence[Subject]) -> list[int]:
    """Operations of an API that are twins, or say the same, by the number of the first of them."""
    union = Clusters(len(subjects))
    first: dict[tuple[str, str], int] = {}
    for number, near in enumerate(SimilarTexts([one.words for one in subjects]).clusters()):
        union.join(near, number)
        for known in (("twin", subjects[number].twin), ("said", subjects[number].instruction)):
            union.join(first.setdefault(known, number), number)
    return [union.first(number) for number in range(len(subjects))]


def _given_away(subjects: Sequence[Subject], splits: Sequence[str]) -> Iterator[int]:
    """Tests whose text, or whose question, is also one of another API in training."""
    training = [one for one, split in zip(subjects, splits, strict=True) if split == "train"]
    rarity = Counter(word for one in subjects for word in one.words)
    texts = SimilarTexts([one.words for one in training], rarity)
    asked = {one.instruction for one in training}
    for number, (one, split) in enumerate(zip(subjects, splits, strict=True)):
        is_near = len(one.words) >= FEW_WORDS and bool(texts.like(one.words))
        if split != "train" and (is_near or one.instruction in asked):
            yield number


def _asked_again(subjects: Sequence[Subject], splits: Sequence[str], recipe: Recipe) -> set[int]:
    """Level 1: operations of training whose second words nobody says in training."""
    training = [number for number, split in enumerate(splits) if split == "train"]
    asked = {subjects[number].instruction for number in training}
    can = {
        subjects[number].key: number
        for number in training
        if subjects[number].instruction_test and subjects[number].instruction_test not in asked
    }
    names = _drawn(can, recipe.seed, "level 1")
    return {can[name] for name in names[: round(recipe.level_1 * len(training))]}


def _drawn(names: Iterable[str], seed: int, what: str) -> list[str]:
    """Names in an order that only the seed decides."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{seed} {what} {name}".encode()).digest())


def _share(share: float, count: int) -> int:
    """So many of ``count``, never all of them."""
    return min(int(share * count + 0.5), count - 1)


def subjects_of(dataset: Dataset) -> Iterator[Subject]:
    """The operations that have instructions, shard by shard."""
    for part in dataset.shard_names:
        chosen = {
            row.operation: row
            for row in read_table(dataset.table_path("select", part, "instructions"), Selected)
        }
        rows = read_table(dataset.table_path("curate", part, "operations"), OperationRow)
        for number, row in enumerate(rows):
            if number in chosen:
                one = chosen[number]
                yield subject_of(row, part, number, one.instruction, one.instruction_test)


def leaks_of(dataset: Dataset) -> list[str]:
    """What the leak check says of a dataset's split as it lies on the disk; nothing if all is well.

    Raises ``StoreError`` where there is no split.
    """
    subjects = list(subjects_of(dataset))
    placements = list(read_table(dataset.table_path("split", PART, "placements"), Placement))
    return [str(leak) for leak in find_leaks(list(zip(subjects, placements, strict=True)))]


def _make(task: Task, tally: Tally) -> dict[str, Path]:
    """All operations. Raises ``DatasetError`` where the split would leak."""
    subjects = list(subjects_of(task.dataset))
    placements = place(subjects, task.dataset.recipe)
    placed: list[Placed] = list(zip(subjects, placements, strict=True))
    for leak in find_leaks(placed):
        raise DatasetError(f"The split would give a test away. {leak} Please report it.")
    for subject, placement in placed:
        tally.enter(subject.source, "operations")
        if placement.split == UNUSED:
            reason = "Training has an operation of another API that says the same."
            tally.drop(
                DropRow("near-duplicate", subject.source, subject.key, subject.label, reason)
            )
            continue
        tally.leave(subject.source, "operations")
        tally.apis.setdefault(subject.source, set()).add(subject.api)
    path = task.table("split", "placements")
    write_table(path, Placement, placements)
    return {"placements": path}


def _only_part(_dataset: Dataset) -> list[str]:
    return [PART]


STEP = Step(
    name="split",
    title="Training and tests",
    make=_make,
    parts=_only_part,
    reads=(curate.STEP, select.STEP),
    uses=("seed", "level_1", "level_2", "level_3"),
)
