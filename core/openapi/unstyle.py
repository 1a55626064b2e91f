"""Wire text back to the values it carries: the inverse of :mod:`core.openapi.style`.

Text has no types, so a schema says how to read it: ``50`` is a number where the schema wants one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from core import wire
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import Parameter
from core.openapi.schema import satisfies
from core.openapi.shape import properties_of, resolved, schema_type
from core.placeholder import is_placeholder
from core.request import Json

_is_integer = re.compile(r"-?(0|[1-9]\d*)(\.0+)?", re.ASCII).fullmatch
_is_number = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII).fullmatch
_DELIMITERS = {"spaceDelimited": "+", "pipeDelimited": "|", "tabDelimited": "\t"}
_key = re.compile(r"\[([^\[\]]*)\]")


def typed(text: str, schema: Any, document: Document) -> Json:
    """A text as the value that its schema wants, or as the text it is."""
    if is_placeholder(text):
        return text
    kind = schema_type(resolved(schema, document))
    if kind == "string":
        return text
    readings = list(_readings(text, kind))
    for reading in readings:
        if satisfies(reading, schema, document):
            return reading
    return readings[0] if kind else text


def _readings(text: str, kind: str) -> Iterable[Json]:
    """What a text may mean, the likeliest first."""
    if kind in ("integer", "number", "") and len(text) < 400:
        if _is_integer(text):
            yield int(text.partition(".")[0])
        elif _is_number(text):
            yield float(text)
    if kind in ("boolean", "") and text in ("true", "false"):
        yield text == "true"
    if kind in ("object", "array", "") and text[:1] in "{[":
        value = read_json(text)
        if value is not MISSING:
            yield value
    if kind == "null" or (kind == "" and text == "null"):
        yield None
    yield text


def read_json(text: str) -> Json:
    """The JSON value of a text, or ``MISSING``."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return MISSING


def query_value(
    parameter: Parameter, pairs: Sequence[tuple[str, str | None]], document: Document
) -> tuple[Json, list[int]]:
    """The value of a query (or cookie) parameter among wire pairs, and the indexes it was read
    from.
    """
    schema = resolved(parameter.schema, document)
    kind = schema_type(schema)
    if parameter.media_type is None and kind == "object":
        value, used = _query_object(parameter, pairs, schema, document)
        if used:
            return value, used
    used = [index for index, (name, _) in enumerate(pairs) if wire.decode(name) == parameter.name]
    if not used and kind == "array":
        bracketed = parameter.name + "[]"  # what PHP and Rails servers read, and people write
        used = [index for index, (name, _) in enumerate(pairs) if wire.decode(name) == bracketed]
    if not used:
        return MISSING, []
    texts = [pairs[index][1] or "" for index in used]
    if parameter.media_type is not None:
        value = read_json(wire.decode(texts[0]))
        return (wire.decode(texts[0]) if value is MISSING else value), used
    if kind == "array":
        return _list(parameter, texts, schema, document), used
    if len(texts) > 1:
        return [typed(wire.decode(text), {}, document) for text in texts], used
    return typed(wire.decode(texts[0]), parameter.schema, document), used


def path_value(parameter: Parameter, text: str, document: Document) -> Json:
    """The value of a path parameter from the wire text at its place."""
    if parameter.media_type is not None:
        value = read_json(wire.decode(text))
        return wire.decode(text) if value is MISSING else value
    prefix = {"label": ".", "matrix": ";"}.get(parameter.style, "")
    name = wire.encode(parameter.name)
    text = text.removeprefix(prefix)
    schema = resolved(parameter.schema, document)
    kind = schema_type(schema)
    if kind not in ("array", "object") or is_placeholder(text):
        text = text.removeprefix(name).removeprefix("=") if prefix == ";" else text
        return typed(wire.decode(text), parameter.schema, document)
    pieces = text.split(prefix) if parameter.explode and prefix else [text]
    if prefix == ";":
        pieces = [piece.removeprefix(f"{name}=") for piece in pieces]
    if not (parameter.explode and prefix):
        pieces = _split(pieces[0], ",")
    decoded = [wire.decode(piece) for piece in pieces]
    if kind == "array":
        return [typed(piece, schema.get("items"), document) for piece in decoded]
    return _object(decoded, schema, document, explode=parameter.explode)


def header_value(parameter: Parameter, text: str, document: Document) -> Json:
    """The value of a header parameter."""
    schema = resolved(parameter.schema, document)
    if parameter.media_type is not None:
        value = read_json(text)
        return text if value is MISSING else value
    pieces = [piece.strip() for piece in text.split(",")]
    kind = schema_type(schema)
    if kind == "array" and not is_placeholder(text):
        return [typed(piece, schema.get("items"), document) for piece in pieces if piece]
    if kind == "object" and not is_placeholder(text):
        return _object(pieces, schema, document, explode=parameter.explode)
    return typed(text, parameter.schema, document)


def _list(
    parameter: Parameter, texts: list[str], schema: dict[str, Json], document: Document
) -> Json:
    if len(texts) == 1 and is_placeholder(texts[0]):
        return texts[0]
    if len(texts) == 1 and not parameter.explode:
        delimiter = _DELIMITERS.get(parameter.style, ",")
        texts = _split(texts[0], delimiter) if texts[0] else []
    return [typed(wire.decode(text), schema.get("items"), document) for text in texts]


def _split(text: str, delimiter: str) -> list[str]:
    """The items of a list: many clients encode the delimiter along with the items."""
    encoded = "%20" if delimiter == "+" else wire.encode(delimiter)
    return text.split(delimiter if delimiter in text else encoded)


def _query_object(
    parameter: Parameter,
    pairs: Sequence[tuple[str, str | None]],
    schema: dict[str, Json],
    document: Document,
) -> tuple[Json, list[int]]:
    if parameter.style == "deepObject":
        return _deep_object(parameter, pairs, schema, document)
    if not parameter.explode:
        return MISSING, []
    names = properties_of(schema, document)
    value: dict[str, Json] = {}
    used = []
    for index, (name, text) in enumerate(pairs):
        decoded = wire.decode(name)
        if decoded in names:
            value[decoded] = typed(wire.decode(text or ""), names[decoded], document)
            used.append(index)
    return value, used


def _deep_object(
    parameter: Parameter,
    pairs: Sequence[tuple[str, str | None]],
    schema: dict[str, Json],
    document: Document,
) -> tuple[Json, list[int]]:
    value: dict[str, Json] = {}
    used = []
    for index, (name, text) in enumerate(pairs):
        decoded = wire.decode(name)
        if decoded.startswith(parameter.name + "["):
            used.append(index)
            _put(value, _key.findall(decoded), wire.decode(text or ""), schema, document)
    return value, used


def put_deep(
    target: dict[str, Json], name: str, text: str, schema: dict[str, Json], document: Document
) -> None:
    """Sets the member that a bracketed name means: ``owner[email]``."""
    keys = [name.partition("[")[0], *_key.findall(name)]
    _put(target, keys, text, schema, document)


def _put(
    target: dict[str, Json], keys: list[str], text: str, schema: dict[str, Json], document: Document
) -> None:
    """Sets one member of a nested object; a repeated name makes a list."""
    for depth, key in enumerate(keys):
        inner = properties_of(schema, document).get(key, {})
        schema = resolved(inner, document)
        if depth + 1 < len(keys):
            following = target.setdefault(key, {})
            if not isinstance(following, dict):
                return
            target = following
            continue
        if schema_type(schema) == "array":
            target.setdefault(key, []).append(typed(text, schema.get("items"), document))
        else:
            target[key] = typed(text, inner, document)


def _object(
    pieces: list[str], schema: dict[str, Json], document: Document, *, explode: bool
) -> Json:
    if explode:
        pairs = [tuple(piece.split("=", 1)) for piece in pieces if "=" in piece]
    else:
        pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    names = properties_of(schema, document)
    return {name: typed(text, names.get(name, {}), document) for name, text in pairs}
