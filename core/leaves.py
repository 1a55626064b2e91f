"""Values for schemas that show none: numbers inside their bounds, texts by format, placeholders."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.openapi.json_value import exact
from core.openapi.pattern import finds
from core.placeholder import placeholder
from core.request import Json

_TEXTS = {
    "email": ("user@example.com",),
    "idn-email": ("user@example.com",),
    "date-time": (
        "2026-01-15T09:30:00Z",
        "2026-01-15T09:30:00+00:00",
        "2026-01-15T09:30:00.000Z",
        "2026-01-15T09:30:00",
    ),
    "date": ("2026-01-15", "2026-01"),
    "time": ("09:30:00Z", "09:30:00", "09:30"),
    "duration": ("P1D", "PT1H"),
    "ipv4": ("192.0.2.1", "192.0.2.0/24"),
    "ipv6": ("2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001"),
    "hostname": ("example.com",),
    "uri": ("https://example.com", "https://example.com/"),
    "url": ("https://example.com", "https://example.com/"),
    "uuid": ("497f6eca-6276-4993-bfeb-53cbbbba6f08", "497F6ECA-6276-4993-BFEB-53CBBBBA6F08"),
    "byte": ("c3RyaW5n",),
}
"""Texts by format, the usual one first: another is taken where the schema asks for more."""

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")


def example_leaf(schema: dict[str, Json], kind: str, name: str) -> Json:
    """What a person can start from: the smallest friendly number, a text of the format, or the
    placeholder of the name. That also where no value of an enum is allowed.
    """
    if "enum" in schema:
        return placeholder(name)
    if kind in ("integer", "number"):
        return _number(schema, whole=kind == "integer")
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    texts = _TEXTS.get(str(schema.get("format")), ())
    return next((text for text in texts if _is_allowed(text, schema)), placeholder(name))


def placeholder_leaf(schema: dict[str, Json], kind: str, name: str) -> Json:
    """The placeholder of the name, whatever the type: schemas are not asked about placeholders."""
    return None if kind == "null" else placeholder(name)


def _is_allowed(text: str, schema: dict[str, Json]) -> bool:
    shortest, longest, pattern = map(schema.get, ("minLength", "maxLength", "pattern"))
    if isinstance(shortest, int) and len(text) < shortest:
        return False
    if isinstance(longest, int) and len(text) > longest:
        return False
    return not isinstance(pattern, str) or finds(pattern, text) is not False


def _number(schema: dict[str, Json], *, whole: bool) -> int | float:
    """1 where nothing forbids it, else the next allowed number."""
    if not any(keyword in schema for keyword in _BOUNDS):
        return 1
    bounds = _Bounds.of(schema, whole=whole)
    found = next(filter(bounds.allow, bounds.candidates()), Fraction(1))
    return int(found) if found.denominator == 1 else float(found)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The numbers that a schema allows, exact."""

    low: Fraction | None
    high: Fraction | None
    is_above_low: bool
    """Whether ``low`` itself is left out."""
    is_below_high: bool
    step: Fraction | None
    """What a number must be a multiple of."""

    @classmethod
    def of(cls, schema: dict[str, Json], *, whole: bool) -> _Bounds:
        low, above = exact(schema.get("minimum")), schema.get("exclusiveMinimum")
        high, below = exact(schema.get("maximum")), schema.get("exclusiveMaximum")
        is_above_low, is_below_high = above is True, below is True
        number = exact(above)
        if number is not None and (low is None or number >= low):
            low, is_above_low = number, True
        number = exact(below)
        if number is not None and (high is None or number <= high):
            high, is_below_high = number, True
        step = exact(schema.get("multipleOf"))
        step = step if step is not None and step > 0 else None
        if whole:  # the smallest whole multiple
            step = Fraction(step.numerator) if step is not None else Fraction(1)
        return cls(low, high, is_above_low, is_below_high, step)

    def allow(self, number: Fraction) -> bool:
        if self.low is not None and (
            number < self.low or (self.is_above_low and number == self.low)
        ):
            return False
        if self.high is not None and (
            number > self.high or (self.is_below_high and number == self.high)
        ):
            return False
        return self.step is None or (number / self.step).denominator == 1

    def candidates(self) -> Iterator[Fraction]:
        """Numbers to try, the friendliest first."""
        step = self.step or Fraction(1)
        yield step
        if self.low is not None:
            yield self.low
            next_step = math.floor(self.low / step) * step
            yield next_step + step
        if self.high is not None:
            yield self.high
            yield (math.ceil(self.high / step) - 1) * step
        if self.low is not None and self.high is not None:
            yield (self.low + self.high) / 2
        yield Fraction(0)


_PUBLISHED_TEXTS = {
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

_LONGEST = 16 * 1024
"""Characters to which a text is lengthened at most for the sake of ``minLength``."""


def published_leaf(schema: dict[str, Json], kind: str, name: str) -> Json:
    """What openapi-sampler 1.7.9 makes: ``string``, 0, ``true``."""
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return _published_number(schema, kind)
    if kind != "string":
        return None
    text = _PUBLISHED_TEXTS.get(str(schema.get("format")), "string")
    shortest, longest = schema.get("minLength"), schema.get("maxLength")
    if isinstance(shortest, int) and len(text) < shortest <= _LONGEST:
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


def _plain_number(value: Json) -> int | float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) else None
