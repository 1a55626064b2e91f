"""How much the words around a value speak for a slot.

Points are added up: for the slot's own name beside the value, for the kind of the value, for a
phrase before or after it, for looking like the document's examples. What they add up to was set by
trying on the questions that are for tuning.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence, Set

from core.arguments.mention import Kind, Mention
from core.arguments.reading import Near, Reading, Surroundings, same, unit_of
from core.arguments.slot import Slot
from core.words import STOP_WORDS, Word, stem, words


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.split()))


_NEGATIONS = frozenset(
    {"no", "not", "without", "non", "never", "dont", "don", "isn", "except", "out", "false", "off"}
)
_GENERIC = _stems(
    "id ids gid uid uuid key number no code ref name value text date time type slug at"
)
"""Words of names that say what a value is, not whose."""
_WRAPPERS = frozenset({"data", "body", "item", "request", "attribut", "payload", "input", "param"})
_FLAG_WORDS = _NEGATIONS | frozenset(
    {"only", "is", "has", "with", "includ", "allow", "in", "should"}
)
_MONEY = _stems("price amount cost fee total budget value sum deposit credit debit payment")
_KIND_FORMATS: dict[Kind, tuple[str, ...]] = {
    "email": ("email",),
    "url": ("uri", "url"),
    "uuid": ("uuid",),
    "date": ("date", "date-time"),
    "datetime": ("date-time",),
    "time": ("time",),
}
_STRICT_FORMATS = frozenset({"date", "date-time", "email", "uuid", "uri", "url", "binary", "byte"})


_IDS = _stems(
    "id gid uid number code sku ref reference key no slug registration plate serial tag parent "
    "resource object target"
)
_FILES = _stems("file attachment document picture photo image scan upload note")
_TEXTS = _stems(
    "name title text message note comment subject description label q query remark requests "
    "caption reason body content search"
)
_NAMES = _stems("name city title country artist author brand color colour team company location")
_DATES = _stems(
    "date day from to since until start end on birth born due before after at time when"
)
_KIND_NAMES: dict[Kind, frozenset[str]] = {
    "email": _stems("email mail"),
    "url": _stems("url uri link href callback webhook site"),
    "uuid": _IDS,
    "date": _DATES,
    "datetime": _DATES,
    "time": _stems("time hour at start end"),
    "phone": _stems("phone mobile tel telephone call number fax sms"),
    "id": _IDS,
    "slug": _IDS | _stems("name"),
    "code": _IDS | _stems("country currency language"),
    "month": _stems("month"),
    "name": _NAMES,
    "quoted": _TEXTS,
    "file": _FILES,
    "ordinal": _stems("page"),
    "number": frozenset(),
    "word": frozenset(),
}


class Cues:
    """What one question says near its values about one slot."""

    def __init__(self, slot: Slot, reading: Reading) -> None:
        self._slot = slot
        self._reading = reading
        own = [same(word.stem) for word in words(slot.name)]
        around = {same(word.stem) for step in slot.parents for word in words(step)} - _WRAPPERS
        self.names = frozenset(own)
        self._weights = _weights(own, around)
        whole = self.names if not self.names <= _GENERIC else self._weights.keys()
        self._whole = sum(self._weights[name] for name in whole) or 1.0
        self._units = {unit_of(name) for name in self.names} - {""}
        self._is_id = bool(self.names & _IDS)
        self._is_text = bool(self.names & _TEXTS) and not self._is_id
        described = {word.stem for word in words(slot.description[:200])}
        self._described = described - STOP_WORDS - _GENERIC - self._weights.keys()
        is_path = slot.place == "path"
        self.bonus = 0.75 * slot.required + 0.75 * is_path - 0.15 * len(slot.parents)

    def score(self, value: Surroundings) -> float:
        """How well a value fits."""
        mention = value.mention
        counts = mention.kind in ("number", "ordinal")
        points = self._kind(mention)
        points += self._nearness(value.before, value.after, 3.2 if counts else 2.2)
        points += 1.6 * bool(self.names & value.said) + self._shape(mention)
        if mention.kind == "number":
            points += self._unit(value)
            is_number = self._slot.kind in ("integer", "number") and not self._is_id
            if is_number and any(value.before.get(name) == 0 for name in _IDS):
                points -= 1.5
        if value.is_container and self._slot.place == "path":
            points += 0.4
        if self._slot.name == "name" and "name" in value.said | value.before.keys():
            points += 0.4
        return points + self.bonus

    def nearness(self, start: int, end: int) -> float:
        """Up to 3.5 where the slot's name stands beside a place in the question."""
        return self._nearness(*self._reading.near(start, end), 2.5)

    def _nearness(self, before: Near, after: Near, right: float) -> float:
        points = 0.0
        for name, weight in self._weights.items():
            at_left, at_right = _distance(name, before), _distance(name, after)
            points += (
                weight
                / self._whole
                * max(
                    3 / (1 + 0.3 * at_left) if at_left is not None else 0,
                    right / (1 + 0.5 * at_right) if at_right is not None else 0,
                )
            )
        if not points and any(name in before and before[name] < 3 for name in self._described):
            return 0.8
        return min(points, 3.5)

    def flag(self) -> tuple[Word, bool] | None:
        """Where the question speaks of a yes-or-no slot, and which of both it says."""
        said = self._reading.said
        wanted = self.names - _FLAG_WORDS or self.names
        places = [word for word in said if any(_is_form(word.stem, name) for name in wanted)]
        if not all(any(_is_form(word.stem, name) for word in places) for name in wanted):
            return None
        at = said.index(places[0])
        around = {word.text for word in said[max(0, at - 3) : at]}
        around |= {word.text for word in said[at + 1 : at + 4]} & {"false", "off"}
        if "regardless" in around:
            return None
        return places[0], around.isdisjoint(_NEGATIONS - self.names)

    def words_beside(self, taken: Sequence[Mention], blocked: Set[str]) -> Iterator[Mention]:
        """Plain words where a value would stand: “voucher summer”, “tags retail and tools”."""
        specific = self.names - _LEFT_OUT
        if not specific:
            return
        said, question = self._reading.said, self._reading.question
        for at, word in enumerate(said[:-1]):
            if not specific <= {near.stem for near in said[max(0, at - 1) : at + 1]}:
                continue
            start = at + 2 if said[at + 1].text in _BETWEEN else at + 1
            before = word
            for value in said[start:]:
                between = question[before.end : value.start].strip()
                if between and between not in _LISTED and before is not word:
                    break
                if (
                    before is word
                    and between
                    and between not in ("is", "are", "named", "called", "=", ":")
                ):
                    break
                if value.text in ("and", "or") and before is not word:
                    continue
                if (
                    value.text in STOP_WORDS
                    or value.stem in blocked | _GENERIC
                    or (before is not word and not _ends(question[value.end :]))
                    or any(value.start < one.end and one.start < value.end for one in taken)
                ):
                    break
                text = question[value.start : value.end]
                yield Mention("word", text, value.start, value.end, text)
                before = value
                if not self._slot.repeats:
                    break

    def _kind(self, mention: Mention) -> float:
        kind, wanted = mention.kind, self._slot.format
        if kind == "ordinal":
            return 4.0 if self.names <= _KIND_NAMES[kind] else -2.0
        if kind == "file":
            is_file = wanted in ("binary", "byte") or self.names & _FILES
            return 2.5 if is_file else -0.75
        if wanted and wanted in _KIND_FORMATS.get(kind, ()):
            return 2.0
        if self.names & _KIND_NAMES[kind] and wanted not in _STRICT_FORMATS:
            return 1.5
        if wanted in _STRICT_FORMATS:
            return -2.0
        if kind not in ("quoted", "name", "slug", "code", "word") and self._is_text:
            return -4.0
        if kind in ("email", "url", "date", "datetime", "phone"):
            return -0.75
        if kind in ("number", "month"):
            is_number = self._slot.kind in ("integer", "number")
            return 0.5 if is_number or self._is_id else -0.75
        return 0.5 if kind in ("quoted", "id", "uuid") else 0.0

    def _unit(self, value: Surroundings) -> float:
        if value.is_money:
            return 1.5 if self.names & _MONEY else -0.5
        if not value.unit or not self._units:
            return 0.0
        return 2.0 if value.unit in self._units else -1.5

    def _shape(self, mention: Mention) -> float:
        """Looking like what the document shows."""
        shown = [str(example) for example in self._slot.examples]
        if not shown or mention.kind in ("quoted", "date", "datetime", "email", "url"):
            return 0.0
        value = str(mention.value)
        if mention.kind == "name":
            return 0.75 if any(outline(value) == outline(example) for example in shown) else 0.0
        if any(_prefix(value) and _prefix(value) == _prefix(example) for example in shown):
            return 2.5
        if any(outline(value) == outline(example) for example in shown):
            return 1.5
        return -0.75 if mention.kind in ("id", "slug", "uuid", "code") else 0.0


_ends = re.compile(r"\s*(?:$|[,.;?!]|and\b|or\b)").match
_BETWEEN = frozenset({"is", "are", "named", "called"})
_LISTED = (",", "and", "or", ", and", ", or")
_LEFT_OUT = frozenset({"id", "key", "number", "code", "name", "no", "ref", "slug"})
"""What people leave out of a name: “carrier northvan” for ``carrierCode``."""


def _weights(own: Sequence[str], around: set[str]) -> dict[str, float]:
    """How much each word of a slot's name, and of the objects around it, says."""
    specific = [name for name in own if name not in _GENERIC]
    weights = dict.fromkeys(around, 0.6 if specific else 1.0)
    weights |= {name: 0.35 if name in _GENERIC and (specific or around) else 1.0 for name in own}
    return weights


def _distance(name: str, near: Near) -> int | None:
    """How far away a word is, in this form or another."""
    if name in near:
        return near[name]
    if len(name) < 5:
        return None
    return min((far for said, far in near.items() if _is_form(said, name)), default=None)


@functools.lru_cache(maxsize=50_000)
def _is_form(said: str, wanted: str) -> bool:
    """The same word, another form of it, or its end: ``pin`` of ``pinn``, ``chip`` of
    ``microchip``.
    """
    if said == wanted:
        return True
    short, long = sorted((said, wanted), key=len)
    if len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 1:
        return True
    if len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 3:
        return True
    return len(said) >= 4 and wanted.endswith(said)


_LONGEST_PREFIXED = 40
"""Characters of an id that are looked at for its prefix and a digit."""


def _prefix(text: str) -> str:
    """``shp_`` of ``shp_70311``; empty where there is none."""
    found = re.match(r"[A-Za-z]+[_-]?(?=\w*\d)", text[:_LONGEST_PREFIXED])
    return found[0].lower() if found else ""


def outline(text: str) -> str:
    """What a text is made of: ``LX-0417`` → ``A-0``."""
    letters = re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", text))
    return re.sub(r"(?:a-)+a", "a-a", re.sub(r"\d+", "0", letters))
