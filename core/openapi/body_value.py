"""A body back to the value it carries: the inverse of :mod:`core.openapi.content`."""

from __future__ import annotations

from core.media_type import is_json, is_xml
from core.openapi.content import DELIMITERS, encoding_of
from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType
from core.openapi.shape import properties_of, property_of, resolved, schema_type
from core.openapi.unstyle import put_deep, read_json, read_texts, typed
from core.placeholder import placeholder
from core.request import Body, FormBody, Json, JsonBody, MultipartBody, Part, TextBody


def value_of(body: Body, media_type: MediaType, document: Document) -> Json:
    """The value that a body carries; ``MISSING`` where its schema has nothing to say of it."""
    schema = resolved(media_type.schema, document)
    if isinstance(body, JsonBody):
        return body.value
    if isinstance(body, FormBody):
        return _form_value(body, media_type, schema, document)
    if isinstance(body, MultipartBody):
        return _parts_value(body, schema, document)
    if (
        isinstance(body, TextBody)
        and not is_xml(body.media_type)
        and schema_type(schema) == "string"
    ):
        return body.text
    return MISSING


def _form_value(
    body: FormBody, media_type: MediaType, schema: dict[str, Json], document: Document
) -> Json:
    names = properties_of(schema, document)
    grouped: dict[str, list[str]] = {}
    for name, text in body.pairs:
        grouped.setdefault(name, []).append(text)
    value: dict[str, Json] = {}
    for name, texts in grouped.items():
        inner = resolved(names.get(name), document)
        if schema_type(inner) == "array":
            value[name] = _form_list(texts, inner, encoding_of(media_type, name), document)
        elif name not in names and "[" in name:
            put_deep(value, name, texts[-1], schema, document)
        else:
            value[name] = read_texts(texts, names.get(name, {}), document)
    return value


def _form_list(
    texts: list[str], schema: dict[str, Json], encoding: dict[str, Json], document: Document
) -> Json:
    style = encoding.get("style", "form")
    if len(texts) == 1 and not encoding.get("explode", style == "form"):
        texts = texts[0].split(DELIMITERS.get(style, ","))
    return [typed(text, schema.get("items"), document) for text in texts]


def _parts_value(body: MultipartBody, schema: dict[str, Json], document: Document) -> Json:
    value: dict[str, Json] = {}
    for part in body.parts:
        inner = property_of(schema, part.name, document)
        is_list = schema_type(inner) == "array"
        item = resolved(inner.get("items"), document) if is_list else inner
        read = _part_value(part, item, document)
        if is_list and not isinstance(read, list):
            value.setdefault(part.name, []).append(read)
        else:
            value[part.name] = read
    return value


def _part_value(part: Part, schema: dict[str, Json], document: Document) -> Json:
    if part.value is None:
        return placeholder("file")  # its bytes are not ours to judge
    if part.media_type is not None and is_json(part.media_type):
        found = read_json(part.value)
        return part.value if found is MISSING else found
    return typed(part.value, schema, document)
