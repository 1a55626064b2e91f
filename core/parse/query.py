"""Query strings and form texts of which some pieces may be unknown.

>>> query_text([("tag", "a b"), ("owner", Unknown("me", 1, 1))])
Mixed(pieces=('tag=a%20b&owner=', Unknown(text='me', line=1, column=1)))
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote_plus

from core.parse.value import Holes, Value, concatenated, encoded, pieces_of

Pairs = list[tuple[Value, Value]]


def query_text(pairs: Pairs) -> Value:
    """Decoded pairs as one text. A space is ``%20``, as a request has it, whoever wrote ``+``."""
    pieces: list[Value] = []
    for name, value in pairs:
        pieces += ["&", encoded(name), "=", encoded(value)]
    return concatenated(*pieces[1:])


def query_pairs(query: Value) -> Pairs:
    """The decoded pairs of a text."""
    holes = Holes()
    pairs: Pairs = []
    for piece in holes.text(query).split("&"):
        if piece:
            name, _, value = piece.partition("=")
            pairs.append((_decoded(name, holes), _decoded(value, holes)))
    return pairs


def nested_pairs(name: str, value: Value) -> Iterator[tuple[Value, Value]]:
    """``tags[0]=cat``, ``owner[name]=Ann``: how JavaScript's ``qs`` and PHP spell what nests."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from nested_pairs(f"{name}[{key}]", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nested_pairs(f"{name}[{index}]", item)
    else:
        yield name, value


def _decoded(text: str, holes: Holes) -> Value:
    value = holes.value(text)
    return concatenated(*[unquote_plus(p) if isinstance(p, str) else p for p in pieces_of(value)])
