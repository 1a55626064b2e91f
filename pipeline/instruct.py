"""Operations → words in which somebody might ask for them (``instruct``).

Three seed examples for each document, and five candidates for each *operation*, not for each of its
calls: nobody asks differently because the answer is in Go. Who asks so is a template, and says so
in its origin; a language model asks better, where the recipe names one, and takes the seed examples
as its examples (:mod:`pipeline.writing`).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice
from pathlib import Path

from pipeline import curate, writing
from pipeline.asking import called
from pipeline.drop import Tally
from pipeline.phrase import path_words, phrases
from pipeline.row import CandidateRow, OperationRow
from pipeline.seed_example import SeedExample
from pipeline.table import read_table, table_writer
from pipeline.with_model import NUM_CANDIDATES
from pipeline.work import Step, Task, shards

TEMPLATE = "template"
"""The origin of what no model has written."""
_NUM_EXAMPLES = 3

_FRAMES: dict[str, tuple[str, ...]] = {
    "question": ("How do I {do} with {api}?", "How can I {do} using {api}?"),
    "imperative": ("{Do} using {api}.", "{Do} with {api}."),
    "need": (
        "I need to {do} with {api}.",
        "I want to {do} through {api}.",
        "I'd like to {do} using {api}.",
    ),
    "polite": (
        "Could you help me {do} with {api}?",
        "Please show me how to {do} using {api}.",
        "Can you tell me how to {do} with {api}?",
    ),
    "terse": ("{do} with {api}", "{do} via {api}", "{do} in {api}"),
}
"""Wordings by their kind: one of each kind is used."""
_SAYS_ITSELF = frozenset(["api", "apis", "service", "services", "rest", "endpoint", "endpoints"])
"""Last words of a name after which “API” would be said twice."""


Worded = tuple[OperationRow, Sequence[str]]
"""An operation and the ways to ask for it."""
_Document = tuple[Sequence[Worded], Sequence[SeedExample]]
"""The operations of a document, and its seed examples."""


def wordings(operation: OperationRow, said: Sequence[str], seed: int) -> list[str]:
    """Five ways to ask for what phrases say, all different; the same for the same seed."""
    draw = random.Random(f"{seed} {operation.key}")
    api = api_phrase(operation.title)
    found: dict[str, str] = {}
    for number, frames in enumerate(_FRAMES.values()):
        action = said[number % len(said)]
        text = draw.choice(frames).format(do=action, Do=action[:1].upper() + action[1:], api=api)
        found.setdefault(text.casefold(), text)
    return list(found.values())


def telling_phrases(operations: Sequence[OperationRow]) -> list[list[str]]:
    """For each operation of a document, the phrases that no other one has.

    “Lists resources” is what the whole of an API may say of its lists; then the path tells more.
    """
    said = [phrases(operation) for operation in operations]
    counts = Counter(phrase for found in said for phrase in set(found))
    return [
        [phrase for phrase in found if counts[phrase] == 1]
        or [f"{found[0]} for {path_words(operation.path) or operation.method}"]
        for operation, found in zip(operations, said, strict=True)
    ]


def api_phrase(title: str) -> str:
    """How a sentence calls an API: ``Petshelter`` → ``the Petshelter API``."""
    name = title.strip().removeprefix("The ").removeprefix("the ").strip(" .") or title
    last = name.split()[-1].casefold().strip("()") if name.split() else ""
    return f"the {name}" if last in _SAYS_ITSELF else f"the {name} API"


def seed_examples(document: Sequence[Worded], seed: int) -> list[SeedExample]:
    """Three examples of a document's operations and their wordings, each of another kind."""
    draw = random.Random(f"{seed} {document[0][0].document}")
    chosen = draw.sample(document, min(_NUM_EXAMPLES, len(document)))
    kinds = draw.sample(range(NUM_CANDIDATES - 1), len(chosen))  # terse words are no good example
    return [
        SeedExample(
            key=operation.key,
            api=operation.api,
            api_name=operation.title,
            functionality=operation.summary,
            description=operation.description,
            endpoint=operation.operation_id,
            text=texts[kind],
            origin=TEMPLATE,
            approved=False,
        )
        for (operation, texts), kind in zip(chosen, kinds, strict=True)
    ]


def _make(task: Task, tally: Tally) -> dict[str, Path]:
    """One shard: the table of candidates, and that of seed examples."""
    tables = {name: task.table("instruct", name) for name in ("candidates", "examples")}
    with (
        table_writer(tables["candidates"], CandidateRow) as write_candidates,
        table_writer(tables["examples"], SeedExample) as write_examples,
    ):
        recipe, first = task.dataset.recipe, 0
        origin = f"model:{called(recipe.writer)}" if recipe.writer else TEMPLATE
        has_model = bool(recipe.refiner or recipe.writer)
        for document, examples in _by_model(task, tally) if has_model else _by_templates(task):
            write_candidates(list(_numbered(document, first, origin)))
            write_examples(list(examples))
            first += len(document)
            source = document[0][0].source
            tally.enter(source, "operations", len(document))
            tally.leave(source, "operations", sum(bool(texts) for _, texts in document))
    return tables


def _by_templates(task: Task) -> Iterator[_Document]:
    for document in _documents(task):
        yield document, seed_examples(document, task.dataset.recipe.seed)


def _by_model(task: Task, tally: Tally) -> Iterator[_Document]:
    """The same with what models write of it; a whole shard at once keeps them busy."""
    recipe = task.dataset.recipe
    documents, listed = zip(*_by_templates(task), strict=True)
    examples = list(chain.from_iterable(listed))
    if recipe.refiner:
        sources = {document[0][0].document: document[0][0].source for document in documents}
        examples = writing.refined(task, tally, examples, sources)
    operations = [operation for document in documents for operation, _ in document]
    texts = [texts for document in documents for _, texts in document]
    if recipe.writer:
        texts = writing.written(task, tally, operations, examples)
    words, told = zip(operations, texts, strict=True), iter(examples)
    for document, found in zip(documents, listed, strict=True):
        yield list(islice(words, len(document))), list(islice(told, len(found)))


def _documents(task: Task) -> Iterator[list[Worded]]:
    """The documents of a shard: their operations with five wordings each."""
    operations = read_table(task.table("curate", "operations"), OperationRow)
    for _, found in groupby(operations, lambda row: row.document):
        rows = list(found)
        yield [
            (row, wordings(row, said, task.dataset.recipe.seed))
            for row, said in zip(rows, telling_phrases(rows), strict=True)
        ]


def _numbered(document: Sequence[Worded], first: int, origin: str) -> Iterator[CandidateRow]:
    for number, (_, texts) in enumerate(document, first):
        for idx, text in enumerate(texts, 1):
            yield CandidateRow(number, idx, text, origin)


STEP = Step(
    name="instruct",
    title="Instruction candidates",
    make=_make,
    parts=shards,
    reads=(curate.STEP,),
    uses=("seed", "refiner", "writer"),
    watches=writing.stamps,
)
