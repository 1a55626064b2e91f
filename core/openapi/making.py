"""What the modules share that make samples: the taste of a policy, and a value in the making."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from core.openapi.discriminator import Tag
from core.openapi.document import Document
from core.request import Json

MAX_DEPTH = 15
"""Objects and lists within one another down to which members are shown."""


class TooLargeError(Exception):
    """The value under construction passed its cap."""


@dataclass(frozen=True)
class Taste:
    """The decisions in which value policies differ."""

    choose: Callable[[dict[str, Json], Document, list[str]], Json]
    """A value that the schema's own text gives (``example``, ``const``, …), or ``MISSING``; may
    add notes.
    """
    leaf: Callable[[dict[str, Json], str, str], Json]
    """A value for (schema, type, name of the property) where the document shows none."""
    accept: Callable[[Json, Any, Document], bool] | None = None
    """Whether a value will do for a schema. Without it nothing is judged: what comes first is
    taken as it is.
    """


@dataclass(slots=True)
class Whole:
    """One value that several schemas make together."""

    reference: str = ""
    """The last one followed, those of ``allOf`` apart: what a discriminator knows it by."""
    is_composed: bool = False
    required: frozenset[str] = frozenset()
    """Names that any of its schemas asks for, gathered where only such members are shown."""
    parts: tuple[dict[str, Json], ...] = ()
    """The schemas of objects that gave it its members."""
    tags: tuple[Tag, ...] = ()
    """The discriminators that have a say in it."""
    opened: tuple[str, ...] = ()
    """The references that lead to it: one that it meets again inside is a cycle."""


class Maker(Protocol):
    """The walk through a schema, as the makers of objects and lists see it."""

    document: Document
    optional_depth: int
    """How deep optional members are shown."""

    def value(self, schema: Any, name: str, depth: int) -> Json:
        """A whole value, or ``MISSING`` where there is nothing to say."""

    def undescribed(self, name: str) -> Json:
        """A value that no schema describes."""

    def accepts(self, value: Json, schema: Any) -> bool:
        """Whether a value will do for a schema, by the taste of the policy."""

    @property
    def judges(self) -> bool:
        """Whether the policy has such a taste at all."""

    def spend(self, amount: int) -> None:
        """Counts bytes. Raises ``TooLargeError``."""


def count(schema: dict[str, Json], keyword: str) -> int:
    """A limit such as ``minItems``; 0 where there is none."""
    value = schema.get(keyword)
    return value if isinstance(value, int) and value > 0 else 0
