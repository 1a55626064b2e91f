"""Documents spoilt at random, the same way for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from core.openapi.reference import pointer
from core.request import Json

Place = tuple[Any, Any]
"""A container and the key or index of one of its values."""

_ODD_VALUES: list[Json] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        10**30,
        1e308,
        0.1,
        "",
        " ",
        "x",
        "\x00",
        "é汉\U0001f600",
        "{",
        "}",
    ),
    *("a" * 5000, [], {}, [[]], [None], {"": None}, {"$ref": "#"}, {"$ref": ""}, {"$ref": 5}),
    *({"$ref": "#/nowhere"}, {"$ref": "other.yaml#/a"}, {"$ref": "https://example.com/a.json"}),
    *(
        {"$ref": "#/paths"},
        {"$ref": "#/%"},
        {"$ref": "#anchor"},
        "get",
        "/a/{b}",
        "application/json",
    ),
]
_ODD_NAMES = ["", "$ref", "x-", "type", "é", "a/b~c", "{", "/{a}{a}", "a" * 300, "0", "\n", "../.."]
_ODD_KEYWORDS: list[tuple[str, Json]] = [
    ("type", ["string", "null"]),
    ("type", "nonsense"),
    ("type", []),
    ("enum", []),
    ("enum", [None]),
    ("const", {"a": [1]}),
    ("minItems", 10**9),
    ("maxItems", -1),
    ("minLength", 10**9),
    ("maxLength", -5),
    ("minimum", "5"),
    ("minimum", 10**400),
    ("maximum", -(10**400)),
    ("exclusiveMinimum", True),
    ("multipleOf", 0),
    ("multipleOf", 1e-308),
    ("pattern", "(" * 50),
    ("pattern", "(a+)+$"),
    ("format", "nonsense"),
    ("properties", []),
    ("required", "name"),
    ("required", [5]),
    ("allOf", {}),
    ("oneOf", [None]),
    ("anyOf", [{"$ref": "#"}]),
    ("items", [{}]),
    ("prefixItems", 3),
    ("additionalProperties", {"additionalProperties": {}}),
    ("discriminator", {"propertyName": 3}),
    ("discriminator", "kind"),
    ("readOnly", True),
    ("writeOnly", "yes"),
    ("example", {"a": "b"}),
    ("examples", []),
    ("default", [[]]),
    ("nullable", 1),
    ("style", "deepObject"),
    ("style", "matrix"),
    ("explode", "no"),
    ("in", "header"),
    ("in", "cookie"),
    ("name", ""),
    ("name", "a b\r\nc: d"),
    ("content", {"*/*": None}),
    ("content", {"multipart/form-data": {"schema": {"type": "object", "properties": {"a": 1}}}}),
    ("consumes", ["application/x-www-form-urlencoded"]),
    ("security", [{"a": []}, {}, None]),
    ("servers", [{"url": "{a}://{b}/?c#d", "variables": {"a": {"enum": []}}}]),
    ("servers", [{"url": "//\\"}]),
    ("url", "http://[::1"),
    ("parameters", [None, 5, {"in": "query"}]),
    ("requestBody", {"$ref": "#/requestBody"}),
    ("$ref", "#/components"),
    ("$id", "https://example.com/a"),
    ("$anchor", "anchor"),
    ("xml", {"name": "a b", "attribute": True}),
]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A document's bytes with some damage: to its values, then perhaps to its text."""
    if data.lstrip()[:1] == b"{":
        root = json.loads(data)
        for _ in range(rng.choice((1, 1, 2, 4, 8, 20, 60))):
            rng.choice(_DAMAGES)(root, rng)
        data = json.dumps(root, ensure_ascii=rng.random() < 0.5).encode()
        if rng.random() < 0.9:
            return data
    return _with_noise(data, rng)


def _with_noise(data: bytes, rng: random.Random) -> bytes:
    """Bytes and lines lost, doubled, swapped and made up."""
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            data = data[:at]
        elif kind == 1:
            data = data[:at] + rng.randbytes(rng.randrange(1, 4)) + data[at:]
        elif kind == 2:
            data = data[:at] + data[at + rng.randrange(1, 200) :]
        elif kind == 3:
            data = (
                data[:at]
                + rng.choice((b"{", b"]", b'"', b": ", b"- ", b"&a ", b"*a", b"\t"))
                + data[at:]
            )
        else:
            lines = data.split(b"\n")
            first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
            if kind == 4:
                lines[first], lines[second] = lines[second], lines[first]
            else:
                lines.insert(first, lines[second])
            data = b"\n".join(lines)
    return data


def _places(root: Json) -> list[Place]:
    return list(_walk(root))


def _walk(root: Json) -> Iterator[Place]:
    pending = [root]
    while pending:
        value = pending.pop()
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield value, key
            if isinstance(value[key], dict | list):
                pending.append(value[key])


def _any_place(root: Json, rng: random.Random) -> Place | None:
    places = _places(root)
    return rng.choice(places) if places else None


def _any_object(root: Json, rng: random.Random) -> dict[str, Json]:
    inner = [box[key] for box, key in _walk(root) if isinstance(box[key], dict)]
    found: dict[str, Json] = rng.choice([root, *inner])
    return found


def _delete(root: Json, rng: random.Random) -> None:
    if place := _any_place(root, rng):
        del place[0][place[1]]


def _replace(root: Json, rng: random.Random) -> None:
    if place := _any_place(root, rng):
        place[0][place[1]] = json.loads(json.dumps(rng.choice(_ODD_VALUES)))


def _swap(root: Json, rng: random.Random) -> None:
    """One value becomes a copy of another, whatever both are."""
    first, second = _any_place(root, rng), _any_place(root, rng)
    if first and second:
        first[0][first[1]] = json.loads(json.dumps(second[0][second[1]]))


def _rename(root: Json, rng: random.Random) -> None:
    box = _any_object(root, rng)
    if box:
        box[rng.choice(_ODD_NAMES)] = box.pop(rng.choice(list(box)))


def _add_keyword(root: Json, rng: random.Random) -> None:
    name, value = rng.choice(_ODD_KEYWORDS)
    _any_object(root, rng)[name] = json.loads(json.dumps(value))


def _rewire(root: Json, rng: random.Random) -> None:
    """A reference leads to another place of the document, perhaps to where it came from."""
    holders = [box for box, key in _walk(root) if key == "$ref" and isinstance(box, dict)]
    box = rng.choice(holders) if holders else _any_object(root, rng)
    box["$ref"] = "#" + rng.choice(_pointers(root, rng))


def _pointers(root: Json, rng: random.Random) -> list[str]:
    """A random way down, with every place on it."""
    found, value, steps = [""], root, []
    while isinstance(value, dict | list) and value:
        key = rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
        steps.append(key)
        value = value[key]
        found.append(pointer(*steps))
    return found


_DAMAGES: list[Callable[[Json, random.Random], None]] = [
    *(_delete, _replace, _replace, _swap, _rename, _add_keyword, _add_keyword, _rewire),
]
