"""What a candidate's words rest on: the texts of its operation, and the call that it asks for.

>>> candidate = Candidate("g", "List servers in Oslo", "Cloud API", "List all servers", "", "")
>>> [found.text for found in unsaid_values(candidate)], sorted(novel_stems(candidate))
(['Oslo'], ['oslo'])
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from core.arguments.mention import Kind, Mention, mentions
from core.candidate import Candidate
from core.words import telling_stems

LITERALS: frozenset[Kind] = frozenset(
    {"quoted", "email", "url", "uuid", "datetime", "date", "time", "phone", "file", "id", "number"}
)
"""Values that can only be said by somebody who has them."""

_ASKING = frozenset(
    telling_stems(
        """
        able about access account action allow also another any api apis application apply
        available been before best call certain check command create current currently curl data
        detail details different do does endpoint ensure example existing fetch find following
        function functionality gather get give given guide help helping identify information
        interested know let like list look looking make manage method necessary need new obtain
        one only operation option order particular perform please possible proceed process
        programmatically properly provide purpose query relevant request require retrieve return
        run see send service set show some specific step steps such system tell through to
        trying up use user using utilize utilizing various version via view want way well within
        without work would
        """
    )
)
"""Words in which people ask for anything."""


def said_of(candidate: Candidate) -> str:
    """All that is known of the operation, as one text."""
    return "\n".join(
        (
            candidate.api_name,
            candidate.functionality,
            candidate.description,
            candidate.endpoint,
            candidate.path,
            candidate.call,
        )
    )


@functools.lru_cache(maxsize=256)
def known_stems(source: str) -> frozenset[str]:
    """The stems of what is known; siblings share it."""
    return frozenset(telling_stems(source))


def telling_of(text: str) -> frozenset[str]:
    """The stems of a text that say what is asked for, not that it is asked."""
    return frozenset(found for found in telling_stems(text) if found not in _ASKING)


def novel_stems(candidate: Candidate) -> frozenset[str]:
    """What the candidate says beyond what is known of its operation."""
    return telling_of(candidate.text) - known_stems(said_of(candidate))


@functools.lru_cache(maxsize=64)
def mentions_of(text: str) -> tuple[Mention, ...]:
    """The values of a text; several rules look at them."""
    return tuple(mentions(text))


def unsaid_values(candidate: Candidate) -> Iterator[Mention]:
    """Values and proper names of the candidate that neither the operation nor the call holds.

    A name is known if one of its words is: “IBM Cloud” of a cloud API is no invention.
    """
    source = said_of(candidate)
    lowered, known = source.casefold(), known_stems(source)
    for mention in mentions_of(candidate.text):
        if mention.text.casefold() in lowered or not mention.text.strip():
            continue
        if mention.kind in LITERALS:
            is_spelt_out = mention.kind == "number" and mention.text.isalpha()
            if not is_spelt_out and not known.issuperset(telling_stems(mention.text)):
                yield mention
        elif mention.kind in ("name", "code"):
            stems = telling_of(mention.text)
            if stems and known.isdisjoint(stems) and not _is_short_for(mention.text, source):
                yield mention


def _is_short_for(text: str, source: str) -> bool:
    """Whether capitals are the initials of words in a row: VPC for Virtual Private Cloud."""
    initials = "".join(word[0] for word in source.replace("-", " ").split()).upper()
    return text.isupper() and text in initials
