"""Which rows are trained on: the paper's recipes (arXiv 2402.09615, section 4), by name.

>>> [row.language for row in RECIPES["expert"](rows, MixSettings(language="go"))]
['go', 'go', ...]

Rows are drawn in an order that only the seed decides, so the rows of a small ladder step are also
in every larger one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import CallwrightError, UnknownNameError
from train.dataset import Row


@dataclass(frozen=True, slots=True)
class MixSettings:
    """What a recipe is asked for."""

    language: str = ""
    """The only, or the large, language; empty for all of them where that makes sense."""
    rows: int = 0
    """How many (``mixture``: of the large language); 0 takes all."""
    others: int = 1_000
    """Of each other language of a ``mixture``."""
    source: str = ""
    """The hub of ``sources``; empty takes the same number from each."""
    seed: int = 1


Recipe = Callable[[Sequence[Row], MixSettings], list[Row]]


def ladder(rows: Sequence[Row], mix: MixSettings) -> list[Row]:
    """So many rows, of one language or of all: the steps of a ladder lie in one another."""
    return _first(_spoken(rows, mix.language), mix, "training rows")


def expert(rows: Sequence[Row], mix: MixSettings) -> list[Row]:
    """One language alone."""
    if not mix.language:
        raise CallwrightError(f"An expert knows one language. Name it: {_languages(rows)}.")
    return ladder(rows, mix)


def mixture(rows: Sequence[Row], mix: MixSettings) -> list[Row]:
    """One language in full, and a little of each other."""
    chosen = expert(rows, mix)
    for language in dict.fromkeys(row.language for row in rows):
        if language != mix.language:
            chosen += _drawn(_spoken(rows, language), mix.seed)[: mix.others]
    return chosen


def sources(rows: Sequence[Row], mix: MixSettings) -> list[Row]:
    """One hub, or the same number from each, at an equal size of the whole."""
    spoken = _spoken(rows, mix.language)
    names = list(dict.fromkeys(row.source for row in spoken))
    if mix.source and mix.source not in names:
        raise UnknownNameError("source of rows", mix.source, names)
    by_source = {name: [row for row in spoken if row.source == name] for name in names}
    if mix.source:
        return _first(by_source[mix.source], mix, f"rows from {mix.source}")
    share = mix.rows // len(names) if mix.rows else min(map(len, by_source.values()), default=0)
    poor = [f"{name} ({len(found):,})" for name, found in by_source.items() if len(found) < share]
    if poor:
        raise CallwrightError(
            f"Equal parts take {share:,} rows of each source. Too few has {', '.join(poor)}."
        )
    return [row for found in by_source.values() for row in _drawn(found, mix.seed)[:share]]


RECIPES: Mapping[str, Recipe] = {
    "ladder": ladder,
    "expert": expert,
    "mixture": mixture,
    "sources": sources,
    "general": ladder,  # its other half are examples of a file, which have no API
}
"""The recipes by name. ``general`` is a ladder that is mixed with a file of general coding tasks
(:mod:`train.general`)."""


def choose(recipe: str, rows: Sequence[Row], mix: MixSettings) -> list[Row]:
    """The rows that a recipe takes. Raises ``CallwrightError`` where they are none, or too few."""
    if recipe not in RECIPES:
        raise UnknownNameError("recipe", recipe, RECIPES)
    chosen = RECIPES[recipe](rows, mix)
    if not chosen:
        raise CallwrightError("The mix is empty: the dataset has no training rows.")
    return chosen


def _spoken(rows: Sequence[Row], language: str) -> list[Row]:
    found = [row for row in rows if language in ("", row.language)]
    if rows and not found:
        raise CallwrightError(
            f"The mix is empty: no training row is in {language}. There are: {_languages(rows)}."
        )
    return found


def _first(rows: Sequence[Row], mix: MixSettings, what: str) -> list[Row]:
    if mix.rows > len(rows):
        raise CallwrightError(
            f"There are {len(rows):,} {what}, not {mix.rows:,}. Ask for fewer, or 0 for all."
        )
    return _drawn(rows, mix.seed)[: mix.rows or None]


def _drawn(rows: Iterable[Row], seed: int) -> list[Row]:
    """In an order that only the seed decides, whatever order they come in."""

    def place(row: Row) -> bytes:
        return hashlib.sha256(f"{seed} {row.id} {row.language}".encode()).digest()

    return sorted(rows, key=place)


def _languages(rows: Iterable[Row]) -> str:
    return ", ".join(sorted({row.language for row in rows}))
