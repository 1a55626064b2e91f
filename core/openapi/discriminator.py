"""Which of several schemas an object follows: a property says it by a word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.errors import DanglingReferenceError
from core.openapi.document import Document
from core.openapi.reference import pointer_tokens
from core.openapi.shape import ALTERNATIVES
from core.request import Json

_is_name = re.compile(r"[\w.\-]+", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Tag:
    """The property that says which schema an object follows, and the words for the schemas."""

    name: str
    mapping: dict[str, str] = field(default_factory=dict)
    """References or names of schemas, by word."""


def tag_of(discriminator: Json) -> Tag | None:
    """A Discriminator Object, or 2.0's name of a property; ``None`` for anything else."""
    if isinstance(discriminator, str):
        return Tag(discriminator)
    if not isinstance(discriminator, dict) or not isinstance(
        discriminator.get("propertyName"), str
    ):
        return None
    mapping = discriminator.get("mapping")
    return Tag(
        discriminator["propertyName"],
        {word: target for word, target in mapping.items() if isinstance(target, str)}
        if isinstance(mapping, dict)
        else {},
    )


def word_for(reference: str, tag: Tag, document: Document) -> str:
    """The word by which a tag knows the schema behind a reference; empty where it knows none.

    That of its mapping, else that of ``x-ms-discriminator-value``, else the schema's own name.
    """
    for word, target in tag.mapping.items():
        if _as_reference(target) == reference:
            return word
    schema = _found(reference, document)
    own = schema.get("x-ms-discriminator-value") if isinstance(schema, dict) else None
    if isinstance(own, str):
        return own
    tokens = pointer_tokens(reference.partition("#")[2])
    return tokens[-1] if tokens[-2:-1] in (["schemas"], ["definitions"]) else ""


def derived_reference(reference: str, schema: dict[str, Json], document: Document) -> str:
    """The first schema that the mapping of a base type names, for a base alone is seldom what is
    meant; the reference itself where its schema is no such base.
    """
    tag = tag_of(schema.get("discriminator"))
    is_closed = schema.get("additionalProperties") is False
    if tag is None or is_closed or any(keyword in schema for keyword in ALTERNATIVES):
        return reference
    targets = [_as_reference(target) for target in tag.mapping.values()]
    if not targets or reference in targets or not isinstance(_found(targets[0], document), dict):
        return reference
    return targets[0]


def _as_reference(target: str) -> str:
    return f"#/components/schemas/{target}" if _is_name(target) else target


def _found(reference: str, document: Document) -> Json:
    try:
        return document.references.find(reference)
    except DanglingReferenceError:
        return None
