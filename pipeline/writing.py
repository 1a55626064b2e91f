"""What language models write of a shard in ``instruct``: seed examples refined, and candidates.

What a model does not write, or not usably, is counted with its reason; a seed example then stays as
the template wrote it, and an operation has fewer candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.models.protocol import Failure
from pipeline.asking import asking, called, stamp
from pipeline.dataset import Dataset
from pipeline.drop import DropRow, Tally
from pipeline.row import OperationRow
from pipeline.seed_example import SeedExample, as_people_left, name_fault, people_say
from pipeline.with_model import NUM_CANDIDATES, Written, instruct, refine
from pipeline.work import Task

Sources = dict[str, str]
"""Where each document came from, by its SHA-256."""


def refined(
    task: Task, tally: Tally, examples: Sequence[SeedExample], sources: Sources
) -> list[SeedExample]:
    """Seed examples in a model's words, where it has usable ones. Raises ``CallwrightError``."""
    name = task.dataset.recipe.refiner
    with asking(task, tally, "refine", name, "refine") as model:
        found = refine(model, examples, model.prompts)
    return [
        _refined(example, text, called(name), tally, sources)
        for example, text in zip(examples, found, strict=True)
    ]


def _refined(
    example: SeedExample, text: str | Failure, model: str, tally: Tally, sources: Sources
) -> SeedExample:
    source = sources[example.key.partition("#")[0]]
    tally.enter(source, "examples")
    better, fault = example, ""
    if isinstance(text, Failure):
        fault = f"{text.reason}."
    else:
        better = replace(example, text=text, origin=f"model:{model}")
        fault = name_fault(better)
    if not fault:
        tally.leave(source, "examples")
        return better
    label = example.functionality or example.endpoint or example.key
    tally.drop(DropRow("unrefined", source, example.key, label, fault, better.text))
    return example


def written(
    task: Task,
    tally: Tally,
    operations: Sequence[OperationRow],
    examples: Sequence[SeedExample],
) -> list[tuple[str, ...]]:
    """Up to five candidates of a model for each operation. Raises ``CallwrightError``."""
    recipe = task.dataset.recipe
    shown: dict[str, list[SeedExample]] = {}
    for example in as_people_left(task.dataset, examples):
        shown.setdefault(example.key.partition("#")[0], []).append(example)
    with asking(task, tally, "instruct", recipe.writer, "instruct") as model:
        found = instruct(model, operations, shown, seed=recipe.seed, prompts=model.prompts)
    for operation, each in zip(operations, found, strict=True):
        _count(operation, each, tally)
    return [each.texts for each in found]


def _count(operation: OperationRow, written: Written, tally: Tally) -> None:
    source, key, label = operation.source, operation.key, operation.label
    missing = NUM_CANDIDATES - len(written.texts)
    tally.enter(source, "candidates", NUM_CANDIDATES)
    tally.leave(source, "candidates", len(written.texts))
    if missing:
        tally.drop(DropRow("unwritten", source, key, label, f"{written.missing}."), missing)
    if not written.texts:
        tally.drop(DropRow("unworded", source, key, label, f"{written.missing}."))


def stamps(dataset: Dataset, _part: str) -> list[object]:
    """Another value whenever models may write otherwise: other weights, prompts or examples."""
    recipe = dataset.recipe
    refiner, writer = stamp(recipe.refiner, "refine"), stamp(recipe.writer, "instruct")
    return [refiner, writer, people_say(dataset) if writer else ""]
