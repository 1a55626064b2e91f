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
from core.openapi.shape import (
    part_of_type,
    properties_of,
    property_of,
    resolved,
    schema_type,
)
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
    is_object = schema_type(schema) == "object" or parameter.style == "deepObject"
    if parameter.media_type is None and is_object:
        value, used = _query_object(parameter, pairs, schema, document)
        if used:
            return value, used
    used = [index for index, (name, _) in enumerate(pairs) if wire.decode(name) == parameter.name]
    if not used and part_of_type(schema, "array", document) is not None:
        bracketed = parameter.name + "[]"  # what PHP and Rails servers read, and people write
        used = [index for index, (name, _) in enumerate(pairs) if wire.decode(name) == bracketed]
    if not used:
        return MISSING, []
    texts = [pairs[index][1] or "" for index in used]
    if parameter.media_type is not None:
        value = read_json(wire.decode(texts[0]))
        return (wire.decode(texts[0]) if value is MISSING else value), used
    return _value_of_texts(parameter, texts, schema, document), used


def _value_of_texts(
    parameter: Parameter, texts: list[str], schema: dict[str, Json], document: Document
) -> Json:
    if schema_type(schema) == "array":
        return _list(parameter, texts, schema, document)
    if len(texts) == 1 or part_of_type(schema, "array", document) is not None:
        return read_texts([wire.decode(text) for text in texts], parameter.schema, document)
    return [typed(wire.decode(text), {}, document) for text in texts]


def read_texts(texts: list[str], schema: Any, document: Document) -> Json:
    """The value of all that stands under one name: a list where the schema wants one, or lets one
    text be one.
    """
    array = part_of_type(schema, "array", document)
    if array is None:
        return typed(texts[-1], schema, document)
    if len(texts) == 1 and schema_type(resolved(schema, document)) != "array":
        single = typed(texts[0], schema, document)
        if satisfies(single, schema, document):
            return single
    return [typed(text, array.get("items"), document) for text in texts]


def takes_any_name(parameter: Parameter, document: Document) -> bool:
    """Whether the members of a query parameter stand in the query under names of their own, which
    the document leaves open: ``additionalProperties`` of an exploded form.
    """
    schema = resolved(parameter.schema, document)
    return (
        (parameter.place, parameter.style, parameter.explode) == ("query", "form", True)
        and schema_type(schema) == "object"
        and bool(schema.get("additionalProperties"))
    )


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
        keys = _key.findall(decoded) if decoded.startswith(parameter.name + "[") else []
        if any(keys):
            used.append(index)
            _put(value, keys, wire.decode(text or ""), schema, document)
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
    pending = keys[::-1]
    while len(pending) > 1:
        key = pending.pop()
        schema = property_of(schema, key, document)
        following = target.setdefault(key, [] if schema_type(schema) == "array" else {})
        if isinstance(following, list):
            schema = resolved(schema.get("items"), document)
            following = _item(following, pending)
        if not isinstance(following, dict):
            return
        target = following
    key = pending[0]
    inner = property_of(schema, key, document)
    array = part_of_type(inner, "array", document)
    if array is None or key not in target:
        target[key] = read_texts([text], inner, document)
    else:
        first = target[key]
        item = typed(text, array.get("items"), document)
        target[key] = [*(first if isinstance(first, list) else [first]), item]


def _item(items: list[Json], pending: list[str]) -> Json:
    """The item of a list that a name leads into, ``tiers[0][from]`` or ``tiers[from]``: the last
    one, or a new one where that has such a member already.
    """
    if len(pending) > 1 and (pending[-1] == "" or pending[-1].isdecimal()):
        pending.pop()
    last = items[-1] if items else None
    if not isinstance(last, dict) or pending[-1] in last:
        items.append({})
    return items[-1]


def _object(
    pieces: list[str], schema: dict[str, Json], document: Document, *, explode: bool
) -> Json:
    if explode:
        pairs = [tuple(piece.split("=", 1)) for piece in pieces if "=" in piece]
    else:
        pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    names = properties_of(schema, document)
    return {name: typed(text, names.get(name, {}), document) for name, text in pairs}
