"""A JSON value as XML text, by the XML Objects of its schema (OpenAPI 3.1 section 4.8.26)."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from core.openapi.document import Document
from core.request import Json, canonical_json

_not_in_name = re.compile(r"[^\w.\-:]|^(?=[^A-Za-z_])")
_not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(value: Json, schema: Any, document: Document) -> str:
    """XML text for a value: its root is named by the schema's ``xml.name`` or its reference."""
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    name = reference.rpartition("/")[2] if isinstance(reference, str) else "root"
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(
        _element(name, value, schema, document)
    )


def _element(name: str, value: Json, schema: Any, document: Document) -> list[str]:
    schema = _resolved(schema, document)
    rules = _rules(schema)
    tag = _tag(rules, name)
    if isinstance(value, list):
        return _list(tag, value, schema, rules, document)
    namespace = rules.get("namespace")
    attributes = ""
    if isinstance(namespace, str):
        prefix = rules.get("prefix")
        attributes += (
            f" xmlns{':' + prefix if isinstance(prefix, str) else ''}={quoteattr(namespace)}"
        )
    if not isinstance(value, dict):
        return [f"<{tag}{attributes}>{escape(_text(value))}</{tag}>"]
    content: list[str] = []
    for key, item in value.items():
        inner = _property(schema, key, document)
        if _rules(_resolved(inner, document)).get("attribute") is True:
            attributes += (
                f" {_tag(_rules(_resolved(inner, document)), key)}={quoteattr(_text(item))}"
            )
        else:
            content += _element(key, item, inner, document)
    return [f"<{tag}{attributes}>", *content, f"</{tag}>"]


def _list(
    tag: str,
    values: list[Json],
    schema: dict[str, Json],
    rules: dict[str, Json],
    document: Document,
) -> list[str]:
    items = _resolved(schema.get("items"), document)
    item_tag = _tag(_rules(items), tag)
    content = [piece for value in values for piece in _element(item_tag, value, items, document)]
    return [f"<{tag}>", *content, f"</{tag}>"] if rules.get("wrapped") is True else content


def _property(schema: dict[str, Json], name: str, document: Document) -> Any:
    for part in [schema, *(schema["allOf"] if isinstance(schema.get("allOf"), list) else [])]:
        properties = _resolved(part, document).get("properties")
        if isinstance(properties, dict) and name in properties:
            return properties[name]
    return {}


def _resolved(schema: Any, document: Document) -> dict[str, Json]:
    found = document.resolve(schema)
    return found if isinstance(found, dict) else {}


def _rules(schema: dict[str, Json]) -> dict[str, Json]:
    rules = schema.get("xml")
    return rules if isinstance(rules, dict) else {}


def _tag(rules: dict[str, Json], name: str) -> str:
    written = rules.get("name")
    tag = _not_in_name.sub("_", written if isinstance(written, str) and written else name) or "item"
    prefix = rules.get("prefix")
    return (
        f"{prefix}:{tag}"
        if isinstance(prefix, str) and prefix and not _not_in_name.search(prefix)
        else tag
    )


def _text(value: Json) -> str:
    if value is None:
        return ""
    return _not_in_xml.sub("", value) if isinstance(value, str) else canonical_json(value)
