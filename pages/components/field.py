"""Values to enter, each in the widget that its schema asks for. What was entered is text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.openapi.document import Document
from core.openapi.json_value import MISSING
from core.openapi.operation import Schema
from core.openapi.shape import ALTERNATIVES, resolved, schema_type
from core.request import Json
from pages.components import text

_TRUTH = {"boolean": ["true", "false"]}
_FEW = 6
"""Optional fields that are shown at once where nothing is required."""


@dataclass(frozen=True)
class Field:
    """A parameter, or a member of a body."""

    name: str
    """As :mod:`core.assignment` spells it: ``path.petId``, ``body.owner``."""
    label: str
    schema: dict[str, Json]
    required: bool
    example: Json = MISSING
    """What stands in the call while nothing is entered."""
    description: str = ""


def show(fields: Sequence[Field], what: str, form: str) -> None:
    """Draw what is required, and behind a fold what is not; ``what`` they are, in the plural.

    What the address gives under ``values`` stands in the fields when they are drawn first.
    """
    _fill_from_address(fields, form)
    required = [field for field in fields if field.required]
    optional = [field for field in fields if not field.required]
    for field in required:
        _show(field, form)
    if optional:
        with st.expander(
            f"Optional {what} ({len(optional)})", expanded=not required and len(optional) <= _FEW
        ):
            for field in optional:
                _show(field, form)


def _fill_from_address(fields: Iterable[Field], form: str) -> None:
    """Values of an address are a stranger's: those that a field cannot hold are passed over."""
    given = _read(st.query_params.get("values", ""))
    for field in fields if isinstance(given, dict) else ():
        values, key = given.get(field.name), _key(field, form)
        if isinstance(values, list) and values and key not in st.session_state:
            value = _as_entered(field, values)
            if value is not None:
                st.session_state[key] = value


def _as_entered(field: Field, values: list[Json]) -> Any:
    """Values as the widget of a field holds them; ``None`` where it cannot."""
    kind, first = schema_type(field.schema), values[0]
    if kind not in ("object", "array") and (listed := _enum(field.schema) or _TRUTH.get(kind)):
        shown = _as_text(first)
        return shown if shown in listed else None
    if kind in ("number", "integer") and field.schema.get("format") != "int64":
        is_number = isinstance(first, int | float) and not isinstance(first, bool)
        return (float(first) if kind == "number" else int(first)) if is_number else None
    if _is_list_of_scalars(field):
        listed = _enum(field.schema.get("items"))
        shown = [_as_text(value) for value in values]
        return shown if not listed or set(shown) <= set(listed) else None
    if kind in ("object", "array"):
        return None
    return ",".join(map(_as_text, values))


def texts(fields: Iterable[Field], form: str) -> tuple[tuple[str, str], ...]:
    """The names of the fields that are not empty, and what was entered, drawn or not."""
    entered = ((field.name, _entered(field, form)) for field in fields)
    return tuple((name, value) for name, value in entered if value)


def form_schema(schema: Schema, document: Document) -> dict[str, Json]:
    """A schema as a form sees it: one object, “or null” left out, ``allOf`` laid together."""
    found = resolved(schema, document)
    for keyword in ALTERNATIVES:
        others = [resolved(part, document) for part in _parts(found, keyword)]
        others = [other for other in others if schema_type(other) != "null"]
        if len(others) == 1:
            found = {**others[0], **found}
    for part in _parts(found, "allOf"):
        found = {**resolved(part, document), **found}
    return {**found, "items": resolved(found["items"], document)} if "items" in found else found


def _parts(schema: dict[str, Json], keyword: str) -> list[Json]:
    listed = schema.get(keyword)
    return listed if isinstance(listed, list) else []


def _show(field: Field, form: str) -> None:
    widget: dict[str, Any] = {
        "label": field.label,
        "key": _key(field, form),
        "help": text.escape(field.description, limit=500) or None,
        "persist_state": "page",
    }
    hint = _hint(field)
    kind = schema_type(field.schema)
    if listed := _enum(field.schema):
        st.selectbox(options=listed, index=None, placeholder=hint, **widget)
    elif kind == "boolean":
        st.segmented_control(options=_TRUTH[kind], **widget)
    elif kind == "number":
        st.number_input(value=None, step=0.1, format="%g", placeholder=hint, **widget)
    elif kind == "integer" and field.schema.get("format") != "int64":
        st.number_input(value=None, step=1, placeholder=hint, **widget)
    elif _is_list_of_scalars(field):
        listed = _enum(field.schema.get("items"))
        st.multiselect(options=listed, accept_new_options=not listed, placeholder=hint, **widget)
    elif kind in ("object", "array"):
        st.text_area(placeholder=hint, height=96, **widget)
    else:  # whole numbers of 64 bits, too: a browser's number field rounds them
        st.text_input(placeholder=hint, live=True, **widget)


def _entered(field: Field, form: str) -> str:
    """What stands in the field, as text; empty where nothing does."""
    value = st.session_state.get(_key(field, form))
    if isinstance(value, list):
        items = field.schema.get("items")
        is_text = isinstance(items, dict) and schema_type(items) in ("", "string")
        return json.dumps([item if is_text else _read(item) for item in value]) if value else ""
    return "" if value is None else _as_text(value)


def _key(field: Field, form: str) -> str:
    return f"{form}_{field.name}"


def _hint(field: Field) -> str:
    """What an empty field shows: the example that the call holds meanwhile."""
    if field.example is MISSING:
        return ""
    shown = text.plain(_as_text(field.example), limit=80)
    return shown if field.required else f"for example {shown}"


def _enum(schema: Json) -> list[str]:
    """The listed values as texts, each once: a selection tells its options apart by their text."""
    listed = schema.get("enum") if isinstance(schema, dict) else None
    values = [value for value in listed if value is not None] if isinstance(listed, list) else []
    return list(dict.fromkeys(map(_as_text, values)))


def _is_list_of_scalars(field: Field) -> bool:
    if schema_type(field.schema) != "array":
        return False
    items = field.schema.get("items")
    return not isinstance(items, dict) or schema_type(items) not in ("object", "array")


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read(entry: Json) -> Json:
    """An entry of a list whose items are not texts; what is no JSON stays, and is refused later."""
    try:
        return json.loads(entry) if isinstance(entry, str) else entry
    except ValueError:
        return entry
