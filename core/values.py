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

from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType, Parameter, SecurityScheme
from core.openapi.sample import SAMPLE_CAP, Sample, Sampler
from core.openapi.sample_walk import Taste
from core.openapi.schema import satisfies, violations
from core.openapi.shape import is_telling, schema_type
from core.placeholder import placeholder
from core.request import Json
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
        self._sampler = Sampler(document, Taste(_choose_legal, _example_leaf, satisfies), cap)

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
        self._sampler = Sampler(document, Taste(_choose_first, _published_leaf), cap)

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
        yield from [value for value in enum if value is not None][:1]


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
    for candidate in (
        value,
        *_read_otherwise(value, schema_type(schema) if isinstance(schema, dict) else ""),
    ):
        if satisfies(candidate, schema, document):
            return candidate
    return MISSING


def _read_otherwise(value: Json, kind: str) -> Iterator[Json]:
    if isinstance(value, str) and kind in ("integer", "number"):
        try:
            yield int(value) if kind == "integer" else float(value)
        except ValueError:
            return
    elif isinstance(value, str) and kind == "boolean" and value.lower() in ("true", "false"):
        yield value.lower() == "true"
    elif kind == "array" and not isinstance(value, list):
        yield [value]
    elif kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)


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


_FORMAT_SAMPLES = {
    "email": "user@example.com",
    "idn-email": "user@example.com",
    "date-time": "2026-01-15T09:30:00Z",
    "date": "2026-01-15",
    "time": "09:30:00Z",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "example.com",
    "uri": "https://example.com",
    "url": "https://example.com",
    "uuid": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "byte": "c3RyaW5n",
}


def _example_leaf(schema: dict[str, Json], kind: str, name: str) -> Json:
    if kind in ("integer", "number"):
        return _number(schema, whole=kind == "integer")
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    text = placeholder(name)
    made = _FORMAT_SAMPLES.get(str(schema.get("format")))
    return made if made is not None and _has_room(schema, made) else text


def _has_room(schema: dict[str, Json], text: str) -> bool:
    longest = schema.get("maxLength")
    return not isinstance(longest, int) or len(text) <= longest


def _number(schema: dict[str, Json], *, whole: bool) -> int | float:
    """The smallest friendly number that the bounds allow: 1 where nothing forbids it."""
    low, high = _bounds(schema)
    step = schema.get("multipleOf")
    step = (
        step if isinstance(step, int | float) and not isinstance(step, bool) and step > 0 else None
    )
    value: int | float = 1 if step is None else step
    if low is not None and value < low:
        value = low if step is None else -(-low // step) * step
    if high is not None and value > high:
        value = high if step is None else high // step * step
    return int(value) if whole and float(value).is_integer() else value


def _bounds(schema: dict[str, Json]) -> tuple[int | float | None, int | float | None]:
    """The smallest and largest allowed number, exclusive bounds moved inside."""
    low, high = _plain_number(schema.get("minimum")), _plain_number(schema.get("maximum"))
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and above is True:
        low += 1
    elif (number := _plain_number(above)) is not None:
        low = number + 1 if low is None else max(low, number + 1)
    if high is not None and below is True:
        high -= 1
    elif (number := _plain_number(below)) is not None:
        high = number - 1 if high is None else min(high, number - 1)
    if low is not None and high is not None and low > high:
        middle = (low + high) / 2
        return middle, middle
    return low, high


def _plain_number(value: Json) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


_SAMPLER_FORMATS = {
    "email": "user@example.com",
    "idn-email": "пошта@укр.нет",
    "password": "pa$$word",
    "date-time": "2019-08-24T14:15:22Z",
    "date": "2019-08-24",
    "time": "14:15:22Z",
    "ipv4": "192.168.0.1",
    "ipv6": "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    "hostname": "example.com",
    "idn-hostname": "приклад.укр",
    "uri": "http://example.com",
    "uri-reference": "../dictionary",
    "uri-template": "http://example.com/{endpoint}",
    "iri": "http://example.com/entity/1",
    "iri-reference": "/entity/1",
    "uuid": "497f6eca-6276-4993-bfeb-53cbbbba6f08",
    "json-pointer": "/json/pointer",
    "relative-json-pointer": "1/relative/json/pointer",
    "regex": "/regex/",
}
"""openapi-sampler 1.7.9's texts by format; its UUID differs by property name, this one is its
``id``'s.
"""


def _published_leaf(schema: dict[str, Json], kind: str, name: str) -> Json:
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return _published_number(schema, kind)
    if kind != "string":
        return None
    text = _SAMPLER_FORMATS.get(str(schema.get("format")), "string")
    shortest, longest = schema.get("minLength"), schema.get("maxLength")
    if isinstance(shortest, int) and 0 < len(text) < shortest <= SAMPLE_CAP:
        text = (text * (shortest // len(text) + 1))[:shortest]
    return text[: max(longest, 0)] if isinstance(longest, int) and len(text) > longest else text


def _published_number(schema: dict[str, Json], kind: str) -> int | float:
    low, above = _plain_number(schema.get("minimum")), schema.get("exclusiveMinimum")
    high = _plain_number(schema.get("maximum"))
    if kind == "number" and schema.get("format") in ("float", "double"):
        return 0.1
    if low is not None:
        return int(low // 1) + 1 if above is True else low
    number = _plain_number(above)
    if number is not None:
        return int(number // 1) + 1
    return high if high is not None and schema.get("exclusiveMaximum") is not True else 0
