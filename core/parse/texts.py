"""Values as texts of a request, with placeholders for what the code does not state."""

from __future__ import annotations

import re

from core.parse.value import FileContent, Mixed, Unknown, Value, pieces_of
from core.placeholder import placeholder
from core.request import Json, canonical_json


class Texts:
    """Turns values into text and JSON, and remembers what had to become a placeholder."""

    def __init__(self) -> None:
        self._unknowns: dict[Unknown, None] = {}

    def found(self) -> tuple[Unknown, ...]:
        """Every unknown once, in source order."""
        return tuple(sorted(self._unknowns, key=lambda unknown: (unknown.line, unknown.column)))

    def text(self, value: Value) -> str:
        """A value as text: JSON where it is no text of its own."""
        if isinstance(value, str):
            return value
        if isinstance(value, Unknown):
            return self.placeholder(value)
        if isinstance(value, FileContent):
            return self.placeholder(Unknown(self.text(value.name), 0, 0))
        if isinstance(value, Mixed):
            return "".join([self.text(piece) for piece in value.pieces])
        return canonical_json(self.json(value))

    def json_text(self, value: Value) -> str:
        """Text that is meant as JSON: a hole outside its strings becomes a string of its own."""
        found, is_in_string = [], False
        for piece in pieces_of(value):
            text = self.text(piece)
            if isinstance(piece, str):
                is_in_string ^= _quote_or_escape(piece).count('"') % 2 == 1
            elif not is_in_string:
                text = f'"{text}"'
            found.append(text)
        return "".join(found)

    def json(self, value: Value) -> Json:
        """A value as JSON has it."""
        if isinstance(value, dict):
            return {name: self.json(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.json(item) for item in value]
        return self.text(value) if isinstance(value, Unknown | Mixed | FileContent) else value

    def placeholder(self, unknown: Unknown) -> str:
        """What stands for an unknown value; it is named after the last word in its code."""
        self._unknowns[unknown] = None
        words = re.findall(r"[A-Za-z_]\w*", unknown.text, re.ASCII)
        return placeholder(words[-1] if words else "value")


_quote_or_escape = re.compile(r'\\.|"', re.DOTALL).findall
