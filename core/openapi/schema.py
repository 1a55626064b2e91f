"""Does a JSON value satisfy a schema of a document, and if not, what proves it?

The Schema Objects of 2.0 and 3.0 and JSON Schema 2020-12 of 3.1, for values that a request sends:
``readOnly`` properties are not required, placeholders satisfy every schema. Each violation carries
the JSON pointer of the keyword that it breaks, across references. Bounded in time: what cannot be
decided within the bounds, or at all, is said to be undecided, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.errors import DanglingReferenceError
from core.openapi import applicator, assertion
from core.openapi.document import Document
from core.openapi.keyword import Keyword, Violation
from core.placeholder import is_placeholder
from core.request import Json

MAX_STEPS = 20_000
"""Schemas looked at for one value before the answer is “undecided”."""

MAX_DEPTH = 64

CHECKS = assertion.CHECKS | applicator.CHECKS
"""The keywords that are looked at; unknown ones accept everything, as JSON Schema says."""

_TOO_DEEP = "the schema is too deep to be checked in bounded time"
_IN_A_CIRCLE = "the schema refers to itself without end"


def violations(value: Json, schema: Any, document: Document, at: str = "") -> list[Violation]:
    """What a value breaks of the schema that stands at the pointer ``at``; empty means legal."""
    return list(Checker(document).check(value, schema, at, "", 0))


def satisfies(value: Json, schema: Any, document: Document) -> bool:
    """Whether a value is not known to be illegal."""
    return not any(found.decided for found in Checker(document).check(value, schema, "", "", 0))


@dataclass
class Checker:
    """One check of one value: the way through its schemas, with a budget of steps."""

    document: Document
    steps: int = 0
    found: dict[tuple[str, str, int], list[Violation]] = field(default_factory=dict)
    """By reference, place and value: schemas that refer to each other are looked at once each."""

    def check(
        self, value: Json, schema: Any, at: str, where: str, depth: int
    ) -> Iterator[Violation]:
        """Violations of a value at ``where`` in the instance by the schema at ``at``."""
        if schema is True or not isinstance(schema, dict):
            if schema is False:
                yield Violation(where, at, "nothing is allowed here")
            return
        self.steps += 1
        if self.steps > MAX_STEPS or depth > MAX_DEPTH:
            yield Violation(where, at, _TOO_DEEP, decided=False)
            return
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield from self._referenced(value, reference, at, where, depth)
            if not self.document.has_sibling_keywords:
                return  # what stands beside a reference is ignored there
        if isinstance(value, str) and is_placeholder(value):
            return
        if value is None and (schema.get("nullable") is True or schema.get("x-nullable") is True):
            return
        for name, argument in schema.items():
            keyword_check = CHECKS.get(name)
            if keyword_check is not None:
                yield from keyword_check(
                    value, Keyword(argument, schema, f"{at}/{name}", where, depth + 1, self)
                )

    def allows(self, value: Json, schema: Any, at: str, where: str, depth: int) -> bool | None:
        """Whether a schema accepts a value; ``None`` where it cannot be decided."""
        found = list(self.check(value, schema, at, where, depth))
        if any(violation.decided for violation in found):
            return False
        return None if found else True

    def _referenced(
        self, value: Json, reference: str, at: str, where: str, depth: int
    ) -> list[Violation]:
        key = (reference, where, id(value))
        if key not in self.found:
            try:
                target = self.document.references.find(reference)
            except DanglingReferenceError as error:
                return [Violation(where, f"{at}/$ref", str(error), decided=False)]
            self.found[key] = [Violation(where, f"{at}/$ref", _IN_A_CIRCLE, decided=False)]
            target_at = reference[1:] if reference.startswith("#/") else reference
            self.found[key] = list(self.check(value, target, target_at, where, depth + 1))
        return self.found[key]
