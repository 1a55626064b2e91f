"""Mentions into slots: each value of the question to the place that it was most likely said for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.arguments.cue import Cues
from core.arguments.mention import Mention, mentions
from core.arguments.slot import Slot, slots
from core.openapi.document import Document
from core.openapi.operation import Operation
from core.openapi.schema import satisfies
from core.request import Json
from core.words import Word, words

ENOUGH = 2.0
"""The score from which an optional slot takes a value; a required one takes it from half of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a slot holds its value: the words it was read from."""

    slot: Slot
    value: Json
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Filling:
    """Argument values for an operation, and the words that gave them."""

    arguments: dict[str, Any]
    """By place and name, as :func:`core.build.build` takes them."""
    evidence: tuple[Evidence, ...]
    unused: tuple[Mention, ...]
    """Values of the question that found no place."""


def fill(question: str, operation: Operation) -> Filling:
    """What a question says about an operation's arguments."""
    found = mentions(question)
    said = list(words(question))
    offered = slots(operation)
    candidates = list(_candidates(question, said, found, offered, operation.document))
    chosen = _chosen(candidates, found)
    used = {(each.start, each.end) for each in chosen}
    return Filling(
        arguments_of(chosen),
        tuple(sorted(chosen, key=lambda each: each.start)),
        tuple(each for each in found if (each.start, each.end) not in used),
    )


def _candidates(
    question: str,
    said: list[Word],
    found: list[Mention],
    offered: list[Slot],
    document: Document,
) -> Iterator[Evidence]:
    for slot in offered:
        cues = Cues(slot, question, said)
        if slot.kind == "boolean":
            yield from _boolean(slot, cues)
            continue
        if slot.enum:
            yield from _of_enum(slot, cues, said)
            continue
        for mention in found:
            value = _as_slot_value(mention, slot)
            if value is not None and satisfies(value, slot.schema, document):
                score = cues.score(mention)
                if score >= (ENOUGH / 2 if slot.required else ENOUGH):
                    yield Evidence(slot, value, mention.start, mention.end, score)


def _boolean(slot: Slot, cues: Cues) -> Iterator[Evidence]:
    place = cues.named()
    if place is not None:
        yield Evidence(slot, not cues.is_negated(place), place.start, place.end, ENOUGH)


def _of_enum(slot: Slot, cues: Cues, said: list[Word]) -> Iterator[Evidence]:
    """Values whose words stand in the question one after the other."""
    for value in slot.enum:
        wanted = [word.stem for word in words(str(value))]
        for at in range(len(said) - len(wanted) + 1 if wanted else 0):
            run = said[at : at + len(wanted)]
            if [word.stem for word in run] == wanted:
                score = ENOUGH + cues.nearness(run[0].start, run[-1].end)
                yield Evidence(slot, value, run[0].start, run[-1].end, score)


def _as_slot_value(mention: Mention, slot: Slot) -> Json:
    """The mention's value as the slot's type has it, or ``None``."""
    value = mention.value
    if slot.kind in ("integer", "number"):
        if isinstance(value, str) and mention.kind in ("quoted", "id"):
            return None
        return value if isinstance(value, int | float) else None
    if slot.kind == "string":
        if mention.kind == "number":
            return mention.text.lstrip("#$€£").replace(",", "")
        return _as_format(mention, str(slot.schema.get("format", "")))
    return None


def _as_format(mention: Mention, wanted: str) -> Json:
    if wanted == "date-time" and mention.kind == "date":
        return f"{mention.value}T00:00:00Z"
    if wanted == "date-time" and mention.kind == "datetime":
        text = str(mention.value)
        return text if text.endswith("Z") or "+" in text[10:] or "-" in text[10:] else text + "Z"
    return mention.value


def _chosen(candidates: list[Evidence], found: list[Mention]) -> list[Evidence]:
    """The best assignment, greedily: every value once, every slot once, lists as long as said."""
    chosen: list[Evidence] = []
    for candidate in sorted(candidates, key=lambda each: (-each.score, each.start)):
        if any(_clashes(candidate, other) for other in chosen):
            continue
        chosen.append(candidate)
    return chosen


def _clashes(one: Evidence, other: Evidence) -> bool:
    overlaps = one.start < other.end and other.start < one.end
    if one.slot is other.slot:
        return overlaps or not one.slot.is_list
    return overlaps


def arguments_of(chosen: Sequence[Evidence]) -> dict[str, Any]:
    """The values at their places, as :func:`core.build.build` takes them."""
    arguments: dict[str, Any] = {}
    for evidence in sorted(chosen, key=lambda each: each.start):
        target = arguments.setdefault(evidence.slot.place, {})
        for step in evidence.slot.path[:-1]:
            target = target.setdefault(step, {})
        if evidence.slot.is_list:
            target.setdefault(evidence.slot.name, []).append(evidence.value)
        else:
            target[evidence.slot.name] = evidence.value
    return arguments
