"""Values that a question states: numbers, dates, e-mails, ids, quoted texts, names.

>>> [(found.kind, found.value) for found in mentions('rename pet 7 to "Rex"')]
[('number', 7), ('quoted', 'Rex')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from core.request import Json

Kind = Literal[
    "quoted",
    "email",
    "url",
    "uuid",
    "datetime",
    "date",
    "time",
    "phone",
    "file",
    "id",
    "number",
    "ordinal",
    "month",
    "slug",
    "code",
    "name",
    "word",
]
"""A ``slug`` is a word with hyphens (``old-town``), a ``code`` one in capitals (``EUR``), and a
``word`` any other, which is only a value where its neighbours say so."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One value and the words it was read from."""

    kind: Kind
    value: Json
    start: int
    end: int
    text: str

    def overlaps(self, other: Mention) -> bool:
        """Whether both were read from some of the same characters."""
        return self.start < other.end and other.start < self.end


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}

_ORDINALS = {
    word: number for number, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)
}
_LONG_MONTHS = "|".join(name.capitalize() for name in _MONTHS if len(name) > 4 or name == "july")
_NO_CODES = frozenset({"API", "GID", "ID", "IDs", "JSON", "OK", "URL", "UTC", "UUID", "VAT"})
"""Capitals that name a kind of value."""

_MOST_DIGITS = 100
"""Of a number: nobody types more, and Python reads none of thousands."""

_ISO_DATE = r"\d{4}-\d{2}-\d{2}"
_ISO_TIME = r"\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"


def mentions(question: str) -> list[Mention]:
    """Every value in a question, in order; where two readings overlap, the more special one.

    Takes time in proportion to the question's length, whatever stands in it.
    """
    found: list[Mention] = []
    is_read = bytearray(len(question))
    for mention in chain(_special(question), _names(question)):
        start, end = mention.start, mention.end
        if not any(is_read[start:end]):
            is_read[start:end] = b"\1" * (end - start)
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _special(question: str) -> Iterator[Mention]:
    """What can be told by how it is written, the more special first."""
    for kind, pattern, read in _READERS:
        for match in pattern.finditer(question):
            value = read(match)
            if value is not None:
                start, end = match.span("value") if "value" in match.groupdict() else match.span()
                yield Mention(kind, value, start, end, question[start:end])


_STANDS_FOR: dict[Kind, str] = {
    "email": "email",
    "url": "url",
    "uuid": "id",
    "datetime": "time",
    "date": "date",
    "time": "time",
    "phone": "phone number",
    "id": "id",
}


def without_values(question: str) -> str:
    """The question with a word for each value that no summary would name.

    >>> without_values("cancel booking bk_77f on 2026-03-01")
    'cancel booking id on date'
    """
    pieces: list[str] = []
    at = 0
    for mention in mentions(question):
        if mention.kind in _STANDS_FOR:
            pieces += [question[at : mention.start], _STANDS_FOR[mention.kind]]
            at = mention.end
    return "".join([*pieces, question[at:]])


def _text(match: re.Match[str]) -> Json:
    return match["value"]


def _datetime(match: re.Match[str]) -> Json:
    text = match["value"].replace(" ", "T")
    return text if len(text) > len("2026-01-01T00:00") else text + ":00"


def _day_month(match: re.Match[str]) -> Json:
    return _date(match["year"], _MONTHS[match["month"].lower()], match["day"])


def _date(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def _number(match: re.Match[str]) -> Json:
    text = match["value"].replace(",", "")
    if len(text) > _MOST_DIGITS:
        return None
    return float(text) if "." in text else int(text)


def _code(match: re.Match[str]) -> Json:
    return None if match["value"] in _NO_CODES else match["value"]


def _number_word(match: re.Match[str]) -> Json:
    return _NUMBER_WORDS[match["value"].lower()]


Reader = tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], Json]]

_READERS: tuple[Reader, ...] = (
    ("quoted", re.compile(r"[\"“”](?P<value>[^\"“”]+)[\"“”]"), _text),
    ("quoted", re.compile(r"(?<![\w'])['‘](?P<value>[^'‘’]++)['’](?!\w)"), _text),
    ("quoted", re.compile(r"`(?P<value>[^`]+)`"), _text),
    ("email", re.compile(r"(?<![\w.+-])(?P<value>[\w.+-]++@[\w-]++(?:\.[\w-]++)+)"), _text),
    ("url", re.compile(r"(?P<value>https?://[^\s,;<>\"']+[^\s,;<>\"'.?!)])"), _text),
    (
        "uuid",
        re.compile(r"\b(?P<value>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\b"),
        _text,
    ),
    ("datetime", re.compile(rf"\b(?P<value>{_ISO_DATE}[T ]{_ISO_TIME})"), _datetime),
    ("date", re.compile(rf"\b(?P<value>{_ISO_DATE})\b"), _text),
    (
        "date",
        re.compile(
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? "
            rf"(?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b",
            re.IGNORECASE,
        ),
        _day_month,
    ),
    (
        "date",
        re.compile(
            rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
            re.IGNORECASE,
        ),
        _day_month,
    ),
    ("time", re.compile(r"\b(?P<value>[01]?\d:[0-5]\d|2[0-3]:[0-5]\d)\b"), _text),
    ("phone", re.compile(r"(?P<value>\+\d[\d ]{6,}\d)"), _text),
    ("file", re.compile(r"(?<![\w/-])(?P<value>[\w-]++\.(?:[a-z]{3,4}|mp3|7z))(?!\w|\.\w)"), _text),
    (
        "id",
        re.compile(
            r"(?<![\w/.:-])#?(?P<value>(?=[\w.:/-]*\d)(?=[\w.:/-]*[A-Za-z_])"
            r"[A-Za-z0-9]++(?:[_.:/-][A-Za-z0-9]++)*)(?![\w-])"
        ),
        _text,
    ),
    (
        "number",
        re.compile(
            r"(?<![\w.])#?(?P<value>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?![\w-])"
        ),
        _number,
    ),
    ("number", re.compile(r"(?<![\w.])[$€£](?P<value>\d+(?:\.\d+)?)"), _number),
    (
        "number",
        re.compile(rf"\b(?P<value>{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE),
        _number_word,
    ),
    (
        "ordinal",
        re.compile(rf"\b(?P<value>{'|'.join(_ORDINALS)})\b(?= page)", re.IGNORECASE),
        lambda match: _ORDINALS[match["value"].lower()],
    ),
    (
        "month",
        re.compile(rf"\b(?P<value>{_LONG_MONTHS})\b"),
        lambda match: _MONTHS[match["value"].lower()],
    ),
    (
        "slug",
        re.compile(
            r"(?<![\w/.-])(?!e-mail|to-do)(?P<value>[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)(?![\w/-])"
        ),
        _text,
    ),
    ("code", re.compile(r"(?<![\w/.-])(?P<value>[A-Z]{2,}(?:[-_][A-Z]+)*)(?![\w/-])"), _code),
)
"""Ways to read a value, the more special first."""

_capitalised = re.compile(
    r"(?:\b(?:Dr|Mrs?|Ms|Prof)\. )?\b[A-ZÀ-Þ][\w'’&-]*"
    r"(?: (?:(?:de|la|van|von|of|the|&) )?[A-ZÀ-Þ0-9][\w'’&-]*)*"
)
_new_sentence = re.compile(r"[.!?]\s+$")
_NEAR = 8
"""Characters before a word in which a sentence may have ended."""


def _names(question: str) -> Iterator[Mention]:
    """Capitalised words inside a sentence: names of people, places and things.

    The first word of a question is written so in any case; that of a later sentence may well be
    half of a name.
    """
    beginning = len(question) - len(question.lstrip())
    for match in _capitalised.finditer(question):
        start, end = match.span()
        first, _, rest = match[0].partition(" ")
        if start <= beginning and not first.endswith("."):
            start += len(first) + 1
        elif _new_sentence.search(question[max(0, start - _NEAR) : start]) and not rest:
            continue
        text = question[start:end].strip()
        if len(text) > 1 and text not in _NO_CODES and not text.startswith("I'"):
            yield Mention("name", text, start, start + len(text), text)
