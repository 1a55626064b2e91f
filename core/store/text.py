"""Text as every database takes it: PostgreSQL refuses U+0000, both refuse halves of surrogates."""

from __future__ import annotations

import re

_refused = re.compile("[\x00\ud800-\udfff]")


def storable(text: str, max_bytes: int) -> str:
    """A text to be shown: what cannot be stored is U+FFFD, what is too long ends in “…”."""
    data = _refused.sub("\ufffd", text[: max_bytes + 1]).encode()
    if len(data) > max_bytes:
        data = data[: max_bytes - len("…".encode())] + "…".encode()
    return data.decode(errors="ignore")


def is_storable(text: str, max_bytes: int) -> bool:
    """Whether a text that must not change can be stored as it is."""
    return not _refused.search(text) and len(text.encode()) <= max_bytes
