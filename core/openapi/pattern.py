"""``pattern``: an ECMA 262 regular expression, read by a library that gives up in time."""

from __future__ import annotations

import functools
import math
import re

import regex

MAX_PATTERN = 2_000
"""Characters of a pattern that is still read; real ones have a few dozen."""

MAX_TEXT = 10_000
"""Characters of a text that is still searched."""

MAX_REPEATS = 50_000
"""Product of the counts in a pattern: the library writes ``a{1000}`` out a thousand times."""

MAX_SECONDS = 0.05
"""Patterns such as ``(a|a)*b`` take exponential time on a value from a stranger."""

_back_reference = re.compile(r"\\k<(\w+)>")
_ends_in_dollar = re.compile(r"(?s)(?:[^\\]|\\.)*\$").fullmatch
_counts = re.compile(r"\{(\d+)(?:,\d*)?\}")


@functools.lru_cache(maxsize=4096)
def compiled_pattern(pattern: str) -> regex.Pattern[str] | None:
    """The pattern compiled; ``None`` where nobody can read it."""
    if len(pattern) > MAX_PATTERN or _num_repeats(pattern) > MAX_REPEATS:
        return None
    pattern = _back_reference.sub(r"(?P=\1)", pattern)
    if _ends_in_dollar(pattern):
        pattern = pattern[:-1] + r"\Z"  # Python's $ would let a line break follow
    # ECMA's \\w, \\d and \\s are ASCII, its \\p{…} is not.
    flags = regex.UNICODE if "\\p" in pattern or "\\P" in pattern else regex.ASCII
    try:
        return regex.compile(pattern, flags)
    except (regex.error, OverflowError, RecursionError, MemoryError):
        return None


def _num_repeats(pattern: str) -> int:
    return math.prod([max(int(count[:9]), 1) for count in _counts.findall(pattern)])


@functools.lru_cache(maxsize=1024)
def finds(pattern: str, text: str) -> bool | None:
    """Whether the pattern is found somewhere in a text; ``None`` where nobody can say."""
    compiled = compiled_pattern(pattern)
    if compiled is None or len(text) > MAX_TEXT:
        return None
    try:
        return compiled.search(text, timeout=MAX_SECONDS) is not None
    except TimeoutError:
        return None
