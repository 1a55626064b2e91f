"""Stand-ins for references that a validator must not or cannot follow.

A reference out of the document would be fetched, one into nothing ends the validator, a circle
keeps it busy for ever. Each is replaced by an object that says nothing; the last two are findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from core.openapi.reference import MAX_HOPS, pointer_tokens
from core.request import Json
from core.wire import shorten

Place: TypeAlias = tuple[str | int, ...]
"""The steps from the root of a document to a value in it."""

_NAMED = frozenset(
    (
        *("properties", "patternProperties", "definitions", "$defs"),
        *("paths", "pathItems", "callbacks", "links", "securitySchemes"),
        *("schemas", "parameters", "requestBodies", "responses", "headers"),
    )
)
"""Members whose own members are named by the author: ``default`` in them is a name."""
_VALUES = frozenset(("example", "examples", "default", "enum", "const"))
"""Members that hold values: a ``$ref`` in them refers to nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference object: the value at ``key`` in ``holder``."""

    holder: dict[str, Json] | list[Json]
    key: str | int
    place: Place
    target: str


def references(root: Json) -> Iterator[Reference]:
    """Every reference object of a document that is a tree, in no particular order."""
    pending: list[tuple[Json, Place, bool]] = [(root, (), False)]
    while pending:
        value, place, is_named = pending.pop()
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, member in members:
            if not isinstance(member, dict | list) or (not is_named and _holds_values(key)):
                continue
            names_next = not is_named and key in _NAMED and isinstance(member, dict)
            if not names_next and isinstance(member, dict) and isinstance(member.get("$ref"), str):
                yield Reference(value, key, (*place, key), member["$ref"])
            else:
                pending.append((member, (*place, key), names_next))


def leads_out(value: Json) -> bool:
    """Whether a value is a reference to another file or place on the network."""
    target = value.get("$ref") if isinstance(value, dict) else None
    return isinstance(target, str) and not target.startswith("#")


def set_aside(root: dict[str, Json]) -> list[tuple[str, Place]]:
    """Replace, in place, what cannot be followed.

    Returns a message and its place for each reference that leads nowhere or in a circle.
    """
    findings: list[tuple[str, Place]] = []
    replaced: list[Reference] = []
    for reference in references(root):
        problem = _problem(root, reference.target)
        if problem is None:
            continue
        replaced.append(reference)
        if problem:
            shown = shorten(reference.target, 120)
            findings.append((f"The reference {shown} {problem}.", reference.place))
    for number, reference in enumerate(replaced):
        _replace(reference, number)
    return findings


def _problem(root: Json, target: str) -> str | None:
    """Why a reference is not followed; empty if it leads out of the document, None if it is."""
    for _ in range(MAX_HOPS):
        if not target.startswith("#"):
            return ""
        fragment = unquote(target[1:])
        if fragment and not fragment.startswith("/"):
            return None  # an anchor: schemas have them, and the validator knows them
        value = root
        for token in pointer_tokens(fragment):
            if isinstance(value, dict) and token in value:
                value = value[token]
            elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
                value = value[int(token)]
            elif isinstance(value, dict) and "$ref" in value:
                return ""  # beyond another reference, where this walk does not go
            else:
                return "leads nowhere"
        if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
            return None
        target = value["$ref"]
    return "leads back to itself"


def _replace(reference: Reference, number: int) -> None:
    is_parameter = len(reference.place) > 1 and reference.place[-2] == "parameters"
    stand_in = {"name": f"stand-in {number}", "in": "query"} if is_parameter else {}
    reference.holder[reference.key] = stand_in  # type: ignore[index]


def _holds_values(key: str | int) -> bool:
    return isinstance(key, str) and (key in _VALUES or key.startswith("x-"))
