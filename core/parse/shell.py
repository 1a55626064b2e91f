"""To come."""

from __future__ import annotations

from core.parse.call import Call, Parsed, finish


def parse(code: str) -> Parsed:
    """The first call in the code."""
    return finish(Call())
