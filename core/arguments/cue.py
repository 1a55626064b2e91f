"""How much the words around a value speak for a slot."""

from __future__ import annotations

import re
from bisect import bisect_left

from core.arguments.mention import Mention
from core.arguments.slot import Slot
from core.words import Word, words

_NEGATIONS = frozenset({"no", "not", "without", "non", "never", "dont", "don", "isn", "except"})
_EMPTY = frozenset({"is", "has", "the", "of", "in", "by", "and", "or", "a"})

_PHRASES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(rf"\b(?:{said})\W+(?:\w+\W+)?$", re.IGNORECASE), frozenset(meant.split()))
    for said, meant in (
        (
            "from|since|after|starting|beginning|as of|between",
            "from start since after begin min checkin gte",
        ),
        (
            "to|until|till|before|through|by|and|ending",
            "to end until till befor max checkout due lte",
        ),
        ("at least|minimum|min|over|more than|above|from", "min from least gte gt over abov"),
        (
            "at most|maximum|max|under|less than|up to|below|within",
            "max to most lte lt under limit",
        ),
        (
            "first|top|limit|at most|only|last|show|per page",
            "limit count siz top max result per number",
        ),
        ("page", "page offset cursor"),
        (
            "named?|called|titled?|title|labell?ed|name it|call it",
            "name titl label subject display",
        ),
        ("in|near|at|around|to|from", "city locat place country region area address town site"),
        (
            "for|by|of|to|with",
            "owner nam customer guest author driver artist person user who first last",
        ),
        ("id|number|no|nr|#|with id", "id number no code key ref gid"),
        (
            "say(?:s|ing)?|text|message|note|comment|reason|because",
            "text messag body note comment reason content",
        ),
    )
)
"""What stands before a value, and the words in the names of the slots that it speaks for."""

_KIND_FORMATS = {
    "email": ("email",),
    "url": ("uri", "url"),
    "uuid": ("uuid",),
    "date": ("date", "date-time"),
    "datetime": ("date-time",),
    "time": ("time",),
}
_KIND_NAMES = {
    "email": frozenset({"email", "mail"}),
    "url": frozenset({"url", "uri", "link", "href", "callback", "webhook", "sit"}),
    "uuid": frozenset({"id", "uuid", "guid", "key"}),
    "date": frozenset(
        [
            "date",
            "day",
            "from",
            "to",
            "since",
            "until",
            "start",
            "end",
            "on",
            "birth",
            "due",
            "befor",
            "after",
            "at",
        ]
    ),
    "datetime": frozenset(
        ["date", "time", "at", "from", "to", "since", "until", "start", "end", "befor", "after"]
    ),
    "time": frozenset({"time", "hour", "at", "start", "end"}),
    "id": frozenset(
        [
            "id",
            "number",
            "code",
            "sku",
            "ref",
            "reference",
            "key",
            "gid",
            "no",
            "slug",
            "registr",
            "plat",
            "serial",
        ]
    ),
    "number": frozenset(),
    "name": frozenset(
        ["name", "city", "titl", "country", "artist", "author", "brand", "color", "colour"]
    ),
    "quoted": frozenset(
        [
            "name",
            "titl",
            "text",
            "messag",
            "not",
            "comment",
            "subject",
            "description",
            "label",
            "q",
            "query",
        ]
    ),
}


class Cues:
    """What one question says near its values about one slot."""

    def __init__(self, slot: Slot, question: str, said: list[Word]) -> None:
        self._slot = slot
        self._question = question
        self._said = said
        self._starts = [word.start for word in said]
        stems = [word.stem for word in words(slot.name)]
        self._stems = [stem for stem in stems if stem not in _EMPTY] or stems
        self._parents = {word.stem for step in slot.path[:-1] for word in words(step)}
        self._described = {word.stem for word in words(slot.description[:160])} - _EMPTY

    def score(self, mention: Mention) -> float:
        """How well a value fits the slot by its kind and by the words around it."""
        score = self._kind_score(mention) + self.nearness(mention.start, mention.end)
        before = self._question[max(0, mention.start - 40) : mention.start]
        names = set(self._stems)
        score += sum(1.0 for phrase, meant in _PHRASES if meant & names and phrase.search(before))
        if self._slot.required:
            score += 0.75
        if self._slot.place == "path":
            score += 0.75
        return score

    def nearness(self, start: int, end: int) -> float:
        """Up to 3 where the slot's whole name stands beside the value, falling with distance."""
        left = bisect_left(self._starts, start)
        right = bisect_left(self._starts, end)
        best = 0.0
        total = len(self._stems)
        for distance, index in enumerate(range(left - 1, max(-1, left - 8), -1)):
            best = max(best, self._match(index) / total * 3.0 / (1 + 0.3 * distance))
        for distance, index in enumerate(range(right, min(len(self._said), right + 3))):
            best = max(best, self._match(index) / total * 2.0 / (1 + 0.5 * distance))
        return best

    def named(self) -> Word | None:
        """Where the question says the slot's whole name, as it does for a flag."""
        wanted = set(self._stems)
        if not wanted <= {word.stem for word in self._said}:
            return None
        return next(word for word in self._said if word.stem in wanted)

    def is_negated(self, place: Word) -> bool:
        """Whether a negation stands close before a word."""
        at = bisect_left(self._starts, place.start)
        return any(word.stem in _NEGATIONS for word in self._said[max(0, at - 3) : at])

    def _match(self, index: int) -> float:
        """How many words of the slot's name end at an index of the question's words."""
        stem = self._said[index].stem
        if stem in self._stems:
            others = {word.stem for word in self._said[max(0, index - 2) : index + 3]}
            return float(len(set(self._stems) & others))
        if stem in self._parents:
            return 0.4
        return 0.3 if stem in self._described and len(stem) > 3 else 0.0

    def _kind_score(self, mention: Mention) -> float:
        kind, slot = mention.kind, self._slot
        wanted = str(slot.schema.get("format", ""))
        if wanted and wanted in _KIND_FORMATS.get(kind, ()):
            return 2.0
        names = set(self._stems)
        if names & _KIND_NAMES[kind]:
            return 1.5
        if kind in ("email", "url", "uuid", "date", "datetime"):
            return -0.5
        if kind == "number":
            is_number = slot.kind in ("integer", "number")
            return 0.5 if is_number or "id" in names else -0.5
        if wanted in ("date", "date-time", "email", "uuid", "uri"):
            return -2.0
        return 0.5 if kind in ("quoted", "id") else 0.0
