"""Placeholders: text in a call that the person who copies it has to replace.

One spelling of ours, ``REPLACE_<name>`` (safe raw in a URL, a header and a shell word), and the
spellings that API Pack published (arXiv 2402.09615): ``SOME_STRING_VALUE``, ``REPLACE_BASIC_AUTH``
and path placeholders left in braces, ``%7Bid%7D`` on the wire. Only this module knows them.
"""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"REPLACE_\w+|SOME_[A-Z]+_VALUE|%7B[^%/{}]+%7D|\{[^{}/\"\s:,]+\}", re.ASCII
)
_not_in_a_name = re.compile(r"\W+", re.ASCII)


def placeholder(name: str) -> str:
    """The placeholder of a value by its name: ``pet id`` → ``REPLACE_pet_id``."""
    return "REPLACE_" + (_not_in_a_name.sub("_", name).strip("_") or "value")


def find_placeholders(text: str) -> list[str]:
    """Every placeholder in a text, in order."""
    return _PLACEHOLDER.findall(text)


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but one placeholder."""
    return _PLACEHOLDER.fullmatch(text) is not None


def holds_placeholder(text: str) -> bool:
    """Whether some of a text is a placeholder (``Bearer REPLACE_token``)."""
    return _PLACEHOLDER.search(text) is not None
