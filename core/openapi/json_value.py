"""What JSON values have in common, whatever they are for."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from core.request import Json

MISSING: Any = object()
"""No value at all: the member is left out (JSON has no ``undefined``)."""


def laid_over(below: Json, above: Json) -> Json:
    """One value over another: objects member by member, of others the one above."""
    if above is MISSING:
        return below
    if isinstance(below, dict) and isinstance(above, dict):
        return {
            **below,
            **{name: laid_over(below.get(name, MISSING), item) for name, item in above.items()},
        }
    return above


def exact(value: Json) -> Fraction | None:
    """A number as JSON writes it, so that 0.1 is a tenth; ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return Fraction(value)
    return Fraction(repr(value)) if math.isfinite(value) else None


def size(value: Json) -> int:
    """About how many bytes of JSON a value has."""
    if isinstance(value, str):
        return len(value) + 2
    if not isinstance(value, dict | list):
        return 5
    total, pending = 0, [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            total += 2 + sum([len(name) + 4 for name in item])
            pending += item.values()
        elif isinstance(item, list):
            total += 2 + len(item)
            pending += item
        else:
            total += len(item) + 2 if isinstance(item, str) else 5
    return total
