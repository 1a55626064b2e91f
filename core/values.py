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

from core.leaves import example_leaf, published_leaf
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType, Parameter, SecurityScheme
from core.openapi.sample import SAMPLE_CAP, Sample, Sampler
from core.openapi.sample_walk import Taste
from core.openapi.schema import satisfies, violations
from core.openapi.shape import is_telling, schema_type
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
                f"The example {shorten(str(example))} of “{parameter.name}” does not fit its own "
                f"schema."
            )
        sampled = self._sampler.sample(parameter.schema, parameter.name)
        return Sample(sampled.value, (*notes, *sampled.notes))

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """The first legal example of the media type, else a sample of its schema; what only
        responses hold is left out of it, and what is optional where that is wanted.
        """
        schema, notes = media_type.schema, list[str]()
        for example in media_type.examples:
            sendable = self._sampler.sendable(example, schema, required_only=required_only)
            for candidate in (sendable, example):
                found = violations(candidate, schema, self._document)
                if not any(violation.decided for violation in found):
                    return Sample(candidate, tuple(notes))
            notes.append(
                f"An example of the body is not used: at “{found[0].instance or '/'}” it "
                f"{found[0].message}."
            )
        sampled = self._sampler.sample(media_type.schema, required_only=required_only)
        return Sample(sampled.value, (*notes, *sampled.notes))

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
        schema = self._document.resolve(parameter.schema)
        schema = schema if isinstance(schema, dict) else {}
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
        notes.append(f"The example {shorten(str(value))} does not fit its own schema.")
    return MISSING


def _fitting(value: Json, schema: Any, document: Document) -> Json:
    """A given value where its schema allows it; numbers and lists written as text are read as
    such.
    """
    if satisfies(value, schema, document):
        return value
    for reading in _readings(value, schema, document):
        if satisfies(reading, schema, document):
            return reading
    return MISSING


def _readings(value: Json, schema: Any, document: Document) -> Iterator[Json]:
    """What a value may mean that is not of its schema's type."""
    resolved = document.resolve(schema)
    kind = schema_type(resolved) if isinstance(resolved, dict) else ""
    if kind == "array" and not isinstance(value, list):
        items, pieces = resolved.get("items"), value.split(",") if isinstance(value, str) else []
        yield [typed(piece.strip(), items, document) for piece in pieces] or [value]
    if isinstance(value, str):
        yield typed(value, schema, document)
    elif kind == "string" and isinstance(value, int | float):
        yield canonical_json(value)


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
