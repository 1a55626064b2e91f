"""Who makes the parts of a step: processes of this machine, or a Ray cluster.

>>> with hired("ray", dataset, settings, 64) as make_all:
...     run_step(step, dataset, settings, make_all=make_all)
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from core.errors import UnknownNameError
from core.settings import Settings
from pipeline.dataset import Dataset
from pipeline.on_ray import lacks_ray, on_ray
from pipeline.processes import MakeAll, in_processes

LOCAL = "local"
ENGINES: dict[str, Callable[[Dataset, Settings, int], AbstractContextManager[MakeAll]]] = {
    LOCAL: in_processes,
    "ray": on_ray,
}
"""By the name that commands, jobs and the page use. All give the same bytes."""


def hired(
    engine: str, dataset: Dataset, settings: Settings, workers: int
) -> AbstractContextManager[MakeAll]:
    """So many workers for the steps of a dataset. Raises ``UnknownNameError``."""
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    return ENGINES[engine](dataset, settings, workers)


def engines_here() -> list[str]:
    """Those that are installed."""
    return [name for name in ENGINES if name != "ray" or not lacks_ray()]
