"""The form of one operation: its parameters, its body, and where the call goes."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.assignment import read_assignments
from core.build import Built, Choices, build
from core.environment import NamedCredentials
from core.openapi.operation import Operation
from core.values import Values
from pages.components import body_form, connection, field, text
from pages.components.body_form import WholeBody
from pages.components.field import Field


@dataclass(frozen=True)
class Filled:
    """What a person entered, and what they chose."""

    assignments: tuple[tuple[str, str], ...]
    body: str | None
    """The whole body as JSON or text, where it was edited as such."""
    choices: Choices
    environment: dict[str, str]
    """The variable that holds a credential, by the name of its scheme."""
    notes: tuple[str, ...] = ()


def show(operation: Operation, values: Values, *, key: str, api: str) -> Filled:
    """Draw the form and return what stands in it; ``api`` is whose connection it has."""
    everything = st.toggle(
        "All parameters", key=f"{key}_all", help="Fill what is optional with examples, too."
    )
    fields = _parameter_fields(operation, values)
    field.show(fields, "parameters", key)
    body = body_form.show(operation, values, everything=everything, key=key)
    chosen = connection.show(operation, api)
    return Filled(
        assignments=field.texts(fields, key),
        body=body.text,
        choices=Choices(
            media_type=body.media_type,
            server=chosen.server,
            security=chosen.security,
            required_only=not everything,
        ),
        environment=chosen.environment,
        notes=body.notes,
    )


def call(operation: Operation, values: Values, filled: Filled) -> tuple[Built, list[str]]:
    """The call that a filled form means, and what is odd about it. Raises ``CallwrightError``."""
    given = read_assignments(
        operation, filled.assignments, body=filled.body, media_type=filled.choices.media_type
    )
    named = NamedCredentials(values, filled.environment)
    built = build(
        operation,
        named if filled.body is None else WholeBody(named),
        arguments=given.arguments,
        choices=filled.choices,
    )
    return built, list(
        dict.fromkeys([*operation.warnings, *filled.notes, *given.notes, *built.notes])
    )


def _parameter_fields(operation: Operation, values: Values) -> list[Field]:
    return [
        Field(
            name=f"{parameter.place}.{parameter.name}",
            label=f"{text.escape(parameter.name, limit=60)} ({parameter.place})",
            schema=field.form_schema(parameter.schema, operation.document),
            required=parameter.required,
            example=values.parameter(parameter).value,
            description=parameter.description,
        )
        for parameter in operation.parameters
    ]
