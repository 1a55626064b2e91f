"""A JSON value as the body that its media type asks for (Media Type and Encoding Objects)."""

from __future__ import annotations

from core.media_type import essence, is_json, is_media_type, is_multipart, is_textual, is_xml
from core.openapi import xml
from core.openapi.document import Document
from core.openapi.operation import MediaType
from core.openapi.shape import property_of, resolved, schema_type
from core.placeholder import placeholder
from core.request import (
    FORM_MEDIA_TYPE,
    JSON_MEDIA_TYPE,
    Body,
    FileBody,
    FormBody,
    Json,
    MultipartBody,
    Part,
    TextBody,
    canonical_json,
    json_body,
)

DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


def body_of(media_type: MediaType, value: Json, document: Document) -> Body:
    """The body that carries a value in this media type.

    Raises ``RequestError`` for a value that it cannot carry.
    """
    name = essence(media_type.name)
    schema = resolved(media_type.schema, document)
    if is_json(name):
        return json_body(value, media_type.name)
    if name == FORM_MEDIA_TYPE:
        return FormBody(tuple(_form_pairs(media_type, value)), media_type.name)
    if is_multipart(name):
        return MultipartBody(tuple(_parts(media_type, value, schema, document)), media_type.name)
    if is_xml(name) and not isinstance(value, str):
        return TextBody(xml.write(value, media_type.schema, document), media_type.name)
    if not is_textual(name) and (_is_binary(schema) or not isinstance(value, dict | list)):
        return FileBody(_file_name(value, "file"), media_type.name)
    return TextBody(value if isinstance(value, str) else canonical_json(value), media_type.name)


def _form_pairs(media_type: MediaType, value: Json) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return [] if value is None else [(_text(value), "")]
    pairs: list[tuple[str, str]] = []
    for name, item in value.items():
        pairs += _property_pairs(name, item, encoding_of(media_type, name))
    return pairs


def _property_pairs(name: str, value: Json, encoding: dict[str, Json]) -> list[tuple[str, str]]:
    """``form`` and exploded where nothing else is said (Encoding Object); nested objects as
    JSON.
    """
    style = encoding.get("style", "form")
    explode = encoding.get("explode", style == "form")
    if isinstance(value, list):
        texts = [_text(item) for item in value]
        return (
            [(name, text) for text in texts]
            if explode
            else [(name, DELIMITERS.get(style, ",").join(texts))]
        )
    if isinstance(value, dict) and style == "deepObject":
        return [
            pair
            for key, item in value.items()
            for pair in _property_pairs(f"{name}[{key}]", item, encoding)
        ]
    return [(name, _text(value))]


def _parts(
    media_type: MediaType, value: Json, schema: dict[str, Json], document: Document
) -> list[Part]:
    if not isinstance(value, dict):
        return [Part("value", _text(value))] if value is not None else []
    parts: list[Part] = []
    for name, item in value.items():
        inner = property_of(schema, name, document)
        content_type = _content_type(encoding_of(media_type, name))
        if schema_type(inner) == "array" and isinstance(item, list):
            element = resolved(inner.get("items"), document)
            parts += [_part(name, each, element, content_type, document) for each in item]
        else:
            parts.append(_part(name, item, inner, content_type, document))
    return parts


def _content_type(encoding: dict[str, Json]) -> str | None:
    """The first type that an Encoding Object names, ranges apart."""
    listed = encoding.get("contentType")
    for name in listed.split(",") if isinstance(listed, str) else ():
        if is_media_type(name.strip()) and "*" not in name:
            return name.strip()
    return None


def _part(
    name: str, value: Json, schema: dict[str, Json], content_type: str | None, document: Document
) -> Part:
    if _is_binary(schema) and not isinstance(value, dict | list):
        return Part(name, None, _file_name(value, name), content_type)
    if not isinstance(value, dict | list):
        return Part(
            name, _text(value), None, None if content_type == "text/plain" else content_type
        )
    if content_type is not None and is_xml(content_type):
        return Part(name, xml.write(value, schema, document, name), None, content_type)
    return Part(name, canonical_json(value), None, content_type or JSON_MEDIA_TYPE)


def _file_name(value: Json, name: str) -> str:
    """The file that a value names; a placeholder where it is the content, or nothing at all."""
    is_name = isinstance(value, str) and 0 < len(value) <= 200
    if not is_name or value in ("-", "string", "binary") or set('"\\;,/\r\n\0') & set(value):
        return placeholder(name)
    return str(value)


def _is_binary(schema: dict[str, Json]) -> bool:
    """Files: ``format: binary`` (3.0), ``contentMediaType`` without an encoding (3.1)."""
    if schema.get("format") in ("binary", "base64url-binary") or schema.get("type") == "file":
        return True
    return (
        "contentMediaType" in schema
        and "contentEncoding" not in schema
        and schema_type(schema) in ("", "string")
    )


def encoding_of(media_type: MediaType, name: str) -> dict[str, Json]:
    """The Encoding Object of a property, without a style or explode that is none."""
    encoding = media_type.encoding.get(name)
    types = {"style": str, "explode": bool}
    return {
        member: value
        for member, value in (encoding.items() if isinstance(encoding, dict) else ())
        if isinstance(value, types.get(member, object))
    }


def _text(value: Json) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else canonical_json(value)
