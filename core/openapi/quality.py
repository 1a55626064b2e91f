"""How good a document is as a source of examples: its faults, each with the operations it costs.

>>> assessment = Assessment()
>>> for operation in listed:
...     assessment.add(operation)
>>> assessment.quality().faults["no summary"]
12

A dataset is made of what a document says of its operations, so an operation that says nothing, or
nothing in English, or the same as another one, gives no good row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from core.openapi.document import Document
from core.openapi.language import guess_language
from core.openapi.operation import MediaType, Operation, Parameter, Schema
from core.openapi.shape import own_properties, resolved

NO_SUMMARY = "no summary"
DUPLICATE_ID = "duplicate operation id"
NO_EXAMPLE = "no example"
NOT_ENGLISH = "not English"
FAULTS = {
    NO_SUMMARY: "Neither summary nor description says what the operation does.",
    DUPLICATE_ID: "An operation before it has the same operationId.",
    NO_EXAMPLE: "It needs values, and no example, default or list of choices shows one.",
    NOT_ENGLISH: "What it says is in another language, as far as its words tell.",
}
"""What can be wrong with an operation as a source, in words."""

_DEPTH = 3
"""How deep in a schema an example is looked for."""
_VALUES = ("example", "examples", "default", "enum", "const")


@dataclass(frozen=True, slots=True)
class Quality:
    """What a document is worth as a source."""

    num_operations: int = 0
    num_good: int = 0
    """Operations without any fault."""
    faults: dict[str, int] = field(default_factory=dict)
    """Operations that have it, by fault; one operation can have several."""
    language: str = ""
    """Of most operations that tell (ISO 639-1); empty where none does."""

    @property
    def score(self) -> float:
        """Share of the operations without fault, 0 to 1; 0 for a document without operations."""
        return self.num_good / self.num_operations if self.num_operations else 0.0


class Assessment:
    """Looks at one document's operations, one after the other."""

    def __init__(self) -> None:
        self._seen_ids: set[str] = set()
        self._shown: dict[tuple[str, int] | None, bool] = {}
        self._rows: Counter[tuple[frozenset[str], str]] = Counter()

    def add(self, operation: Operation) -> None:
        """Count an operation's faults."""
        text = f"{operation.summary} {operation.description}"
        language = guess_language(text)
        faults = {
            NO_SUMMARY: not text.strip(),
            DUPLICATE_ID: self._is_duplicate(operation),
            NO_EXAMPLE: self._lacks_example(operation),
        }
        found = frozenset(fault for fault, is_there in faults.items() if is_there)
        self._rows[found, language] += 1

    def quality(self) -> Quality:
        """What was found; texts too short to tell are in the language of the others."""
        languages: Counter[str] = Counter()
        for (_, language), count in self._rows.items():
            languages[language] += count
        del languages[""]
        usual = languages.most_common(1)[0][0] if languages else ""
        faults: Counter[str] = Counter()
        num_good = 0
        for (found, language), count in self._rows.items():
            if NO_SUMMARY not in found and (language or usual) not in ("en", ""):
                found |= {NOT_ENGLISH}
            faults.update(dict.fromkeys(found, count))
            num_good += 0 if found else count
        return Quality(
            num_operations=self._rows.total(),
            num_good=num_good,
            faults={fault: faults[fault] for fault in FAULTS if faults[fault]},
            language=usual,
        )

    def _is_duplicate(self, operation: Operation) -> bool:
        written = operation.raw.get("operationId")
        if not isinstance(written, str) or written not in self._seen_ids:
            self._seen_ids.add(str(written))
            return False
        return True

    def _lacks_example(self, operation: Operation) -> bool:
        """Whether it needs values and shows none; optional parameters are no need."""
        needed: list[Parameter | MediaType] = [
            parameter for parameter in operation.parameters if parameter.required
        ]
        needed += operation.media_types[:1]
        return bool(needed) and not any(
            part.examples or self._shows(operation.document, part.schema) for part in needed
        )

    def _shows(self, document: Document, schema: Schema, depth: int = _DEPTH) -> bool:
        """Whether a schema, or a part of it, holds a value that its author wrote."""
        if not isinstance(schema, dict):
            return False
        reference = schema.get("$ref")
        key = (reference, depth) if isinstance(reference, str) else None
        if key in self._shown:
            return self._shown[key]
        schema = resolved(schema, document)
        shows = any(name in schema for name in _VALUES) or (
            depth > 0 and any(self._shows(document, part, depth - 1) for part in _parts(schema))
        )
        if key:
            self._shown[key] = shows
        return shows


def _parts(schema: dict[str, Any]) -> list[Schema]:
    """The schemas of a schema's members, items and alternatives, as written."""
    listed = [schema.get(name) for name in ("allOf", "oneOf", "anyOf")]
    alternatives = [part for parts in listed if isinstance(parts, list) for part in parts]
    return [*own_properties(schema).values(), schema.get("items", True), *alternatives]
