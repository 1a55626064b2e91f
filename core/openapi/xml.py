"""A JSON value as XML text, by the XML Objects of its schema (OpenAPI 3.1 section 4.8.26)."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from core.errors import RequestError
from core.openapi.document import Document
from core.openapi.shape import properties_of, resolved
from core.request import Json, canonical_json

_START = (
    r":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""What may begin a name (XML 1.0 section 2.3)."""
_not_in_name = re.compile(rf"[^{_START}.\-0-9\xb7\u0300-\u036f\u203f\u2040]|^(?=[^{_START}])")
_not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(value: Json, schema: Any, document: Document, name: str = "root") -> str:
    """XML text for a value: its root is named by the schema's ``xml.name``, its reference, or
    ``name``. Raises ``RequestError`` for a value too deep to be written.
    """
    try:
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(
            _root(name, value, schema, document)
        )
    except RecursionError as error:
        raise RequestError("The body is nested too deep to be written as XML.") from error


def _root(name: str, value: Json, schema: Any, document: Document) -> list[str]:
    reference = schema.get("$ref") if isinstance(schema, dict) else None
    name = reference.rpartition("/")[2] if isinstance(reference, str) else name
    if isinstance(value, list):  # one root is all that a document can have
        items = _list(name, value, {**resolved(schema, document), "xml": {}}, document)
        return _wrapped(_tag(_rules(schema, document), name), items)
    return _element(name, value, schema, document)


def _element(name: str, value: Json, schema: Any, document: Document) -> list[str]:
    if isinstance(value, list):
        return _list(name, value, schema, document)
    rules = _rules(schema, document)
    attributes = _namespace(rules)
    if not isinstance(value, dict):
        return _wrapped(_tag(rules, name), [escape(_text(value))], attributes)
    properties = properties_of(schema, document)
    content: list[str] = []
    for key, item in value.items():
        inner = properties.get(key)
        own = _rules(inner, document)
        if own.get("attribute") is True:
            attributes += f" {_tag(own, key)}={quoteattr(_text(item))}"
        else:
            content += _element(key, item, inner, document)
    return _wrapped(_tag(rules, name), content, attributes)


def _list(name: str, values: list[Json], schema: Any, document: Document) -> list[str]:
    """One element for each item; a name beside ``array`` is that of the wrapper alone."""
    rules = _rules(schema, document)
    is_wrapped = rules.get("wrapped") is True
    outer = _tag(rules, name) if is_wrapped else name
    items = resolved(schema, document).get("items")
    content = [piece for value in values for piece in _element(outer, value, items, document)]
    return _wrapped(outer, content, _namespace(rules)) if is_wrapped else content


def _wrapped(tag: str, content: list[str], attributes: str = "") -> list[str]:
    return [f"<{tag}{attributes}>", *content, f"</{tag}>"]


def _rules(schema: Any, document: Document) -> dict[str, Json]:
    """The XML Object of a schema, or the one beside its reference."""
    beside = schema.get("xml") if isinstance(schema, dict) else None
    if not isinstance(beside, dict) or ("$ref" in schema and not document.has_sibling_keywords):
        beside = resolved(schema, document).get("xml")
    return beside if isinstance(beside, dict) else {}


def _tag(rules: dict[str, Json], name: str) -> str:
    written = rules.get("name")
    tag = _not_in_name.sub("_", written if isinstance(written, str) and written else name) or "item"
    prefix = rules.get("prefix")
    if isinstance(prefix, str) and prefix and not _not_in_name.search(prefix):
        return f"{prefix}:{tag}"
    return tag


def _namespace(rules: dict[str, Json]) -> str:
    namespace, prefix = rules.get("namespace"), rules.get("prefix")
    if not isinstance(namespace, str):
        return ""
    is_named = isinstance(prefix, str) and prefix and not _not_in_name.search(prefix)
    return f" xmlns{f':{prefix}' if is_named else ''}={quoteattr(namespace)}"


def _text(value: Json) -> str:
    if value is None:
        return ""
    return _not_in_xml.sub("", value) if isinstance(value, str) else canonical_json(value)
