"""Training pairs: a question, and the passage of the operation that answers it.

>>> pairs = make_pairs(entries, seed=1, count=8_000)
>>> pairs[0]
Pair(question='fetch one booking', passage='GET /bookings/{bookingId} getBooking: ...', api='...')

They come straight from documents (:mod:`train.question`), or are the instructions of a dataset.
Neighbours in the list are siblings, operations of one API, so that whatever is trained batch by
batch has to tell them apart.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from core.errors import CallwrightError
from core.retrieval.embed import passage_text
from core.retrieval.entry import Entry
from core.workspace import whole_file
from train.dataset import Row
from train.held_out import is_held_out
from train.question import asked

_T = TypeVar("_T")

SIBLINGS = 8
"""Operations of one API that stand together."""
_MOST_OF_ONE = 0.02
"""The largest share of all pairs that one API may have."""
_BARE = 0.25
"""The share of passages without the summary, which the question may repeat word by word."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked, and what should be found."""

    question: str
    passage: str
    api: str


def make_pairs(entries: Iterable[Entry], *, count: int, seed: int) -> list[Pair]:
    """Pairs of operations of APIs that nothing is measured on, siblings together.

    Raises ``CallwrightError`` where no operation is left.
    """
    by_api = _by_api(entries)
    if not by_api:
        raise CallwrightError(
            "There is nothing to train on: every document is one that evaluation is measured on, "
            "or says too little of its operations. Bring other documents."
        )
    draw = random.Random(seed)
    groups: list[Sequence[Entry]] = []
    while (missing := count - sum(map(len, groups))) > 0:
        groups += _round(by_api, max(SIBLINGS, int(count * _MOST_OF_ONE)), missing, draw)
    pairs = [_pair(entry, draw) for group in groups for entry in group]
    return [pair for pair in pairs if pair.question][:count]


def pairs_of_rows(rows: Iterable[Row], *, count: int, seed: int) -> list[Pair]:
    """The instructions of curated rows, one for each operation, siblings together; fewer than
    ``count`` where there are no more.

    Raises ``CallwrightError`` where no row is left.
    """
    by_api: dict[str, dict[str, Pair]] = defaultdict(dict)
    for row in rows:
        if not is_held_out(row.api):
            pair = Pair(row.instruction, passage_text(_entry(row)), row.api)
            by_api[row.api].setdefault(pair.passage, pair)
    if not by_api:
        raise CallwrightError(
            "There is nothing to train on: every training row is of an API that evaluation is "
            "measured on. Bring another dataset."
        )
    whole = {api: list(found.values()) for api, found in sorted(by_api.items())}
    groups = _round(whole, count, count, random.Random(seed))
    return [pair for group in groups for pair in group][:count]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """Keep pairs as JSON Lines."""
    with whole_file(path) as file:
        for pair in pairs:
            file.write((json.dumps(asdict(pair), ensure_ascii=False) + "\n").encode())


def read_pairs(path: Path) -> list[Pair]:
    """Pairs that were kept. Raises ``CallwrightError`` for a file that holds something else."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [Pair(row["question"], row["passage"], row["api"]) for row in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CallwrightError(
            f"{path} holds no training pairs: it has to be JSON Lines, each an object with "
            "question, passage and api."
        ) from error


def _by_api(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Operations by API, those of its other versions left out."""
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        if not is_held_out(entry.api) and asked(entry, random.Random(0)):
            found[entry.api].setdefault(passage_text(entry), entry)
    return {api: list(operations.values()) for api, operations in sorted(found.items())}


def _round(
    by_api: Mapping[str, Sequence[_T]], most: int, wanted: int, draw: random.Random
) -> Iterator[Sequence[_T]]:
    """Each operation once, as far as one API may have so many, in groups of siblings."""
    groups: list[Sequence[_T]] = []
    for operations in by_api.values():
        chosen = draw.sample(operations, min(most, len(operations)))
        groups += [chosen[at : at + SIBLINGS] for at in range(0, len(chosen), SIBLINGS)]
    draw.shuffle(groups)
    for group in groups:
        if wanted <= 0:
            return
        wanted -= len(group)
        yield group


def _entry(row: Row) -> Entry:
    """What search knows of a row's operation."""
    return Entry(
        key=row.operation,
        method=row.method,
        path=row.path,
        operation_id=row.endpoint_name,
        summary=row.functionality,
        description=row.description,
        tags=(),
        deprecated=False,
        api=row.api,
        title=row.api_name,
    )


def _pair(entry: Entry, draw: random.Random) -> Pair:
    seen = replace(entry, summary="", description="") if draw.random() < _BARE else entry
    return Pair(asked(entry, draw), passage_text(seen), entry.api)
