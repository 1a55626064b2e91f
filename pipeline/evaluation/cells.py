"""Judged calls → the cells of a board: every level, language and naming, with all measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.metrics.measure import WITHOUT_ANSWER, measures
from core.store.runs import ALL, CellFigure
from pipeline.evaluation.prediction import Columns


def cell_figures(columns: Columns) -> Iterator[CellFigure]:
    """The figures of every cell that has rows."""
    clusters = np.unique(columns.keys["cluster"].astype(str), return_inverse=True)[1]
    levels = columns.keys["level"]
    languages = columns.keys["language"].astype(str)
    named = columns.keys["is_named"].astype(bool)
    everything = np.ones(len(columns), bool)
    for level in np.unique(levels).tolist():
        for language in (ALL, *np.unique(languages).tolist()):
            of_language = everything if language == ALL else languages == language
            for naming, of_naming in ((ALL, everything), ("named", named), ("unnamed", ~named)):
                chosen = (levels == level) & of_language & of_naming
                if chosen.any():
                    yield from _figures(columns, clusters, chosen, int(level), language, naming)


def _figures(
    columns: Columns,
    clusters: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    level: int,
    language: str,
    naming: str,
) -> Iterator[CellFigure]:
    rows = {name: values[chosen] for name, values in columns.numbers.items()}
    for name, figure in measures(rows, clusters[chosen]).items():
        if level or name in WITHOUT_ANSWER:
            yield CellFigure(
                level,
                language,
                naming,
                name,
                figure.value,
                figure.low,
                figure.high,
                figure.count,
            )
