"""The form of one operation: its parameters, its body, and where the call goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from core.assignment import read_assignments
from core.build import Built, Choices, build
from core.openapi.operation import Alternative, Operation, Server
from core.openapi.server import fill
from core.values import Values
from pages.components import body_form, field, text
from pages.components.body_form import WholeBody
from pages.components.field import Field


@dataclass(frozen=True)
class Filled:
    """What a person entered, and what they chose."""

    assignments: tuple[tuple[str, str], ...]
    body: str | None
    """The whole body as JSON or text, where it was edited as such."""
    choices: Choices
    notes: tuple[str, ...] = ()


def show(operation: Operation, values: Values, *, key: str) -> Filled:
    """Draw the form and return what stands in it."""
    everything = st.toggle(
        "All parameters", key=f"{key}_all", help="Fill what is optional with examples, too."
    )
    fields = _parameter_fields(operation, values)
    field.show(fields, "parameters", key)
    body = body_form.show(operation, values, everything=everything, key=key)
    server, security = _show_connection(operation, key)
    return Filled(
        assignments=field.texts(fields, key),
        body=body.text,
        choices=Choices(
            media_type=body.media_type,
            server=server,
            security=security,
            required_only=not everything,
        ),
        notes=body.notes,
    )


def call(operation: Operation, values: Values, filled: Filled) -> tuple[Built, list[str]]:
    """The call that a filled form means, and what is odd about it. Raises ``CallwrightError``."""
    given = read_assignments(
        operation, filled.assignments, body=filled.body, media_type=filled.choices.media_type
    )
    built = build(
        operation,
        values if filled.body is None else WholeBody(values),
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


def _show_connection(operation: Operation, key: str) -> tuple[str | None, int]:
    """Where the call goes and which credentials it brings, where the document leaves a choice."""
    servers, alternatives = operation.servers, operation.security
    if len(servers) < 2 and len(alternatives) < 2 and not any(s.variables for s in servers):
        return None, 0
    with st.expander("Server and credentials"):
        server = _choose_server(servers, key) if servers else None
        security = 0
        if len(alternatives) > 1:
            security = _choose("Credentials", map(_credentials, alternatives), f"{key}_security")
    return server, security


def _choose_server(servers: tuple[Server, ...], key: str) -> str:
    server = servers[0]
    if len(servers) > 1:
        server = servers[_choose("Server", map(_server_name, servers), f"{key}_server")]
    if not server.variables:
        return server.url
    chosen = {}
    for variable in server.variables:
        name = f"{key}_server_{variable.name}"
        label = text.escape(variable.name, limit=60)
        if variable.enum:
            at = variable.enum.index(variable.default) if variable.default in variable.enum else 0
            entered = st.selectbox(label, variable.enum, index=at, key=name)
        else:
            entered = st.text_input(label, placeholder=variable.default, key=name, live=True)
        chosen[variable.name] = entered or variable.default
    return fill(server, chosen)


def _choose(label: str, names: Iterable[str], key: str) -> int:
    """Draw a selection; the position of what is chosen."""
    shown = text.distinct(names)
    return st.selectbox(label, range(len(shown)), format_func=shown.__getitem__, key=key)


def _server_name(server: Server) -> str:
    about = f" ({text.plain(server.description, limit=60)})" if server.description else ""
    return text.plain(server.template, limit=100) + about


def _credentials(alternative: Alternative) -> str:
    """``apiKey and session``: what is needed together."""
    return " and ".join(text.plain(scheme.name, limit=40) for scheme in alternative) or "none"
