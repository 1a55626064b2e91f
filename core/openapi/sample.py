"""A value for a schema: what the document shows, or else one made from its types.

The sampler of a document remembers the samples of named schemas and keeps each within its cap: the
walk of :mod:`core.openapi.sample_walk` is repeated less deep, until only what is required is left.
So ten schemas that refer to each other cost milliseconds, not n!.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.making import MAX_DEPTH, Taste, TooLargeError
from core.openapi.sample_walk import Walk
from core.request import Json

SAMPLE_CAP = 16 * 1024
"""Bytes of JSON, about, that one sample may have."""

_DEPTHS = (MAX_DEPTH, 6, 4, 3, 2, 1, 0)
"""How deep optional members are shown, one attempt after the other."""


class Sample(NamedTuple):
    """A value, and what had to be passed over to make it."""

    value: Json
    notes: tuple[str, ...] = ()


class Sampler:
    """Makes samples for one document under one policy; remembers those of named schemas."""

    def __init__(self, document: Document, taste: Taste, cap: int = SAMPLE_CAP) -> None:
        self._document = document
        self._taste = taste
        self._cap = cap
        self._named: dict[tuple[str, bool], Sample] = {}

    def sample(self, schema: Any, name: str = "", *, required_only: bool = False) -> Sample:
        """A sample for a schema; ``name`` is that of the parameter or property it is for."""
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str) or len(schema) > 1:
            return self._within_cap(schema, name, required_only)
        key = (reference, required_only)
        if key not in self._named:
            self._named[key] = self._within_cap(schema, name, required_only)
        return self._named[key]

    def sendable(self, value: Json, schema: Any, *, required_only: bool = False) -> Json:
        """A given value without what only responses hold, or with no more than is required."""
        return self._walk(0 if required_only else MAX_DEPTH).sendable(value, schema, 0)

    def _within_cap(self, schema: Any, name: str, required_only: bool) -> Sample:
        for attempt, depth in enumerate((0,) if required_only else _DEPTHS):
            walk = self._walk(depth)
            try:
                value = walk.value(schema, name, 0)
            except TooLargeError:
                continue
            cut = [_cut_note(depth, self._cap)] if attempt else []
            return Sample(value, tuple(dict.fromkeys(walk.notes + cut)))
        return Sample(
            MISSING, (f"Its required members alone pass {self._cap} bytes; none is shown.",)
        )

    def _walk(self, optional_depth: int) -> Walk:
        required_only = self._required_only if optional_depth else None
        return Walk(self._document, self._taste, self._cap, optional_depth, required_only)

    def _required_only(self, reference: str) -> Json:
        return self.sample({"$ref": reference}, required_only=True).value


def _cut_note(depth: int, cap: int) -> str:
    kept = f"down to level {depth}" if depth else "only where required"
    return f"The whole sample would pass {cap} bytes: optional members are shown {kept}."
