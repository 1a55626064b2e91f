"""Values into slots: each to the place that it was most likely said for.

>>> filling = fill("rename pet 7 to “Rex”", operation)
>>> filling.arguments
{'path': {'petId': 7}, 'body': {'name': 'Rex'}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.arguments.choice import choices_said
from core.arguments.cue import Cues, outline
from core.arguments.locale import COUNTRIES, LANGUAGES
from core.arguments.mention import Mention
from core.arguments.reading import Reading, Surroundings, read
from core.arguments.slot import ITEM, Slot, slots
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.openapi.schema import satisfies
from core.request import Json
from core.words import stem, telling_stems

ENOUGH = 2.0
"""The score from which an optional slot takes a value."""
_ENOUGH_REQUIRED = 1.0
_ENOUGH_PATH = 0.5
_ENOUGH_QUOTED = 1.4
"""For what stands in quotation marks, which is said for some place in any case."""

_ENOUGH_CHOICE = 1.5
_in_braces = re.compile(r"\{[^{}]*\}")

_GIVEN, _FAMILY, _COUNTRY, _LANGUAGE = (
    frozenset(map(stem, names.split()))
    for names in ("given first", "family last surname", "country", "language locale")
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a slot holds its value: the words it was read from."""

    slot: Slot
    value: Json
    start: int
    end: int
    score: float
    group: int = -1
    """See :class:`core.arguments.reading.Surroundings`."""

    def overlaps(self, other: Evidence | Mention) -> bool:
        """Whether both were read from some of the same characters."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Filling:
    """Argument values for an operation, and the words that gave them."""

    evidence: tuple[Evidence, ...]
    """In the order of the question."""
    unused: tuple[Mention, ...]
    """Values of the question that found no place."""

    @property
    def arguments(self) -> dict[str, Any]:
        """By place and name, as :func:`core.build.build` takes them."""
        return arguments_of(self.evidence)


def fill(question: str, operation: Operation, titles: frozenset[str] = frozenset()) -> Filling:
    """What a question says about an operation's arguments.

    ``titles`` are stems that are part of the names of APIs, as those of its own API are.
    """
    reading = read(question)
    title = frozenset(telling_stems(operation.document.title))
    values = [value for value in reading.values if not _names_api(value.mention, title | titles)]
    offered = slots(operation)
    expected = _Expected(title, _path_stems(operation), _name_stems(offered))
    candidates = [
        candidate
        for slot in offered
        for candidate in _candidates(slot, reading, values, expected, operation.document)
    ]
    chosen = sorted(_chosen(candidates), key=lambda each: each.start)
    unused = [value.mention for value in values]
    unused = [each for each in unused if not any(one.overlaps(each) for one in chosen)]
    return Filling(tuple(chosen), tuple(unused))


def arguments_of(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """The values at their places, as :func:`core.build.build` takes them."""
    whole: dict[str, Any] = {}
    for each in evidence:
        _put(whole, (each.slot.place, *each.slot.path), each.value, each.slot.is_list)
    return whole


def _put(target: dict[str, Any], steps: Sequence[str], value: Json, is_list: bool) -> None:
    name, rest = steps[0], steps[1:]
    if not rest:
        if is_list:
            target.setdefault(name, []).append(value)
        else:  # a text that lists several, as some APIs have it
            target[name] = f"{target[name]},{value}" if name in target else value
    elif rest[0] == ITEM:
        items = target.setdefault(name, [])
        if not items or (not is_list and _holds(items[-1], rest[1:])):
            items.append({})
        _put(items[-1], rest[1:], value, is_list)
    else:
        _put(target.setdefault(name, {}), rest, value, is_list)


def _holds(item: dict[str, Any], steps: Sequence[str]) -> bool:
    """Whether an item has that member, so that the next value belongs to another item."""
    found: Any = item
    for step in steps:
        if not isinstance(found, dict) or step not in found:
            return False
        found = found[step]
    return True


def _names_api(mention: Mention, title: frozenset[str]) -> bool:
    return mention.kind in ("name", "code") and title.issuperset(telling_stems(mention.text))


@dataclass(frozen=True, slots=True)
class _Expected:
    """Words that a question says of the operation itself, so not as values."""

    title: frozenset[str]
    path: frozenset[str]
    names: frozenset[str]


def _path_stems(operation: Operation) -> frozenset[str]:
    return frozenset(telling_stems(_in_braces.sub("", operation.path)))


def _name_stems(offered: Sequence[Slot]) -> frozenset[str]:
    return frozenset(found for slot in offered for found in telling_stems(slot.name))


def _candidates(
    slot: Slot,
    reading: Reading,
    values: Sequence[Surroundings],
    expected: _Expected,
    document: Document,
) -> Iterator[Evidence]:
    cues = Cues(slot, reading)
    if slot.kind == "boolean":
        said = cues.flag() if ITEM not in slot.path else None
        if said is not None:
            yield Evidence(slot, said[1], said[0].start, said[0].end, ENOUGH)
        return
    yield from _of_locale(slot, cues, reading, document)
    if slot.enum:
        for value, start, end, points in choices_said(slot.enum, reading.said):
            stems = set(telling_stems(reading.question[start:end]))
            if stems:
                points -= 1.5 * (stems <= expected.title) + 1.0 * (stems <= expected.path)
            score = ENOUGH + points + cues.nearness(start, end)
            if score >= (_ENOUGH_REQUIRED if slot.required else _ENOUGH_CHOICE):
                yield Evidence(slot, value, start, end, score)
        return
    yield from _of_values(slot, cues, values, document)
    if slot.kind == "string":
        taken = [value.mention for value in values]
        blocked = expected.names | expected.path | expected.title
        for mention in cues.words_beside(taken, blocked):
            if satisfies(mention.value, slot.schema, document):
                score = ENOUGH + cues.bonus
                yield Evidence(slot, mention.value, mention.start, mention.end, score)


def _of_values(
    slot: Slot, cues: Cues, values: Sequence[Surroundings], document: Document
) -> Iterator[Evidence]:
    for value in values:
        mention = value.mention
        score = cues.score(value)
        if score < _least(slot, mention):
            continue
        for part in _parts(slot, cues, value):
            read_as = _as_slot_value(part, slot)
            if read_as is not None and satisfies(read_as, slot.schema, document):
                bonus = 2.0 if part is not mention else 0.0
                yield Evidence(slot, read_as, part.start, part.end, score + bonus, value.group)


def _least(slot: Slot, mention: Mention) -> float:
    if slot.required:
        return _ENOUGH_PATH if slot.place == "path" else _ENOUGH_REQUIRED
    return _ENOUGH_QUOTED if mention.kind == "quoted" else ENOUGH


def _parts(slot: Slot, cues: Cues, value: Surroundings) -> Iterator[Mention]:
    """A value as the slot takes it: of a person's name one half, of “5 mg” both words."""
    mention = value.mention
    given, _, family = mention.text.partition(" ")
    if mention.kind in ("name", "quoted") and family and " " not in family:
        if cues.names & _GIVEN:
            end = mention.start + len(given)
            yield Mention(mention.kind, given, mention.start, end, given)
            return
        if cues.names & _FAMILY:
            yield Mention(mention.kind, family, mention.end - len(family), mention.end, family)
            return
    if mention.kind == "number" and slot.kind == "string" and value.follows:
        text = f"{mention.text} {value.follows}"
        if any(outline(text) == outline(str(example)) for example in slot.examples):
            yield Mention("quoted", text, mention.start, mention.start + len(text), text)
            return
    yield mention


def _of_locale(slot: Slot, cues: Cues, reading: Reading, document: Document) -> Iterator[Evidence]:
    """Countries and languages by their names."""
    for codes, names in ((COUNTRIES, _COUNTRY), (LANGUAGES, _LANGUAGE)):
        if cues.names & names:
            for word in reading.said:
                code = codes.get(word.text)
                if code and satisfies(code, slot.schema, document):
                    yield Evidence(slot, code, word.start, word.end, ENOUGH + 1)


def _as_slot_value(mention: Mention, slot: Slot) -> Json:
    """The mention's value as the slot's type has it, or ``None``."""
    value = mention.value
    if slot.kind in ("integer", "number"):
        if isinstance(value, str):
            return None
        return value
    if slot.kind != "string":
        return None
    if mention.kind in ("number", "ordinal", "month"):
        return mention.text.lstrip("#$€£").replace(",", "")
    if slot.format == "date-time" and mention.kind == "date":
        return f"{value}T00:00:00Z"
    if slot.format == "date-time" and mention.kind == "datetime":
        text = str(value)
        return text if text.endswith("Z") or {"+", "-"} & set(text[10:]) else text + "Z"
    return value


def _chosen(candidates: Sequence[Evidence]) -> list[Evidence]:
    """The best assignment, greedily: every value once, every slot once, lists as long as said."""
    chosen: list[Evidence] = []
    for candidate in sorted(candidates, key=lambda each: (-each.score, each.start)):
        if not any(_clashes(candidate, other) for other in chosen):
            chosen.append(candidate)
    return chosen


def _clashes(one: Evidence, other: Evidence) -> bool:
    if one.overlaps(other):
        return True
    if one.slot is not other.slot or one.slot.repeats:
        return False
    is_listed = one.group >= 0 and one.group == other.group and one.slot.name.endswith("s")
    return not (is_listed and one.slot.kind == "string" and not one.slot.enum)
