"""Swagger 2.0's shapes, translated: parameters that are schemas, bodies that are parameters."""

from __future__ import annotations

from collections.abc import Iterable

from core.openapi.operation import MediaType
from core.request import FORM_MEDIA_TYPE, JSON_MEDIA_TYPE, MULTIPART_MEDIA_TYPE, Json

_NOT_OF_THE_SCHEMA = frozenset(
    {
        "name",
        "in",
        "required",
        "description",
        "collectionFormat",
        "allowEmptyValue",
        "x-example",
        "x-examples",
    }
)

_STYLES = {"ssv": "spaceDelimited", "tsv": "tabDelimited", "pipes": "pipeDelimited"}


def parameter_schema(raw: dict[str, Json]) -> dict[str, Json]:
    """The schema that a 2.0 parameter is itself; a file is a binary string, as in 3.0."""
    schema = {name: value for name, value in raw.items() if name not in _NOT_OF_THE_SCHEMA}
    if schema.get("type") == "file":
        schema.update(type="string", format="binary")
    return schema


def style(raw: dict[str, Json], place: str) -> tuple[str, bool]:
    """``collectionFormat`` as a 3.x style and explode (2.0, Parameter Object)."""
    simple = "simple" if place in ("path", "header") else "form"
    written = raw.get("collectionFormat")
    if written == "multi":
        return simple, simple == "form"
    return (
        (_STYLES[written], False)
        if isinstance(written, str) and written in _STYLES
        else (simple, False)
    )


def media_types(
    parameters: Iterable[tuple[dict[str, Json], str]], consumes: Json
) -> tuple[list[MediaType], bool]:
    """The request body that ``body`` or ``formData`` parameters make, and whether it is required.

    ``parameters`` come resolved, each with its pointer.
    """
    declared = [str(name) for name in consumes] if isinstance(consumes, list) else []
    fields: list[tuple[dict[str, Json], str]] = []
    for raw, pointer in parameters:
        if raw.get("in") == "body":
            examples = (raw["x-example"],) if "x-example" in raw else ()
            names = declared or [JSON_MEDIA_TYPE]
            schema = raw.get("schema")
            return [
                MediaType(name, schema if isinstance(schema, dict) else {}, pointer, examples)
                for name in names
            ], raw.get("required") is True
        if raw.get("in") == "formData":
            fields.append((raw, pointer))
    if not fields:
        return [], False
    return _form(fields, declared)


def _form(
    fields: list[tuple[dict[str, Json], str]], declared: list[str]
) -> tuple[list[MediaType], bool]:
    has_file = any(raw.get("type") == "file" for raw, _ in fields)
    names = [
        name
        for name in declared
        if name.lower().startswith((MULTIPART_MEDIA_TYPE, FORM_MEDIA_TYPE))
    ]
    if has_file:
        names = [name for name in names if name.lower().startswith(MULTIPART_MEDIA_TYPE)]
    schema: dict[str, Json] = {
        "type": "object",
        "properties": {str(raw.get("name")): _field_schema(raw) for raw, _ in fields},
        "required": [str(raw.get("name")) for raw, _ in fields if raw.get("required") is True],
    }
    encoding = {
        str(raw.get("name")): _field_encoding(raw)
        for raw, _ in fields
        if raw.get("type") == "array"
    }
    pointer = fields[0][1]
    default = MULTIPART_MEDIA_TYPE if has_file else FORM_MEDIA_TYPE
    return [MediaType(name, schema, pointer, (), encoding) for name in names or [default]], bool(
        schema["required"]
    )


def _field_schema(raw: dict[str, Json]) -> dict[str, Json]:
    schema = parameter_schema(raw)
    if "x-example" in raw:
        schema.setdefault("example", raw["x-example"])
    if isinstance(raw.get("description"), str):
        schema["description"] = raw["description"]
    return schema


def _field_encoding(raw: dict[str, Json]) -> dict[str, Json]:
    name, explode = style(raw, "query")
    return {"style": name, "explode": explode}
