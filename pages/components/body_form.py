"""The body of a call: member by member where it is small, else as JSON, or as plain text."""

from __future__ import annotations

import json
from dataclasses import dataclass

import streamlit as st

from core.assignment import read_assignments
from core.build import choose_media_type
from core.media_type import is_json, is_textual
from core.openapi.json_value import MISSING
from core.openapi.operation import MediaType, Operation, Parameter, SecurityScheme
from core.openapi.sample import Sample
from core.openapi.shape import property_of
from core.request import Json
from core.values import Values
from pages.components import field, text
from pages.components.field import Field

_MOST_MEMBERS = 12
"""A body with more members than that is easier to edit as JSON."""


@dataclass(frozen=True)
class EnteredBody:
    """The body as a person left it."""

    media_type: str | None = None
    text: str | None = None
    """All of it, as JSON or plain text; ``None`` where the builder decides."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class WholeBody:
    """Another policy's values, but no sample under a body that a person gives as a whole."""

    values: Values

    def parameter(self, parameter: Parameter) -> Sample:
        """The other policy's value."""
        return self.values.parameter(parameter)

    def body(self, media_type: MediaType, *, required_only: bool) -> Sample:
        """Nothing: a member that was deleted stays deleted."""
        return Sample(MISSING)

    def credential(self, scheme: SecurityScheme) -> str:
        """The other policy's credential."""
        return self.values.credential(scheme)


def show(operation: Operation, values: Values, *, everything: bool, key: str) -> EnteredBody:
    """Draw the fields of the body, if the operation takes one. Raises ``CallwrightError``."""
    media_type = _choose(operation, key)
    if media_type is None:
        return EnteredBody()
    key = f"{key}_{media_type.name}"
    st.markdown(f"**Body** :gray[{text.escape(media_type.name)}]")
    if (
        not operation.body_required
        and not everything
        and not st.toggle("Send a body", key=f"{key}_sent")
    ):
        return EnteredBody(media_type.name)
    sample = values.body(media_type, required_only=not everything)
    fields = _member_fields(operation, media_type, values)
    if not fields and not isinstance(sample.value, dict | list) and not is_json(media_type.name):
        return _show_plain(media_type, sample.value, key)
    value = sample.value if sample.value is not MISSING else {}
    if fields:
        as_json = st.toggle("Edit as JSON", key=f"{key}_json")
        if not as_json:
            field.show(fields, "members", key)
            _mention_objects(fields, values.body(media_type, required_only=False).value)
        given = read_assignments(operation, field.texts(fields, key), media_type=media_type.name)
        value = {**(value if isinstance(value, dict) else {}), **given.arguments.get("body", {})}
        if not as_json:
            return EnteredBody(media_type.name, json.dumps(value), (*sample.notes, *given.notes))
    return EnteredBody(media_type.name, _show_json(media_type, value, f"{key}_{everything}"))


def _mention_objects(fields: list[Field], members: Json) -> None:
    shown = {entry.name.removeprefix("body.") for entry in fields}
    objects = [text.code(name) for name in members if name not in shown]
    if objects:
        st.caption(
            f"{', '.join(objects)}: edit the body as JSON to change them; “All parameters” shows "
            "what they look like."
        )


def _choose(operation: Operation, key: str) -> MediaType | None:
    default = choose_media_type(operation)
    names = [media_type.name for media_type in operation.media_types]
    if default is None or len(names) == 1:
        return default
    return choose_media_type(
        operation,
        st.selectbox("Media type", names, index=names.index(default.name), key=f"{key}_media_type"),
    )


def _member_fields(operation: Operation, media_type: MediaType, values: Values) -> list[Field]:
    """A field for each member that is not an object; none where the members are too many."""
    members = values.body(media_type, required_only=False).value
    required = values.body(media_type, required_only=True).value
    if not isinstance(members, dict) or len(members) > _MOST_MEMBERS:
        return []
    document = operation.document
    needed = required if isinstance(required, dict) else {}
    return [
        Field(
            name=f"body.{name}",
            label=text.escape(name, limit=60),
            schema=schema,
            required=name in needed,
            example=value,
            description=str(schema.get("description") or ""),
        )
        for name, value in members.items()
        if not _is_nested(value)
        for schema in [field.form_schema(property_of(media_type.schema, name, document), document)]
    ]


def _is_nested(value: Json) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict | list) for item in value)
    )


def _show_json(media_type: MediaType, value: Json, key: str) -> str:
    start = json.dumps(value, indent=2, ensure_ascii=False)
    entered = st.text_area(
        "The body as JSON",
        start,
        height=min(420, 60 + 24 * start.count("\n")),
        key=f"{key}_whole",
        label_visibility="collapsed",
    )
    if not is_json(media_type.name):
        st.caption(f"Written as JSON; the call sends it as {text.code(media_type.name)}.")
    return entered or start


def _show_plain(media_type: MediaType, sample: Json, key: str) -> EnteredBody:
    if not is_textual(media_type.name):
        st.caption("The call sends the bytes of a file. Put its name in place of the placeholder.")
        return EnteredBody(media_type.name)
    entered = st.text_area(
        "The body",
        placeholder=sample if isinstance(sample, str) else "",
        key=f"{key}_whole",
        label_visibility="collapsed",
    )
    return EnteredBody(media_type.name, text=entered or None)
