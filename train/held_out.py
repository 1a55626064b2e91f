"""APIs that nothing is trained on, because something is measured on them.

>>> is_held_out("asana.com/asana")
True
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

_LIST = Path(__file__).with_name("held_out.txt")


def is_held_out(api: str) -> bool:
    """Whether evaluation sets have questions about an API (:mod:`core.openapi.identity`)."""
    return any(fnmatchcase(api, pattern) for pattern in _patterns())


@lru_cache(maxsize=1)
def _patterns() -> tuple[str, ...]:
    lines = (line.strip() for line in _LIST.read_text().splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
