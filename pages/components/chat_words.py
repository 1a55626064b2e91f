"""What a person wrote, with the words marked that became values; letters of strangers stay letters.

>>> marked("pet 7", [(4, 5)])
'pet :blue-background[7]'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import streamlit as st

from core.kept_answer import KeptEvidence
from core.request import Json
from pages.components import text

_COLORS = ("blue", "green", "orange", "violet", "red", "gray")
_LONGEST = 2_000
"""Characters that are shown of a question."""


def show(asked: str, evidence: Sequence[KeptEvidence]) -> None:
    """Draw the words that count, and under them what each marked word became."""
    lines = marked(asked[:_LONGEST], [(each.start, each.end) for each in evidence]).split("\n")
    st.markdown("  \n".join(line for line in lines if line.strip()))
    if evidence:
        st.markdown("\n".join(map(_value, evidence, _colors(len(evidence)))))


def marked(words: str, places: Iterable[tuple[int, int]]) -> str:
    """The words as Markdown, each place on a colour of its own; lines stay lines."""
    places = list(places)
    found, at = "", 0
    colored = sorted(zip(places, _colors(len(places)), strict=True))
    for (start, end), color in colored:
        if at <= start < end <= len(words):
            found += _escaped(words[at:start])
            found += f":{color}-background[{text.escape(words[start:end], limit=_LONGEST)}]"
            at = end
    return found + _escaped(words[at:])


def _colors(count: int) -> list[str]:
    return [_COLORS[number % len(_COLORS)] for number in range(count)]


def _escaped(words: str) -> str:
    """Escaped, with the spaces and line ends around and within kept."""
    return "\n".join(map(_escaped_line, words.split("\n")))


def _escaped_line(line: str) -> str:
    before = " " if line[:1].isspace() else ""
    after = " " if line[-1:].isspace() and line.strip() else ""
    return f"{before}{text.escape(line, limit=_LONGEST)}{after}"


def _value(evidence: KeptEvidence, color: str) -> str:
    name = text.escape(".".join(evidence.path), limit=60)
    return f"- :{color}[■] {name} :gray[({evidence.place})] = {text.code(_as_text(evidence.value))}"


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
