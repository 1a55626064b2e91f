"""Value policies: what stands in a call where the caller gives no value.

*example*: what the document shows, if its own schema allows it, else a typed value or a
placeholder: what people copy. *published*: the placeholders of API Pack's dataset
(arXiv 2402.09615, made by openapi-snippet 0.14 and openapi-sampler 1.7.9): what comparisons with
the paper need. A policy is made for one document, remembers its samples, and is handed to
:func:`core.build.build`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from core.leaves import example_leaf, placeholder_leaf, published_leaf
from core.media_type import has_members
from core.openapi.document import Document
from core.openapi.json_value import MISSING, size
from core.openapi.making import Taste
from core.openapi.operation import MediaType, Parameter, SecurityScheme
from core.openapi.sample import SAMPLE_CAP, Sample, Sampler
from core.openapi.schema import satisfies, violations
from core.openapi.shape import is_telling, resolved, schema_type
from core.openapi.unstyle import typed
from core.placeholder import placeholder
from core.request import Json, canonical_json
from core.wire import shorten


class Values(Protocol):
    """Where the builder gets the values that the caller does not give."""

    def parameter(self, parameter: Parameter) -> Sample:
        """A value for a parameter; ``MISSING`` where it is better left out."""

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """A value for a request body."""

    def credential(self, scheme: SecurityScheme) -> str:
        """The placeholder of a credential."""


class ExampleValues:
    """Values that a person can start from: the document's examples, else typed ones, else
    placeholders.
    """

    def __init__(self, document: Document, *, cap: int = SAMPLE_CAP) -> None:
        self._document = document
        self._cap = cap
        self._sampler = Sampler(document, Taste(_choose_legal, example_leaf, satisfies), cap)

    def parameter(self, parameter: Parameter) -> Sample:
        """The first example of the parameter that its schema allows, else a sample of the
        schema.
        """
        notes: list[str] = []
        for example in parameter.examples:
            found = _fitting(example, parameter.schema, self._document)
            if found is not MISSING and found is not None:
                return Sample(found, tuple(notes))
            notes.append(
                f"The example {_shown(example)} of “{parameter.name}” does not fit its own schema."
            )
        sampled = self._sampler.sample(parameter.schema, parameter.name)
        return Sample(sampled.value, (*notes, *sampled.notes))

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """The first legal example of the media type, else a sample of its schema; what only
        responses hold is left out of it, and what is optional where that is wanted.
        """
        notes: list[str] = []
        for example in media_type.examples:
            found = self._fitting_body(example, media_type, required_only, notes)
            if found is not MISSING:
                return Sample(found, tuple(notes))
        sampled = self._sampler.sample(media_type.schema, required_only=required_only)
        return Sample(sampled.value, (*notes, *sampled.notes))

    def _fitting_body(
        self, example: Json, media_type: MediaType, required_only: bool, notes: list[str]
    ) -> Json:
        """An example as it can be sent, or ``MISSING`` and a note that says why not."""
        schema, document = media_type.schema, self._document
        is_text = isinstance(example, str) and not has_members(media_type.name)
        sendable = self._sampler.sendable(example, schema, required_only=required_only)
        if size(sendable) > self._cap:
            notes.append(f"An example of the body is not used: it passes {self._cap} bytes.")
            return MISSING
        if is_text:
            return example  # XML and other text as it is sent, which no schema describes
        for candidate in (sendable, example, *_readings(example, schema, document)):
            broken = [found for found in violations(candidate, schema, document) if found.decided]
            if not broken:
                return candidate
        notes.append(
            f"An example of the body is not used: at “{broken[0].instance or '/'}” it "
            f"{broken[0].message}."
        )
        return MISSING

    def credential(self, scheme: SecurityScheme) -> str:
        """``REPLACE_<name of the scheme>``."""
        return placeholder(scheme.name)


class PublishedValues:
    """API Pack's values: ``SOME_STRING_VALUE``, ``{id}`` in paths, openapi-sampler's bodies."""

    def __init__(self, document: Document, *, cap: int = SAMPLE_CAP) -> None:
        self._document = document
        self._sampler = Sampler(document, Taste(_choose_first, published_leaf), cap)

    def parameter(self, parameter: Parameter) -> Sample:
        """The example as written, else ``{name}`` in a path, else ``SOME_<TYPE>_VALUE``."""
        schema = resolved(parameter.schema, self._document)
        for example in parameter.examples:
            return Sample(example)
        if "example" in schema:
            return Sample(schema["example"])
        if self._document.is_swagger and "default" in schema:
            return Sample(schema["default"])
        if parameter.place == "path":
            return Sample("{" + parameter.name + "}")
        return Sample(f"SOME_{(schema_type(schema) or 'string').upper()}_VALUE")

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """openapi-sampler's sample of the schema; the media type's own examples are not looked
        at.
        """
        return self._sampler.sample(media_type.schema, required_only=required_only)

    def credential(self, scheme: SecurityScheme) -> str:
        """openapi-snippet's three credentials."""
        if scheme.kind == "apiKey":
            return "REPLACE_KEY_VALUE"
        return "REPLACE_BASIC_AUTH" if scheme.scheme == "basic" else "REPLACE_BEARER_TOKEN"


class PlaceholderValues:
    """A placeholder for all that nobody has said: who asks to delete a booking is never sent the
    number of the document's example.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sampler = Sampler(document, Taste(_choose_only, placeholder_leaf, satisfies))

    def parameter(self, parameter: Parameter) -> Sample:
        """The only value that there is, if there is only one; the builder knows about the rest."""
        return Sample(_choose_only(resolved(parameter.schema, self._document), self._document, []))

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """What the schema requires, each leaf a placeholder."""
        return self.member(media_type.schema)

    def member(self, schema: Any) -> Sample:
        """The same for a part of a body."""
        return self._sampler.sample(schema, required_only=True)

    def credential(self, scheme: SecurityScheme) -> str:
        """``REPLACE_<name of the scheme>``."""
        return placeholder(scheme.name)


POLICIES: dict[str, Callable[..., Values]] = {
    "example": ExampleValues,
    "published": PublishedValues,
}
"""The value policies by the name that commands, runs and pages use."""


def _given(schema: dict[str, Json]) -> Iterator[Json]:
    """The values that a schema gives itself, best first."""
    if "example" in schema:
        yield schema["example"]
    if "const" in schema:
        yield schema["const"]
    examples = schema.get("examples")
    if isinstance(examples, list):
        yield from examples[:3]
    if "default" in schema:
        yield schema["default"]
    enum = schema.get("enum")
    if isinstance(enum, list):
        yield from [value for value in enum if value is not None][:3]


def _choose_legal(schema: dict[str, Json], document: Document, notes: list[str]) -> Json:
    for value in _given(schema):
        found = _fitting(value, schema, document)
        if found is not MISSING:
            return found
        notes.append(f"The example {_shown(value)} does not fit its own schema.")
    return MISSING


def _shown(value: Json) -> str:
    return shorten(value if isinstance(value, str) else canonical_json(value))


def _fitting(value: Json, schema: Any, document: Document) -> Json:
    """A given value where its schema allows it, if need be as :func:`_readings` has it."""
    if satisfies(value, schema, document):
        return value
    for reading in _readings(value, schema, document):
        if satisfies(reading, schema, document):
            return reading
    return MISSING


def _readings(value: Json, schema: Any, document: Document) -> Iterator[Json]:
    """What a value may mean that is not of its schema's type: numbers and lists are often written
    as text, and text as numbers.
    """
    plain = resolved(schema, document)
    kind = schema_type(plain)
    if kind == "array":
        pieces = value.split(",") if isinstance(value, str) else value
        items = plain.get("items", True)
        yield [
            _or_itself(piece.strip() if isinstance(piece, str) else piece, items, document)
            for piece in (pieces if isinstance(pieces, list) else [pieces])
        ]
    if isinstance(value, str):
        yield typed(value, schema, document)
    elif kind == "string" and isinstance(value, int | float):
        yield canonical_json(value)


def _or_itself(value: Json, schema: Any, document: Document) -> Json:
    fitting = _fitting(value, schema, document)
    return value if fitting is MISSING else fitting


def _choose_only(schema: dict[str, Json], document: Document, notes: list[str]) -> Json:
    """A value that leaves no choice."""
    enum = schema.get("enum")
    if "const" in schema:
        return schema["const"]
    return enum[0] if isinstance(enum, list) and len(enum) == 1 else MISSING


def _choose_first(schema: dict[str, Json], document: Document, notes: list[str]) -> Json:
    """openapi-sampler: ``example``, then ``const``, ``examples``, ``enum``, ``default``,
    unchecked.
    """
    if "example" in schema:
        return schema["example"]
    if "const" in schema:
        return schema["const"]
    for keyword in ("examples", "enum"):
        listed = schema.get(keyword)
        if isinstance(listed, list) and listed:
            return listed[0]
    return schema["default"] if "default" in schema and is_telling(schema) else MISSING
