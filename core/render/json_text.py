"""What a JSON text holds, found without walking its value: whether it can be an object literal."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

_MAX_DEPTH = 50
_MAX_SAFE_INTEGER = 2**53 - 1
_STEPS = {"{": 1, "[": 1, "}": -1, "]": -1}

_find_long_integers = re.compile(r"[\[,:]-?([0-9]{16,})(?=[\],}])").findall
_without_strings = re.compile(r'"(?:[^"\\]|\\.)*"').sub
_only_brackets = re.compile(r"[^\[\]{}]+").sub


@lru_cache(8)  # several clients ask about the same body, one after the other
def is_shallow_structure(text: str) -> bool:
    """Whether this is an object or a list, and nested no deeper than compilers like."""
    if text[:1] not in ("{", "["):
        return False
    return text.count("{") + text.count("[") <= _MAX_DEPTH or _depth(text) <= _MAX_DEPTH


@lru_cache(8)
def has_integer_beyond_double(text: str) -> bool:
    """Whether an integer in it, or in a text of it, is beyond 2^53, where doubles have gaps."""
    return any(
        len(digits) > 16 or int(digits) > _MAX_SAFE_INTEGER for digits in _find_long_integers(text)
    )


def _depth(text: str) -> int:
    brackets = _only_brackets("", _without_strings("", text))
    return max(accumulate(map(_STEPS.__getitem__, brackets)))
