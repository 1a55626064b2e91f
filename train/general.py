"""Examples of general programming, to be mixed with API calls so that a model forgets nothing.

>>> read_general(Path("magicoder.jsonl"))[0].instruction
'Write a function that …'

A file in JSON Lines as Magicoder's are (arXiv 2312.02120): ``problem`` and ``solution``, or
``instruction`` and ``response``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import DatasetError
from core.shots import Shot
from train.dataset import read_lines

_KEYS = (("problem", "solution"), ("instruction", "response"), ("instruction", "output"))


def read_general(path: Path) -> list[Shot]:
    """The tasks of a file, and what answers them. Raises ``DatasetError``."""
    found = [_task(one, f"{path}, line {number}") for number, one in read_lines(path)]
    if not found:
        raise DatasetError(f"{path} holds no examples. Give one object on each line.")
    return found


def _task(found: dict[str, Any], where: str) -> Shot:
    for asked, answered in _KEYS:
        if isinstance(found.get(asked), str) and isinstance(found.get(answered), str):
            return Shot(found[asked], found[answered])
    known = ", or ".join(f"{asked} and {answered}" for asked, answered in _KEYS)
    raise DatasetError(f"{where} is no example. It needs {known}, both texts.")
