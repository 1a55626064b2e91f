"""``pattern``: an ECMA 262 regular expression, as far as Python's ``re`` can read it safely."""

from __future__ import annotations

import functools
import re
import warnings

_nested_quantifier = re.compile(r"[+*}]\??\)[+*{]")


@functools.lru_cache(maxsize=4096)
def compiled_pattern(pattern: str) -> re.Pattern[str] | None:
    """The pattern compiled; ``None`` where Python cannot read it (about 2 % of real ones) or where
    nested quantifiers could take exponential time on a value from a stranger.
    """
    text = pattern.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!")
    if len(text) > 2_000 or _nested_quantifier.search(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "possible nested set": ECMA 262 has none
            return re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


def finds(pattern: str, text: str) -> bool | None:
    """Whether the pattern is found somewhere in a text; ``None`` where nobody can say."""
    compiled = compiled_pattern(pattern)
    if compiled is None or len(text) > 10_000:
        return None
    return compiled.search(text) is not None
