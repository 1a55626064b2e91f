"""How much of what came in is left after each filter, and what was lost there: the paper's Tables 2
and 5, of any dataset, while it is being made.

>>> for bar in funnel(dataset):
...     print(bar.filter, bar.before, bar.lost)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.dataset import Dataset
from pipeline.drop import FILTERS, DropRow
from pipeline.receipt import Receipt, read_receipt
from pipeline.steps import STEPS
from pipeline.table import read_table

_STAGES = ("curate", "validate", "select")
"""Steps after which the paper counts instances (Table 5)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One filter's work on what came from one source."""

    filter: str
    """A key of :data:`pipeline.drop.FILTERS`."""
    source: str
    before: int
    lost: int

    @property
    def after(self) -> int:
        """What the filter let through."""
        return self.before - self.lost


@dataclass(frozen=True, slots=True)
class Stage:
    """What is left of one source after a step, as the paper's Tables 2 and 5 count it."""

    step: str
    source: str
    apis: int
    operations: int
    calls: int
    """The paper's instances."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A dropped row, and the part of the step's work in which it was dropped."""

    part: str
    drop: DropRow


@dataclass
class _Sum:
    """All receipts of a step."""

    entered: dict[str, Counter[str]] = field(default_factory=dict)
    left: dict[str, Counter[str]] = field(default_factory=dict)
    lost: dict[str, Counter[str]] = field(default_factory=dict)
    apis: dict[str, set[str]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """What language models were asked for."""


def funnel(dataset: Dataset) -> list[Bar]:
    """Each filter of each source, in the order in which they work; only of what is done."""
    bars: list[Bar] = []
    for step in STEPS:
        found = _sum(dataset, step)
        for source, entered in sorted(found.entered.items()):
            waiting = Counter(entered)
            for name, filter_ in FILTERS.items():
                if filter_.asks and filter_.asks not in found.asked:
                    continue
                if filter_.step == step and waiting[filter_.unit]:
                    lost = found.lost.get(source, Counter())[name]
                    bars.append(Bar(name, source, waiting[filter_.unit], lost))
                    waiting[filter_.unit] -= lost
    return bars


def stages(dataset: Dataset) -> list[Stage]:
    """What the paper counts, by source and over all (an empty source), after each step."""
    found: list[Stage] = []
    for step in _STAGES:
        sums = _sum(dataset, step)
        for source, left in sorted(sums.left.items()):
            apis = len(sums.apis.get(source, ()))
            found.append(Stage(step, source, apis, left["operations"], left["calls"]))
        if sums.left:
            total = sum(sums.left.values(), Counter[str]())
            apis = len(set[str]().union(*sums.apis.values()))
            found.append(Stage(step, "", apis, total["operations"], total["calls"]))
    return found


def unaccounted(dataset: Dataset) -> list[str]:
    """Where what came in is not what went on and what was dropped; nothing if all is counted."""
    wrong: list[str] = []
    for step in STEPS:
        sums = _sum(dataset, step)
        for source, entered in sums.entered.items():
            for unit, count in entered.items():
                lost = sum(
                    number
                    for name, number in sums.lost.get(source, {}).items()
                    if FILTERS[name].unit == unit
                )
                left = sums.left.get(source, Counter())[unit]
                if count != left + lost:
                    wrong.append(f"{step}, {source}: {count} {unit} came, {left} went, {lost} fell")
    return wrong


def losses(dataset: Dataset, filter_: str, source: str | None = None) -> Iterator[Lost]:
    """What a filter has dropped, streamed; of one source, or of all."""
    step = FILTERS[filter_].step
    for path in sorted((dataset.path / step).glob("*.drops.parquet")):
        for row in read_table(path, DropRow):
            if row.filter == filter_ and source in (None, row.source):
                yield Lost(path.name.split(".")[0], row)


def receipts(dataset: Dataset, step: str) -> list[Receipt]:
    """What a step has done by now."""
    paths = sorted((dataset.path / step).glob("*.json"))
    return [receipt for path in paths if (receipt := read_receipt(path))]


def _sum(dataset: Dataset, step: str) -> _Sum:
    total = _Sum()
    for receipt in receipts(dataset, step):
        for name in ("entered", "left", "lost"):
            sums: dict[str, Counter[str]] = getattr(total, name)
            for source, counts in getattr(receipt, name).items():
                sums.setdefault(source, Counter()).update(counts)
        for source, apis in receipt.apis.items():
            total.apis.setdefault(source, set()).update(apis)
        total.asked.update(receipt.asked)
    return total
