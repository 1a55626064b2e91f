"""What stands around each value of a question: words, phrases, units. The same for every slot."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.arguments.mention import Mention, mentions
from core.words import STOP_WORDS, Word, stem, words

_NEAR_BEFORE, _NEAR_AFTER = 7, 3
"""Words on either side of a value in which the name of its slot is looked for."""
_PHRASE_BEFORE, _PHRASE_AFTER = 40, 30
"""Characters on either side in which phrases are looked for."""
_CURRENCY = 16
"""Characters on either side in which a currency is looked for."""

_UNITS = {
    "km": "km kilometr kilomet",
    "kg": "kg kilo kilogram",
    "kw": "kw kilowatt",
    "kwh": "kwh",
    "cm": "cm centimetr",
    "cent": "cent",
    "minut": "minut min",
    "second": "second sec",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "percent": "percent",
    "ton": "ton tonn",
    "mm": "mm",
    "m3": "cubic",
}
_UNIT_OF = {word: unit for unit, said in _UNITS.items() for word in said.split()}
_currency = (
    re.compile(r"[$€£]\s*$"),
    re.compile(r"\s*(?:euros?|dollars?|pounds?|eur|usd|gbp)\b", re.I),
)

_Phrases = tuple[tuple[re.Pattern[str], frozenset[str]], ...]


def _phrases(pattern: str, *pairs: tuple[str, str]) -> _Phrases:
    return tuple(
        (
            re.compile(pattern.format(said), re.IGNORECASE),
            frozenset(map(stem, meant.split())),
        )
        for said, meant in pairs
    )


_BEFORE = _phrases(
    r"\b(?:{})\W+(?:(?:the|a|an|it|of|is)\W+)?$",
    (
        "from|since|after|starting|beginning|start|begins?|as of|between|arriv(?:al|ing)",
        "from start since after begin min checkin gte check arrive",
    ),
    (
        "to|until|till|before|through|by|and|ending|ends?|departure|due",
        "to end until till before max checkout due lte depart deadline",
    ),
    (
        "at least|minimum|min|over|more than|longer than|above|from|rated",
        "min from least gte gt over above",
    ),
    (
        "at most|maximum|max|under|less than|no more than|up to|below|within|for at most",
        "max to most lte lt under radius distance",
    ),
    (
        "(?<!skip the )first|top|limit|at most|only|last|latest|newest|up to|show|get|which",
        "limit count size top max result per num pagesize",
    ),
    ("skip|skip the first|offset|after the first", "offset skip start"),
    ("page", "page cursor"),
    ("at", "price rate unit"),
    ("named?|called|titled?|title|labell?ed|name it|call it", "name title label subject display"),
    ("in|near|at|around|into", "city location place region area town site country workspace"),
    ("from|to|in", "city country source destination origin from to"),
    ("to|for|ping|mention", "to recipient assignee mentions customer user email"),
    ("by|from|of|with", "author artist user owner from sender lead"),
    ("say(?:s|ing)?|text|message|note|comment|reason|because|remark", "text message body note"),
    ("for|about|search|search for|look for|find|record", "q query search term keyword topic"),
    ("tagged|tags?", "tag label"),
    ("on", "date day on"),
    ("in|for|from|year", "year"),
)
"""What stands before a value, and the words in the names of the slots that it speaks for."""
_AFTER = _phrases(
    r"^\W*(?:{})\b",
    (
        "at most|per page|on each|a page|on a page|each|results?|is enough",
        "limit size per pagesize",
    ),
    ("entries|records|items|results", "limit size"),
    ("times? (?:a|per) day|times? daily", "times"),
    ("levels?", "depth level"),
    ("nights?", "night"),
)


Near = dict[str, int]
"""How far away a word is, by its stem: words that say nothing are not counted."""


_SAME = {
    stem(word): stem(one)
    for one, others in {
        "lat": "latitude",
        "lon": "longitude lng long",
        "quantity": "qty",
        "organization": "org organisation",
        "column": "col",
        "depth": "deep",
        "color": "colour colored coloured",
        "address": "addr",
    }.items()
    for word in others.split()
}
_and = re.compile(r"\W*and (?=\w)")
_of_the = re.compile(r"\b(?:for|of|from|in|to|on) (?:the|a|an) [^,;]*$", re.IGNORECASE)
_joins = re.compile(r"[\s'\"“”<>]*(?:,|and|or|&|, ?and|, ?or)[\s'\"“”<>]*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around one value, back to the value before it."""

    mention: Mention
    group: int
    """The same for values that are listed together: “A, B and C”."""
    before: Near
    after: Near
    said: frozenset[str]
    """Words in the names of slots for which a phrase before or after the value speaks."""
    unit: str
    """What is counted: ``km``, ``minut``; empty where nothing is named."""
    follows: str
    """The word right after the value."""
    is_money: bool
    is_container: bool
    """Whether it is what something is in, of or for: “a task for the project 7”."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, read once for all operations."""

    question: str
    said: tuple[Word, ...]
    starts: tuple[int, ...]
    """Of the words."""
    values: tuple[Surroundings, ...]

    def near(self, start: int, end: int, *, since: int = 0) -> tuple[Near, Near]:
        """The words before and after a place."""
        left, right = bisect_left(self.starts, start), bisect_left(self.starts, end)
        first = max(bisect_left(self.starts, since), left - _NEAR_BEFORE)
        after = self.said[right : right + _NEAR_AFTER]
        return _distances(self.said[first:left][::-1]), {
            word.stem: far for far, word in reversed(list(enumerate(after)))
        }


@functools.lru_cache(maxsize=256)
def read(question: str) -> Reading:
    """The words and values of a question."""
    said = tuple(replace(word, stem=_SAME.get(word.stem, word.stem)) for word in words(question))
    bare = Reading(question, said, tuple(word.start for word in said), ())
    values: list[Surroundings] = []
    since = 0
    groups = _groups(question)
    for at, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        before, after = bare.near(start, end, since=since)
        if at + 1 < len(groups):
            after = _own(after, before, question[end : groups[at + 1][0].start])
        text_before = question[max(0, since, start - _PHRASE_BEFORE) : start]
        text_after = question[end : end + _PHRASE_AFTER]
        phrases = _meant(_BEFORE, text_before) | _meant(_AFTER, text_after)
        for number, mention in enumerate(group):
            follows = next(words(question[mention.end : mention.end + 16]), None)
            values.append(
                Surroundings(
                    mention=mention,
                    group=start,
                    before=before,
                    after=after,
                    said=phrases | _coordinate(group, number),
                    unit=unit_of(follows.stem) if follows else "",
                    follows=follows.text if follows else "",
                    is_money=_is_money(question, mention),
                    is_container=bool(_of_the.search(text_before)),
                )
            )
        if group[0].kind != "slug":  # which is often a name that the document uses
            since = end
    return replace(bare, values=tuple(values))


def unit_of(name: str) -> str:
    """The unit that a word says, if any."""
    return _UNIT_OF.get(name, "")


def same(stem: str) -> str:
    """The one of several words for the same that slots and questions are compared by."""
    return _SAME.get(stem, stem)


def _groups(question: str) -> list[list[Mention]]:
    """The values of a question, those together that are listed together."""
    groups: list[list[Mention]] = []
    for mention in mentions(question):
        last = groups[-1][-1] if groups else None
        if last is not None and last.kind == mention.kind and _is_listed(question, last, mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_listed(question: str, last: Mention, mention: Mention) -> bool:
    """“7 and 8”, also “the task 7 and the task 8”."""
    between = question[last.end : mention.start]
    if _joins.fullmatch(between):
        return True
    again = _and.match(between)
    return again is not None and question.endswith(between[again.end() :], 0, last.start)


def _coordinate(group: list[Mention], number: int) -> frozenset[str]:
    """Two decimal numbers together are a latitude and a longitude."""
    if len(group) != 2 or not all(isinstance(mention.value, float) for mention in group):
        return frozenset()
    return frozenset({"lat"} if number == 0 else {"lon"})


def _own(after: Near, before: Near, between: str) -> Near:
    """Without the word that names the next value, where each value has its name before it."""
    stems = [same(word.stem) for word in words(between)]
    after = {stem: far for stem, far in after.items() if stem in stems}
    if len(stems) == 1 and 0 in before.values():
        after.pop(stems[0], None)
    return after


def _is_money(question: str, mention: Mention) -> bool:
    before, after = _currency
    return bool(
        mention.text[0] in "$€£"
        or before.search(question[max(0, mention.start - _CURRENCY) : mention.start])
        or after.match(question[mention.end : mention.end + _CURRENCY])
    )


def _distances(near: Sequence[Word]) -> Near:
    found: Near = {}
    distance = 0
    for word in near:
        found.setdefault(word.stem, distance)
        distance += word.text not in STOP_WORDS
    return found


def _meant(phrases: _Phrases, text: str) -> frozenset[str]:
    return frozenset().union(*(meant for said, meant in phrases if said.search(text)))
