"""A catalogue → labelled questions: each with its module, function and arguments, from templates.

>>> made = synthesize(catalogue, per_function=8, seed=1)
>>> made.examples[0].question
'Please draw a circle of some radius around a place with place “Oslo” and radius km 84.'

Templates ask as nobody does, so the questions say so in their origin: they are examples to copy and
to train on. What is reported to somebody should be measured on questions that people wrote.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from core.catalogue.asking import Example
from core.catalogue.folder import Questions
from core.catalogue.function import Catalogue, Function, document_of
from core.openapi.document import Document
from core.openapi.schema import satisfies
from core.words import words
from pipeline.phrase import base_form

VERSION = 1
"""Of the templates: rises when the same seed gives other questions."""

_FRAMES = (
    "{Do}{args}.",
    "Please {do}{args}.",
    "Can you {do}{args}?",
    "I'd like to {do}{args}.",
    "I need to {do}{args}, thanks",
    "{do}{args}",
    "How do I {do}{args}?",
    "Could somebody {do}{args}?",
)
_MORE_VERBS = frozenset(
    ["bring", "center", "choose", "cut", "draw", "go", "look", "measure", "paint", "take", "zoom"]
)
"""Verbs with which functions begin, and hardly ever operations."""
_SHORTEST = 3
"""Words of a phrase below which it says too little to be cut."""
_NAMES = (
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Harbor",
    "Island",
    "Juniper",
)
_TEXTS = {
    "date": ("2026-03-01", "2026-11-20", "2027-01-15"),
    "date-time": ("2026-03-01T09:00:00Z", "2026-11-20T17:30:00Z"),
    "email": ("ana@club.example", "bo@club.example"),
    "uri": ("https://maps.example/one", "https://maps.example/two"),
    "uuid": ("6f1b7a52-3d1e-4c37-9a58-0c8a3f1f2b90", "0d2c1e4b-7a63-4f0e-8f27-5b8d0f9e6a11"),
}
_SPAN = 100
"""How far above its least, or below its most, a number is drawn."""


def synthesize(catalogue: Catalogue, *, per_function: int, seed: int) -> Questions:
    """Questions that pass every check; the same for the same seed.

    The provenance says how many each check left out, and how evenly the rest is spread.
    """
    document = document_of([catalogue])
    made = [
        each for function in catalogue.functions for each in _examples(function, per_function, seed)
    ]
    kept, dropped = checked(made, catalogue, document)
    return Questions(
        tuple(kept),
        {
            "made_by": f"templates {VERSION}",
            "catalogue": catalogue.name,
            "catalogue_sha256": catalogue.sha256,
            "seed": seed,
            "per_function": per_function,
            "dropped": dict(dropped),
            **spread_of(kept, catalogue),
        },
    )


def spread_of(examples: Sequence[Example], catalogue: Catalogue) -> dict[str, int]:
    """How evenly questions are spread over functions."""
    counts = Counter(each.function for each in examples)
    spread = [counts[function.label] for function in catalogue.functions]
    return {"fewest_of_a_function": min(spread), "most_of_a_function": max(spread)}


def checked(
    examples: Sequence[Example], catalogue: Catalogue, document: Document
) -> tuple[list[Example], Counter[str]]:
    """The examples that nothing speaks against, and how often what spoke against the others."""
    labels: dict[str, set[str]] = {}
    for each in examples:
        labels.setdefault(each.question.casefold(), set()).add(each.function)
    kept: dict[str, Example] = {}
    dropped: Counter[str] = Counter()
    for each in examples:
        text = each.question.casefold()
        function = catalogue.by_label.get(each.function)
        if not text.strip():
            dropped["empty"] += 1
        elif function is None:
            dropped["unknown function"] += 1
        elif len(labels[text]) > 1:
            dropped["asks for several functions"] += 1
        elif text in kept:
            dropped["duplicate"] += 1
        elif names_function(each.question, function):
            dropped["names its function"] += 1
        elif not function.required <= each.arguments.keys():
            dropped["needs what cannot be said"] += 1
        elif not satisfies(dict(each.arguments), dict(function.parameters), document):
            dropped["illegal arguments"] += 1
        else:
            kept[text] = each
    return list(kept.values()), dropped


def names_function(question: str, function: Function) -> bool:
    """Whether the label is given away: the name as programmers write it, or with its module."""
    is_plain = function.name.isalpha() and function.name.islower()
    return function.label in question or (not is_plain and function.name in question)


def _examples(function: Function, count: int, seed: int) -> Iterator[Example]:
    draw = random.Random(f"{seed} {function.label}")
    said = _phrases(function)
    frames = draw.sample(_FRAMES, len(_FRAMES))
    for number in range(count):
        arguments = draw_arguments(function, draw)
        do = said[number % len(said)]
        frame = frames[number % len(frames)]
        question = frame.format(do=do, Do=do[:1].upper() + do[1:], args=_told(arguments, draw))
        name = hashlib.sha256(f"{function.label}\0{question}".encode()).hexdigest()[:12]
        yield Example(name, question, function.label, arguments, "template")


def _phrases(function: Function) -> list[str]:
    """Ways to say what a function does: its first sentence, that up to a comma, and its name."""
    sentence = re.split(r"(?<=\w)[.:;]\s|\n", f"{function.description} ")[0].strip(" .")
    named = " ".join(word.text for word in words(function.name))
    cut = sentence.partition(",")[0]
    said = [sentence, cut if len(cut.split()) >= _SHORTEST else "", named]
    return list(dict.fromkeys(_as_wish(each) for each in said if each))


def _as_wish(text: str) -> str:
    """A sentence or title as it goes on after “I'd like to”: “Lists pets” → “list pets”."""
    first, _, rest = text.partition(" ")
    plain = first.lower()
    verb = base_form(first) or (plain if plain in _MORE_VERBS else "")
    return f"{verb} {rest}".strip() if verb else f"get {plain} {rest}".strip()


def draw_arguments(function: Function, draw: random.Random) -> dict[str, Any]:
    """Values for all that is required and half of the rest; none where none can be said."""
    return {
        name: value
        for name, schema in function.arguments.items()
        if (name in function.required or draw.random() < 0.5)
        and (value := _value(schema, draw)) is not None
    }


def _value(schema: dict[str, Any], draw: random.Random) -> Any:
    """A value that can be said in a question; ``None`` for lists and objects."""
    listed = schema.get("enum") or schema.get("examples")
    if isinstance(listed, list) and listed:
        value = draw.choice(listed)
        return value if isinstance(value, str | int | float) else None
    kind = schema.get("type", "string")
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return _number(schema, draw)
    if kind != "string":
        return None
    return draw.choice(_TEXTS.get(str(schema.get("format")), _NAMES))


def _number(schema: dict[str, Any], draw: random.Random) -> int:
    least = _bound(schema, "minimum", "exclusiveMinimum", 1)
    most = _bound(schema, "maximum", "exclusiveMaximum", -1)
    low = least if least is not None else (most - _SPAN if most is not None else 1)
    high = most if most is not None else low + _SPAN
    return draw.randint(low, max(low, high))


def _bound(schema: dict[str, Any], name: str, exclusive: str, step: int) -> int | None:
    """The outermost whole number that is allowed, about; the check has the last word."""
    if isinstance(value := schema.get(name), int | float):
        return int(value)
    if isinstance(value := schema.get(exclusive), int | float):
        return int(value) + step
    return None


def _told(arguments: dict[str, Any], draw: random.Random) -> str:
    """“, with radius 5 and color red”."""
    pieces = [_piece(name, value) for name, value in arguments.items()]
    if not pieces:
        return ""
    joined = " and ".join(filter(None, (", ".join(pieces[:-1]), pieces[-1])))
    return draw.choice((", with ", " with ", ", ", " – ")) + joined


def _piece(name: str, value: Any) -> str:
    called = " ".join(word.text for word in words(name))
    if value is True:
        return called
    return f"{called} “{value}”" if isinstance(value, str) else f"{called} {value}"
